"""The kinds of outbox messages about norms."""

WAITS = "norms.waits"
"""To a moderator: a note that they can read waits for them. Its subject is the server's id."""
BARRED = "norms.barred"
"""To one moderator: nothing can be posted in a channel. Its subject is the channel's id."""
