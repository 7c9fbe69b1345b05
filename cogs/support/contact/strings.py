"""The text around the only reminder that `/contact` can set."""

REMIND = "Remind me in 12 hours"
REMIND_SMALL = "`Remind me in 12 hours` sends you a message that says nothing about this. After that, I delete the reminder."
SET_TITLE = "You'll get a reminder"
SET = (
    'On {at} I\'ll send you this message: "Something is waiting for you." It says nothing else. If that is in your '
    "quiet hours, it comes when they end."
)
SET_SMALL = "Until then I keep that you set this reminder, and none of your words. Whoever runs this bot could see it, if they set out to."
CANNOT_TITLE = "No reminder could be set"
CANNOT = (
    "I can't keep anything at the moment, so you won't get a reminder from me. Set an alarm on your phone for "
    "12 hours from now, and put the phone away until then. Everything else on this card still works."
)
BACK = "Back"
ENTRY = "Twelve hours have passed since you set a reminder"
NOTHING_KEPT = "Only you can see this card. I don't tell anyone what you press, and I don't keep it."
