"""The kinds of timers of terms. `timer_handlers.py` says what happens when each is due."""

GOES = "terms.goes"
"""The subject is the id of somebody's terms. That of the others is a carrying's id."""
LAPSE = "terms.lapse"
FORGET = "terms.forget"
PART = "terms.part"
