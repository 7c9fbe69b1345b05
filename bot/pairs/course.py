"""The course of a pair: who is asked when, and what follows from silence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.delivery.line import Line
from bot.delivery.outbox import Outbox
from bot.ids import PersonId, new_id
from bot.pairs import check_in_store, schedule, side_store, store
from bot.pairs.check_in import GENTLE_AFTER, LATE_AFTER, SILENT_AFTER, TOO_LATE_AFTER, CheckIn, Status
from bot.pairs.kinds import (
    ASK,
    CHANGE_LINE,
    CHECK_IN_LINE,
    ENDS,
    MISSED_LINE,
    ROUND_ENDS,
    SILENT,
    SILENT_LINE,
    WISH_LINE,
)
from bot.pairs.model import Pair, Side, State
from bot.pairs.terms import Terms
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


@dataclass(frozen=True, slots=True)
class _Due:
    """One partner whose time has come: their side as it goes on, and the check-in that is asked."""

    side: Side
    check_in: CheckIn
    last: bool


class Course:
    """Asks in batches: a thousand partners are asked in a few statements."""

    def __init__(self, agenda: Agenda, outbox: Outbox) -> None:
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(ASK, self._ask)
        agenda.on(ROUND_ENDS, self._round_ends)
        agenda.on(SILENT, self._silent)

    async def answered(self, tx: Tx, one: CheckIn, now: datetime) -> None:
        """Any answer ends a silence."""
        side = await side_store.get(tx, one.side)
        if side is not None and side.missed:
            await self.calm(tx, side, now)

    async def calm(self, tx: Tx, side: Side, now: datetime) -> Side:
        """What was asked of whoever was silent is asked no more, and the count begins anew."""
        await self._agenda.drop(tx, SILENT, side.id)
        await self._outbox.close(tx, side.id, now)
        return await side_store.keep(tx, replace(side, missed=0))

    async def first_on(self, tx: Tx, terms: Terms, sides: Sequence[Side], after: datetime) -> date:
        """The first day whose hour is still to come for both, and on which neither was asked already."""
        first = schedule.first_on(terms, [side.zone for side in sides], after)
        asked = [one.day for side in sides if (one := await check_in_store.latest(tx, side.id)) is not None]
        return first if not asked or first > max(asked) else terms.first_on(max(asked) + timedelta(days=1))

    async def speak(
        self, tx: Tx, pair: Pair, by: PersonId, kind: str, now: datetime, *, held: bool = False
    ) -> None:
        """Tell the other what this one did; what follows within a day waits in /inbox alone."""
        side = await side_store.of(tx, pair.id, by)
        if side is None:
            return
        await self._outbox.tell(
            tx, pair.other(by), kind, pair.id, now,
            other=by, server=pair.server, held=held, question=kind == CHANGE_LINE,
            quietly=not side.speaks(now),
        )  # fmt: skip
        if side.speaks(now):
            await side_store.keep(tx, replace(side, told_at=now))

    async def expect(self, tx: Tx, pair: Pair, now: datetime) -> Pair:
        """Put each one's next check-in on the agenda, as the pair stands now."""
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            await self.expect_one(tx, pair, side, now)
        return pair

    async def expect_one(self, tx: Tx, pair: Pair, side: Side, now: datetime) -> Side:
        """The same for one of the two; while it pauses for them, nothing."""
        quiet = pair.paused or side.hushed_until is not None
        return await self.ask_next(tx, side, None if quiet else await self._following(tx, pair, side, now))

    async def ask_next(self, tx: Tx, side: Side, found: tuple[date, datetime] | None) -> Side:
        """They are asked next then, or not at all."""
        day, at = found or (None, None)
        moved = await side_store.keep(tx, replace(side, next_day=day, next_at=at))
        if at is None:
            await self._agenda.drop(tx, ASK, side.id)
        else:
            await self._agenda.put(tx, ASK, side.id, at)
        return moved

    async def _following(self, tx: Tx, pair: Pair, side: Side, now: datetime) -> tuple[date, datetime] | None:
        """Whoever moved to another zone may have been asked on a day that is still to come there."""
        found = schedule.following(pair, side.zone, now)
        latest = await check_in_store.latest(tx, side.id)
        while found is not None and latest is not None and found[0] <= latest.day:
            found = schedule.following(pair, side.zone, found[1])
        return found

    # -- what comes due -------------------------------------------------------------------------

    async def _ask(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        sides = await side_store.these(tx, subjects)
        pairs = await store.these(tx, list({side.pair for side in sides}))
        # A zone's rules may have moved it: nobody is asked before their time.
        early = {side.id: side.next_at for side in sides if side.next_at is not None and side.next_at > now}
        await self._agenda.put_all(tx, ASK, early)
        due = [
            _due(pairs[side.pair], side, now)
            for side in sides
            if side.next_at is not None and side.id not in early and pairs[side.pair].state is State.RUNNING
        ]
        await check_in_store.add_all(tx, [one.check_in for one in due])
        await side_store.keep_next(tx, [one.side for one in due])
        next_at = {one.side.id: one.side.next_at for one in due if one.side.next_at is not None}
        await self._agenda.put_all(tx, ASK, next_at)
        await self._tell(tx, due, now)

    async def _tell(self, tx: Tx, due: Sequence[_Due], now: datetime) -> None:
        asked = [one.check_in for one in due if one.check_in.status is None]
        await self._agenda.put_all(tx, ROUND_ENDS, {one.id: one.closes_at for one in asked})
        over = {one.check_in.pair: one.check_in.closes_at for one in due if one.last}
        await self._agenda.put_all(tx, ENDS, over)
        lines = [Line.to(one.person, CHECK_IN_LINE, one.id, now, server=one.server) for one in asked]
        await self._outbox.tell_all(tx, lines)

    async def _round_ends(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for one in await check_in_store.these(tx, subjects):
            # What was shared can still be read, and what was answered about talking.
            await self._outbox.close(tx, one.id, now, kinds=(CHECK_IN_LINE, WISH_LINE))
            if one.status is None:
                await self._missed(tx, one, now)

    async def _missed(self, tx: Tx, one: CheckIn, now: datetime) -> None:
        """Told to nobody; two in a row bring one gentle line, to this person alone."""
        side, pair = await side_store.get(tx, one.side), await store.get(tx, one.pair)
        if side is None or pair is None or pair.state is not State.RUNNING or pair.paused or one.last:
            return
        if side.hushed_until is not None or await check_in_store.answered_since(tx, side.id, one.day):
            return
        side = await side_store.keep(tx, replace(side, missed=side.missed + 1))
        if side.missed == GENTLE_AFTER:
            await self._outbox.tell(tx, side.person, MISSED_LINE, side.id, now, server=pair.server)
            await self._agenda.put(tx, SILENT, side.id, now + SILENT_AFTER)

    async def _silent(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Still nothing: whether to change the time, pause, or end."""
        for side in await side_store.these(tx, subjects):
            pair = await store.get(tx, side.pair)
            running = pair is not None and pair.state is State.RUNNING and not pair.paused
            if pair is not None and running and side.missed >= GENTLE_AFTER:
                await self._outbox.close(tx, side.id, now)
                await self._outbox.tell(tx, side.person, SILENT_LINE, side.id, now, server=pair.server)


def _due(pair: Pair, side: Side, now: datetime) -> _Due:
    """The check-in of the latest time that has come: what a downtime left out is not caught up on."""
    assert side.next_day is not None
    assert side.next_at is not None
    day, at = side.next_day, side.next_at
    following = schedule.following(pair, side.zone, at)
    while following is not None and following[1] <= now:
        day, at = following
        following = schedule.following(pair, side.zone, at)
    late = now - at
    check_in = CheckIn(
        new_id(), pair.id, side.id, pair.server, side.person, pair.other(side.person), day, side.question,
        asked_at=now,
        closes_at=schedule.closes(pair, day),
        late=late > LATE_AFTER,
        last=following is None,
        status=Status.UNASKED if late > TOO_LATE_AFTER else None,
    )  # fmt: skip
    next_day, next_at = following or (None, None)
    moved = replace(side, next_day=next_day, next_at=next_at, question=side.question + 1)
    return _Due(moved, check_in, last=following is None)
