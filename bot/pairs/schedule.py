"""The schedule of a pair: how often, on which day, at which local time, and for how long."""

from datetime import date, time, timedelta
from itertools import count, takewhile

from msgspec import Struct
from msgspec.structs import replace

from bot.pairs.errors import NoSuchSchedule
from bot.scheduling.cadence import LAST, Cadence

__all__ = ["FEWEST_WEEKS", "LAST", "MOST_WEEKS", "USUAL_WEEKS", "Cadence", "NoSuchSchedule", "PairSchedule"]

FEWEST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 12, 52
_WEEKS_A_YEAR = 52


class PairSchedule(Struct, frozen=True):
    """A schedule in local time. Raises NoSuchSchedule if a value is not allowed.

    day: one of the cadence's days. minute: of the day, 0 to 1439. weeks: the length, 4 to 52.
    """

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
        """The local time of each check-in."""
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
        """The value of an RFC 5545 RRULE that never ends."""
        return self.cadence.rule(self.day)

    def every(self, cadence: Cadence) -> "PairSchedule":
        """Return the schedule with another cadence.

        A day that the new cadence doesn't have becomes its default day.
        """
        monthly = Cadence.MONTHLY in (cadence, self.cadence) and cadence is not self.cadence
        day = self.day if not monthly else 1 if cadence is Cadence.MONTHLY else 6
        return replace(self, cadence=cadence, day=day)

    def counted_from(self, starts_on: date) -> date:
        """The date from which the rule counts (see `Cadence.counted_from`)."""
        return self.cadence.counted_from(starts_on)

    def first_on(self, earliest: date) -> date:
        """Return the first check-in day from `earliest` on."""
        return self.cadence.first_on(self.day, earliest)

    def days(self, starts_on: date, ends_on: date) -> list[date]:
        """Return every check-in day from the first to the last, including both."""
        every = (starts_on + timedelta(days=days) for days in count())
        span = takewhile(lambda day: day <= ends_on, every)
        even = self.cadence is not Cadence.FORTNIGHT
        return [
            day
            for day in span
            if self.cadence.falls_on(self.day, day) and (even or (day - starts_on).days % 14 == 0)
        ]

    def last_on(self, starts_on: date, rounds: int) -> date:
        """Return the day of the last of `rounds` check-ins, the first of which is on `starts_on`."""
        longest = timedelta(days=31 * rounds + 31)
        return self.days(starts_on, starts_on + longest)[rounds - 1]
