"""What is said of past months."""

TITLE = "How much I was used"
SMALL = (
    "I round down to fives, so 10 means 10 to 14. I count each month once, when it ends (UTC). You see no names here, and nothing about "
    "the month you're in."
)
EMPTY_TITLE = "There's nothing to show yet"
EMPTY = (
    "The first whole month ends on {day}. From then on you can see here how many members are in for the norms, how many asks people "
    "started, how many pairs there are, and how many reminders I posted. I round the numbers down, and I show no names."
)
A_MONTH = "**{month}**\n{counts}"
BETWEEN = ", "
FEW = "fewer than 5"
FEW_SHORT = "<5"
MEMBERS_IN, ASKS, PAIRS, REMINDERS = "members in", "asks", "pairs", "reminders"
COUNTED = "{count} {what}"
PANEL = {
    MEMBERS_IN: "Members in",
    ASKS: "Asks started",
    PAIRS: "Pairs",
    REMINDERS: "Reminders",
}
ALT = "Bars for the last months, up to {last}. The same numbers are in the text beside the picture."
PICTURE_NAME = "insights.png"
SHORT_MONTH = 3
"""Letters of a month's name below its bar."""
