"""The kinds of timers of reports. `timer_handlers.py` says what happens when each is due."""

GOES = "reports.goes"
"""The subject is the report's id."""
BAR_ENDS = "reports.bar_ends"
"""The subject is the bar's id."""
QUOTAS_END = "reports.quotas_end"
"""The subject is ALL: one timer for everything that was counted."""
ALL = "all"
