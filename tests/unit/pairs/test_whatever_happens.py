"""Whatever people do, in any order: only what was shared is seen, and a pair that ended leaves nothing."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.delivery.outbox_message import MessageState
from bot.errors import NotYours, Refusal
from bot.ids import PersonId
from bot.pairs import due_times, notifications, side_store, store
from bot.pairs.check_in import ANSWERS, CheckIn, CheckInStatus, Wish
from bot.pairs.models import Pair, PairState, PairText, Side
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import pairs
from bot.pairs.timers import ASK, ENDS, FORGET, LAPSE, NOTES_END, PART, RESUME
from tests.unit.pairs.fixtures import MEMORY, SUNDAYS, Harness, words_of

pytestmark = pytest.mark.uncounted

WHO = {"Ana": "Europe/Berlin", "Bo": "Pacific/Auckland", "Cy": "America/New_York"}
TERMS = [
    replace(SUNDAYS, weeks=4),
    PairSchedule(Cadence.TWICE, 5, 30, 4),
    PairSchedule(Cadence.FORTNIGHT, 2, 23 * 60, 5),
    PairSchedule(Cadence.MONTHLY, 20, 8 * 60, 9),
]
Step = tuple[str, str, int]
VERBS = [
    *("check", "check", "check", "check", "mark", "note", "share", "share", "keep", "wish", "wish", "answer"),
    *("tonight", "tonight"),
    *("open", "open", "open", "put", "put", "agree", "agree", "as_is", "renew", "pause", "pause", "resume"),
    *("propose", "accept", "accept", "decline", "take_back", "end", "leave", "rest"),
    *("apart", "apart", "lift", "lift", "wait", "wait", "wait", "sleep", "restart"),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from(sorted(WHO)), st.integers(0, 11)),
    min_size=16,
    max_size=30,
)


class Months(Harness):
    """The harness, with one method for each action. What is refused changes nothing.

    It also keeps a simple model: what each person shared, who set a boundary, and when.
    """

    shared_now: dict[str, str]
    """The note of each check-in that its owner shared while there was no boundary between the two."""
    apart_since: dict[tuple[str, str], datetime]

    async def do(self, verb: str, by: str, number: int) -> None:
        try:
            await getattr(self, f"do_{verb}")(by, number)
        except Refusal:
            return

    def other(self, by: str, number: int) -> str:
        return sorted(WHO.keys() - {by})[number % 2]

    async def every(self) -> list[Pair]:
        rows = await self.db.read(lambda tx: tx.all(pairs.select().order_by(pairs.c.made_at, pairs.c.id)))
        found = await self.db.read(lambda tx: store.these(tx, [row.id for row in rows]))
        return [found[row.id] for row in rows]

    async def one(self, by: str, number: int, *states: PairState) -> str:
        """Return the id of a pair of theirs in one of these states, or `none` if there is no such pair."""
        person = await self.person(by)
        every = [pair for pair in await self.every() if pair.state in states]
        mine = [pair.id for pair in every if person in (pair.starter, pair.partner)]
        return mine[number % len(mine)] if mine else "none"

    async def check(self, by: str, number: int) -> CheckIn:
        """Return their newest check-in in one of their pairs."""
        found = await self.asked(by, await self.one(by, number, PairState.RUNNING, PairState.ENDED))
        if not found:
            raise NotYours
        return found[-1]

    async def answered(self, by: str, number: int) -> CheckIn:
        """Return their newest check-in. If it has no answer, give it one that can be shared."""
        one = await self.check(by, number)
        if one.status is None:
            await self.mark(by, one, CheckInStatus.SLIPPED)
        return one

    def stands_between(self, one: str, other: str) -> bool:
        return bool({(one, other), (other, one)} & self.apart_since.keys())

    # -- what people do -------------------------------------------------------------------------

    async def do_propose(self, by: str, number: int) -> None:
        await self.propose(by, self.other(by, number), TERMS[number % len(TERMS)], WHO[by])

    async def do_accept(self, by: str, number: int) -> None:
        if number % 2:
            await self.propose(self.other(by, number // 2), by, TERMS[number % len(TERMS)], WHO[by])
        await self.accept(by, await self.one(by, number, PairState.PROPOSED), WHO[by])

    async def do_decline(self, by: str, number: int) -> None:
        await self.decline(by, await self.one(by, number, PairState.PROPOSED))

    async def do_take_back(self, by: str, number: int) -> None:
        id = await self.one(by, number, PairState.PROPOSED)
        await self.pairs.proposals.take_back(await self.person(by), id, self.now)

    async def do_check(self, by: str, number: int) -> None:
        """Let time pass until they are asked again."""
        view = await self.view(by, await self.one(by, number, PairState.RUNNING))
        await self.wait_until(view.side.next_at or self.now)

    async def do_mark(self, by: str, number: int) -> None:
        one, status = await self.check(by, number), ANSWERS[number % len(ANSWERS)]
        await self.mark(by, one, status)
        if one.status is not status:
            self.shared_now.pop(one.id, None)

    async def do_note(self, by: str, number: int) -> None:
        one = await self.answered(by, number)
        await self.note(by, one, f"{by}'s note {number}")
        self.shared_now.pop(one.id, None)

    async def do_share(self, by: str, number: int) -> None:
        one = await self.answered(by, number)
        asked = await self.share(by, one)
        if not self.stands_between(*await self._names(one)):
            self.shared_now[one.id] = asked.note

    async def do_keep(self, by: str, number: int) -> None:
        one = await self.check(by, number)
        await self.keep(by, one)
        self.shared_now.pop(one.id, None)

    async def do_wish(self, by: str, number: int) -> None:
        await self.wish(by, await self.check(by, number))

    async def do_tonight(self, by: str, number: int) -> None:
        moved = (await self.tonight(by, await self.check(by, number))).check_in
        assert moved.moved_to is None or moved.moved_to < moved.closes_at

    async def do_answer(self, by: str, number: int) -> None:
        for message in await self.messages(by):
            if message.kind == "pairs.wish":
                said = (Wish.LATER, Wish.NOT_NOW)[number % 2]
                await self.pairs.sharing.answer(await self.person(by), message.subject, said, self.now)

    async def do_open(self, by: str, number: int) -> None:
        """Open everything of a pair that they can open."""
        id = await self.one(by, number, PairState.RUNNING)
        view = await self.view(by, id)
        await self.pairs.saw(await self.person(by), id)
        for number in range(view.shared):
            read = await self.shared(by, id, number)
            assert self.shared_now.get(read.check_in.id) == read.note

    async def do_put(self, by: str, number: int) -> None:
        await self.put(by, await self.one(by, number, PairState.RUNNING), TERMS[number % len(TERMS)])

    async def do_agree(self, by: str, number: int) -> None:
        id = await self.one(by, number, PairState.RUNNING)
        if number % 2:
            pair = await self.db.read(lambda tx: store.get(tx, id))
            other = "" if pair is None else await self._name(pair.other(await self.person(by)))
            await self.put(other, id, TERMS[number % len(TERMS)])
        await self.agree(by, id)

    async def do_as_is(self, by: str, number: int) -> None:
        id = await self.one(by, number, PairState.RUNNING)
        await self.pairs.changes.keep_as_is(await self.person(by), id, self.now)

    async def do_renew(self, by: str, number: int) -> None:
        await self.renew(by, await self.one(by, number, PairState.RUNNING))

    async def do_pause(self, by: str, number: int) -> None:
        await self.pause(by, await self.one(by, number, PairState.RUNNING), (7, 14, 56)[number % 3])

    async def do_resume(self, by: str, number: int) -> None:
        await self.resume(by, await self.one(by, number, PairState.RUNNING))

    async def do_end(self, by: str, number: int) -> None:
        await self.end(by, await self.one(by, number, PairState.RUNNING))

    async def do_apart(self, by: str, number: int) -> None:
        other = self.other(by, number)
        await self.apart(by, other)
        self.apart_since.setdefault((by, other), self.now)
        for pair in await self.every():
            for one in [*await self.asked(by, pair.id), *await self.asked(other, pair.id)]:
                if not one.seen and {by, other} == set(await self._names(one)):
                    self.shared_now.pop(one.id, None)

    async def do_lift(self, by: str, _number: int) -> None:
        await self.lift(by)
        self.apart_since = {two: at for two, at in self.apart_since.items() if two[0] != by}

    async def do_leave(self, by: str, number: int) -> None:
        # Leaving ends everything of theirs: if it happened at every step, little would ever be open.
        if number < 2:
            await self.leave(by)

    async def do_rest(self, by: str, number: int) -> None:
        until = self.now.replace(year=self.now.year + 1) if number % 2 else None
        await self.preferences.rest(await self.person(by), until, self.now)

    async def do_wait(self, _by: str, number: int) -> None:
        await self.wait(hours=(1, 20, 24, 24 * 4, 24 * 7, 24 * 15)[number % 6])

    async def do_sleep(self, _by: str, number: int) -> None:
        await self.sleep_until(self.now + timedelta(hours=(6, 24 * 5, 24 * 20)[number % 3]))

    async def do_restart(self, _by: str, _number: int) -> None:
        await self.restart()

    async def _names(self, one: CheckIn) -> tuple[str, str]:
        return await self._name(one.person), await self._name(one.partner)

    async def _name(self, person: PersonId) -> str:
        return {await self.person(name): name for name in WHO}[person]

    # -- what always holds ----------------------------------------------------------------------

    async def holds(self) -> None:
        every = await self.every()
        running = [
            frozenset((pair.starter, pair.partner)) for pair in every if pair.state is PairState.RUNNING
        ]
        assert len(running) == len(set(running))
        await self._alarms(every)
        await self._messages(every)
        await self._between()
        await self._views(every)

    async def _alarms(self, every: Sequence[Pair]) -> None:
        alarms = await self.timers()
        expected: dict[tuple[str, str], datetime | None] = {}
        for pair in every:
            match pair.state:
                case PairState.DRAFT | PairState.PROPOSED:
                    expected[LAPSE, pair.id] = pair.lapses_at
                case PairState.RUNNING:
                    expected |= await self._of_running(pair, alarms)
                case PairState.ENDED:
                    expected[FORGET, pair.id] = alarms.get((FORGET, pair.id))
                    if (NOTES_END, pair.id) in alarms:
                        expected[NOTES_END, pair.id] = alarms[NOTES_END, pair.id]
        rest = {key: at for key, at in alarms.items() if key[0] not in ("pairs.round_ends", "pairs.silent")}
        still_open = {pair.id for pair in every if pair.open}
        parting = {key: at for key, at in rest.items() if key[0] == PART}
        assert all(id in still_open for _, id in parting)
        assert len(set(parting.values())) == len(parting)
        assert {key: at for key, at in rest.items() if key not in parting} == expected

    async def _of_running(
        self, pair: Pair, alarms: dict[tuple[str, str], datetime]
    ) -> dict[tuple[str, str], datetime | None]:
        """Return the timers that a running pair needs: for next check-ins, pauses, or its own end."""
        due: dict[tuple[str, str], datetime | None] = {}
        sides = await self._sides(pair)
        for side in sides:
            quiet = pair.paused or side.hushed_until is not None
            following = None if quiet else due_times.following(pair, side.zone, self.now)
            assert (side.next_day, side.next_at) == (following or (None, None))
            if side.next_at is not None:
                due[ASK, side.id] = side.next_at
        ends = [at for at in (pair.paused_until, *(side.hushed_until for side in sides)) if at is not None]
        if ends:
            due[RESUME, pair.id] = min(ends)
        if (ENDS, pair.id) in alarms:
            assert not pair.paused
            due[ENDS, pair.id] = alarms[ENDS, pair.id]
        assert due
        return due

    async def _sides(self, pair: Pair) -> list[Side]:
        found: list[Side] = (await self.db.read(lambda tx: side_store.of_pairs(tx, [pair.id])))[pair.id]
        return found

    async def _messages(self, every: Sequence[Pair]) -> None:
        """Check that of a pair that ended no message is open but those that say so."""
        states = {pair.id: pair.state for pair in every}
        about: dict[str, str] = {pair.id: pair.id for pair in every}
        for pair in every:
            about |= {side.id: pair.id for side in await self._sides(pair)}
            for name in WHO:
                about |= {one.id: pair.id for one in await self.asked(name, pair.id)}
        for message in await self.standing():
            if message.kind in (notifications.ENDED, notifications.LAPSED):
                assert message.other is None
                assert states[message.subject] is PairState.ENDED
            else:
                assert states[about[message.subject]] is PairState.RUNNING

    async def _between(self) -> None:
        """Check that nothing new is told between two people who have a boundary between them."""
        ids = {await self.person(name): name for name in WHO}
        for message in await self.standing():
            if message.other is None or not self.stands_between(ids[message.person], ids[message.other]):
                continue
            since = [
                at
                for two, at in self.apart_since.items()
                if set(two) == {ids[message.person], ids[message.other]}
            ]
            assert message.state is MessageState.WITHHELD or (
                message.state is MessageState.DMS_CLOSED and message.made_at <= min(since)
            )

    async def _views(self, every: Sequence[Pair]) -> None:
        for pair in every:
            if pair.state is not PairState.RUNNING:
                continue
            names = [name for name in WHO if await self.person(name) in (pair.starter, pair.partner)]
            for name, other in (names, names[::-1]):
                view = await self.view(name, pair.id)
                assert view.mine == words_of(name)
                assert view.theirs in (words_of(other), PairText())
                theirs = [one for one in await self.asked(other, pair.id) if one.id in self.shared_now]
                assert view.shared == len(theirs)
                assert view.offered is None or not self.stands_between(name, other)
                assert view.side.person != view.pair.other(view.side.person)


async def _live(path: Path, steps: list[Step]) -> None:
    months = Months(path)
    months.shared_now, months.apart_since = {}, {}
    await months.open()
    try:
        for name, zone in WHO.items():
            await months.preferences.live_in(await months.person(name), zone)
        # Most actions need a pair that runs.
        for by, whom, schedule in (("Ana", "Bo", TERMS[0]), ("Bo", "Cy", TERMS[1])):
            await months.accept(whom, await months.propose(by, whom, schedule, WHO[by]), WHO[whom])
        await months.wait(days=5)
        for verb, by, number in steps:
            await months.do(verb, by, number)
            await months.holds()
        # Pairs that still run end by themselves, and are forgotten.
        for _ in range(4):
            await months.wait(days=70)
            await months.holds()
        assert await months.count() == (0, 0, 0, 0, 0)
        assert await months.timers() == {}
        assert await months.standing() == []
    finally:
        await months.close()


@pytest.mark.slow
@settings(max_examples=10)
@given(steps=STEPS)
def test_whatever_people_do_every_rule_holds_and_in_the_end_nothing_is_left(steps: list[Step]) -> None:
    with TemporaryDirectory(dir=MEMORY) as place:
        asyncio.run(_live(Path(place) / "months.db", steps))
