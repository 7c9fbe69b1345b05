"""Boundaries, and the one rule by which two people are put together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.boundaries import store
from bot.boundaries.models import BOUNDARIES_AT_MOST, Boundary, Meet, late_time, to_the_hour
from bot.errors import NotYours, TooMany
from bot.events import BoundarySet
from bot.ids import PersonId, new_id
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.people.strangers import Named
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, Cell

PARTED = "boundaries.parted"
"""A timer of version 0.1, which ended all ties of a boundary at once."""


class Boundaries:
    """Sets, lifts and checks boundaries.

    A boundary is between two accounts, not between two PersonIds: whoever erases what the bot holds of them
    and comes back has another PersonId, and the boundaries that others set with them still hold.
    """

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._vault = context.vault
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._events = context.events
        self._people = people
        self._endings: Sequence[str] = ()

    def ends_by(self, *kinds: str) -> None:
        """Register the kinds of timers by which ties end after a boundary."""
        self._endings = kinds

    @writes
    async def start(self, tx: Tx, now: datetime) -> int:
        """Spread the ties that should have ended while the bot was off. Call it before the agenda runs.

        At once they would all end at the same moment. Boundaries of version 0.1 recognise accounts from now
        on; return how many were changed. One whose key is gone still holds by the two PersonIds.
        """
        for kind in self._endings:
            late = await self._agenda.overdue(tx, kind, now)
            await self._agenda.put_all(tx, kind, {subject: late_time(now) for subject in late})
        return await self._recognise(tx)

    # -- in the caller's transaction ------------------------------------------------------------

    async def may_meet(self, tx: Tx, one: PersonId, other: PersonId) -> Meet:
        """Return how the two may be put together. Call it in the transaction that does so."""
        return (await self.may_meet_each(tx, one, [other]))[other]

    async def may_meet_each(
        self, tx: Tx, one: PersonId, others: Collection[PersonId]
    ) -> dict[PersonId, Meet]:
        """Return how `one` may be put together with each of the others, with one query."""
        owners = await self._owners(tx, one, others)
        return {other: Meet.SILENTLY if owners[other] else Meet.OPENLY for other in others}

    async def has(self, tx: Tx, owner: PersonId, other: PersonId) -> bool:
        """Whether `owner` set a boundary with `other`.

        Only for what the owner sees, and for what ends because of it; otherwise use `may_meet`.
        """
        return owner in (await self._owners(tx, owner, [other]))[other]

    async def parted(self, tx: Tx, one: PersonId, other: PersonId) -> bool:
        """Whether there is a boundary between the two. Only to end something; else use `may_meet`."""
        return bool((await self._owners(tx, one, [other]))[other])

    async def keep_apart(self, tx: Tx, owner: PersonId, other: PersonId, now: datetime) -> str:
        """Set a boundary and return its id. A second time changes nothing. Raises TooMany or NotYours."""
        among = await store.among(tx, self._people.finger_table, [owner, other])
        if owner == other or not {owner, other} <= among.fingers.keys():
            raise NotYours
        owners = self._owners_of(among, owner, other)
        if owner in owners:
            return await store.set_by(tx, owner, self._pairs(among.fingers, owner, other))
        if await store.count(tx, owner) >= BOUNDARIES_AT_MOST:
            raise TooMany(BOUNDARIES_AT_MOST)
        id, finger = new_id(), among.fingers[other]
        sealed = await self._vault.seal(tx, other_cell(id, owner), finger.hex())
        pair = self._pair_of_accounts(among.fingers[owner], finger)
        await store.add(tx, id, owner, pair, sealed, to_the_hour(now))
        await self._outbox.withhold(tx, owner, other)
        await self._events.publish(tx, BoundarySet(now, owner, other, already=bool(owners)))
        return id

    async def erase(self, tx: Tx, person: PersonId) -> None:
        """Delete the boundaries that a person set. Call it before their row in `people` goes.

        Those that others set with them stay: each keeps only an HMAC of the two accounts, and what its owner
        sealed, which holds an HMAC of the account and no PersonId.
        """
        await self._recognise(tx)
        await self._agenda.drop(tx, PARTED, *await store.remove_of(tx, person))

    # -- for their owner ------------------------------------------------------------------------

    @writes
    async def set(self, tx: Tx, owner: PersonId, other: PersonId, now: datetime) -> None:
        await self.keep_apart(tx, owner, other, now)

    @writes
    async def add(self, tx: Tx, owner: PersonId, user: DiscordUser, now: datetime) -> str:
        """Set a boundary with an account, whether or not it has used the bot; return the boundary's id."""
        return await self.keep_apart(tx, owner, await self._people.someone(tx, user, now), now)

    @writes
    async def consider(self, tx: Tx, user: DiscordUser, now: datetime) -> PersonId:
        """Return the person behind an account with whom somebody may set a boundary. Nothing is set yet."""
        return await self._people.someone(tx, user, now)

    @reads
    async def of(self, tx: Tx, owner: PersonId) -> list[Boundary]:
        """Return the boundaries that this person set, oldest first."""
        rows = await store.of(tx, owner)
        others = await self._others(tx, rows)
        return [Boundary(row.id, owner, others[row.id], row.made_at) for row in rows if row.id in others]

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return with which of these people anybody has set a boundary. Its owner can see their name."""
        others = await self._others(tx, await store.every(tx))
        found = frozenset(one for one in others.values() if one is not None and one in persons)
        return Named(found, frozenset((None, one) for one in found))

    @writes
    async def lift(self, tx: Tx, owner: PersonId, id: str) -> None:
        """Remove a boundary. What was withheld because of it stays withheld."""
        row = await store.get(tx, id)
        if row is None or row.owner != owner:
            raise NotYours
        await store.remove(tx, id)
        await self._agenda.drop(tx, PARTED, id)

    # -- timers ---------------------------------------------------------------------------------

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Give each tie of a boundary of version 0.1 a time of its own. It had one for all of them."""
        for id in subjects:
            row = await store.get(tx, id)
            found = None if row is None else (await self._others(tx, [row])).get(id)
            if row is not None and found is not None:
                await self._events.publish(tx, BoundarySet(now, row.owner, found))

    # -- inside ---------------------------------------------------------------------------------

    async def _owners(
        self, tx: Tx, one: PersonId, others: Collection[PersonId]
    ) -> dict[PersonId, frozenset[PersonId]]:
        """Return, for each of the others, which of the two set a boundary. With one query."""
        among = await store.among(tx, self._people.finger_table, [one, *others])
        self._people.remember_fingers(tx, among.fingers)
        return {other: self._owners_of(among, one, other) for other in others}

    def _owners_of(self, among: store.Among, one: PersonId, other: PersonId) -> frozenset[PersonId]:
        pairs = self._pairs(among.fingers, one, other)
        return frozenset(owner for owner in (one, other) if not pairs.isdisjoint(among.pairs.get(owner, ())))

    def _pairs(self, fingers: Mapping[PersonId, bytes], one: PersonId, other: PersonId) -> frozenset[bytes]:
        """Return the pairs as which a boundary may be stored: of their accounts, and of version 0.1."""
        pair = self._pair_of_people(one, other)
        if not {one, other} <= fingers.keys():
            return frozenset({pair})
        return frozenset({pair, self._pair_of_accounts(fingers[one], fingers[other])})

    def _pair_of_accounts(self, one: bytes, other: bytes) -> bytes:
        return self._vault.finger("boundary of accounts", *sorted((one.hex(), other.hex())))

    def _pair_of_people(self, one: PersonId, other: PersonId) -> bytes:
        return self._vault.finger("boundary", *sorted((one, other)))

    async def _others(self, tx: Tx, rows: Sequence[store.Kept]) -> dict[str, PersonId | None]:
        """Return the other person of each of these boundaries whose note can be opened.

        The note is the other account's finger, or the other's PersonId in version 0.1.
        """
        notes = [(row, note) for row in rows if (note := self._noted(row)) is not None]
        known = await store.people_of(
            tx, self._people.finger_table, [bytes.fromhex(note) for row, note in notes if row.by_account]
        )
        return {
            row.id: known.get(bytes.fromhex(note)) if row.by_account else PersonId(note)
            for row, note in notes
        }

    def _noted(self, row: store.Kept) -> str | None:
        return self._vault.open(other_cell(row.id, row.owner), row.other)

    async def _recognise(self, tx: Tx) -> int:
        rows = await store.by_person(tx)
        others = await self._others(tx, rows)
        owners = {row.owner for row in rows}
        among = await store.among(
            tx, self._people.finger_table, owners | {other for other in others.values() if other is not None}
        )
        changed = 0
        for row in rows:
            owner, other = row.owner, others.get(row.id)
            if other is not None and {owner, other} <= among.fingers.keys():
                finger = among.fingers[other]
                pair = self._pair_of_accounts(among.fingers[owner], finger)
                sealed = await self._vault.seal(tx, other_cell(row.id, owner), finger.hex())
                await store.recognise(tx, row.id, pair, sealed)
                changed += 1
        return changed


def other_cell(id: str, owner: PersonId) -> Cell:
    """Return the place of the sealed note of the account with which a boundary was set."""
    return Cell(PERSON_CASE + owner, owner, "boundaries", "other", id)
