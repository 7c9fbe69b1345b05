"""The kinds of timers of talks. `timer_handlers.py` says what happens when each is due."""

LAPSE = "talks.lapse"
FOLLOW = "talks.follow"
GO = "talks.go"
PART = "talks.part"
