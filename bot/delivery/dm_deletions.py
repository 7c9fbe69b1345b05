"""Deleting the bot's direct messages: each one 30 days after it closed, and all of a person's on request.

What is to be deleted is a row, and each row has a timer that stays until the row is gone. So a restart
forgets nothing. The requests to Discord are made one after the other, outside of any transaction.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from msgspec import Struct

from bot.delivery import deletion_store as store
from bot.delivery.deletion_store import Deletion
from bot.delivery.outcome import (
    Failure,
    Missing,
    NotNeeded,
    Outcome,
    Retry,
    Uncertain,
    code_of,
    name_of,
)
from bot.delivery.pace import Pace
from bot.ids import PersonId, new_id
from bot.logs import get_logger
from bot.scheduling.agenda import Agenda
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault

log = get_logger(__name__)

DELETE = "delivery.delete_dms"
"""The timer. Its subject is the id of a row of `dm_deletions`."""
KEPT_CLOSED = timedelta(days=30)
"""How long a direct message stays that says "This is closed."."""
AGAIN = timedelta(minutes=10)
"""When something that is not finished is tried again, also after a restart."""
MOST_TRIES = 20
_DISCORD_EPOCH_MS = 1_420_070_400_000
"""The milliseconds from 1970 to the beginning of 2015, from which Discord's ids count."""


class OwnMessages(Struct, frozen=True):
    """The bot's messages on one page of a channel. older: where the next page ends; None after the last."""

    ids: Sequence[int]
    older: int | None


class DmCleaner(Protocol):
    """What deleting needs from Discord. Each method makes one request at most."""

    async def delete(self, channel: int, message: int) -> Outcome:
        """Delete a message of the bot. Missing means that it is gone already."""
        ...

    async def own_messages(self, channel: int, before: int) -> OwnMessages | Failure:
        """Return the bot's messages on the page of the channel's history that ends before this message."""
        ...


ChannelOf = Callable[[PersonId], Awaitable[int | None]]
"""Returns the id of the DM channel that was opened to a person; None if there is none."""


class DmDeletions:
    """One task deletes what is due."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        agenda: Agenda,
        cleaner: DmCleaner,
        channel_of: ChannelOf,
        pace: Pace,
    ) -> None:
        self._db = db
        self._vault = vault
        self._agenda = agenda
        self._cleaner = cleaner
        self._channel_of = channel_of
        self._pace = pace
        self._due: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None
        self._open = False

    def start(self) -> None:
        """Begin to make requests. What the agenda has called before is done as well."""
        self._open = True
        self._wake([])

    async def stop(self, drain: float) -> None:
        """Wait at most `drain` seconds for the current request. The rest is done after the next start."""
        self._open = False
        if self._task is not None:
            await asyncio.wait([self._task], timeout=drain)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    # -- in the caller's transaction ------------------------------------------------------------

    async def later(self, tx: Tx, person: PersonId, message: int, now: datetime) -> None:
        """Delete a message of this person that has closed now, in 30 days."""
        await self._add(tx, Deletion(new_id(), person, message), now + KEPT_CLOSED)

    async def all_in(self, tx: Tx, channel: int, now: datetime) -> None:
        """Delete all that the bot has sent in a channel until now. No row says whose channel it is."""
        id = new_id()
        sealed = await self._vault.seal(tx, _cell(id), str(channel))
        await self._add(tx, Deletion(id, channel=sealed, before=_id_at(now)), now)

    async def forget(self, tx: Tx, person: PersonId) -> None:
        """Forget the single messages of a person."""
        await self._remove(tx, await store.of(tx, person))

    async def due(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Begin with these. The agenda calls this again until their rows are gone."""
        await self._agenda.put_all(tx, DELETE, dict.fromkeys(subjects, now + AGAIN))
        tx.afterwards(partial(self._wake, subjects))

    # -- inside ---------------------------------------------------------------------------------

    async def _add(self, tx: Tx, one: Deletion, due_at: datetime) -> None:
        await store.add(tx, one)
        await self._agenda.put(tx, DELETE, one.id, due_at)

    async def _remove(self, tx: Tx, ids: Sequence[str]) -> None:
        await store.remove(tx, list(ids))
        await self._agenda.drop(tx, DELETE, *ids)
        for id in ids:
            await self._vault.drop(tx, _cell(id).case)

    def _wake(self, subjects: Sequence[str]) -> None:
        self._due |= dict.fromkeys(subjects)
        if self._open and self._due and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while self._due and self._open:
            id = next(iter(self._due))
            del self._due[id]
            try:
                await self._one(id)
            except Exception as error:  # noqa: BLE001 - the others still get their turn; its timer tries this one again
                log.failure("Deleting direct messages failed", error)
                await self._db.write(partial(self._failed, id))

    async def _one(self, id: str) -> None:
        found = await self._db.read(partial(self._read, id))
        if found is None:
            await self._db.write(lambda tx: self._remove(tx, [id]))
            return
        one, channel = found
        if one.person is not None:
            channel = await self._channel_of(one.person)
        if channel is None:
            outcome: Outcome = Missing()
        elif one.message is not None:
            outcome = await self._delete(channel, one.message)
        else:
            outcome = await self._history(one, channel)
        await self._db.write(partial(self._ended, id, outcome))

    async def _history(self, one: Deletion, channel: int) -> Outcome:
        """Delete page after page. Return what prevents it; NotNeeded when nothing is left."""
        before = one.before
        while before is not None:
            if not self._open:
                return Retry()
            await self._pace.turn()
            page = await self._cleaner.own_messages(channel, before)
            if not isinstance(page, OwnMessages):
                return page
            for message in page.ids:
                outcome = await self._delete(channel, message)
                if isinstance(outcome, Failure) and not isinstance(outcome, Missing):
                    return outcome
            before = page.older
            await self._db.write(partial(self._went_on, one.id, before))
        return NotNeeded()

    async def _delete(self, channel: int, message: int) -> Outcome:
        if not self._open:
            return Retry()
        await self._pace.turn()
        return await self._cleaner.delete(channel, message)

    async def _went_on(self, id: str, before: int | None, tx: Tx) -> None:
        if before is not None:
            await store.went_on(tx, id, before)

    async def _read(self, id: str, tx: Tx) -> tuple[Deletion, int | None] | None:
        one = await store.get(tx, id)
        if one is None:
            return None
        channel = await self._vault.unseal(tx, _cell(id), one.channel)
        return one, None if channel is None else int(channel)

    async def _ended(self, id: str, outcome: Outcome, tx: Tx) -> None:
        """Remove the row, unless what prevents it may pass.

        A channel that is gone, closed to the bot or archived would refuse it for good.
        """
        passes = isinstance(outcome, Uncertain) or (
            isinstance(outcome, Retry) and outcome.lasting_after is None
        )
        if passes:
            await self._failed(id, tx)
            return
        log.info("Direct messages were deleted", id=id, outcome=name_of(outcome), code=code_of(outcome))
        await self._remove(tx, [id])

    async def _failed(self, id: str, tx: Tx) -> None:
        one = await store.get(tx, id)
        if one is not None and one.tries + 1 >= MOST_TRIES:
            log.warning("Gave up deleting direct messages", id=id, tries=one.tries + 1)
            await self._remove(tx, [id])
        elif one is not None:
            await store.failed(tx, id)


def _cell(id: str) -> Cell:
    return Cell(f"dms:{id}", PersonId(id), "dm_deletions", "channel", id)


def _id_at(now: datetime) -> int:
    """Return the smallest id that Discord could give to a message after this millisecond."""
    return (int(now.timestamp() * 1000) + 1 - _DISCORD_EPOCH_MS) << 22
