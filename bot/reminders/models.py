"""A reminder: what is shown in a channel, how often, and when it stays away."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import TooMany
from bot.ids import PersonId, ServerId, new_id
from bot.people.models import Quiet
from bot.scheduling.cadence import Cadence

MOST = 10
"""How many a server has at most."""
MONTH = timedelta(days=30)
LATE = timedelta(hours=12)
"""What is later than this is let go: the next one comes."""
CADENCES = (Cadence.WEEKLY, Cadence.FORTNIGHT, Cadence.MONTHLY)
BEFORE = (15, 30, 60, 120, 24 * 60)
"""Minutes before an event begins."""
AT_LEAST = (0, 5, 10, 20, 30, 50)
"""Messages of people since its last; one look shows a hundred."""
USUAL_LEAST = 20
_FRIDAY = 4


class TooManyReminders(TooMany):
    """There are as many as a server can have."""


class ReminderKind(StrEnum):
    """What it shows: one norm in turn, one story in turn, or one norm before each of the server's events."""

    NORM = "norm"
    STORY = "story"
    EVENT = "event"


class ReminderState(StrEnum):
    """NEW: never begun. BARRED: its channel is gone, or closed to Plumbline."""

    NEW = "new"
    ON = "on"
    PAUSED = "paused"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A moderator may change everything but its kind, at any time.

    day: one of the cadence's. minute: 0 to 1439, by the clock of `zone`, as the quiet hours are.
    before: minutes before an event. at_least: so many messages must have come since its last.
    quiet_from, quiet_to: minutes of the day; None where there are no quiet hours.
    starts_on: where every second week is counted from. paused_until: while it is on, nothing comes before.
    turn: how many have been posted. next_at: None for one that is not on, and for one before events.
    """

    id: str
    server: ServerId
    kind: ReminderKind
    channel: int
    zone: str
    made_at: datetime
    made_by: PersonId
    starts_on: date
    cadence: Cadence = Cadence.WEEKLY
    day: int = _FRIDAY
    minute: int = 18 * 60
    before: int = 60
    at_least: int = USUAL_LEAST
    quiet_from: int | None = 22 * 60
    quiet_to: int | None = 8 * 60
    state: ReminderState = ReminderState.NEW
    paused_until: datetime | None = None
    turn: int = 0
    next_at: datetime | None = None

    @classmethod
    def fresh(
        cls, server: ServerId, kind: ReminderKind, channel: int, zone: str, by: PersonId, now: datetime
    ) -> "Reminder":
        """As it is usual; an event is an occasion of its own, however quiet the channel is."""
        at_least = 0 if kind is ReminderKind.EVENT else USUAL_LEAST
        return cls(new_id(), server, kind, channel, zone, now, by, now.date(), at_least=at_least)

    @property
    def clock(self) -> time:
        return _clock(self.minute)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def quiet(self) -> Quiet | None:
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return None
        return Quiet(_clock(self.quiet_from), _clock(self.quiet_to))

    def resting(self, now: datetime) -> bool:
        """It is on, and nothing comes before a day."""
        return self.state is ReminderState.ON and self.paused_until is not None and now < self.paused_until

    def every(self, cadence: Cadence) -> "Reminder":
        """The same at another cadence; a day that it does not have becomes a usual one."""
        same = self.day in cadence.days and Cadence.MONTHLY not in (cadence, self.cadence)
        usual = 1 if cadence is Cadence.MONTHLY else _FRIDAY
        return replace(self, cadence=cadence, day=self.day if same or cadence is self.cadence else usual)


@dataclass(frozen=True, slots=True)
class Event:
    """A scheduled event of a server, as Discord tells of it; `waits` until it begins or is cancelled."""

    id: int
    starts_at: datetime
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Expected:
    """An event that a reminder comes before: once, however often it is moved."""

    id: str
    reminder: str
    event: int
    starts_at: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class StoryTurn:
    """What one message shows: a norm as a version has it, perhaps before an event; or a story by its key."""

    key: str
    version: str = ""
    event: int = 0

    @property
    def detail(self) -> str:
        """As a post carries it."""
        return ".".join(str(part) for part in (self.version, self.key, self.event) if part)

    @classmethod
    def read(cls, detail: str) -> "StoryTurn":
        match detail.split("."):
            case [version, key, event] if event.isdecimal():
                return cls(key, version, int(event))
            case [version, key]:
                return cls(key, version)
        return cls(detail)

    def of(self, event: int) -> "StoryTurn":
        return replace(self, event=event)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
