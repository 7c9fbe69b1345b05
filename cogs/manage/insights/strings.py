"""What is said of past months."""

TITLE = "Your months in counts"
SMALL = (
    "Rounded down to fives: 10 means 10 to 14. Each month is counted once, when it ends (UTC). "
    "No names, and nothing about the month that runs."
)
EMPTY_TITLE = "Nothing to show yet"
EMPTY = (
    "The first whole month ends on {day}. Then you see here how many members are in for the norms, how many "
    "asks were opened, how many pairs run and how many reminders were sent: rounded down, and without names."
)
A_MONTH = "**{month}** · {counts}"
BETWEEN = " · "
FEW = "fewer than 5"
FEW_SHORT = "<5"
MEMBERS_IN, ASKS, PAIRS, REMINDERS = "members in", "asks opened", "pairs running", "reminders sent"
COUNTED = "{count} {what}"
PANEL = {
    MEMBERS_IN: "Members in for the norms",
    ASKS: "Asks opened",
    PAIRS: "Pairs running",
    REMINDERS: "Reminders sent",
}
ALT = "Bars for each month up to {last}. The same counts stand beside the picture in words."
PICTURE_NAME = "insights.png"
SHORT_MONTH = 3
"""Letters of a month's name below its bar."""
