"""What reminders put on the agenda, on the board and into the outbox, by name."""

DUE = "reminders.due"
"""Its subject is the reminder."""
EVENT = "reminders.event"
"""Its subject is the row that says which event of the server is waited for."""

REMINDER = "reminders.reminder"
"""The message itself; about a reminder. What it shows is in its detail (`Turn`)."""
BARRED_POST = "reminders.barred"
"""A neutral line where moderators see it: a reminder can't be posted; about a reminder."""
BARRED_LINE = "reminders.barred"
"""The same for one moderator, where there is no such channel, or it is the one that is closed."""
