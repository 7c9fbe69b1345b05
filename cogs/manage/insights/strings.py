"""What is said of past months."""

TITLE = "How much I was used"
SMALL = (
    "I count people, not what each of them did. I round down to fives, so 10 means 10 to 14, and I don't show numbers below 10. I count "
    "each month once, when it ends (UTC). You see no names here, and nothing about the month you're in."
)
EMPTY_TITLE = "There's nothing to show yet"
EMPTY = (
    "The first whole month ends on {day}. From then on you can see here how many members are in for the norms, how many people "
    "sent an ask, how many are in a pair, and how many reminders I posted. I round the numbers down, I don't show small ones, and I "
    "show no names."
)
A_MONTH = "**{month}**\n{counts}"
BETWEEN = ", "
FEW = "fewer than 10"
FEW_SHORT = "<10"
MEMBERS_IN, ASKERS, IN_PAIRS, REMINDERS = "members in", "people who asked", "people in pairs", "reminders"
COUNTED = "{count} {what}"
PANEL = {
    MEMBERS_IN: "Members in",
    ASKERS: "People who asked",
    IN_PAIRS: "People in pairs",
    REMINDERS: "Reminders",
}
ALT = "Bars for the last months, up to {last}. The same numbers are in the text beside the picture."
PICTURE_NAME = "insights.png"
SHORT_MONTH = 3
"""Letters of a month's name below its bar."""
