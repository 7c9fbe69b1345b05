"""State changes of pairs that services, timers and event handlers share."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.ids import PersonId
from bot.pairs import check_in_store, due_times, notifications, side_store, store, timers
from bot.pairs.check_in import CheckIn
from bot.pairs.models import NOTES_KEPT, Pair, PairState, Side
from bot.pairs.schedule import PairSchedule
from bot.pairs.sealed import SealedPairs
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PairMoves:
    """Changes pairs inside a transaction of the caller."""

    def __init__(self, context: SliceContext, sealed: SealedPairs) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed

    # -- who is asked when ----------------------------------------------------------------------

    async def answered(self, tx: Tx, one: CheckIn, now: datetime) -> None:
        """Reset the count of missed rounds after an answer."""
        side = await side_store.get(tx, one.side)
        if side is not None and side.missed:
            await self.calm(tx, side, now)

    async def calm(self, tx: Tx, side: Side, now: datetime) -> Side:
        """Reset the count of missed rounds, and close the questions that were asked because of them."""
        await self._agenda.drop(tx, timers.SILENT, side.id)
        await self._outbox.close(tx, side.id, now)
        return await side_store.keep(tx, replace(side, missed=0))

    async def not_tonight(self, tx: Tx, side: Side, now: datetime) -> None:
        """Drop the question that was moved to this evening, because the pair pauses before."""
        latest = await check_in_store.latest(tx, side.id)
        if latest is not None and latest.waits_until(now) is not None:
            await self._outbox.close(tx, latest.id, now, kinds=(notifications.CHECK_IN,))

    async def first_on(self, tx: Tx, schedule: PairSchedule, sides: Sequence[Side], after: datetime) -> date:
        """Return the first check-in day that is still to come for all, and on which nobody was asked yet."""
        first = due_times.first_on(schedule, [side.zone for side in sides], after)
        asked = [one.day for side in sides if (one := await check_in_store.latest(tx, side.id)) is not None]
        return first if not asked or first > max(asked) else schedule.first_on(max(asked) + timedelta(days=1))

    async def speak(
        self, tx: Tx, pair: Pair, by: PersonId, kind: str, now: datetime, *, withheld: bool = False
    ) -> None:
        """Tell the partner what `by` did. More of it within a day is shown in /inbox only."""
        side = await side_store.of(tx, pair.id, by)
        if side is None:
            return
        await self._outbox.tell(
            tx, pair.other(by), kind, pair.id, now,
            other=by, server=pair.server, withheld=withheld, question=kind == notifications.CHANGE,
            quietly=not side.speaks(now),
        )  # fmt: skip
        if side.speaks(now):
            await side_store.keep(tx, replace(side, told_at=now))

    async def expect(self, tx: Tx, pair: Pair, now: datetime) -> Pair:
        """Schedule the next check-in of both partners, from the pair's current state."""
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            await self.expect_one(tx, pair, side, now)
        return pair

    async def expect_one(self, tx: Tx, pair: Pair, side: Side, now: datetime) -> Side:
        """Schedule the next check-in of one partner, or none if they are paused."""
        known = pair.seen_from(side)
        quiet = known.paused or side.hushed_until is not None
        return await self.ask_next(tx, side, None if quiet else await self._following(tx, known, side, now))

    async def together(self, tx: Tx, sides: Sequence[Side]) -> list[Side]:
        """Let both partners be asked on the pair's days again, also one who resumed it across a boundary."""
        apart = {side.id for side in sides if side.resumed_on is not None}
        return [
            await side_store.keep(tx, replace(side, resumed_on=None)) if side.id in apart else side
            for side in sides
        ]

    async def ask_next(self, tx: Tx, side: Side, found: tuple[date, datetime] | None) -> Side:
        """Schedule their next check-in at this day and time, or none."""
        day, at = found or (None, None)
        moved = await side_store.keep(tx, replace(side, next_day=day, next_at=at))
        if at is None:
            await self._agenda.drop(tx, timers.ASK, side.id)
        else:
            await self._agenda.put(tx, timers.ASK, side.id, at)
        return moved

    # -- the end --------------------------------------------------------------------------------

    async def end(self, tx: Tx, pair: Pair, tell: Sequence[PersonId], now: datetime) -> Pair:
        """End the pair for both, and tell the people in `tell`.

        The message names nobody, so that a boundary need not withhold it. What the partners wrote for each
        other is deleted now, notes seven days later.
        """
        ran = pair.state is PairState.RUNNING
        ended = await store.keep(tx, pair.ended(now))
        await self._end_notices(tx, ended, now)
        await self._sealed.forget_words(tx, pair.id)
        await side_store.forget_words(tx, pair.id)
        await store.drop_changes(tx, pair.id)
        # Only the pair's row is kept longer, to know that these two were a pair lately.
        if ran:
            await self._agenda.put(tx, timers.NOTES_END, pair.id, now + NOTES_KEPT)
        else:
            await side_store.remove(tx, pair.id)
        await self._agenda.put(tx, timers.FORGET, pair.id, ended.forgotten_at)
        for person in tell:
            await self._outbox.tell(tx, person, notifications.ENDED, pair.id, now, server=pair.server)
        return ended

    async def part(self, tx: Tx, pair: Pair, one: PersonId, now: datetime) -> None:
        """End a pair because one of the two parted. Only the other is told, and only if it ran."""
        if pair.state is PairState.RUNNING:
            await self.end(tx, pair, [pair.other(one)], now)
        elif pair.open and pair.starter == one:
            await self.end(tx, pair, (), now)
        elif pair.state is PairState.PROPOSED:
            await store.keep(tx, replace(pair, declined=True))

    async def forget_side(self, tx: Tx, pair: Pair, person: PersonId) -> None:
        """Delete what a person has written for a pair that doesn't run."""
        await self._sealed.forget_words(tx, pair.id, person)
        await side_store.remove(tx, pair.id, person)

    async def remove(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Delete the pair with its keys, rows, timers and messages."""
        await self._end_notices(tx, pair, now)
        await self._agenda.clear(tx, pair.id, (timers.NOTES_END, timers.FORGET))
        await self._sealed.forget_words(tx, pair.id)
        await self._sealed.forget_notes(tx, pair.id)
        await store.remove(tx, pair.id)

    async def erase(self, tx: Tx, pair: Pair, person: PersonId, now: datetime) -> None:
        """Erase a person's part, after their parting. The rest is kept as long as after any end.

        If the pair were gone, an old button would tell their partner that they didn't just end it.
        """
        if pair.asked_at is None:
            await self.remove(tx, pair, now)
            return
        await self._sealed.forget_words(tx, pair.id, person)
        await self._sealed.forget_notes(tx, pair.id, person)
        await self._outbox.close(tx, pair.id, now, person=person)
        await check_in_store.keep_wishes(tx, pair.id, person)
        await side_store.remove(tx, pair.id, person)

    # -- inside ---------------------------------------------------------------------------------

    async def _following(self, tx: Tx, pair: Pair, side: Side, now: datetime) -> tuple[date, datetime] | None:
        """Return their next check-in, on a day after the last one they were asked on.

        After a move to another zone, that last day may still be to come.
        """
        found = due_times.following(pair, side.zone, now)
        latest = await check_in_store.latest(tx, side.id)
        while found is not None and latest is not None and found[0] <= latest.day:
            found = due_times.following(pair, side.zone, found[1])
        return found

    async def _end_notices(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Drop the timers of the pair, and close every message about it."""
        await self._agenda.clear(tx, pair.id, (timers.ENDS, timers.LAPSE, timers.RESUME, timers.PART))
        await self._outbox.close(tx, pair.id, now)
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            await self._agenda.clear(tx, side.id, (timers.ASK, timers.SILENT))
            await self._outbox.close(tx, side.id, now)
        for one in await check_in_store.of_pair(tx, pair.id):
            await self._agenda.drop(tx, timers.ROUND_ENDS, one.id)
            await self._outbox.close(tx, one.id, now)
