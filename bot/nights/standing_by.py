"""Fills the standby when a night comes near, and keeps it true while it is on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.ids import PersonId
from bot.nights import hand_store, look_store, member_store, notifications, store
from bot.nights.models import WATCHED_FROM, Look, Night
from bot.nights.queries import NightQueries
from bot.nights.sealed import SealedNights
from bot.nights.standby import Looker, Place, Standby
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.session import Hint
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

_TOUCHED = "nights.touched"
_LEADS_TO_FRIEND = (notifications.HAND, notifications.MISSED)
_ASKS = (notifications.START, notifications.CHECK, notifications.HOME)


class StandingBy:
    """Reads what the standby holds. Wakeup runs it, so that each night is there an hour before it begins.

    A night is read in a write transaction. So it can't overlap with one that changes it, and no older state
    can take the place of a newer one.
    """

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedNights,
        queries: NightQueries,
        people: People,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries
        self._people = people
        self.standby = Standby()
        self._looked_at: datetime | None = None
        self.on_earlier: Callable[[datetime], None] | None = None

    async def start(self, now: datetime) -> None:
        """Read the nights that are on when the bot starts."""
        await self.run_due(now)

    async def run_due(self, now: datetime) -> int:
        """Read the nights that come near, and drop those whose noon has come."""
        self._looked_at = now
        self.standby.end_before(now)
        if await self._near(now):
            await self._fill(now)
        return 0

    @writes
    async def refresh(self, tx: Tx) -> None:
        """Read all that is held again, because another process may have changed it."""
        for night in self.standby.nights:
            if await store.get(tx, night) is None:
                tx.afterwards(partial(self.standby.end, night))
                continue
            here = {member.person for member in await member_store.of(tx, night)}
            for person in sorted(here | self.standby.people(night)):
                await self._read(tx, night, person)

    async def next_due(self) -> datetime | None:
        """When the next night comes near, or the first of those that are held ends."""
        starts, ends = await self._next(), self.standby.ends_at
        return min((one for one in (starts, ends) if one is not None), default=None)

    # -- in the caller's transaction ------------------------------------------------------------

    def comes(self, tx: Tx, night: Night) -> None:
        """Let a new night be read when it is time."""
        tx.afterwards(partial(self._hear, night.starts_at - WATCHED_FROM))

    def touch(self, tx: Tx, night: str, person: PersonId) -> None:
        """Read again what is held of somebody, right before the commit, because it changes."""
        if not self.standby.watches(night):
            return
        tx.tell_others(Hint.MEMORY)
        touched = tx.memo.setdefault(_TOUCHED, {})
        if not touched:
            tx.before_commit(partial(self._read_again, tx))
        touched[night, person] = True

    def ends(self, tx: Tx, night: str) -> None:
        """Let a night be held no longer, because it is deleted."""
        tx.tell_others(Hint.MEMORY)
        tx.afterwards(partial(self.standby.end, night))

    # -- inside ---------------------------------------------------------------------------------

    @reads
    async def _near(self, tx: Tx, now: datetime) -> bool:
        return any(not self.standby.watches(one.id) for one in await store.watched(tx, now))

    @reads
    async def _next(self, tx: Tx) -> datetime | None:
        near = [one.starts_at - WATCHED_FROM for one in await store.every(tx)]
        return min((at for at in near if self._looked_at is None or at > self._looked_at), default=None)

    @writes
    async def _fill(self, tx: Tx, now: datetime) -> None:
        for night in await store.watched(tx, now):
            if self.standby.watches(night.id):
                continue
            tx.afterwards(partial(self.standby.watch, night))
            for member in await member_store.of(tx, night.id):
                await self._read(tx, night.id, member.person)

    async def _read_again(self, tx: Tx) -> None:
        for night, person in tx.memo[_TOUCHED]:
            await self._read(tx, night, person)

    async def _read(self, tx: Tx, night: str, person: PersonId) -> None:
        place = await self._place(tx, night, person)
        tx.afterwards(partial(self.standby.put, night, person, place))

    async def _place(self, tx: Tx, id: str, person: PersonId) -> Place | None:
        night, member = await store.get(tx, id), await member_store.place(tx, id, person)
        if night is None or member is None or not member.here:
            return None
        me = await self._people.where(tx, person)
        if me is None:
            return None
        looks = await look_store.looking_out(tx, id, person)
        hands = [one for one in await hand_store.of_night(tx, id) if one.caller == person]
        about = [member.id, *(one.id for one in hands)]
        names = await self._people.labels(
            tx, person, night.server, dict.fromkeys(one.looker for one in looks)
        )
        lookers = []
        for look in looks:
            if not await self._queries.apart(tx, person, look.looker):
                looker = await self._looker(tx, night, look, about, names.get(look.looker, ""))
                lookers += [] if looker is None else [looker]
        return Place(
            night, member, me.discord_id, await self._sealed.card(tx, member),
            hands[-1] if hands else None, tuple(lookers),
            await self._messages(tx, person, [member.id], _ASKS),
        )  # fmt: skip

    async def _looker(self, tx: Tx, night: Night, look: Look, about: list[str], name: str) -> Looker | None:
        where = await self._people.where(tx, look.looker)
        if where is None:
            return None
        called = await self._queries.name(tx, look.looker, night, look.owner)
        messages = await self._messages(tx, look.looker, about, _LEADS_TO_FRIEND)
        return Looker(look, where.discord_id, where.channel_id, called, name, messages)

    async def _messages(
        self, tx: Tx, person: PersonId, subjects: list[str], kinds: tuple[str, ...]
    ) -> frozenset[str]:
        open_ones = await self._outbox.about(tx, person, subjects)
        return frozenset(one.id for one in open_ones if one.kind in kinds and not one.withheld)

    def _hear(self, at: datetime) -> None:
        if self.on_earlier is not None:
            self.on_earlier(at)
