"""How often something comes round, and on which day: the rule that says so, in local time."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = 31
"""As the day of what comes by the month: the month's last."""
_SECOND_DAY = 3
"""Days from the first time of a week to its second, where there are two."""
_MONDAY = date(2024, 1, 1)


class Cadence(StrEnum):
    """Its `day` is 0 (Monday) to 6, by the month 1 to 28 or LAST; twice a week, also three days later."""

    WEEKLY = "weekly"
    TWICE = "twice"
    FORTNIGHT = "fortnight"
    MONTHLY = "monthly"

    @property
    def days(self) -> tuple[int, ...]:
        """Every day that it can be on."""
        return (*range(1, 29), LAST) if self is Cadence.MONTHLY else tuple(range(7))

    def rule(self, day: int) -> str:
        """The value of an RFC 5545 RRULE, without an end."""
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
        """Where the rule counts from: the same for all that is in step; so its times are computed once."""
        if self is not Cadence.FORTNIGHT:
            return _MONDAY
        return _MONDAY + timedelta(weeks=(starts_on - _MONDAY).days // 7 % 2)

    def falls_on(self, day: int, date: date) -> bool:
        """Every second week: in either of the two."""
        if self is Cadence.MONTHLY:
            last = calendar.monthrange(date.year, date.month)[1]
            return date.day == (last if day == LAST else day)
        second = (day + _SECOND_DAY) % 7 if self is Cadence.TWICE else day
        return date.weekday() in (day, second)

    def first_on(self, day: int, earliest: date) -> date:
        """The first date on which it falls, that one or a later."""
        dates = (earliest + timedelta(days=days) for days in count())
        return next(date for date in dates if self.falls_on(day, date))
