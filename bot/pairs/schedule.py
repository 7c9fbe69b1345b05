"""The terms of a pair: how often, on which day, at which hour, for how long. All of it in local time."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count, takewhile

from bot.errors import Refusal
from bot.scheduling.cadence import LAST, Cadence

__all__ = ["FEWEST_WEEKS", "LAST", "MOST_WEEKS", "USUAL_WEEKS", "Cadence", "NoSuchSchedule", "PairSchedule"]

FEWEST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 12, 52
_WEEKS_A_YEAR = 52


class NoSuchSchedule(Refusal):
    """A day, an hour or a length that is not among those to choose from."""


@dataclass(frozen=True, slots=True)
class PairSchedule:
    """`day`: one of the cadence's. `minute`: 0 to 1439. `weeks`: 4 to 52. Raises NoSuchTerms."""

    cadence: Cadence = Cadence.WEEKLY
    day: int = 6
    minute: int = 18 * 60
    weeks: int = USUAL_WEEKS

    def __post_init__(self) -> None:
        fits = FEWEST_WEEKS <= self.weeks <= MOST_WEEKS and 0 <= self.minute < 24 * 60
        if self.day not in self.cadence.days or not fits:
            raise NoSuchSchedule

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
        return self.cadence.rule(self.day)

    def every(self, cadence: Cadence) -> "PairSchedule":
        """The same at another cadence; a day that it does not have becomes its first."""
        monthly = Cadence.MONTHLY in (cadence, self.cadence) and cadence is not self.cadence
        day = self.day if not monthly else 1 if cadence is Cadence.MONTHLY else 6
        return replace(self, cadence=cadence, day=day)

    def counted_from(self, starts_on: date) -> date:
        """Where the rule counts from: the same for all pairs in step; so their times are computed once."""
        return self.cadence.counted_from(starts_on)

    def first_on(self, earliest: date) -> date:
        """The first day of a check-in, on that day or after it."""
        return self.cadence.first_on(self.day, earliest)

    def days(self, starts_on: date, ends_on: date) -> list[date]:
        """Every day of a check-in from the first to the last, both included."""
        every = (starts_on + timedelta(days=days) for days in count())
        span = takewhile(lambda day: day <= ends_on, every)
        even = self.cadence is not Cadence.FORTNIGHT
        return [
            day
            for day in span
            if self.cadence.falls_on(self.day, day) and (even or (day - starts_on).days % 14 == 0)
        ]

    def last_on(self, starts_on: date, rounds: int) -> date:
        """The day of the last of so many check-ins, the first of which is on `starts_on`."""
        longest = timedelta(days=31 * rounds + 31)
        return self.days(starts_on, starts_on + longest)[rounds - 1]
