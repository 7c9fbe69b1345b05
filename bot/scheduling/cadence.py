"""How often something repeats and on which day, as a recurrence rule in local time."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = 31
"""As a monthly day: the last day of the month."""
_SECOND_DAY = 3
"""Days from the first time in a week to the second, for TWICE."""
_MONDAY = date(2024, 1, 1)


class Cadence(StrEnum):
    """How often something repeats. Its `day` is 0 (Monday) to 6, or for MONTHLY 1 to 28 or LAST.

    TWICE is on that weekday and three days later.
    """

    WEEKLY = "weekly"
    TWICE = "twice"
    FORTNIGHT = "fortnight"
    MONTHLY = "monthly"

    @property
    def days(self) -> tuple[int, ...]:
        """Every day that can be chosen for the cadence."""
        return (*range(1, 29), LAST) if self is Cadence.MONTHLY else tuple(range(7))

    def rule(self, day: int) -> str:
        """Return the value of an RFC 5545 RRULE that never ends."""
        first = WEEKDAYS[day % 7]
        match self:
            case Cadence.WEEKLY:
                return f"FREQ=WEEKLY;BYDAY={first}"
            case Cadence.TWICE:
                return f"FREQ=WEEKLY;BYDAY={first},{WEEKDAYS[(day + _SECOND_DAY) % 7]}"
            case Cadence.FORTNIGHT:
                return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={first}"
            case Cadence.MONTHLY:
                return f"FREQ=MONTHLY;BYMONTHDAY={-1 if day == LAST else day}"

    def counted_from(self, starts_on: date) -> date:
        """Return the date from which the rule counts.

        It is the same for all that repeat in the same weeks, so that they share cached rules.
        """
        if self is not Cadence.FORTNIGHT:
            return _MONDAY
        return _MONDAY + timedelta(weeks=(starts_on - _MONDAY).days // 7 % 2)

    def falls_on(self, day: int, date: date) -> bool:
        """Whether the date has the right day. For FORTNIGHT, either of the two weeks will do."""
        if self is Cadence.MONTHLY:
            last = calendar.monthrange(date.year, date.month)[1]
            return date.day == (last if day == LAST else day)
        second = (day + _SECOND_DAY) % 7 if self is Cadence.TWICE else day
        return date.weekday() in (day, second)

    def first_on(self, day: int, earliest: date) -> date:
        """Return the first date from `earliest` on that has the right day."""
        dates = (earliest + timedelta(days=days) for days in count())
        return next(date for date in dates if self.falls_on(day, date))
