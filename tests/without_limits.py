"""Let people start as much as they like, where a test makes them do in minutes what takes them weeks.

What they start is still counted, so that the statements are the same.
"""

from datetime import timedelta

from bot.reports.models import LIMITS, Limit, Limits

_NO_LIMIT = Limit(1_000_000_000, timedelta(days=1))


def lift() -> None:
    """Lift the quotas in this process."""
    LIMITS.update(
        {start: Limits(_NO_LIMIT, None if one.of_two is None else _NO_LIMIT) for start, one in LIMITS.items()}
    )
