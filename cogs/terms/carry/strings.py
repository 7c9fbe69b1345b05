"""What somebody reads who is asked to carry another person's terms, and who carries them."""

from bot.terms.models import Outcome

ACCEPT = "I'll carry it"
NO_THANKS = "No thanks"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
BACK = "Back"
IF_NOT = (
    "If you press `No thanks`, they aren't told: they just see no answer. `Never from …` is for a boundary, and first shows you what "
    "they can notice."
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
AGREED = (
    "You've told **{name}** that you'd carry it. There's nothing to read yet. It comes when they let you, which can take a while, "
    "and they may decide against it. You don't have to ask them about it."
)
CHANGED = (
    "**{name}** has changed it. If you've read the earlier one, please don't bring that to anyone. You can read the new "
    "one as soon as they let you."
)
READ = "This is from **{name}**. Please don't copy it and don't show it to anyone."
HEADING = "What they'd like"
SAY = "Leave them a word about how it went"
OUTCOMES = {
    Outcome.BROUGHT: "Brought",
    Outcome.KEPT: "They keep to it",
    Outcome.PARTLY: "Partly",
    Outcome.NOT: "They don't",
    Outcome.COULDNT: "I couldn't",
}
SAID = (
    "I've left “{word}” for **{name}**. They see it when they open `/terms`. You can change it at any time."
)
SAY_SMALL = "Everything else about it is between the two of you. You don't have to leave a word."
HAND_BACK = "Hand it back"
RECEIVING = "For whoever you bring it to"
READ_OUT = "**Read this out.** Don't hand over your phone, because what you carry is just above."
HAND_BACK_TITLE = "Hand it back?"
HAND_BACK_ASK = (
    "**{name}** will see that you don't carry it any more, and not why. You can't read it after that."
)
HANDED_TITLE = "You've handed it back"
HANDED = "You don't carry it any more. Please keep what you've read to yourself. If it stays with you, `Support` is there for you as well."
TAKEN_TITLE = "It's been taken back"
TAKEN = (
    "Something you were carrying has been taken back. Please don't bring it to anyone any more, and keep what you've read to yourself. "
    "That can have any reason, and you don't have to ask for it. If you've already said it, there's nothing you have to undo."
)
IN_ASKED = "**{name}** has a question for you, about something hard."
IN_CARRIED = "You carry something for **{name}**."
IN_LET = "You can read what **{name}** would like you to carry."
IN_CHANGED = "**{name}** has changed what you carry."
IN_ENDED = "Something you were carrying has been taken back."
