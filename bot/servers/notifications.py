"""The kinds of outbox messages about a server itself."""

BARRED = "servers.barred"
"""To one moderator: the welcome message can't be posted. Its subject is the channel's id."""
