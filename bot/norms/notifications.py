"""The kinds of outbox messages about norms."""

BARRED = "norms.barred"
"""To one moderator: nothing can be posted in a channel. Its subject is the channel's id."""
