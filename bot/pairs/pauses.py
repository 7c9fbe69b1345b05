"""A pause: no check-ins for either until a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.delivery.outbox import Outbox
from bot.ids import PersonId
from bot.pairs import side_store, store
from bot.pairs.course import Course
from bot.pairs.kinds import ENDS, PAUSED_LINE, RESUME
from bot.pairs.looking import Looking
from bot.pairs.model import Pair, Side, State
from bot.pairs.refusals import NothingLeft, PausedByOther
from bot.pairs.terms import NoSuchTerms
from bot.pairs.view import View
from bot.storage.database import Database
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

PAUSES = (7, 14, 28, 56)
"""Days from today to the one on which it goes on."""


class Pauses:
    """Begun by either; ended by its day, or before by the one who began it."""

    def __init__(
        self, db: Database, looking: Looking, course: Course, agenda: Agenda, outbox: Outbox
    ) -> None:
        self.db = db
        self._looking = looking
        self._course = course
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(RESUME, self._due)

    @writes
    async def pause(self, tx: Tx, by: PersonId, id: str, days: int, now: datetime) -> View:
        """No check-ins for either until that day; raises NothingLeft, NoSuchTerms."""
        pair = await self._looking.running(tx, by, id)
        if days not in PAUSES:
            raise NoSuchTerms
        sides = (await side_store.of_pairs(tx, [id]))[id]
        own = next(side for side in sides if side.person == by)
        left = [side.next_day for side in sides if side.next_day is not None]
        if not left and not pair.paused and own.hushed_until is None:
            raise NothingLeft
        until = _day(days, now)
        if await self._looking.apart(tx, pair):
            await self._hush(tx, pair, own, until, now)
            return await self._looking.view(tx, by, pair, now)
        paused = pair.pausing(by, until, max(left, default=now.date()))
        if paused is not pair:
            for side in sides:
                await self._course.calm(tx, side, now)
            pair = await self._course.expect(tx, await store.keep(tx, paused), now)
            # Where one was asked for the last time already, the other still has it before them.
            await self._agenda.drop(tx, ENDS, id)
            await self._set(tx, pair, now)
            await self._outbox.close(tx, id, now, kinds=(PAUSED_LINE,))
            await self._course.speak(tx, pair, by, PAUSED_LINE, now)
        return await self._looking.view(tx, by, pair, now)

    @writes
    async def resume(self, tx: Tx, by: PersonId, id: str, now: datetime) -> View:
        """Before the day, by the one who paused it; raises PausedByOther."""
        pair = await self._looking.running(tx, by, id)
        if pair.paused_until is not None and pair.paused_by != by:
            raise PausedByOther(pair.paused_until)
        return await self._looking.view(tx, by, await self._resume(tx, pair, now, by), now)

    # -- inside ---------------------------------------------------------------------------------

    async def _hush(self, tx: Tx, pair: Pair, own: Side, until: datetime, now: datetime) -> None:
        """Across a boundary: for the one who pauses it looks like any pause, and for the other like none."""
        until = max(until, own.hushed_until or until)
        own = await self._course.calm(tx, own, now)
        await self._course.ask_next(tx, replace(own, hushed_until=until), None)
        await self._set(tx, pair, now)

    async def _resume(self, tx: Tx, pair: Pair, now: datetime, by: PersonId | None = None) -> Pair:
        """What `by` paused goes on, or whatever was paused until now. As many check-ins as were left follow;
        whoever was hushed is asked again by the days there are, and the other notices nothing."""
        if pair.paused_until is not None and (pair.paused_by == by or pair.paused_until <= now):
            sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
            starts_on = await self._course.first_on(tx, pair.terms, sides, now)
            pair = await self._course.expect(tx, await store.keep(tx, pair.resumed(starts_on)), now)
            await self._outbox.close(tx, pair.id, now, kinds=(PAUSED_LINE,))
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            until = side.hushed_until
            if until is not None and (side.person == by or until <= now):
                await self._course.expect_one(tx, pair, replace(side, hushed_until=None), now)
        await self._set(tx, pair, now)
        return pair

    async def _set(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Put the next end of a pause on the agenda: of the pair's, or of one that a boundary hides."""
        sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
        ends = [at for at in (pair.paused_until, *(side.hushed_until for side in sides)) if at is not None]
        if ends:
            await self._agenda.put(tx, RESUME, pair.id, min(ends))
            return
        await self._agenda.drop(tx, RESUME, pair.id)
        if all(side.next_at is None for side in sides) and not await self._agenda.due_at(tx, ENDS, pair.id):
            # Both were hushed beyond the last check-in.
            await self._agenda.put(tx, ENDS, pair.id, now)

    async def _due(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is State.RUNNING:
                await self._resume(tx, pair, now)


def _day(days: int, now: datetime) -> datetime:
    """The beginning of a day, by UTC: by the pauser's own midnight, the other could tell their zone."""
    return datetime.combine(now.date() + timedelta(days=days), time(0), UTC)
