"""What somebody reads who reports something, or who can't start anything now."""

BEGIN_TITLE = "Report this to moderators"
BEGIN = (
    "A report is for when somebody misuses Plumbline itself: threats, pressure, or contact through me that you don't want. It goes to "
    "moderators of {server}, with your name. Next I show you who they are and exactly what they'd read. You choose who gets it, and "
    "I don't tell {name}. If moderators do something about it, {name} may guess that it was you."
)
NOT_FOR = (
    "**It isn't for telling what happened to you, or to somebody else.** You don't have to report that to anyone. `Support` has "
    "people you can talk to, and you choose them."
)
LESS = "**If you only want {name} to stop,** `/boundary` keeps me from connecting the two of you, without telling them."
TO_DISCORD = (
    "**You can also report somebody to Discord:** press and hold one of their messages, or right-click it, and choose Report Message. "
    "That goes to Discord, not to the moderators."
)
GO_ON = "Go on"

TITLE = "Your report"
ABOUT = "It's about {what}."
GOES_TO = "Once you press `Send`, {names} can read it, with your name. I don't tell {author}. Below is exactly what they'd read."
GOES_TO_NOBODY = "You haven't ticked anyone who would read this. Tick somebody before you send it."
KNOWN = (
    "You can choose among the moderators who have used `/manage` here. I've left out the person you report, and moderators you set a "
    "boundary with aren't ticked. Untick anyone who shouldn't read this."
)
NOBODY_KNOWN = (
    "Right now there's nobody who could read it: I only know moderators who have used `/manage` here, and I leave out the "
    "person you report. I keep what you write for 7 days. You can send it from `/inbox` once there's somebody. You don't have to wait: "
    "you can tell a moderator yourself, report it to Discord, or press `Support`."
)
NOBODY_TICKED = (
    "Somebody has to read it, so I've left the ticks as they were. If nobody should, press `Discard`."
)
NO_TEXT_TICKED = "Something has to be in the report, so I've left the ticks as they were."
NO_REASON = "Write a reason before you send it."
TEXTS_PROMPT = "What you report"
READERS_PROMPT = "Who reads it"
WRITE = "Write the reason"
EDIT = "Edit the reason"
SEND = "Send"
DISCARD = "Discard"
BACK = "Back"
NEXT = "Next"
PAGE = "Page {page} of {pages}"
DRAFT_SMALL = "Until you send it, only you can see it. I keep it for 7 days after you last changed it."

GONE_TITLE = "You can't report this any more"
GONE = (
    "What you wanted to report has been deleted or taken back since, so I can't send it. What you wrote yourself is still below. "
    "If you saw a threat, you can still tell a moderator about it in your own words."
)

SENT_TITLE = "Your report was sent"
SENT = "{names} can read it, with your name. I haven't told {author}."
SENT_NOBODY = "Nobody you sent it to can read it here any more."
SENT_NEXT = "I can't bring you an answer, but a moderator may come and talk to you. If you feel unsafe, `Support` is for you."
SENT_DONE = "It's marked as done."
SENT_SMALL = "I delete it on {day} at the latest. `Take it back` deletes it now, but somebody may have read it already, and what moderators did about it stays."
TAKE_BACK = "Take it back"
TAKEN_TITLE = "Taken back"
TAKEN = "I've deleted your report, and nobody can open it any more. Somebody may have read it before."
DISCARDED_TITLE = "Discarded"
DISCARDED = "I've deleted it, and nobody has seen it."
TOO_LATE_TITLE = "You had sent it before this arrived"
TOO_LATE = "What you typed just now isn't part of it, and I don't keep it, so please copy it if you need it."

NOT_WRITTEN_TITLE = "There's no reason in it yet"
NOT_WRITTEN = "Please write a sentence about what is wrong. I haven't sent anything."
NOBODY_TITLE = "Nobody is left to read it"
NOBODY = "None of the people you ticked moderates this server any more. Open it again to see who does. What you wrote is still here."
OPEN_AGAIN = "Open it again"
TOO_MANY_TITLE = "You have {limit} reports you haven't sent"
TOO_MANY = "Open one of them in `/inbox`, and send it or discard it. Then you can begin another one."
INBOX_DRAFT = "**A report** that you haven't sent. I keep it for 7 days after you last changed it."

# Somebody who can't start anything now.
BARRED_TITLE = "You can't start anything new here right now"
BARRED = (
    "The moderators of {server} have stopped you from starting new asks, invitations, pairs and requests to talk until {until}. "
    "I haven't sent anything. If you had written something, it's still in your `/inbox`.\n\n"
    "Everything else still works: you can answer people, take back what's yours, and use `/plan`, `/support`, `/contact` and "
    "`/boundary`. If you want to know why, or think this is wrong, talk to one of them."
)
THIS_SERVER = "this server"
TOO_MUCH_TITLE = "Please wait a while"
TOO_MUCH = (
    "You've started a lot of these in a short time, so I haven't sent this one. You can go on from {at}. If you had written "
    "something, it's still in your `/inbox`."
)
TOO_MUCH_OF_TWO = (
    "You've reached out to the same person several times lately, so I haven't sent this. You can try again from {at}. If you had "
    "written something, it's still in your `/inbox`."
)
THINK = "Think it through"
