"""The kinds of timers of pods. `timer_handlers.py` says what happens when each is due."""

LAPSE = "pods.lapse"
FORGET = "pods.forget"
PART = "pods.part"
"""The subject is a tie between two people with a boundary, or an invitation. That of the others is one."""
