"""What `/plan` says, around the list of plans."""

COMMAND = "plan"
PLAN = "Write down one thing you'll do, and choose a day. I show it to nobody else."

TITLE = "Your plans"
NONE_YET = (
    "A plan is one thing you'll do and a day, and on that day I'll ask you how it went.\n\n"
    "You don't have a plan yet, so press `What I'll do` to write your first one."
)
SMALL = (
    "You find your plans here on every server and in direct messages with me. I don't show them to anybody else. Whoever "
    "runs this bot could read them, if they set out to."
)
WANTS_DAY = "It doesn't have a day yet, so open it and choose one."
SET = "I'll ask you how it went on {at}."
KEEPING = "You did it, and I'll ask you again on {at}."
ASKED = "I've asked you about this one, and you haven't answered yet."
OPEN = "Open"
NEXT = "Next"
BACK = "Back"

TOO_MANY_TITLE = "You already have {limit} plans"
TOO_MANY = (
    "Open one that's done or that you don't need any more and end it. After that, there's room for this one."
)
