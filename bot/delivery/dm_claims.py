"""The courier's desk: which lines may go now, and which must wait for a better hour."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.delivery import store
from bot.delivery.dm_gateway import DmGateway, WaitUntil
from bot.delivery.message import Lane, MessageState, OutboxMessage
from bot.delivery.pace import Openings
from bot.ids import PersonId
from bot.storage.database import Database
from bot.storage.tx import Tx

AT_ONCE = 8
"""How many lines are claimed in one transaction."""
_KNOWN = (Lane.QUESTION, Lane.NOTICE)
_NEW = (Lane.NEW_QUESTION, Lane.NEW_NOTICE)


@dataclass(frozen=True, slots=True)
class DmClaims:
    """Hands out lines. Who holds which is known in memory alone: a killed process leaves nothing claimed."""

    db: Database
    carrier: DmGateway
    now: Callable[[], datetime]
    openings: Openings
    wait_until: WaitUntil
    hear: Callable[[datetime], None]
    """Told when a line is put off, and until when."""
    in_hand: set[str] = field(default_factory=set)

    async def take(self) -> list[OutboxMessage]:
        """Lines to bring now, as they stood before they were marked as tried; none when nothing is due."""
        while seen := await self.db.read(self._look):
            unknown = {one for one in {line.person for line in seen} if not await self.carrier.reaches(one)}
            taken = await self.db.write(partial(self._claim, seen, unknown))
            if taken:
                self.in_hand.update(line.id for line in taken)
                return taken
        return []

    def done(self, line: OutboxMessage) -> None:
        self.in_hand.discard(line.id)

    async def put_back(self, lines: Sequence[OutboxMessage]) -> None:
        """These were taken and not tried."""
        fresh = [line.id for line in lines if line.tried_at is None]
        await self.db.write(partial(self._unmark, fresh))
        self.in_hand.difference_update(line.id for line in lines)

    async def next_due(self) -> datetime | None:
        """When something is due of what is not due yet."""
        return await self.db.read(self._next_due)

    # -- inside ---------------------------------------------------------------------------------

    async def _look(self, tx: Tx) -> list[OutboxMessage]:
        """What could go now: questions first, and at most one line to somebody new."""
        now = self.now()
        seen: list[OutboxMessage] = []
        for lane in _KNOWN:
            seen += await self._free(tx, lane, now, AT_ONCE - len(seen))
        opens = self.openings.free_at(now)
        if opens > now:
            # The alarm may have read what is due next before the last opening of this minute was taken.
            if any([await store.next_due(tx, lane) for lane in _NEW]):
                self.hear(opens)
            return seen
        new = [line for lane in _NEW for line in await self._free(tx, lane, now, 1)]
        return [*new[:1], *seen]

    async def _free(self, tx: Tx, lane: Lane, now: datetime, most: int) -> list[OutboxMessage]:
        lines = await store.due(tx, lane, now, most + len(self.in_hand)) if most > 0 else []
        return [line for line in lines if line.id not in self.in_hand][:most]

    async def _claim(
        self, seen: Sequence[OutboxMessage], unknown: Collection[PersonId], tx: Tx
    ) -> list[OutboxMessage]:
        """Mark as tried what goes now; put off what cannot."""
        now = self.now()
        standing = await store.these(tx, [line.id for line in seen])
        lines = [standing[line.id] for line in seen if line.id in standing]
        going = [
            line
            for line in lines
            if line.lane is not None
            and line.due_at <= now
            and await self._may_go(tx, line, now, known=line.person not in unknown)
        ]
        await store.tried(tx, [line.id for line in going if line.waiting], now)
        return going

    async def _may_go(self, tx: Tx, line: OutboxMessage, now: datetime, *, known: bool) -> bool:
        """What cannot go is put off, or laid among those who need a new channel."""
        if line.state is MessageState.CLOSING:
            return True
        for until in (line.settles_at, await self.wait_until(tx, line.person, now)):
            if until is not None and until > now:
                await store.save(tx, [line.put_off(until)])
                tx.afterwards(partial(self.hear, until))
                return False
        if not known and line.lane in _KNOWN:
            await store.save(tx, [line.among_new()])
            return False
        if not known:
            self.openings.take(now)
        return True

    async def _unmark(self, line_ids: Sequence[str], tx: Tx) -> None:
        standing = await store.these(tx, line_ids)
        await store.save(tx, [line.untried() for line in standing.values()])

    async def _next_due(self, tx: Tx) -> datetime | None:
        now = self.now()
        known = [await store.next_due(tx, lane, now) for lane in _KNOWN]
        new = [await store.next_due(tx, lane) for lane in _NEW]
        opens = self.openings.free_at(now)
        times = [*known, *(max(at, opens) for at in new if at is not None)]
        return min((at for at in times if at is not None and at > now), default=None)
