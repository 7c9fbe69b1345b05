"""Weekly schedules in many zones. It is known beforehand which are due in which minute."""

import random
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.ids import PersonId

KIND = "check-in"
MINUTE = timedelta(minutes=1)
ZONES = (
    "Africa/Cairo", "Africa/Lagos", "America/Chicago", "America/Denver", "America/Halifax", "America/Havana",
    "America/Los_Angeles", "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
    "Asia/Beirut", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin", "Europe/Lisbon", "Europe/London",
    "Europe/Moscow", "Pacific/Auckland",
)  # fmt: skip
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LATER = (2 * 60, (7 * 24 - 2) * 60)
"""The minutes of the week in which all others fall due, so that none does while the bench runs."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A person gets a message every week at a local time; the next is due at `due_at`."""

    subject: str
    person: PersonId
    weekday: int
    start: date
    zone: str
    clock: time
    due_at: datetime

    @property
    def rule(self) -> str:
        return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Week:
    """In every one of the first minutes `each` schedules are due, and all others later."""

    count: int
    first: datetime
    minutes: int
    each: int

    def schedules(self) -> Iterator[Schedule]:
        """Yield the schedules, the same ones every time, beginning with those of the first minute."""
        rolled = random.Random(self.count)
        for number in range(self.count):
            soon = number < self.minutes * self.each
            yield _schedule(rolled, self.first, number // self.each if soon else rolled.randint(*_LATER))

    def due(self, minute: int) -> list[Schedule]:
        return list(islice(self.schedules(), minute * self.each, (minute + 1) * self.each))

    def at(self, minute: int) -> datetime:
        return self.first + minute * MINUTE


def _schedule(rolled: random.Random, first: datetime, minute: int) -> Schedule:
    due_at, zone = first + minute * MINUTE, rolled.choice(ZONES)
    there = due_at.astimezone(ZoneInfo(zone))
    start = there.date() - timedelta(days=rolled.randint(7, 365))
    person = PersonId(_id(rolled))
    return Schedule(_id(rolled), person, there.weekday(), start, zone, there.time(), due_at)


def _id(rolled: random.Random) -> str:
    """Return an id like those of `bot.ids.new_id`; the ids are the same every time."""
    return urlsafe_b64encode(rolled.randbytes(12)).decode()
