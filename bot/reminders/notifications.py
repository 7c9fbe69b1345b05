"""The kinds of outbox messages about reminders."""

BARRED = "reminders.barred"
"""To one moderator: a reminder can't be posted, and no channel can say so. The subject is its id."""
