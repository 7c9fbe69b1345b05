"""What moderators are told of reminders."""

BARRED = "reminders.barred"
"""To one moderator: a reminder can't be posted, and there is no channel to say so in. About a reminder."""
