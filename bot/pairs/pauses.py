"""Pauses: no check-ins for either partner until a day."""

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from bot.ids import PersonId
from bot.pairs import notifications, side_store, store
from bot.pairs.errors import NoSuchSchedule, NothingLeft, PausedByOther
from bot.pairs.models import Pair, Side
from bot.pairs.moves import PairMoves
from bot.pairs.queries import PairQueries, PairView
from bot.pairs.timers import ENDS, RESUME
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

PAUSE_DAYS = (7, 14, 28, 56)
"""The lengths to choose from, in days."""


class Pauses:
    """Either partner can pause a pair.

    The pause ends on its day, or before if the same partner resumes the pair.
    """

    def __init__(self, context: SliceContext, queries: PairQueries, moves: PairMoves) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves

    @writes
    async def pause(self, tx: Tx, by: PersonId, id: str, days: int, now: datetime) -> PairView:
        """Pause the pair for `days`. Raises NothingLeft, or NoSuchSchedule for a length not in PAUSE_DAYS."""
        pair = await self._queries.running(tx, by, id)
        if days not in PAUSE_DAYS:
            raise NoSuchSchedule
        sides = (await side_store.of_pairs(tx, [id]))[id]
        own = next(side for side in sides if side.person == by)
        left = [side.next_day for side in sides if side.next_day is not None]
        if not left and not pair.seen_from(own).paused and own.hushed_until is None:
            raise NothingLeft
        until = _day(days, now)
        if await self._queries.apart(tx, pair):
            await self._hush(tx, pair, own, until, now)
            return await self._queries.view(tx, by, pair, now)
        paused = pair.pausing(by, until, max(left, default=now.date()))
        if paused is not pair:
            for side in await self._moves.together(tx, sides):
                await self._moves.calm(tx, side, now)
                await self._moves.not_tonight(tx, side, now)
            pair = await self._moves.expect(tx, await store.keep(tx, paused), now)
            # One partner may have had their last check-in, while their partner's is still to come.
            await self._agenda.drop(tx, ENDS, id)
            await self._set(tx, pair, now)
            await self._outbox.close(tx, id, now, kinds=(notifications.PAUSED,))
            await self._moves.speak(tx, pair, by, notifications.PAUSED, now)
        elif own.resumed_on is not None:
            # They had resumed it across a boundary that is lifted now. For the partner it is still paused.
            own = await self._moves.calm(tx, own, now)
            await self._moves.not_tonight(tx, own, now)
            await self._moves.expect_one(tx, pair, replace(own, resumed_on=None), now)
        return await self._queries.view(tx, by, pair, now)

    @writes
    async def resume(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Resume the pair before the pause ends. Across a boundary the partner's pause goes on until its day.

        Raises PausedByOther for the partner who did not pause it.
        """
        pair = await self._queries.running(tx, by, id)
        if pair.paused_until is not None and pair.paused_by != by:
            raise PausedByOther(pair.paused_until)
        apart = await self._queries.apart(tx, pair)
        pair = await self._resume(tx, pair, now, by, apart=apart)
        return await self._queries.view(tx, by, pair, now)

    async def resume_due(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Resume what is due: the pair's pause, or one that a boundary hides from the partner."""
        await self._resume(tx, pair, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _hush(self, tx: Tx, pair: Pair, own: Side, until: datetime, now: datetime) -> None:
        """Pause under a boundary. To this person it looks like any pause, and the partner notices nothing."""
        until = max(until, own.hushed_until or until)
        own = await self._moves.calm(tx, own, now)
        await self._moves.not_tonight(tx, own, now)
        await self._moves.ask_next(tx, replace(own, hushed_until=until), None)
        await self._set(tx, pair, now)

    async def _resume(
        self, tx: Tx, pair: Pair, now: datetime, by: PersonId | None = None, *, apart: bool = False
    ) -> Pair:
        """Resume what `by` paused, and every pause that is due.

        After the pair's pause as many check-ins follow as were left. After a hidden pause the person is asked
        again on the pair's own days, and the partner notices nothing.
        """
        due = pair.paused_until is not None and pair.paused_until <= now
        if due or (pair.paused and pair.paused_by == by):
            sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
            starts_on = await self._moves.first_on(tx, pair.schedule, sides, now)
            if apart and not due:
                await self._resume_alone(
                    tx, pair, next(one for one in sides if one.person == by), starts_on, now
                )
            else:
                if not due:
                    await self._moves.together(tx, sides)
                pair = await self._moves.expect(tx, await store.keep(tx, pair.resumed(starts_on)), now)
                await self._outbox.close(tx, pair.id, now, kinds=(notifications.PAUSED,))
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            until = side.hushed_until
            if until is not None and (side.person == by or until <= now):
                await self._moves.expect_one(tx, pair, replace(side, hushed_until=None), now)
        await self._set(tx, pair, now)
        return pair

    async def _resume_alone(self, tx: Tx, pair: Pair, own: Side, starts_on: date, now: datetime) -> None:
        """Resume under a boundary. To this person it looks like any end of a pause; the partner's goes on."""
        if own.resumed_on is None:
            await self._moves.expect_one(tx, pair, replace(own, resumed_on=starts_on), now)

    async def _set(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Schedule the next end of a pause, also of a hidden one."""
        sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
        ends = [at for at in (pair.paused_until, *(side.hushed_until for side in sides)) if at is not None]
        if ends:
            await self._agenda.put(tx, RESUME, pair.id, min(ends))
            return
        await self._agenda.drop(tx, RESUME, pair.id)
        if all(side.next_at is None for side in sides) and not await self._agenda.due_at(tx, ENDS, pair.id):
            # Both partners had hidden pauses that lasted beyond the last check-in, so nothing else ends the
            # pair.
            await self._agenda.put(tx, ENDS, pair.id, now)


def _day(days: int, now: datetime) -> datetime:
    """Return midnight UTC of that day. The person's own midnight would reveal their zone to the partner."""
    return datetime.combine(now.date() + timedelta(days=days), time(0), UTC)
