"""What somebody on a path stays away from or does, in one sentence, with a day to look at it again."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.ids import PersonId
from bot.paths.errors import NoSuchDay
from bot.paths.models import Step

COMMITMENTS_AT_MOST = 10
"""How many a path can have at once, so that they fit on one card."""
LOOKED_AT_AFTER = 7
"""The day, counted from today, on which one is looked at if none is chosen."""
DAYS = range(1, 32)
_HOUR = time(18)


class About(StrEnum):
    """What a commitment is about. The last one is for the steps after the first."""

    EVENTS = "events"
    CHANNELS = "channels"
    BEING_ALONE = "alone"
    SUBSTANCES = "substances"
    ROLES = "roles"
    CONTACT = "contact"
    OTHER = "other"


class Word(StrEnum):
    """What the person says of a commitment after a meeting. Nobody else sees it."""

    HELD = "held"
    NOT_HELD = "not_held"
    CHANGED = "changed"
    LEFT = "left"
    """Nothing is said of it: it may be about suicide, and isn't asked about like the others."""


class Commitment(Struct, frozen=True):
    """One commitment, without its sentence, which is sealed.

    step: the step at which it was made. written_at: when its sentence was last written. look_at: when they
    are asked to look at it again; None once they were. said, said_at: what they said of it last.
    written: how often the sentence was written. The sealed one is bound to that number.
    """

    id: str
    path: str
    owner: PersonId
    step: Step
    about: About
    made_at: datetime
    written_at: datetime
    look_at: datetime | None = None
    said: Word | None = None
    said_at: datetime | None = None
    written: int = 0

    def rewritten(self, now: datetime) -> "Commitment":
        return replace(self, written=self.written + 1, written_at=now)

    def look_on(self, days: int, zone: ZoneInfo, now: datetime) -> "Commitment":
        """Choose the day to look at it again, `days` from today, at 18:00 in that zone. Raises NoSuchDay."""
        if days not in DAYS:
            raise NoSuchDay
        day: date = now.astimezone(zone).date() + timedelta(days=days)
        return replace(self, look_at=datetime.combine(day, _HOUR, zone).astimezone(UTC))

    def spoken_of(self, word: Word, now: datetime) -> "Commitment":
        return replace(self, said=word, said_at=now)
