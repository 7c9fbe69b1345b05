"""What is said around a talk; the longer texts are in `data/guidance/talk.toml` and `listening.toml`."""

TALK = "Ask someone to talk"
THINK = "Think it through"
CHECK_ON_THEM = "Should I check on them?"
SET_UP_POD = "Set up my pod"
TAKE_BACK = "Take it back"
TODAY = "Today"
TOMORROW = "Tomorrow"
CANT = "I can't"
CANT_AFTER_ALL = "I can't after all"
DONE_TO_ME = "It was done to me"
YES = "Yes"
NOT_YET = "Not yet"
THEY_COULDNT = "They couldn't"

# -- the asker --------------------------------------------------------------------------------------

ASK_TITLE = "Ask someone to talk"
_NOT_CLOSE = "Don't pick anyone who was part of it, or who is close to someone who was."
WHO = {
    "did": _NOT_CLOSE,
    "others": _NOT_CLOSE,
    "hard": "If somebody hurt you, it may be easier with a person who isn't close to them. You choose.",
}
ASK = (
    "Pick one person from your pod. {who}\n\n"
    "This is the line they get from me, with a few words on how to say no and how to listen:\n\n> {offered}\n\n"
    "If they say yes, you tell them the rest yourself, out loud."
)
CHOOSE = "Choose one person"
WAITING_TITLE = "Asked: {name}"
WAITING = (
    "They can answer until {until}, and they don't have to give a reason. "
    "If they can't, or don't answer, you can ask someone else."
)
MEANWHILE = (
    "You don't have to wait alone: `Support` lists helplines that you can call. "
    "If you're thinking about suicide, don't wait: press `Support`, then `Right now`."
)
CANT_TITLE = "Someone else?"
CANT_NOW = "**{name}** can't this time, and they don't owe you a reason."
NEXT = "You can ask someone else from your pod. They read the same line, and I don't tell them who you asked before."
A_LINE = "**If you're worried about something you did, you can call:**"
AGREED_TITLE = "{name} has time for you"
AGREED = (
    "**{name}** can talk on {day}. Write to them now about when and where, and leave the rest for the talk.\n\n"
    "You could begin like this:\n\n> {begin}\n\n{how}"
)
BEGIN = {
    "did": "Please just listen first. I'd like to tell it without excuses.",
    "others": "Please just listen first. I don't know what to do about something.",
    "hard": "Please just listen first. You don't have to fix anything.",
}
HOW = {
    "did": (
        "Say what you said and did, out loud. Leave out who it was, and anything that would give it away. If they ask "
        "something that you can't answer yet, you can tell them that."
    ),
    "others": (
        "Say what you saw or heard yourself, and what you don't know how to do. Leave out who it was. If somebody told "
        "you about it, what happened is theirs to tell, so leave that out too."
    ),
    "hard": (
        "You decide how much you tell, and you can stop whenever you want. If you're thinking about suicide, you can "
        "say it in that word. You don't have to wait for the talk: `Support`, then `Right now`, has people you can call."
    ),
}
AGREED_SMALL = "The day after, I'll ask you whether you got to talk."
ASKED_AGAIN_TITLE = "Not yet"
ASKED_AGAIN = "Talks get put off, so I'll ask you once more, around {at}."
RESTS_TITLE = "Not yet"
RESTS = (
    "I won't ask you about it again. Whenever you want to tell someone, `Ask someone to talk` starts over. "
    "You can also call a helpline: `Support` lists them."
)
TAKEN_BACK_TITLE = "Taken back"
TAKEN_BACK = (
    "I'm not asking anyone now. If they've already read the line about you, they may still bring it up."
)
OVER_TITLE = "This is closed"
OVER = "I'm not asking anyone now, and you can start over whenever you want to."

# -- the person who is asked ------------------------------------------------------------------------

OFFERED_SMALL = (
    "{name} only hears your answer, and no reason. If you don't answer by {until}, I take it as a no."
)
SAID_TITLES = {"today": "You have time today", "tomorrow": "You have time tomorrow", "cant": "That's fine"}
SAID_TIME = "I've told **{name}**, and they'll write to you about when and where."
SAID_STOP = "If it stops working for you, press `I can't after all`. They won't hear why."
SAID_NEVER = "If you don't want {name} to ask you again, press `Set a boundary`. Nothing is set yet: first I'll show you what they can notice."
BOUNDARY = "Set a boundary"
NEVER_ANYWAY = "Their question to you is gone. You can still set a boundary, and choose the person yourself."
SAID_CANT = "**{name}** will see that you can't this time. I don't give a reason."

# -- refusals ---------------------------------------------------------------------------------------

CLOSED_TITLE = "This is closed"
CLOSED = "Nobody is waiting for your answer any more, so there's nothing left for you to do here."
CANNOT_TITLE = "They can't be asked right now"
CANNOT = "I haven't asked anyone. You can look at the list again and pick someone else."

# -- in /inbox --------------------------------------------------------------------------------------

IN_ASKED = "**{name}** would like to talk to you."
IN_AGREED = "**{name}** has time for you."
IN_CANT = "Someone you asked to talk can't this time."
IN_DID_YOU = "Did you get to talk?"
IN_WAITING = "You asked **{name}** to talk, and they can answer until {until}."
IN_FREE = "You wanted to ask someone to talk."
IN_SOON = "Your talk with **{name}**."
