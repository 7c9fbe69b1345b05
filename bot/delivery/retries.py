"""When a delivery is tried again. Messages to people and posts in channels share it."""

from datetime import datetime, timedelta

from bot.delivery.outcome import Refused, Retry, Uncertain

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 45, 5 * 60, 30 * 60, 2 * 60 * 60))
"""How long a delivery waits after each failed try. The last pause is repeated."""
SETTLES = timedelta(seconds=30)
"""How long a message that may have been sent can take to appear: a request can outlive the process."""


def retry_at(tries: int, outcome: Retry | Uncertain, now: datetime) -> datetime:
    """Return when to try again after this outcome. `tries`: how many tries had failed before."""
    pause = PAUSES[min(tries, len(PAUSES) - 1)]
    return now + max(pause, outcome.after if isinstance(outcome, Retry) else SETTLES)


def settled_at(tried_at: datetime | None) -> datetime | None:
    """Return when a message that may have been sent can be found, if it was; None if it was not tried."""
    return None if tried_at is None else tried_at + SETTLES


def lasting(outcome: Retry, hindered_since: datetime | None, now: datetime) -> Refused | None:
    """Return Refused if this hindrance has gone on for so long that it counts as lasting."""
    if outcome.lasting_after is None or hindered_since is None:
        return None
    return Refused(outcome.code) if now - hindered_since >= outcome.lasting_after else None
