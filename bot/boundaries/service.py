"""Boundaries, and the one rule by which two people are put together."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.boundaries import store
from bot.boundaries.models import BOUNDARIES_AT_MOST, Boundary, Meet, parting_time
from bot.errors import NotYours, TooMany
from bot.events import BoundarySet, PersonParted
from bot.ids import PersonId, new_id
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.people.strangers import Named
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, Cell, SealedText

PARTED = "boundaries.parted"


class Boundaries:
    """Sets, lifts and checks boundaries."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._vault = context.vault
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._events = context.events
        self._people = people

    async def may_meet(self, tx: Tx, one: PersonId, other: PersonId) -> Meet:
        """Return how the two may be put together. Call it in the transaction that does so."""
        return Meet.SILENTLY if await self.parted(tx, one, other) else Meet.OPENLY

    async def may_meet_each(
        self, tx: Tx, one: PersonId, others: Collection[PersonId]
    ) -> dict[PersonId, Meet]:
        """Return how `one` may be put together with each of the others, with one query."""
        pairs = {other: self._pair(one, other) for other in others}
        parted = await store.standing(tx, pairs.values())
        return {other: Meet.SILENTLY if pair in parted else Meet.OPENLY for other, pair in pairs.items()}

    async def has(self, tx: Tx, owner: PersonId, other: PersonId) -> bool:
        """Whether `owner` set a boundary with `other`.

        Only for what the owner sees; otherwise use `may_meet`.
        """
        return await store.set_by(tx, owner, self._pair(owner, other)) is not None

    async def parted(self, tx: Tx, one: PersonId, other: PersonId) -> bool:
        """Whether there is a boundary between the two. Only to end something; else use `may_meet`."""
        return await store.stands(tx, self._pair(one, other))

    @writes
    async def set(self, tx: Tx, owner: PersonId, other: PersonId, now: datetime) -> None:
        await self.keep_apart(tx, owner, other, now)

    @writes
    async def add(self, tx: Tx, owner: PersonId, user: DiscordUser, now: datetime) -> str:
        """Set a boundary with an account, whether or not it has used the bot; return the boundary's id."""
        return await self.keep_apart(tx, owner, await self._people.someone(tx, user), now)

    @writes
    async def consider(self, tx: Tx, user: DiscordUser) -> PersonId:
        """Return the person behind an account with whom somebody may set a boundary. Nothing is set yet."""
        return await self._people.someone(tx, user)

    async def keep_apart(self, tx: Tx, owner: PersonId, other: PersonId, now: datetime) -> str:
        """Set a boundary and return its id. A second time changes nothing. Raises TooMany or NotYours."""
        if owner == other:
            raise NotYours
        pair = self._pair(owner, other)
        before = await store.set_by(tx, owner, pair)
        if before is not None:
            return before
        if await store.count(tx, owner) >= BOUNDARIES_AT_MOST:
            raise TooMany(BOUNDARIES_AT_MOST)
        id = new_id()
        await store.add(tx, id, owner, pair, await self._vault.seal(tx, _cell(id, owner), other), now)
        await self._outbox.withhold(tx, owner, other)
        await self._events.publish(tx, BoundarySet(now, owner, other))
        await self._agenda.put(tx, PARTED, id, parting_time(now))
        return id

    @reads
    async def of(self, tx: Tx, owner: PersonId) -> list[Boundary]:
        """Return the boundaries that this person set, oldest first."""
        return [
            Boundary(row.id, owner, PersonId(other), row.made_at)
            for row in await store.of(tx, owner)
            if (other := self._vault.open(_cell(row.id, owner), SealedText.of(row, "other"))) is not None
        ]

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return with which of these people anybody has set a boundary. Its owner can see their name."""
        rows = await store.every(tx)
        others = [self._vault.open(_cell(row.id, row.owner), SealedText.of(row, "other")) for row in rows]
        found = frozenset(PersonId(other) for other in others if other is not None and other in persons)
        return Named(found, frozenset((None, one) for one in found))

    @writes
    async def lift(self, tx: Tx, owner: PersonId, id: str) -> None:
        """Remove a boundary. What was withheld because of it stays withheld."""
        row = await store.get(tx, id)
        if row is None or row.owner != owner:
            raise NotYours
        await store.remove(tx, id)
        await self._agenda.drop(tx, PARTED, id)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End what the two had with each other, at the random time after the boundary was set."""
        for id in subjects:
            row = await store.get(tx, id)
            if row is None:
                continue
            other = self._vault.open(_cell(id, row.owner), SealedText.of(row, "other"))
            if other is not None:
                await self._events.publish(tx, PersonParted(now, row.owner, PersonId(other)))

    def _pair(self, one: PersonId, other: PersonId) -> bytes:
        return self._vault.finger("boundary", *sorted((one, other)))


def _cell(id: str, owner: PersonId) -> Cell:
    return Cell(PERSON_CASE + owner, owner, "boundaries", "other", id)
