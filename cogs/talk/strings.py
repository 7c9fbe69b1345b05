"""What is said around a talk; the longer texts are in `data/guidance/talk.toml` and `listening.toml`."""

TALK = "Ask someone to talk"
THINK = "Think it through"
INVITE = "Invite"
TAKE_BACK = "Take it back"
TODAY = "Today"
TOMORROW = "Tomorrow"
CANT = "I can't"
YES = "Yes"
NOT_YET = "Not yet"
THEY_COULDNT = "They couldn't"

# -- the asker --------------------------------------------------------------------------------------

ASK_TITLE = "Ask someone to talk"
ASK = (
    "Pick one person of your pod. Not the person it is about, nor someone close to them.\n\n"
    "They read this, and nothing else:\n\n> {offered}\n\nThey can say no. You tell them the rest yourself, out loud."
)
CHOOSE = "Choose one person"
WAITING_TITLE = "Asked: {name}"
WAITING = (
    "They can answer until {until}. Only that answer comes back. "
    "If they can't, or don't answer, you can ask someone else."
)
MEANWHILE = (
    "You don't have to wait alone with it: `Support` shows whom you can call meanwhile. If you think of hurting "
    "yourself, don't wait: `Right now`."
)
CANT_TITLE = "Someone else?"
CANT_NOW = "**{name}** can't this time. That can have many reasons."
NEXT = "You can ask someone else of your pod. They read the same line, and nothing of whom you asked before."
A_LINE = "**If you are worried about something you did, you can call:**"
AGREED_TITLE = "{name} has time for you"
AGREED = (
    "**{name}** can talk on {day}. Write to them only about when, and how or where you talk. Keep what happened for "
    "the talk.\n\n"
    "One way to begin, out loud:\n\n> Please just listen first. I'd like to tell it without excuses.\n\n"
    "Say what was said and done. Leave out who it was, and what would give it away. If they ask you something that "
    "you can't answer yet, you can say so."
)
AGREED_SMALL = "The day after it, you are asked whether it came about."
ASKED_AGAIN_TITLE = "Not yet"
ASKED_AGAIN = "That happens. You are asked once more, around {at}."
RESTS_TITLE = "Not yet"
RESTS = "You are not asked about it again. When you want to tell someone, `Ask someone to talk` begins anew."
TAKEN_BACK_TITLE = "Taken back"
TAKEN_BACK = (
    "Nobody is being asked any more. Someone who had already read the line may still mention it to you."
)
OVER_TITLE = "This has closed"
OVER = "Nobody is being asked now. You can begin anew whenever you want to."

# -- the one who is asked ---------------------------------------------------------------------------

OFFERED_SMALL = "Only your answer goes back. You owe no reason; no answer by {until} counts as a no."
SAID_TITLES = {"today": "You have time today", "tomorrow": "You have time tomorrow", "cant": "That is fine"}
SAID_TIME = "**{name}** reads that, and writes to you. You can still stop at any point."
SAID_CANT = "**{name}** sees that you can't this time. No reason is given."

# -- refusals ---------------------------------------------------------------------------------------

CLOSED_TITLE = "This has closed"
CLOSED = "Nothing is needed from you."
CANNOT_TITLE = "They can't be asked right now"
CANNOT = "Nothing was sent. You can look at the list again and pick someone else."

# -- in /inbox --------------------------------------------------------------------------------------

IN_ASKED = "**{name}** asked for your time."
IN_AGREED = "**{name}** has time for you."
IN_CANT = "Someone you asked to talk can't this time."
IN_DID_YOU = "Did you get to talk?"
IN_WAITING = "You asked **{name}** to talk. They can answer until {until}."
IN_FREE = "You wanted to ask someone to talk."
IN_SOON = "Your talk with **{name}**."
