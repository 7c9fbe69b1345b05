"""The text around the only reminder that `/contact` can set."""

REMIND = "Remind me in 12 hours"
REMIND_SMALL = "`Remind me in 12 hours` sets an alarm with no words in it. Once it has rung, it is deleted."
SET_TITLE = "You will be reminded"
SET = (
    "{at}, a message comes: Something you set is ready. It says no more than that. In your quiet hours it waits "
    "until they end."
)
SET_SMALL = "Kept until then: that you set an alarm. Nothing of what it is about."
CANNOT_TITLE = "No reminder could be set"
CANNOT = (
    "Nothing can be kept here right now. Set an alarm on your phone for 12 hours from now, and put the phone "
    "away until then. All else on this card works."
)
BACK = "Back"
ENTRY = "Twelve hours have passed since you set a reminder"
NOTHING_KEPT = "Nothing is kept."
