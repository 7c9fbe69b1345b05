"""What is said of one's own months."""

HISTORY_TITLE = "Your months with {name}"
NO_HISTORY_TITLE = "Nothing yet"
NO_HISTORY = "Once you were asked for the first time, your months are shown here, to you alone."
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTH = "{month} {year}"
A_MONTH = "**{month}** · {days}"
A_DAY = "{day}: {status}"
NO_DAYS = "no check-in"
BETWEEN = ", "
ALT = "A calendar of your check-ins. {text}"
EARLIER = "Earlier"
LATER = "Later"
HISTORY_SMALL = "Only you see this. It goes 7 days after the pair ends."
PICTURE_NAME = "months.png"
NOTES = "My notes"
