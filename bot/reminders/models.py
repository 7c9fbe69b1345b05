"""A reminder: what is posted in a channel, how often, and when it is left out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

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
"""The choices for how many messages people must have written since the last one."""
USUAL_LEAST = 20
_FRIDAY = 4
_HOUR_BEFORE, _DAY_BEFORE = 60, 24 * 60


class ReminderKind(StrEnum):
    """What a reminder shows: the next norm, the next story, or something before each scheduled event."""

    NORM = "norm"
    STORY = "story"
    EVENT = "event"
    """The next norm."""
    NIGHT = "night"
    """The question whether people want to plan that night together."""

    @property
    def before_events(self) -> bool:
        """Whether it is posted before each scheduled event, and not on days of the calendar."""
        return self in (ReminderKind.EVENT, ReminderKind.NIGHT)

    @property
    def shows_norms(self) -> bool:
        return self in (ReminderKind.NORM, ReminderKind.EVENT)


class ReminderState(StrEnum):
    """NEW: not started yet. BARRED: its channel was deleted, or the bot may not post there."""

    NEW = "new"
    ON = "on"
    PAUSED = "paused"
    BARRED = "barred"


class Reminder(Struct, frozen=True):
    """One reminder. A moderator can change everything but its kind.

    day: one of the cadence's days. minute: of the day, 0 to 1439, in `zone`, like the quiet hours.
    before: minutes before an event. at_least: how many messages must have been written since the last one.
    quiet_from, quiet_to: minutes of the day; None if there are no quiet hours.
    starts_on: the date from which every second week is counted.
    paused_until: while it is on, nothing is posted before this time.
    turn: how many were posted, or skipped if they are stories.
    next_at: None if it is not on, or is posted before events.
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
    before: int = _HOUR_BEFORE
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
        at_least = 0 if kind.before_events else USUAL_LEAST
        before = _DAY_BEFORE if kind is ReminderKind.NIGHT else _HOUR_BEFORE
        return cls(
            new_id(), server, kind, channel, zone, now, by, now.date(), at_least=at_least, before=before
        )

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


class Recurrence(Struct, frozen=True):
    """The rule by which an event recurs, as Discord has it: a part of RFC 5545, in UTC.

    frequency: 0 is yearly, 1 monthly, 2 weekly, 3 daily.
    weekdays: 0 is Monday. nth_weekdays: each is a weekday, and which one of the month it is.
    """

    start: datetime
    frequency: int
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth_weekdays: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    end: datetime | None = None


class ScheduledEvent(Struct, frozen=True):
    """A scheduled event on Discord. `occurrences.py` says when it takes place.

    starts_at: of a recurring event, when its rule gives the next occurrence, or the one that has begun.
    waits: true until it begins or is cancelled; of a recurring event, until all of it is over.
    begun: whether an occurrence of a recurring event has begun.
    exceptions: by an occurrence's id, when it starts instead; None if that occurrence was cancelled.
    """

    id: int
    starts_at: datetime
    waits: bool = True
    begun: bool = False
    recurrence: Recurrence | None = None
    exceptions: Mapping[int, datetime | None] = field(default_factory=dict)


class Occurrence(Struct, frozen=True):
    """One time at which an event takes place. Its id stays the same when it is moved.

    The id is Discord's own: a snowflake of the start that the event's rule gives. An event that takes place
    once has one occurrence, whose id is 0.
    """

    id: int
    starts_at: datetime


class Expected(Struct, frozen=True):
    """An occurrence of an event before which a reminder is posted once, even if the occurrence is moved.

    `told`: it was posted, or is about to be, or is left out.
    """

    id: str
    reminder: str
    event: int
    starts_at: datetime
    told: bool = False
    occurrence: int = 0


class RotationTurn(Struct, frozen=True):
    """What one post shows: a norm of a version, perhaps before an event, or a story, by its key.

    The offer to plan a night is neither: see `OFFER`.
    begins: when the event's occurrence starts, in seconds since 1970. Posts from before occurrences were
    told apart have none.
    """

    key: str
    version: str = ""
    event: int = 0
    begins: int = 0

    @property
    def detail(self) -> str:
        """The text for `ChannelPost.detail`."""
        return ".".join(str(part) for part in (self.version, self.key, self.event, self.begins) if part)

    @classmethod
    def read(cls, detail: str) -> "RotationTurn":
        match detail.split("."):
            case [version, key, event, begins] if event.isdecimal() and begins.isdecimal():
                return cls(key, version, int(event), int(begins))
            case [version, key, event] if event.isdecimal():
                return cls(key, version, int(event))
            case [version, key]:
                return cls(key, version)
        return cls(detail)

    def of(self, event: int, starts_at: datetime) -> "RotationTurn":
        return replace(self, event=event, begins=seconds(starts_at))

    @property
    def offers(self) -> bool:
        """Whether it is the offer to plan a night, and no norm."""
        return (self.version, self.key) == (OFFER.version, OFFER.key)

    def before(self, expected: Expected) -> bool:
        """Whether it is shown before this occurrence, at the time at which it was to start."""
        return self.event == expected.event and self.begins in (0, seconds(expected.starts_at))


OFFER = RotationTurn("offer", "night")
"""The turn of a post that asks whether people want to plan the night together. No version has this id."""


def seconds(at: datetime) -> int:
    """Return the whole seconds since 1970. Discord tells occurrences apart by the second."""
    return int(at.astimezone(UTC).timestamp())


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
