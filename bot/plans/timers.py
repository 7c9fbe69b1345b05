"""The kinds of timers of plans. `timer_handlers.py` says what happens when each is due."""

ASK = "plans.ask"
GO = "plans.go"
