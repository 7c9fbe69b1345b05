"""What somebody reads who is asked to carry another person's terms, and who carries them."""

from bot.terms.models import Outcome

ACCEPT = "I'll carry it"
NO_THANKS = "No thanks"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
BACK = "Back"
IF_NOT = (
    "If you press `No thanks`, they aren't told: they just see no answer, and nothing new from them comes through me for three months. You "
    "can still write to each other. `Never from …` sets a boundary, and first shows you what they could notice."
)
STAYS_OPEN = "- What they asked you looks as if you hadn't answered it."
DECLINED_TITLE = "You said no"
DECLINED = "I won't tell **{name}**. They only see that there's no answer, and nothing new from them reaches you for three months."
REFUSED_TITLE = "It's set"
REFUSED = (
    "From now on, Plumbline won't connect you with **{name}**, and won't tell them. They could still guess. "
    "You can see this or take it back in `/boundary`."
)

TITLE = "What you're carrying"
PAGE_TITLE = "What you're carrying: {number} of {count}"
AGREED = (
    "You've told **{name}** that you'd carry it. There's nothing to read yet. It comes when they let you read it, which can take a while, "
    "and they may decide against it. If you don't know yet who it's for, ask that now. You don't have to ask about anything else."
)
CHANGED = (
    "**{name}** has changed it. If you've read the earlier one, please don't bring that to anyone. If you've already said it, there's nothing "
    "you have to undo. You can read the new one as soon as they let you. Bring it only if they ask you to."
)
READ = "This is from **{name}**. Please don't copy it and don't show it to anyone."
HEADING = "What they'd like"
SAY = "Tell them how it went"
OUTCOMES = {
    Outcome.BROUGHT: "Brought",
    Outcome.KEPT: "They keep to it, as far as I know",
    Outcome.PARTLY: "Partly",
    Outcome.NOT: "They don't",
    Outcome.COULDNT: "I couldn't",
    Outcome.NOT_YET: "Not yet, I pressed it by mistake",
}
SAID = (
    "I've kept “{word}” for **{name}**. In `/terms` they can read {what}. They may get no message about it, so if it matters "
    "today, tell {name} yourself. You can change it at any time."
)
READS = {
    Outcome.BROUGHT: "that you brought it",
    Outcome.KEPT: "that you brought it, and that the other person keeps to it, as far as you know",
    Outcome.PARTLY: "that you brought it, and that the other person keeps to some of it",
    Outcome.NOT: "that you brought it, and that the other person doesn't keep to it",
    Outcome.COULDNT: "that you couldn't bring it",
    Outcome.NOT_YET: "that you haven't brought it yet",
}
"""What the author can read of each. It says no more than `OUTCOMES` of `cogs/terms/strings.py`."""
SAY_SMALL = "You don't have to say here how it went. You can also just tell {name}."
WAS_ALL = "That was all. You don't have to watch whether they keep to it."
ALL_RIGHT = "That's all right. You can try again if {name} wants, or hand it back."
HAND_BACK = "Hand it back"
RECEIVING = "Words to learn"
HAND_BACK_TITLE = "Hand it back?"
HAND_BACK_ASK = (
    "**{name}** gets a message that something has changed. In `/terms` they see that you don't carry it any more, and not why. You "
    "can't read it after that, and nothing new from {name} reaches you for three months.\n\nIf {name} knows a day, tell {name} "
    "that you won't go."
)
HANDED_TITLE = "You've handed it back"
HANDED = "You don't carry it any more. Please tell nobody what you've read, except a helpline, for yourself, or whoever must know if somebody is in danger. If it stays with you, `Support` is there for you as well."
TAKEN_TITLE = "You don't carry it any more"
TAKEN = (
    "You were carrying something for somebody, and you needn't any more. Please don't bring it to anyone. Tell nobody what you've read, "
    "except a helpline, for yourself, or whoever must know if somebody is in danger.\n\nIt can have any reason, and it doesn't mean that "
    "it wasn't true. You don't have to ask. If you've already said it, there's nothing you have to undo."
)
IN_ASKED = "Somebody has a question for you. Open it when you're alone."
IN_CARRIED = "Something you carry is here, to open when you're alone."
IN_LET = "Something you carry is here to read when you're alone."
IN_CHANGED = "Something you carry has changed, so open it when you're alone."
IN_ENDED = "Something about what you carried has changed, so open it when you're alone."
"""The entries in `/inbox` name nobody, because others may see the screen. The name stands behind `Open`."""
