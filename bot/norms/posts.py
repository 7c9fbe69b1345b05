"""The kinds of messages in channels that are about norms."""

BALLOT = "norms.ballot"
"""The message with `I'm in`, in the channel for norms; about a version."""
RESULT = "norms.result"
"""How the counting ended; about a version."""
WAITS = "norms.waits"
"""A neutral line where moderators see it: something waits for them. About a server."""
