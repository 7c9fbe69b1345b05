"""Texts that belong to no slice: those on every card, in direct messages, and for errors."""

SUPPORT = "Support"
CLOSE = "Close"
YOU_WROTE = "What you typed, so that you can copy it"
WENT_WRONG_TITLE = "That didn't work"
WENT_WRONG = "Something went wrong on my side, and it isn't your fault. If you typed something, it's shown on this card, so copy it before you try again."
CANNOT_TITLE = "I can't do that right now"
_MEANWHILE = (
    "You can still use `/support`. If you typed something, it's shown on this card, so copy it first."
)
CANNOT_SAVE = f"I can't save anything at the moment, so nothing was changed. Please try again in a few minutes. {_MEANWHILE}"
CANNOT_LOOK_UP = (
    "I can't look anything up at the moment. Please come back in a few minutes, and check then whether what you did "
    f"was saved. {_MEANWHILE}"
)
ERROR_ID = (
    "If you tell the person who runs this bot, give them the error number `{id}`. It says nothing about you."
)


# People without a name in a server. The first is for within a sentence.
SOMEONE = "someone whose name is gone"
SOMEONE_FIRST = "Someone whose name is gone"

# Direct messages: these four sentences, and nothing else.
OPEN = "Open"
DM_ASKED = "{name} has a question for you."
DM_ASKED_UNNAMED = "Someone has a question for you."
DM_HAND = "{name} needs a hand now."
DM_HAND_UNNAMED = "Someone needs a hand now."
DM_READY = "Something is waiting for you."
DM_CHANGED = "Something here has changed."
DM_CLOSED = "This is closed."

NO_PICTURE = "I'm drawing too many pictures right now, so there isn't one here. The words say the same. If you'd like the picture, try again in a minute."

NOT_SHOWN_TITLE = "I couldn't show you this"
NOT_SHOWN = "Discord didn't let me show you the answer. Run the command again to see whether it worked, before you do it a second time."

AGAIN_TITLE = "That took too long"
AGAIN = "The form didn't open in time. Nothing is lost, so please press the button once more."
