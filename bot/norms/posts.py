"""The kinds of channel posts about norms."""

BALLOT = "norms.ballot"
"""The message with `I'm in`, in the channel for norms. Its subject is the version's id."""
RESULT = "norms.result"
"""The result of a vote. Its subject is the version's id."""
WAITS = "norms.waits"
"""A line in the moderators' channel that something waits for them. It is not posted any more, because those
who can't read a note must not learn of it. What stood is taken down (revision 0013)."""
BARRED = "norms.barred"
"""The notice for moderators that nothing can be posted in a channel. Its subject is the channel's id."""
