"""The kinds of outbox messages about reports and bars. The author of a passage gets none of them."""

WAITS = "reports.waits"
"""To a moderator: a report was sent to them. The subject is the report's id."""
BAR_WAITS = "reports.bar_waits"
"""To a moderator: a bar waits for a second moderator. The subject is the bar's id."""
KINDS = (WAITS, BAR_WAITS)
