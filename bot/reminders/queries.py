"""What moderators see of reminders."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from bot.errors import NotYours
from bot.ids import ServerId
from bot.norms.models import Norm
from bot.norms.service import Norms
from bot.reminders import schedule, store
from bot.reminders.models import Expected, Reminder, RotationTurn
from bot.reminders.rotation import Rotation
from bot.reminders.scheduled_events import ScheduledEvents
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx

_SHOWN = 5


class ReminderView(Struct, frozen=True):
    """A reminder with its next times, five at most. `events`, if any, belong to the times in order."""

    reminder: Reminder
    times: tuple[datetime, ...] = ()
    events: tuple[Expected, ...] = ()

    @property
    def next_at(self) -> datetime | None:
        return self.times[0] if self.times else None


class ReminderList(Struct, frozen=True):
    """All reminders of a server, and whether it has norms in force; without norms only stories are posted."""

    shown: tuple[ReminderView, ...]
    norms: bool


class ShownNorm(Struct, frozen=True):
    """A norm of a version.

    in_force: whether it is still a norm of the group. agreed: whether the members agreed on that version.
    """

    norm: Norm
    in_force: bool
    agreed: bool


class Ahead(Struct, frozen=True):
    """What would be posted next. Without a turn there is nothing to post."""

    shown: ReminderView
    turn: RotationTurn | None
    norm: ShownNorm | None = None


class ReminderQueries:
    """Reads the reminders of the server in which somebody moderates, and of no other."""

    def __init__(
        self, context: SliceContext, norms: Norms, rotation: Rotation, events: ScheduledEvents
    ) -> None:
        self._db = context.db
        self._events = events
        self._norms = norms
        self._rotation = rotation

    @reads
    async def home(self, tx: Tx, server: ServerId, now: datetime) -> ReminderList:
        ahead = await self._events.ahead(tx, server)
        version = await self._norms.in_force(tx, server)
        shown = [_shown(one, ahead, now) for one in await store.of_server(tx, server)]
        return ReminderList(tuple(shown), version is not None and bool(version.norms))

    @reads
    async def show(self, tx: Tx, server: ServerId, id: str, now: datetime) -> ReminderView:
        """Return a reminder. Raises NotYours if it is in another server or was deleted."""
        return await self.shown(tx, await self.here(tx, server, id), now)

    @reads
    async def ahead(self, tx: Tx, server: ServerId, id: str, now: datetime) -> Ahead:
        """Return what the reminder would show next."""
        reminder = await self.here(tx, server, id)
        turn = (await self._rotation.of(tx, [reminder])).get(id)
        norm = None if turn is None else await self._norm(tx, server, turn)
        return Ahead(await self.shown(tx, reminder, now), turn, norm)

    @reads
    async def norm(self, tx: Tx, server: ServerId, turn: RotationTurn) -> ShownNorm:
        """Return the norm of that version. Raises NotYours."""
        found = await self._norm(tx, server, turn)
        if found is None:
            raise NotYours
        return found

    # -- in the caller's transaction ------------------------------------------------------------

    async def here(self, tx: Tx, server: ServerId, id: str) -> Reminder:
        """Return a reminder. Raises NotYours if it is in another server or was deleted."""
        found = await store.get(tx, id)
        if found is None or found.server != server:
            raise NotYours
        return found

    async def shown(self, tx: Tx, reminder: Reminder, now: datetime) -> ReminderView:
        """Return the reminder with its next times."""
        return _shown(reminder, await self._events.ahead(tx, reminder.server), now)

    # -- inside ---------------------------------------------------------------------------------

    async def _norm(self, tx: Tx, server: ServerId, turn: RotationTurn) -> ShownNorm | None:
        version = await self._norms.version(tx, turn.version)
        norm = None if version is None or version.server != server else version.norm(turn.key)
        if version is None or norm is None:
            return None
        current = await self._norms.in_force(tx, server)
        in_force = current is not None and current.norm(turn.key) is not None
        return ShownNorm(norm, in_force, await self._norms.agreed(tx, version))


def _shown(reminder: Reminder, ahead: Sequence[Expected], now: datetime) -> ReminderView:
    if not reminder.kind.before_events:
        return ReminderView(reminder, tuple(islice(schedule.times(reminder), _SHOWN)))
    rows = [one for one in ahead if one.reminder == reminder.id]
    times = [(schedule.before(reminder, one.starts_at, now), one) for one in rows]
    found = sorted(((at, one) for at, one in times if at is not None), key=lambda two: two[0])[:_SHOWN]
    return ReminderView(reminder, tuple(at for at, _ in found), tuple(one for _, one in found))
