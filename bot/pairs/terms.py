"""The terms of a pair: how often, on which day, at which hour, for how long. All of it in local time."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import count, takewhile

from bot.errors import Refusal

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = 31
"""As the day of a monthly check-in: the month's last."""
FEWEST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 12, 52
_SECOND_DAY = 3
"""Days from the first check-in of a week to its second, where there are two."""
_MONDAY = date(2024, 1, 1)
_WEEKS_A_YEAR = 52


class NoSuchTerms(Refusal):
    """A day, an hour or a length that is not among those to choose from."""


class Cadence(StrEnum):
    WEEKLY = "weekly"
    TWICE = "twice"
    FORTNIGHT = "fortnight"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Terms:
    """`day`: 0 (Monday) to 6, by the month 1 to 28 or LAST. `minute`: 0 to 1439. `weeks`: 4 to 52.

    Twice a week is on that weekday and three days after it. Raises NoSuchTerms.
    """

    cadence: Cadence = Cadence.WEEKLY
    day: int = 6
    minute: int = 18 * 60
    weeks: int = USUAL_WEEKS

    def __post_init__(self) -> None:
        monthly = self.cadence is Cadence.MONTHLY
        days = (*range(1, 29), LAST) if monthly else tuple(range(7))
        fits = FEWEST_WEEKS <= self.weeks <= MOST_WEEKS and 0 <= self.minute < 24 * 60
        if self.day not in days or not fits:
            raise NoSuchTerms

    @property
    def clock(self) -> time:
        return time(self.minute // 60, self.minute % 60)

    @property
    def rounds(self) -> int:
        """How many check-ins there are in all."""
        match self.cadence:
            case Cadence.WEEKLY:
                return self.weeks
            case Cadence.TWICE:
                return 2 * self.weeks
            case Cadence.FORTNIGHT:
                return (self.weeks + 1) // 2
            case Cadence.MONTHLY:
                return max(1, self.weeks * 12 // _WEEKS_A_YEAR)

    @property
    def rule(self) -> str:
        """The value of an RFC 5545 RRULE, without an end."""
        first = WEEKDAYS[self.day % 7]
        match self.cadence:
            case Cadence.WEEKLY:
                return f"FREQ=WEEKLY;BYDAY={first}"
            case Cadence.TWICE:
                return f"FREQ=WEEKLY;BYDAY={first},{WEEKDAYS[(self.day + _SECOND_DAY) % 7]}"
            case Cadence.FORTNIGHT:
                return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={first}"
            case Cadence.MONTHLY:
                return f"FREQ=MONTHLY;BYMONTHDAY={-1 if self.day == LAST else self.day}"

    def every(self, cadence: Cadence) -> "Terms":
        """The same at another cadence; a day that it does not have becomes its first."""
        monthly = Cadence.MONTHLY in (cadence, self.cadence) and cadence is not self.cadence
        day = self.day if not monthly else 1 if cadence is Cadence.MONTHLY else 6
        return replace(self, cadence=cadence, day=day)

    def counted_from(self, starts_on: date) -> date:
        """Where the rule counts from: the same for all pairs in step; so their times are computed once."""
        if self.cadence is not Cadence.FORTNIGHT:
            return _MONDAY
        return _MONDAY + timedelta(weeks=(starts_on - _MONDAY).days // 7 % 2)

    def first_on(self, earliest: date) -> date:
        """The first day of a check-in, on that day or after it."""
        return next(day for day in map(earliest.__add__, _days()) if self._falls_on(day))

    def days(self, starts_on: date, ends_on: date) -> list[date]:
        """Every day of a check-in from the first to the last, both included."""
        every = map(starts_on.__add__, _days())
        span = takewhile(lambda day: day <= ends_on, every)
        even = self.cadence is not Cadence.FORTNIGHT
        return [day for day in span if self._falls_on(day) and (even or (day - starts_on).days % 14 == 0)]

    def last_on(self, starts_on: date, rounds: int) -> date:
        """The day of the last of so many check-ins, the first of which is on `starts_on`."""
        longest = timedelta(days=31 * rounds + 31)
        return self.days(starts_on, starts_on + longest)[rounds - 1]

    def _falls_on(self, day: date) -> bool:
        if self.cadence is Cadence.MONTHLY:
            last = calendar.monthrange(day.year, day.month)[1]
            return day.day == (last if self.day == LAST else self.day)
        second = (self.day + _SECOND_DAY) % 7 if self.cadence is Cadence.TWICE else self.day
        return day.weekday() in (self.day, second)


def _days() -> "map[timedelta]":
    return map(timedelta, count())
