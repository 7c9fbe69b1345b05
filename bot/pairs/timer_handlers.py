"""What happens when the timers of pairs are due."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import new_id
from bot.pairs import check_in_store, due_times, notifications, side_store, store
from bot.pairs.check_in import GENTLE_AFTER, LATE_AFTER, SILENT_AFTER, TOO_LATE_AFTER, CheckIn, CheckInStatus
from bot.pairs.models import Pair, PairState, Side
from bot.pairs.moves import PairMoves
from bot.pairs.pauses import Pauses
from bot.pairs.sealed import SealedPairs
from bot.pairs.timers import ASK, ENDS, ROUND_ENDS, SILENT
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class _Due(Struct, frozen=True):
    """A partner who is due: their side with its next time, and the check-in that is asked now."""

    side: Side
    check_in: CheckIn
    last: bool


class PairTimers:
    """One handler for each kind of timer. They work in batches, so that few statements ask many people."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPairs,
        moves: PairMoves,
        pauses: Pauses,
        boundaries: Boundaries,
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._moves = moves
        self._pauses = pauses
        self._boundaries = boundaries

    async def ask(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask those whose check-in is due."""
        sides = await side_store.these(tx, subjects)
        pairs = await store.these(tx, list({side.pair for side in sides}))
        # The rules of a zone may have changed, so a side may not be due yet. Nobody is asked too early.
        early = {side.id: side.next_at for side in sides if side.next_at is not None and side.next_at > now}
        await self._agenda.put_all(tx, ASK, early)
        due = [
            _due(pairs[side.pair].seen_from(side), side, now)
            for side in sides
            if side.next_at is not None
            and side.id not in early
            and pairs[side.pair].state is PairState.RUNNING
        ]
        await check_in_store.add_all(tx, [one.check_in for one in due])
        await side_store.keep_next(tx, [one.side for one in due])
        next_at = {one.side.id: one.side.next_at for one in due if one.side.next_at is not None}
        await self._agenda.put_all(tx, ASK, next_at)
        await self._send(tx, due, now)

    async def end_rounds(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End rounds: they can't be answered any more."""
        for one in await check_in_store.these(tx, subjects):
            # Messages about what was shared, and about answers to a wish to talk, stay open.
            await self._outbox.close(tx, one.id, now, kinds=(notifications.CHECK_IN, notifications.WISH))
            if one.status is None:
                await self._missed(tx, one, now)

    async def ask_the_silent(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask those who are still silent after a week whether to change the time, pause or end."""
        for side in await side_store.these(tx, subjects):
            pair = await store.get(tx, side.pair)
            running = pair is not None and pair.state is PairState.RUNNING and not pair.seen_from(side).paused
            if pair is not None and running and side.missed >= GENTLE_AFTER:
                await self._outbox.close(tx, side.id, now)
                await self._outbox.tell(
                    tx, side.person, notifications.SILENT, side.id, now, server=pair.server
                )

    async def resume(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Resume the pauses that are due."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is PairState.RUNNING:
                await self._pauses.resume_due(tx, pair, now)

    async def end(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End pairs whose last round has closed."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is PairState.RUNNING and pair.partner is not None:
                await self._moves.end(tx, pair, (pair.starter, pair.partner), now)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End pairs between people with a boundary, each at its own random time."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.partner is None or not pair.open:
                continue
            both = (pair.starter, pair.partner)
            owners = [one for one in both if await self._boundaries.has(tx, one, pair.other(one))]
            if owners:
                await self._moves.part(tx, pair, owners[0], now)

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete drafts, and end proposals. The starter is told the same whatever the partner did."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is PairState.DRAFT:
                await self._moves.remove(tx, pair, now)
            elif pair.state is PairState.PROPOSED:
                await self._moves.end(tx, pair, (), now)
                await self._outbox.tell(
                    tx, pair.starter, notifications.LAPSED, pair.id, now, server=pair.server
                )

    async def forget_notes(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        """Destroy the notes, seven days after the end."""
        for id in subjects:
            await self._sealed.forget_notes(tx, id)
            await check_in_store.remove(tx, id)
            await side_store.remove(tx, id)

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete pairs that are no longer needed."""
        for pair in (await store.these(tx, subjects)).values():
            if not pair.open:
                await self._moves.remove(tx, pair, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _send(self, tx: Tx, due: Sequence[_Due], now: datetime) -> None:
        asked = [one.check_in for one in due if one.check_in.status is None]
        await self._agenda.put_all(tx, ROUND_ENDS, {one.id: one.closes_at for one in asked})
        over = {one.check_in.pair: one.check_in.closes_at for one in due if one.last}
        await self._agenda.put_all(tx, ENDS, over)
        messages = [
            OutboxMessage.to(one.person, notifications.CHECK_IN, one.id, now, server=one.server)
            for one in asked
        ]
        await self._outbox.tell_all(tx, messages)

    async def _missed(self, tx: Tx, one: CheckIn, now: datetime) -> None:
        """Count a missed round. The partner isn't told. After GENTLE_AFTER of them, ask the person gently."""
        side, pair = await side_store.get(tx, one.side), await store.get(tx, one.pair)
        if side is None or pair is None or pair.state is not PairState.RUNNING or one.last:
            return
        if pair.seen_from(side).paused or side.hushed_until is not None:
            return
        if await check_in_store.answered_since(tx, side.id, one.day):
            return
        side = await side_store.keep(tx, replace(side, missed=side.missed + 1))
        if side.missed == GENTLE_AFTER:
            await self._outbox.tell(tx, side.person, notifications.MISSED, side.id, now, server=pair.server)
            await self._agenda.put(tx, SILENT, side.id, now + SILENT_AFTER)


def _due(pair: Pair, side: Side, now: datetime) -> _Due:
    """Return the check-in for the latest time that has passed. Earlier ones, from a downtime, are skipped."""
    assert side.next_day is not None
    assert side.next_at is not None
    day, at = side.next_day, side.next_at
    following = due_times.following(pair, side.zone, at)
    while following is not None and following[1] <= now:
        day, at = following
        following = due_times.following(pair, side.zone, at)
    late = now - at
    check_in = CheckIn(
        new_id(), pair.id, side.id, pair.server, side.person, pair.other(side.person), day, side.question,
        asked_at=now,
        closes_at=due_times.closes(pair, day),
        late=late > LATE_AFTER,
        last=following is None,
        status=CheckInStatus.UNASKED if late > TOO_LATE_AFTER else None,
    )  # fmt: skip
    next_day, next_at = following or (None, None)
    moved = replace(side, next_day=next_day, next_at=next_at, question=side.question + 1)
    return _Due(moved, check_in, last=following is None)
