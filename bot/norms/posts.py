"""The kinds of channel posts about norms."""

BALLOT = "norms.ballot"
"""The message with `I'm in`, in the channel for norms. Its subject is the version's id."""
RESULT = "norms.result"
"""The result of a vote. Its subject is the version's id."""
WAITS = "norms.waits"
"""The notice for moderators that something waits for them. Its subject is the server's id."""
