"""The kinds of timers of norms. `timer_handlers.py` says what happens when each is due."""

BALLOT_ENDS = "norms.ballot_ends"
"""The subject is the version's id."""
NOTE_GOES = "norms.note_goes"
"""The subject is the note's id."""
