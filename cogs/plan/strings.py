"""What `/plan` says, around the list of plans."""

COMMAND = "plan"
PLAN = "Write down one thing you'll do, and choose a day. Nobody else sees it."

TITLE = "Your plans"
NONE_YET = (
    "You don't have a plan yet. A plan is one thing you'll do and a day, and on that day I'll ask you how it went.\n\n"
    "Press `What I'll do` to write one. Nobody else sees it or hears about it."
)
SMALL = "Only you can see your plans. They belong to you, so they stay when you leave a server."
WANTS_DAY = "It doesn't have a day yet."
SET = "I'll ask you how it went on {at}."
KEEPING = "You did it. I'll ask you again on {at}."
ASKED = "I've asked you about this one, and you haven't answered yet."
OPEN = "Open"
NEXT = "Next"
BACK = "Back"

TOO_MANY_TITLE = "You already have {limit} plans"
TOO_MANY = "Open one that's done or that you no longer need, and end it. Then there is room for this one."
