"""Texts that belong to no slice: those on every card, in direct messages, and for errors."""

SUPPORT = "Support"
YOU_WROTE = "What you wrote"
WENT_WRONG_TITLE = "That did not work"
WENT_WRONG = (
    "Something went wrong on our side. Please try again in a moment. "
    "If you had typed something, it is shown here: copy it first."
)
CANNOT_TITLE = "I can't do that right now"
_MEANWHILE = "`/support` still works. If you had typed something, it is shown here: copy it first."
CANNOT_SAVE = f"I can't save anything at the moment, so nothing was changed. Please try again in a few minutes. {_MEANWHILE}"
CANNOT_LOOK_UP = (
    "I can't look anything up at the moment. Please try again in a few minutes, and see then whether "
    f"what you did was saved. {_MEANWHILE}"
)
ERROR_ID = "If you ask whoever runs this bot about it, name the error `{id}`. It says nothing about you."


# People without a name in a server. The first is for within a sentence.
SOMEONE = "someone who left"
SOMEONE_FIRST = "Someone who left"

# Direct messages: these four sentences, and nothing else.
OPEN = "Open"
DM_ASKED = "{name} has a question for you."
DM_ASKED_UNNAMED = "Someone has a question for you."
DM_READY = "Something is waiting for you."
DM_CHANGED = "Something here has changed."
DM_CLOSED = "This is closed."

NOT_SHOWN_TITLE = "I couldn't show this"
NOT_SHOWN = "What you did is kept. Use the command again to see where things stand."

AGAIN_TITLE = "That took too long"
AGAIN = "Nothing is lost. Please press it once more."
