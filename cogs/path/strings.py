"""What `/path` says. The steps, the gate and the cards for companions are in `data/path/`."""

COMMAND = "path"
DESCRIPTION = "A long way to change after you hurt somebody: first you stop, then companions go with you."
START, START_WHAT = "start", "Begin with what you stay away from. You can do that alone, tonight."
SHOW, SHOW_WHAT = (
    "show",
    "Your path, or the one you go along with: the step, what was promised, the next meeting.",
)

MEETINGS_ONLY = "This shows meetings, not change."
NOBODY_BESIDE = "Nobody goes along with this, and it shows no change."
CONTINUE = "Continue, I'm 18+"
BACK = "Back"
TO_PATH = "Show the path"
SOME_SERVER = "a server"

# -- before a path ----------------------------------------------------------------------------------

GATE_TITLE = "A path"
FACTS_TITLE = "Which of these is true?"
FACTS = "Pick everything that's true. I don't keep it, because it only decides which card comes next."
FACTS_CHOOSE = "Pick what's true"
FACT_LABELS = {
    "danger": "Somebody may be in danger now",
    "minor": "Somebody under 18 is involved",
    "case": "The police, a court, a school or an employer is dealing with it",
    "afraid": "I'm afraid the other person could hurt, threaten or control me",
    "no": "Somebody said no, went quiet or froze, couldn't say no, or was choked or pushed",
    "none": "None of these",
}
FACT_TITLES = {
    "danger": "Safety comes first",
    "minor": "This needs an adult whose job it is",
    "case": "The case comes first",
    "afraid": "You may need help yourself",
    "no": "Friends alone aren't enough",
}
BEGIN_STOP = "Start with Stop"
NOT_STARTED = "I don't start a path now, because that comes first."
NOT_TONIGHT = "Leave the path for tonight."
STILL_OPEN = "Your path is still open. `End it` closes it, and your companions read no reason."
FACTS_AGAIN = "Something is true now"
CITED = "What it means for me if somebody says they're on a path"
WHO_CAN_HELP = "Who can help"
NOT_ALONE = "`Who can help` shows people whose job it is to listen to you."

# -- the person's own path --------------------------------------------------------------------------

TITLE = "Your path: {step}"
NEXT_MEETING = "**Next meeting:** {at}"
NEXT_WITHOUT = "**Next meeting:** {at}. Your companions meet without you this time."
LAST_MEETING = (
    "**Last meeting:** {at}. Then this path closes, and what you stay away from goes on in `/plan`."
)
WAITS = "**This path waits** until {until}, because it needs two companions. Under `Companions` you can invite somebody. If there aren't two by then, it closes, and what you stay away from goes on in `/plan`."
READY_SAID = "You've said you're ready for the next step. Your companions decide when. Don't ask them who said what, and don't push. Not yet is an answer. If the step hasn't come by the next meeting, you can say so again after it."
BEGIN_READY = "Enough people go along for step 2, in which you tell them what you did. If somebody said no, went quiet or froze, couldn't say no, or was choked or pushed, talk to somebody whose job it is before you go on: `Support`, then `I'm worried about what I did`."
STILL_AT_STOP = "Look at what you stay away from, and at what has to be added tonight. If you're thinking about suicide, press `Support`, then `Right now`."
BACK_AT_STOP = "**The path is back at Stop.** Call a companion today, and say out loud what's true. Don't try to find out who said what, and don't ask anybody whether they spoke. Look at what you stay away from, and at what has to be added tonight."
NO_COMMITMENTS = "Nothing is written down at the moment, so choose what you stay away from:"
KIND_LABELS = {
    "events": "Events",
    "channels": "Channels and calls",
    "alone": "Being alone with people",
    "substances": "Alcohol or drugs",
    "roles": "Roles I hand over",
    "contact": "Contact",
    "other": "Something else",
}
ADD_CHOOSE = "What I stay away from"
LOOK_CHOOSE = "Look at one of them"
QUESTIONS = "Questions"
COMPANIONS = "Companions"
ASKED_OF_ME = "What was asked"
GO_ON = "Go on to Say it"
READY = "I'm ready for the next step"
NOT_READY = "I'm not ready after all"
AGAIN = "It happened again"
MORE = "More"

QUESTIONS_TITLE = "Questions for the next meeting: {step}"
QUESTIONS_TEXT = "Take one or two of them to the next meeting, and answer out loud. If nobody goes with you yet, think about one of them tonight. You don't type the answers here."
MEETING_TEXT = "**How an hour can go**"

COMMITMENT_TITLE = "What you wrote"
COMMITMENT_LOOK = "I'll ask you to look at it again on {at}. It goes on until you take it off."
COMMITMENT_NOW = "You wanted to look at this again. Did you keep it? Answer that for yourself. If you didn't, leave it here, and tell a companion if you have one. Then choose when I ask again."
COMMITMENT_HEAVY = "I've kept it as you wrote it. Your companions can read this sentence, if you have any. If you're thinking about suicide, press `Support`, then `Right now`. You don't have to be sure."
COMMITMENT_WHO = "If you have companions, they can read it, and they see when you changed it, or that it's gone. I don't show it to anybody else. Tell them before you change it or take it off, because somebody may rely on it."
DAY_CHOOSE = "When should I ask you again?"
CHANGE = "Change it"
OVER = "Take it off"
TAKEN_OFF = "It's off your path. I don't keep the words any more, so if you didn't mean to, copy them and add them again. If you have companions, tell them."
NO_ZONE = "I don't know your time zone yet, so days begin in UTC until you set one in `/settings`."

MORE_TITLE = "More about your path"
MORE_MEET = "`When we meet` changes the day and the hour."
MORE_BACK = "`One step back` can be right at any time."
MORE_FACTS = "`Something is true now` asks again what was asked before the path, like whether somebody may be in danger."
MORE_CLOSE = "`Close together` makes your next meeting the last one, so talk with all of them first. What you stay away from then goes on in `/plan`."
MORE_NOT_CLOSING = "`Don't close it after all` lets the path go on after the next meeting."
MORE_END = "`End it` ends it at once, for everybody."
WHEN_WE_MEET = "When we meet"
STEP_BACK, VOTE_BACK = "One step back", "I think it should go back a step"
CLOSE_TOGETHER = "Close together"
NOT_CLOSING = "Don't close it after all"
END = "End it"

ENDING_TITLE = "End this path?"
ENDING = (
    "If the police, a court or anybody else is dealing with it, copy your sentences, and ask your lawyer, before you end it.\n\n"
    "It ends at once. Your companions read that they don't go along any more, and no reason. Tell them yourself that it has ended, and let "
    "nobody believe that it goes on. You can still read your sentences for 30 days, and after that I delete them.\n\n"
    "What you stay away from still holds, and so does anything that was asked of you. Ending this takes none of it back."
)
END_NOW = "End it now"
CLOSED_TITLE = "This path has closed"
CLOSED_OWN = (
    "What you stay away from still holds, and so does anything that was asked of you. A path that has closed isn't finished. You can read "
    "your sentences here until {until}, so copy them. If you start again, `/path start` begins with Stop."
)
CLOSED_NOW = "Nothing has changed. `/path show` has your sentences for 30 days, and `/path start` begins again with Stop."
CLOSED_PLANS = "After a last meeting, what you stay away from goes on in `/plan`. After `End it`, write there what you want to be asked about."
CLOSED_DISTANCE = "The distance that was asked for doesn't run out, and there's nothing to answer. I don't ask you about it, so copy it too."
CLOSED_SUICIDE = "If you're thinking about suicide, press `Support`, then `Right now`."
PLACE_OVER_TITLE = "You don't go along any more"
PLACE_OVER = (
    "It may have nothing to do with what you said. I can't say whether the path goes on, and if somebody tells you that it goes on with you, that isn't so. If somebody brought you a request, tell them that you can't look after it any more, so that "
    "they can tell the person it comes from. Distance that was asked for stays asked for, but it may be that nobody asks about it now.\n\n"
    "Keep what you heard to yourself, unless somebody's safety depends on it. If it weighs on you, press `Support`, then `Someone told me`."
)

AGAIN_TITLE = "It happened again"
AGAIN_BACK = "Go back to Stop"
BACK_AT_STOP_COMPANION = "**The path is back at Stop.** Talk to the other companions today, out loud. You don't have to go to the next meeting. If speaking with the person on the path could put anybody in danger, ask a helpline first: `Support`, then `Someone told me`."
CONTACT = "They may need a doctor"

# -- companions -------------------------------------------------------------------------------------

COMPANIONS_TITLE = "Companions"
NOBODY_YET = "Nobody goes with you yet, and you can stay with Stop alone for as long as you like."
INVITED = "**Invited**"
A_SENT = "{name} hasn't answered yet, and I'll show this line until {until}."
BETWEEN = ", "
INVITE_CHOOSE = "Invite somebody"
INVITE_IN_SERVER = "You can only invite people from inside the server, so run `/path show` there."
REMOVE_CHOOSE = "Take back an invitation, or go on without somebody"
INVITED_OPTION = "Invited, no answer yet"
INVITE_NOTE = "They need to have been a member here for 30 days. You need at least two for step 2, and there can be four."
INVITED_TITLE = "Now write to them yourself"
INVITED_TEXT = "Until {until}, your invitation waits in the `/inbox` of **{name}**. I don't write to them. Now write to **{name}** yourself, only this:"
SENTENCE = (
    "I'm working on something I did, and I'm looking for a few people who'd stay with it and tell me no when it's needed. If "
    "you'd read what that means, type /inbox in our server. It's fine to say no."
)
INVITED_SMALL = (
    "Write it once. If no answer comes, that's a no: don't ask again, and don't ask why. The same person gets at most one invitation from "
    "you in 90 days, so if you invited them before, they may not see a new one."
)
TO_COPY = "```\n{sentence}\n```"
TAKEN_BACK = "Your invitation to **{name}** is taken back."
TAKEN_BACK_BEFORE = "That invitation doesn't wait for an answer any more."
WITHOUT_TITLE = "Go on without {name}?"
WITHOUT = (
    "They read that they don't go along any more, and no reason. Whoever stays sees that they're gone. If **{name}** told you no, talk with all of them first: going on "
    "without somebody who said no isn't a step forward. Whoever comes later has to hear from you, out loud, what the others heard.\n\n"
    "An invitation from you can reach them once in 90 days, so you can't always take this back."
)
GO_WITHOUT = "Go on without them"
REMOVED = "**{name}** doesn't go with you any more. They read that, and no reason."

OFFERED = "**{name}** would like you to be a companion on a path."
OFFERED_ENTRY = "**{name}** would like you to be their companion on a path."
EARLIER = "An earlier path ended in {month}."
ACCEPT = "I'll go along"
NO_THANKS = "No thanks"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
OFFERED_SMALL = (
    "Any reason to say no will do. If you press `No thanks`, they aren't told: they just see no answer."
)
DECLINED_TITLE = "You said no"
DECLINED = "I won't tell **{name}**: they only see that there's no answer. If they ask, you can say: \"I can't take that on right now.\""
STAYS_OPEN = "- Their invitation looks as if you haven't answered it."
REFUSED_TITLE = "The boundary is set"
REFUSED = (
    "From now on, Plumbline won't connect you with **{name}**, and won't tell them. They could still guess. "
    "You can see this or take it back in `/boundary`."
)
NOW_WITH = (
    "You go along from now on, for six months. I ask you after each meeting, and the person on the path chooses when "
    "those are. You don't have to tell anybody that you go along. Keep what you hear to yourself, unless somebody's safety depends on it: "
    "then that comes first.\n\n"
    "If you find out that you know who was hurt, stop. Don't tell them what you heard. You can stop at any time, and I tell nobody why."
)
JOINED_TITLE = "Somebody said yes"
JOINED = "**{name}** goes with you from now on."
JOINED_ENTRY = "**{name}** will be your companion."

# -- beside a path ----------------------------------------------------------------------------------

BESIDE_TITLE = "The path of {name}: {step}"
BESIDE_WITH = "**Also going along:** {names}"
BESIDE_ALONE = "Nobody else goes along at the moment."
BESIDE_NEXT = "**Next meeting:** {at}"
BESIDE_NEXT_WITHOUT = "**Next meeting:** {at}, companions only"
BESIDE_LAST = "**Last meeting:** {at}. Then this path closes. Distance that was asked for doesn't run out, but nobody asks about it here after this. If somebody brought you a request, tell them before then."
BESIDE_WAITS = "**This path waits** until {until}, because it needs two companions. Until then there are no meetings, and if there aren't two by then, it closes."
BESIDE_READY = (
    "**{name} is ready for the next step.** It's *{step}*: {short}. It goes on when {many} say yes, and the last yes that's needed counts at once. "
    "Say yes if they answered this step's questions out loud, and you heard nothing that got smaller. It says nothing about whether they've changed. `Not yet` needs no reason. I don't show **{name}** who said what, but with two "
    "companions they may guess."
)
ALL_OF_YOU, THREE_OF_YOU = "all of you", "three of you"
MOVED_ON = "The path is at this step now. That says nothing about whether anybody has changed."
SAID_YES = "You've said yes."
SAID_NOT_YET = "You've said not yet."
SAID_BACK = (
    "You've said it should go back one step. I don't show that to anybody, so tell the other companions what you think. It goes back if "
    "another of them says so too before the next meeting."
)
NOTHING_YET = "Nothing is written down at the moment."
IN_THEIR_WORDS = "{kind}, in their own words"
CHANGED_ON = "{kind}, in their own words, changed on {day}"
BESIDE_HEAVY = "What {name} wrote may be about suicide. Ask them about it, out loud and today, and call together: `Support`, then `Right now`. You can also ask a helpline what to do: `Support`, then `Someone told me`."
REQUEST_HEAVY_MINE = "This may be about suicide. Go back to whoever brought it to you, today, and call together: `Support`, then `Right now`."
REQUEST_HEAVY = "This may be about suicide. Speak to the companion who entered it, today, so that they go back to whoever brought it. If you don't know who entered it, speak to all of them. A helpline can say what to do: `Support`, then `Someone told me`."
YES = "Yes, go on"
NOT_YET = "Not yet"
ENTER = "Enter a request"
STOP_HERE = "I need to stop"
AFRAID = "Somebody may be in danger"

REQUESTS_TITLE = "What was asked"
NONE_ASKED = "Nothing is here at the moment."
NONE_ASKED_OF_ME = "Nothing was asked of you here. If you don't hear of anything, don't go looking."
ASKED_DISTANCE = "Keep distance from today. It doesn't run out, and there's nothing to answer. Missing evenings, or people, is what it costs, so don't ask companions to get it changed. If it leaves you with nobody at all, talk to a helpline: `Support`. If you're afraid of somebody: `Support`, then `I was hurt`. Keep the distance meanwhile."
ASKED_OTHER = "About anything but distance, talk to your companions first."
ASKED_NOTE = (
    "Don't guess who asked, don't tell the group why you stay away, and don't write to anybody about it."
)
SEVERAL = "If several requests together would leave somebody alone, talk about it with the other companions. It's no reason to take off distance."
REQUEST_CHOOSE = "Look at one of them"
REQUEST_KINDS = {
    "distance": "Distance",
    "who_knows": "Certain people should know what happened",
    "help": "That they get help",
    "answer": "An answer",
    "apology": "An apology",
    "other": "Something else",
}
KIND_CHOOSE = "What is asked for?"
ENTERING_TITLE = "Before you enter a request"
REQUEST_TITLE = "A request"
REACHED = "It's for the person on the path from now on. I can't say whether they've read it."
DISTANCE_MINE = "Tell whoever brought it that it's on the path, but that they can't rely on it."
DISTANCE_HOSTS = "Who may come is decided by hosts and moderators."
REACHES_AT_REPAIR = "The person on the path can't see this. It waits for the step Repair, which may be a year away or never come. Then I ask all of you."
REACHES_NOW = "The person on the path can't see this yet. It reaches them when all of you agree, or three if you're four."
STILL_WANTED_MINE = (
    "First ask whoever brought it to you whether it's still wanted, and only then press `It can reach them`."
)
STILL_WANTED = (
    "The companion who entered it asks whoever brought it whether it's still wanted. Don't ask around."
)
REQUEST_AGREED = "You agree that it reaches them."
REQUEST_NOT_YET = "You've said not yet."
WORDS_GONE = "The words are gone, because whoever entered them deleted what I kept of them."
AGREE = "It can reach them"
HAND_BACK = "Hand it back"
KEEP_IT = "Keep it after all"
DOUBTED = "A companion would hand this back. If a second one says so too, it's taken off the path."
REQUEST_HAND_BACK = "You've said that it should be handed back."
HANDED_BACK = "It's off the path. Tell the other companions today, so that the companion who entered it tells whoever brought it. Nobody must rely on it."
TAKEN_OFF_MINE = "It's off the path. Tell whoever brought it today, so that nobody relies on it."
HAND_BACK_NOTE = "Staying out of a place, a call or a chat is never too much. Hand back what would take away friends, money or the say over their own body, and what isn't wanted any more. That it's hard to keep is no reason. It takes two of you, not counting the companion who entered it, who can take it off alone."
TAKE_OFF = "Take it off"
HAND_BACK_OWN = "You entered it, so you can take it off alone: only if the person who brought it says so."
TAKE_OFF_TITLE = "Really take it off?"
TAKE_OFF_ASKS = "Only if the person who brought it says so, and nobody pressed them. Tell them first. I delete it at once."
HAND_BACK_TITLE = "Really hand it back?"
HAND_BACK_ASKS = "Another companion has said so too, so with your word it's gone at once. First make sure that whoever brought it has been told. Ask the other companions to make sure of it. You don't have to learn who it is."

LEAVING_TITLE = "Stop going along?"
LEAVE = "Stop here"
LEFT_TITLE = "You've stopped"
LEFT = "I tell nobody why. If it weighs on you, press `Support`, then `Someone told me`."
TERM_TITLE = "Six months are over"
TERM_TEXT = "You said you'd stay for six months, and they're over. You can stay for six more, or stop here. If you press nothing, you go along as before. You can stop at any time."
STAY = "Six more months"
STAYED = "You stay for six more months, and you can still stop at any time."

# -- meetings ---------------------------------------------------------------------------------------

WHEN_TITLE = "When do you meet?"
WHEN = "Ask your companions first which day suits them. You meet in a call or in person, and I only ask afterwards. Every third meeting is for your companions alone, so that they can talk freely. The hour is that of {zone}."
ORDINALS = {0: "th", 1: "st", 2: "nd", 3: "rd"}
CADENCES = {"monthly": "Once a month", "fortnight": "Every two weeks"}
CADENCE_PROMPT, DAY_PROMPT, HOUR_PROMPT = "How often", "Which day", "At what time"
MONTH_DAY, LAST_DAY = "The {day} of the month", "The last day of the month"
AGREED = "Meet then"
SET_ZONE = "Set the time zone"
WHEN_NO_ZONE = "I don't know your time zone yet, so press `Set the time zone` first."

MET_TITLE = "After the meeting"
MET_TEXT = "You were going to meet, so tell me whether you did."
MET_ALONE = "The companions were going to meet on their own, so tell me whether you did."
MET_PRIVATE = "Only you see what you press here."
WE_MET, WE_DIDNT = "We met", "We didn't"
HOW_HELD = "How was it with this one since the last time?"
HELD, NOT_HELD, CHANGED = "Held", "Not held", "Changed"
STILL_SO = "You wrote this some time ago. If you're thinking about suicide, press `Support`, then `Right now`. You don't have to be sure. If it isn't so any more, you can change it or leave it here."
LEAVE_IT = "Leave it here"
ALL_SAID_TITLE = "Thank you for answering"
ALL_SAID = "If something didn't hold, call a companion and say so, before anybody asks. If somebody was hurt, press `It happened again` on the path."
DIDNT_MEET = "Find a day this week, and tell the others out loud. Without meetings, a path is only a word."
NOT_HIDDEN = (
    "It's good that you didn't hide it from yourself. Nobody else sees it, so say it to a companion tomorrow."
)
AFTER_MET = "How are you after this meeting?"
HOW_IS_IT = "How are you with it now?"
SENSES = {
    "nothing": "Nothing to say",
    "going_on": "Nothing worries me",
    "unsure": "I'm not sure it's honest",
    "worried": "I'm worried about somebody's safety",
    "stopping": "I need to stop",
}
TELL_OTHERS = "Tell the other companions"
TELLING = "Nobody has been told. If you press `Tell the other companions`, they read your name and what you pressed. I don't show it to the person on the path, but another companion could tell them. If that would be dangerous, ask a helpline first. It doesn't call for help."
TOLD_THEM = "The other companions can read what you pressed. I don't show it to the person on the path, but a companion could tell them."
GOING_ON = (
    "I've noted it, and nobody else sees it. If it weighs on you, press `Support`, then `Someone told me`."
)
UNSURE_TITLE = "Not sure it's honest"
WORRIED_TITLE = "Worried about somebody's safety"
TOLD_TITLE = "From another companion"
TOLD_LINES = {
    "unsure": "**{name}** isn't sure it's honest.",
    "worried": "**{name}** is worried about somebody's safety.",
}
TOLD_NOTE = "Talk about it with the other companions, out loud. I don't show this to the person on the path. Don't tell them that {name} said so."

# -- in /inbox --------------------------------------------------------------------------------------

IN_MET = "After a meeting on a path."
IN_TOLD = "Another companion told you something."
IN_LOOK = "You wanted to look again at what you stay away from."
IN_ENTERED = "A request on a path is there to look at."
IN_ASKED = "Something was asked of you."
IN_READY = "Somebody is ready for the next step of their path."
IN_CHANGED = "Something on a path has changed."
IN_CLOSED = "Something about a path is over."
IN_TERM = "Your six months beside a path are over."

# -- refusals ---------------------------------------------------------------------------------------

YOURSELF_TITLE, YOURSELF = "That's you", "Nobody was invited, so choose somebody else."
A_BOT_TITLE, A_BOT = (
    "That's a bot",
    "Only people can go with you, so nobody was invited, and you can choose somebody else.",
)
ALREADY_TITLE, ALREADY = "They go with you already", "They said yes before, so there's nothing more to do."
OWN_CHOICE_TITLE = "I haven't invited them"
OWN_CHOICE = (
    "That's because of something you chose yourself. I don't say here what it is, since somebody may look at your screen. "
    "When you're alone, look in `/settings` and `/boundary`. I told them nothing."
)
FULL_TITLE = "There's no place left"
FULL = (
    "There can be {limit} companions, counting open invitations, so nobody was invited. Take one back first."
)
INVITATION_CLOSED_TITLE = "This invitation is closed"
INVITATION_CLOSED = "You can't accept it any more, but if you'd still like to go along, tell them, and they can invite you again."
ONE_TITLE = "You go along with another path"
ONE = "You can be a companion on one path at a time. This invitation stays in your `/inbox` until it lapses, and nobody is told."
SHORT_TITLE = "Not yet"
SHORT = "Companions have been members of this server for 30 days, and you will have been on {at}. The invitation stays in your `/inbox` until it lapses."
NO_PATH_TITLE = "You aren't on a path here"
NO_PATH = (
    "If somebody asks you to go along on one, that waits in your `/inbox`.\n\nThis says nothing about anybody else: I can't tell you "
    "whether somebody is on one."
)
NO_PATH_START = "`/path start` is for somebody who hurt another person and wants to change."
UNWRITTEN_TITLE = "It needs a few words"
UNWRITTEN = "Nothing was saved, because the field was empty. One sentence is enough."
WRITE = "Write it"
TOO_MANY_TITLE = "That's {limit} already"
TOO_MANY = "There's no room on your path for one more sentence. Take one off first, and then there is."
TOO_MANY_REQUESTS = "There are {limit} requests like this on the path, and there's no room for one more. Don't say it to the person on the path. Tell whoever brought it that it isn't there."
TOO_MANY_OWN = "{limit} of the requests like this on the path are yours, and the rest of the room is for the other companions. One of them can enter this one, or you take one of yours off that isn't wanted any more. Until then, tell whoever brought it that it isn't there, and don't say it to the person on the path."
ENTERED_TOO_MUCH_TITLE = "Please wait a while"
ENTERED_TOO_MUCH = "You've entered several requests lately, so I can't take another one from you before {at}. Another companion can enter it. Don't say it to the person on the path, and tell whoever brought it that it isn't on the path."
NOT_READY_TITLE = "Not yet"
NOT_READY_YET = "A step takes two meetings at which you met, as you say yourself. Before step 2 it takes two companions. Nothing has changed."
NO_DAY_TITLE, NO_DAY = (
    "You can't choose that",
    "Nothing has changed, so please choose something from the list.",
)
NO_MEETINGS_TITLE = "There's no next meeting"
NO_MEETINGS = "Without one, it can't be the last, but you can end the path under `More`."
