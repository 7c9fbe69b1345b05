"""What was chosen of a night so far. It stands in the custom_ids of its card, so nothing is kept of it."""

from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import NotYours
from bot.nights.hours import AHEAD_AT_MOST, BEGUN_AT_MOST, LONGEST

_DAY = 24 * 60
_HOUR = 60
_USUAL_START, _USUAL_HOURS = 20 * _HOUR, 7
_LATE = 4 * _HOUR
"""Until this minute after midnight, somebody who plans tonight may mean the night that has begun."""


class Chosen(Struct, frozen=True):
    """A local day, the minute of it at which the night begins, and how many hours it lasts."""

    day: date
    begins: int = _USUAL_START
    hours: int = _USUAL_HOURS

    @property
    def word(self) -> str:
        """The word for a custom_id."""
        return f"{self.day:%Y%m%d}-{self.begins}-{self.hours}"

    @classmethod
    def usual(cls, local: datetime) -> "Chosen":
        """Return tonight from eight, or from this hour if it is later. `local` is the present local time."""
        now = local.hour * _HOUR
        if now < _LATE:
            return cls(local.date() - timedelta(days=1), _DAY - _HOUR, _USUAL_HOURS)
        return cls(local.date(), max(_USUAL_START, now), _USUAL_HOURS)

    @classmethod
    def starting(cls, local: datetime) -> "Chosen":
        """Return a night that begins in the hour of this local time."""
        return cls(local.date(), local.hour * _HOUR)

    @classmethod
    def read(cls, word: str) -> "Chosen":
        """Return what a word says. Raises NotYours for any other."""
        day, _, rest = word.partition("-")
        begins, _, hours = rest.partition("-")
        return cls(_day(day), _number(begins, _DAY - 1), _number(hours, LONGEST // timedelta(hours=1)))

    @property
    def starts(self) -> time:
        return _clock(self.begins)

    @property
    def ends(self) -> time:
        return _clock(self.ending(self.hours))

    def ending(self, hours: int) -> int:
        """Return the minute of the day at which it would end after so many hours."""
        return (self.begins + hours * _HOUR) % _DAY

    def on(self, day: str) -> "Chosen":
        return replace(self, day=_day(day))

    def at(self, minute: str) -> "Chosen":
        """Return it with another start. It ends when it did, if it would still be a night."""
        begins = _number(minute, _DAY - 1)
        hours = (self.begins + self.hours * _HOUR - begins) % _DAY // _HOUR
        fits = 1 <= hours <= LONGEST // timedelta(hours=1)
        return replace(self, begins=begins, hours=hours if fits else _USUAL_HOURS)

    def for_hours(self, hours: str) -> "Chosen":
        return replace(self, hours=_number(hours, LONGEST // timedelta(hours=1)))


def days(local: datetime) -> list[date]:
    """Return the days that can be chosen. Shortly after midnight, yesterday is one of them."""
    first = (local - BEGUN_AT_MOST).date()
    return [first + timedelta(days=n) for n in range((local.date() - first + AHEAD_AT_MOST).days)]


def _clock(minute: int) -> time:
    return time(minute // _HOUR, minute % _HOUR)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotYours from None


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))) or int(text) > most:
        raise NotYours
    return int(text)
