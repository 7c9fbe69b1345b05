"""The kinds of timers of reminders. `timer_handlers.py` says what happens when each is due."""

DUE = "reminders.due"
"""The subject is the reminder's id."""
EVENT = "reminders.event"
"""The subject is the id of an Expected occurrence."""
