"""The kinds of timers of pods. `timer_handlers.py` says what happens when each is due."""

LAPSE = "pods.lapse"
FORGET = "pods.forget"
