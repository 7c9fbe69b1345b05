"""What is held about a person: shown, exported in pages, and erased in one transaction."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import Struct

from bot.delivery.dm_deletions import DmDeletions
from bot.events import PersonParted
from bot.ids import PersonId
from bot.people.service import People
from bot.privacy import store
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, SlicePrivacy
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.turns import in_turns

PAGE = 50
"""How many rows are read in one transaction."""

Record = dict[str, Any]
"""One exported row: the value of each column by its name. Sealed texts are opened."""


class Held(Struct, frozen=True):
    """How many rows of a table are about somebody."""

    table: str
    count: int
    asked_for: bool


class Privacy:
    """Works through the slices in the order in which they are registered."""

    def __init__(self, context: SliceContext, people: People, deletions: DmDeletions) -> None:
        self._db = context.db
        self._vault = context.vault
        self._events = context.events
        self._people = people
        self._deletions = deletions
        self._slices: tuple[SlicePrivacy, ...] = ()

    def in_order(self, *slices: SlicePrivacy) -> None:
        """Register every slice, in the order in which they are erased. Raises ValueError the second time."""
        if self._slices:
            raise ValueError("the slices are registered already")
        self._slices = slices

    @property
    def slices(self) -> Sequence[SlicePrivacy]:
        return self._slices

    @property
    def tables(self) -> list[HeldTable]:
        """Return every table with rows about people, in the order of the slices."""
        return [held for one in self._slices for held in one.tables]

    # -- what is held ---------------------------------------------------------------------------

    @reads
    async def summary(self, tx: Tx, by: PersonId) -> list[Held]:
        """Return what is held about them, without tables in which there is nothing of theirs."""
        counted = [Held(held.name, await store.count(tx, held, by), held.asked_for) for held in self.tables]
        return [one for one in counted if one.count]

    async def records(self, by: PersonId, *, asked_for: bool) -> AsyncIterator[tuple[str, Record]]:
        """Yield every row that is exported to them, with its table's name.

        asked_for: with what is exported only if it is asked for. Each page is a transaction of its own, so a
        row that changes meanwhile is exported as it was before or after, and one that goes may be missing.
        """
        for held in self.tables:
            if held.mine is None or (held.asked_for and not asked_for):
                continue
            keys = await self._db.read(partial(self._keys, held, by))
            for begin in range(0, len(keys), PAGE):
                found = await self._db.read(partial(self._page, held, by, keys[begin : begin + PAGE]))
                # A read waits for nobody, and neither does whoever writes the records down. Taken at once,
                # all tables would be exported in one step of the loop.
                async for record in in_turns(found):
                    yield held.name, record

    # -- taking back ----------------------------------------------------------------------------

    @writes
    async def delete_dms(self, tx: Tx, by: PersonId, now: datetime) -> bool:
        """Have every message deleted that the bot has sent them. Return whether there can be any."""
        return await self._delete_dms(tx, by, now)

    @reads
    async def consequences(self, tx: Tx, by: PersonId, now: datetime) -> list[Consequence]:
        """Return what others will notice when they are erased, each once."""
        found = [what for one in self._slices for what in await one.consequences(tx, by, now)]
        return list(dict.fromkeys(found))

    @writes
    async def erase(self, tx: Tx, by: PersonId, now: datetime) -> None:
        """Erase everything about them. Afterwards the bot doesn't know them.

        Others notice what they would notice if the person had left every server. Their direct messages are
        deleted afterwards, since that needs Discord. A backup that is restored erases them again.
        """
        self._vault.erase_person(tx, by)
        await self.erase_again(tx, by, now)

    async def erase_again(self, tx: Tx, by: PersonId, now: datetime) -> None:
        """Erase somebody who was erased already, from an older copy of the database."""
        await self._delete_dms(tx, by, now)
        await self._events.publish(tx, PersonParted(now, by))
        for one in self._slices:
            await one.erase(tx, by, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _delete_dms(self, tx: Tx, by: PersonId, now: datetime) -> bool:
        channel = await self._people.dm_channel(tx, by)
        if channel is None:
            return False
        await self._deletions.forget(tx, by)
        await self._deletions.all_in(tx, channel, now)
        return True

    async def _keys(self, held: HeldTable, by: PersonId, tx: Tx) -> Sequence[Any]:
        return await store.keys(tx, held, by)

    async def _page(self, held: HeldTable, by: PersonId, keys: Sequence[Any], tx: Tx) -> list[Record]:
        """Return the records of a table with these keys."""
        rows = await store.page(tx, held, by, keys)
        return [await self._record(tx, held, row) async for row in in_turns(rows)]

    async def _record(self, tx: Tx, held: HeldTable, row: Any) -> Record:
        record: Record = {}
        for name in held.ledger.exported:
            value = row._mapping[held.table.c[name]]
            sealed = held.sealed.get(name)
            if sealed is not None and value is not None:
                text = await self._vault.unseal(tx, sealed.cell(row), value)
                value = None if text is None else sealed.read(text)
            record[name] = value
        return record
