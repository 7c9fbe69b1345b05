"""What norms put on the agenda and on the board, by name."""

BALLOT_ENDS = "norms.ballot_ends"
NOTE_GOES = "norms.note_goes"

BALLOT_POST = "norms.ballot"
"""The message with `I'm in`, in the channel for norms; about a version."""
RESULT_POST = "norms.result"
WAITS_POST = "norms.waits"
"""A neutral line where moderators see it; about a server."""
