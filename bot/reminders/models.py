"""A reminder: what is posted in a channel, how often, and when it is left out."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.ids import PersonId, ServerId, new_id
from bot.people.models import Quiet
from bot.scheduling.cadence import Cadence
from bot.scheduling.zones import find_zone, is_known_zone

REMINDERS_AT_MOST = 10
"""The most reminders a server can have."""
MONTH = timedelta(days=30)
LATE = timedelta(hours=12)
"""A reminder that is this late is skipped."""
CADENCES = (Cadence.WEEKLY, Cadence.FORTNIGHT, Cadence.MONTHLY)
BEFORE = (15, 30, 60, 120, 24 * 60)
"""The choices for how many minutes before an event it is posted."""
AT_LEAST = (0, 5, 10, 20, 30, 50)
"""The choices for how many messages people must have written since the last one. At most 100 are counted."""
USUAL_LEAST = 20
_FRIDAY = 4


class ReminderKind(StrEnum):
    """What a reminder shows: the next norm, the next story, or the next norm before each scheduled event."""

    NORM = "norm"
    STORY = "story"
    EVENT = "event"


class ReminderState(StrEnum):
    """NEW: not started yet. BARRED: its channel was deleted, or the bot may not post there."""

    NEW = "new"
    ON = "on"
    PAUSED = "paused"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. A moderator can change everything but its kind.

    day: one of the cadence's days. minute: of the day, 0 to 1439, in `zone`, like the quiet hours.
    before: minutes before an event. at_least: how many messages must have been written since the last one.
    quiet_from, quiet_to: minutes of the day; None if there are no quiet hours.
    starts_on: the date from which every second week is counted.
    paused_until: while it is on, nothing is posted before this time.
    turn: how many were posted. next_at: None if it is not on, or is posted before events.
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
        """Make a reminder with the default settings. One before events needs no messages in the channel."""
        at_least = 0 if kind is ReminderKind.EVENT else USUAL_LEAST
        return cls(new_id(), server, kind, channel, zone, now, by, now.date(), at_least=at_least)

    @property
    def clock(self) -> time:
        return _clock(self.minute)

    @property
    def tz(self) -> ZoneInfo:
        """Its time zone; UTC if this machine doesn't know the zone any more."""
        return find_zone(self.zone)

    @property
    def zone_lost(self) -> bool:
        """Whether this machine doesn't know its time zone any more."""
        return not is_known_zone(self.zone)

    @property
    def quiet(self) -> Quiet | None:
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return None
        return Quiet(_clock(self.quiet_from), _clock(self.quiet_to))

    def resting(self, now: datetime) -> bool:
        """Whether the reminder is on, but paused until a day."""
        return self.state is ReminderState.ON and self.paused_until is not None and now < self.paused_until

    def every(self, cadence: Cadence) -> "Reminder":
        """Return the reminder with another cadence.

        A day that the new cadence doesn't have becomes a default day.
        """
        same = self.day in cadence.days and Cadence.MONTHLY not in (cadence, self.cadence)
        usual = 1 if cadence is Cadence.MONTHLY else _FRIDAY
        return replace(self, cadence=cadence, day=self.day if same or cadence is self.cadence else usual)


@dataclass(frozen=True, slots=True)
class ScheduledEvent:
    """A scheduled event on Discord. `waits` is true until it begins or is cancelled."""

    id: int
    starts_at: datetime
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Expected:
    """An event before which a reminder is posted, once, even if the event is moved. `told`: it was posted."""

    id: str
    reminder: str
    event: int
    starts_at: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class RotationTurn:
    """What one post shows: a norm of a version, perhaps before an event, or a story, by its key."""

    key: str
    version: str = ""
    event: int = 0

    @property
    def detail(self) -> str:
        """The text for `ChannelPost.detail`."""
        return ".".join(str(part) for part in (self.version, self.key, self.event) if part)

    @classmethod
    def read(cls, detail: str) -> "RotationTurn":
        match detail.split("."):
            case [version, key, event] if event.isdecimal():
                return cls(key, version, int(event))
            case [version, key]:
                return cls(key, version)
        return cls(detail)

    def of(self, event: int) -> "RotationTurn":
        return replace(self, event=event)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
