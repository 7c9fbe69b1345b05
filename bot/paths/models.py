"""A path: one person's long way back in one server, alone at first, and then with companions."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.paths.schedule import MeetingSchedule

COMPANIONS_AT_LEAST, COMPANIONS_AT_MOST = 2, 4
HELD_MEETINGS = 2
"""How many meetings a step takes, as the person on the path says."""
MEMBER_FOR = timedelta(days=30)
"""How long somebody has been a member before they can accompany a path."""
TERM = timedelta(days=182)
"""How long a companion agrees to stay: six months. Then they are asked once whether they go on."""
WAITS_FOR = timedelta(days=30)
"""How long a path waits at its step with fewer than two companions."""
DESTROYED_AFTER = timedelta(days=30)
"""How long texts are kept after the path closed."""
FORGOTTEN_AFTER = timedelta(days=365)
"""How long a row without text says that a path with companions was here."""


class Step(StrEnum):
    """The six steps. They are a staircase to come back to, and no progress bar."""

    STOP = "stop"
    SAY = "say"
    SEE = "see"
    REPAIR = "repair"
    CHANGE = "change"
    KEEP = "keep"

    @property
    def following(self) -> "Step":
        """The next step. Raises AlreadyDone after the last one."""
        return self._at(1)

    @property
    def before(self) -> "Step":
        """The step before. Raises AlreadyDone at the first one."""
        return self._at(-1)

    @property
    def releases(self) -> bool:
        """Whether requests that are not for distance can reach the person at this step."""
        steps = list(Step)
        return steps.index(self) >= steps.index(Step.REPAIR)

    def _at(self, distance: int) -> "Step":
        steps = list(Step)
        place = steps.index(self) + distance
        if not 0 <= place < len(steps):
            raise AlreadyDone
        return steps[place]


class PathState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Path(Struct, frozen=True):
    """One path.

    step_since: since when it is at this step. begun_at: when it first went on with companions; None before.
    starts_on: the day of the first meeting, from which the schedule counts. next_at: the next meeting.
    number: that meeting's number, from 1. ready_at: when the person said that they are ready for the next
    step; it holds until the next meeting. waits_until: until when it waits for a second companion.
    closing: the next meeting is the last one.
    """

    id: str
    server: ServerId
    owner: PersonId
    made_at: datetime
    step_since: datetime
    step: Step = Step.STOP
    state: PathState = PathState.OPEN
    begun_at: datetime | None = None
    schedule: MeetingSchedule | None = None
    starts_on: date | None = None
    next_at: datetime | None = None
    number: int = 1
    ready_at: datetime | None = None
    waits_until: datetime | None = None
    closing: bool = False
    closed_at: datetime | None = None
    revision: int = 0

    @property
    def open(self) -> bool:
        return self.state is PathState.OPEN

    @property
    def waits(self) -> bool:
        return self.waits_until is not None

    @property
    def last_step(self) -> bool:
        return self.step is Step.KEEP

    @property
    def alone(self) -> bool:
        """Whether the companions meet without the person next time: every third time, but not the last."""
        return self.number % 3 == 0 and not self.closing

    def of(self, by: PersonId) -> "Path":
        if by != self.owner:
            raise NotYours
        return self

    def at(self, step: Step, now: datetime) -> "Path":
        """Return the path at another step. Whatever was said about moving on is over."""
        return replace(self, step=step, step_since=now, ready_at=None)

    def closed(self, now: datetime) -> "Path":
        """Close it. Raises AlreadyDone."""
        if not self.open:
            raise AlreadyDone
        return replace(
            self, state=PathState.CLOSED, closed_at=now, next_at=None, ready_at=None, waits_until=None,
            closing=False,
        )  # fmt: skip


class Companion(Struct, frozen=True):
    """Somebody who agreed to stay with a path.

    term_at: when the six months that they agreed to are over. hushed_at: since when a boundary with the
    person on the path keeps what is new from them; they see what there was by then, until they part.
    """

    id: str
    path: str
    server: ServerId
    person: PersonId
    since: datetime
    term_at: datetime
    hushed_at: datetime | None = None


def enough(yes: int, companions: int) -> bool:
    """Whether so many companions are all of them or, of four, all but one."""
    return companions > 0 and yes >= (companions if companions < COMPANIONS_AT_MOST else companions - 1)
