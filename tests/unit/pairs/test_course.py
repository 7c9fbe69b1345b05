"""Whoever is silent is asked gently, and alone; whoever could not be asked has missed nothing."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.ids import PersonId, new_id
from bot.pairs import side_store, store
from bot.pairs.check_in import Status
from bot.pairs.models import Pair, PairState, Side
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import check_ins, sides
from bot.pairs.timers import ASK
from bot.scheduling.store import agenda
from bot.storage.tx import Tx
from tests.unit.pairs.fixtures import BERLIN, HERE, SUNDAYS, Town, utc

FIRST = utc(2026, 1, 11, 17)
"""The first Sunday at 18:00 in Berlin."""
WEEK = timedelta(weeks=1)
QUIET = {"missed", "silent"}


async def quiet_lines(town: Town, name: str) -> list[str]:
    return [kind for kind in await town.kinds(name) if kind in QUIET]


async def silent_for_two_rounds(town: Town) -> str:
    """Ana answered neither of two; the second has just closed."""
    id = await town.pair("Ana", "Bo")
    await misses_two(town, id)
    return id


async def misses_two(town: Town, id: str) -> None:
    """Ana answers neither of the next two rounds, Bo both: when the second closes she is asked gently."""
    for _ in range(2):
        one = await town.wait_for_check_in("Ana", id)
        await town.mark("Bo", await town.check_in("Bo", id))
    await town.wait_until(one.closes_at - timedelta(seconds=1))
    assert await quiet_lines(town, "Ana") == []
    await town.wait(seconds=1)
    assert await quiet_lines(town, "Ana") == ["missed"]


# -- misses ---------------------------------------------------------------------------------------------


async def test_two_rounds_without_an_answer_bring_one_line_to_them_alone(town: Town) -> None:
    id = await silent_for_two_rounds(town)
    assert await quiet_lines(town, "Ana") == ["missed"]
    [line] = [line for line in await town.lines("Ana") if line.kind == "pairs.missed"]
    assert (line.subject, line.other) == ((await town.side("Ana", id)).id, None)
    assert await quiet_lines(town, "Bo") == []


async def test_the_partner_never_gets_a_line_of_any_kind(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for _ in range(12):
        await town.wait_for_check_in("Bo", id)
        await town.mark("Bo", await town.check_in("Bo", id))
        lines = [line for line in await town.standing() if line.person == await town.person("Bo")]
        assert {line.kind for line in lines} == {"pairs.check_in"}


async def test_seven_days_later_the_silent_one_is_asked_whether_it_still_fits(town: Town) -> None:
    await silent_for_two_rounds(town)
    await town.wait(days=7, seconds=-1)
    assert await quiet_lines(town, "Ana") == ["missed"]
    await town.wait(seconds=1)
    assert await quiet_lines(town, "Ana") == ["silent"]
    assert await quiet_lines(town, "Bo") == []
    await town.wait(days=30)
    assert await quiet_lines(town, "Ana") == ["silent"]


@pytest.mark.parametrize("status", [Status.ON_TRACK, Status.SLIPPED, Status.SKIP])
async def test_any_answer_begins_the_count_anew(town: Town, status: Status) -> None:
    id = await silent_for_two_rounds(town)
    await town.mark("Ana", await town.wait_for_check_in("Ana", id), status)
    assert await quiet_lines(town, "Ana") == []
    assert not [kind for kind, _ in await town.alarms() if kind == "pairs.silent"]
    await misses_two(town, id)


async def test_an_answer_between_two_misses_keeps_them_apart(town: Town) -> None:
    """Rounds overlap: the one before closes when the next was answered already."""
    id = await town.pair("Ana", "Bo", zones=("Pacific/Auckland", "Pacific/Pago_Pago"))
    for answered in (False, True, False, True, False, True):
        one = await town.wait_for_check_in("Ana", id)
        if answered:
            await town.mark("Ana", one)
    await town.wait_until(one.closes_at)
    assert await quiet_lines(town, "Ana") == []
    assert not [kind for kind, _ in await town.alarms() if kind == "pairs.silent"]


async def test_a_skipped_one_counts_as_answered(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for _ in range(12):
        await town.mark("Ana", await town.wait_for_check_in("Ana", id), Status.SKIP)
        assert await quiet_lines(town, "Ana") == []


async def test_nobody_is_asked_gently_while_it_pauses(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.wait_for_check_in("Ana", id)
    one = await town.wait_for_check_in("Ana", id)
    await town.pause("Bo", id, 56)
    await town.wait_until(one.closes_at + timedelta(days=20))
    assert await quiet_lines(town, "Ana") == []


async def test_a_pause_lets_the_count_begin_anew(town: Town) -> None:
    id = await silent_for_two_rounds(town)
    await town.pause("Bo", id, 14)
    assert await quiet_lines(town, "Ana") == []
    await town.wait(days=16)
    await misses_two(town, id)


async def test_the_question_whether_it_still_fits_goes_with_other_terms(town: Town) -> None:
    id = await silent_for_two_rounds(town)
    await town.put("Ana", id, PairSchedule(Cadence.FORTNIGHT, 2))
    await town.agree("Bo", id)
    assert (await town.side("Ana", id)).missed == 0
    assert await quiet_lines(town, "Ana") == []
    await town.wait(days=8)
    assert await quiet_lines(town, "Ana") == []


# -- downtime -------------------------------------------------------------------------------------------


async def test_a_little_late_is_on_time(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(FIRST + timedelta(minutes=15))
    assert [(one.late, one.status) for one in await town.asked("Ana", id)] == [(False, None)]


@pytest.mark.parametrize("late", [timedelta(minutes=16), timedelta(hours=12)])
async def test_within_twelve_hours_one_late_check_in_says_that_it_is(town: Town, late: timedelta) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(FIRST + late)
    for name in ("Ana", "Bo"):
        [one] = await town.asked(name, id)
        assert (one.late, one.status, one.asked_at) == (True, None, FIRST + late)
        assert await town.kinds(name) == ["check_in"]
        assert (await town.view(name, id)).side.next_at == FIRST + WEEK
    assert (await town.mark("Ana", await town.check_in("Ana", id))).check_in.status is Status.HARD


async def test_after_that_it_is_written_down_as_unasked_and_nobody_is_told(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(FIRST + timedelta(hours=12, seconds=1))
    [one] = await town.asked("Ana", id)
    assert (one.status, one.day) == (Status.UNASKED, date(2026, 1, 11))
    assert await town.kinds("Ana") == []
    assert (await town.view("Ana", id)).open_check_in is None
    assert not [kind for kind, _ in await town.alarms() if kind == "pairs.round_ends"]
    assert (await town.view("Ana", id)).side.next_at == FIRST + WEEK
    await town.wait(weeks=1)
    assert await town.kinds("Ana") == ["check_in"]


async def test_of_many_rounds_that_a_downtime_took_one_is_asked_at_most(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(FIRST + 5 * WEEK + timedelta(hours=3))
    for name in ("Ana", "Bo"):
        [one] = await town.asked(name, id)
        assert (one.day, one.late) == (date(2026, 2, 15), True)
        assert (await town.view(name, id)).side.next_at == FIRST + 6 * WEEK
        assert await town.kinds(name) == ["check_in"]


async def test_a_downtime_beyond_the_last_round_ends_it(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(FIRST + 20 * WEEK)
    assert await town.kinds("Ana") == await town.kinds("Bo") == ["ended"]
    assert [kind for kind, _ in await town.alarms() if kind not in ("pairs.notes_end", "pairs.forget")] == []
    assert [one.status for one in await town.asked("Ana", id)] == [Status.UNASKED]


async def test_what_was_not_asked_does_not_count_as_missed(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for week in range(4):
        await town.sleep_until(FIRST + week * WEEK + timedelta(hours=13))
    assert [one.status for one in await town.asked("Ana", id)] == [Status.UNASKED] * 4
    await misses_two(town, id)


async def test_a_restart_asks_nobody_twice(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.wait_until(FIRST)
    await town.restart()
    await town.wait(minutes=5)
    assert len(await town.asked("Ana", id)) == 1
    await town.wait_until(FIRST + WEEK)
    assert len(await town.asked("Ana", id)) == 2


# -- in batches -----------------------------------------------------------------------------------------


async def test_a_poisoned_one_holds_up_nobody_else(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    ids = [await town.pair(f"ana {number}", f"bo {number}") for number in range(3)]
    poisoned = await town.side("ana 1", ids[1])
    broken = update(sides).where(sides.c.id == poisoned.id).values(next_day=None)
    await town.db.write(lambda tx: tx.execute(broken))
    with caplog.at_level(logging.ERROR, "bot"):
        await town.wait_until(FIRST)
    (record,) = caplog.records
    assert isinstance(record.msg, dict)
    told = {"event": "A timer failed", "kind": "pairs.ask", "error": "AssertionError", "tries": 1}
    assert {name: record.msg[name] for name in told} == told
    for number, id in enumerate(ids):
        for name in (f"ana {number}", f"bo {number}"):
            asked = await town.asked(name, id)
            if name == "ana 1":
                assert asked == []
            else:
                assert [one.asked_at for one in asked] == [FIRST]
                assert await town.kinds(name) == ["check_in"]
    mended = update(sides).where(sides.c.id == poisoned.id).values(next_day=poisoned.next_day)
    await town.db.write(lambda tx: tx.execute(mended))
    await town.wait(minutes=1)
    [late] = await town.asked("ana 1", ids[1])
    assert (late.asked_at, late.day) == (FIRST + timedelta(minutes=1), date(2026, 1, 11))
    assert await town.kinds("ana 1") == ["check_in"]


async def test_five_hundred_pairs_are_asked_in_one_run_each_once(town: Town) -> None:
    made = [_made(town, number) for number in range(500)]

    async def fill(tx: Tx) -> None:
        for pair, both in made:
            await store.add(tx, pair)
            for side in both:
                await side_store.add(tx, side)
        await town.agenda.put_all(tx, ASK, {side.id: FIRST for _, both in made for side in both})

    await town.db.write(fill)
    await town.sleep_until(FIRST)
    asked = await town.db.read(lambda tx: tx.all(select(check_ins.c.side, check_ins.c.id)))
    every = {side.id for _, both in made for side in both}
    assert len(asked) == 1000
    assert {row.side for row in asked} == every
    lines = await town.standing()
    assert sorted(line.subject for line in lines) == sorted(row.id for row in asked)
    due = await town.db.read(
        lambda tx: tx.all(
            select(agenda.c.subject).where(agenda.c.kind == ASK, agenda.c.due_at == FIRST + WEEK)
        )
    )
    assert {row.subject for row in due} == every
    assert await town.agenda.run_due(FIRST) == 0


def _made(town: Town, number: int) -> tuple[Pair, tuple[Side, Side]]:
    """A pair that runs and has its first Sunday before it, as it stands in the file."""
    id, day = f"pair {number}", FIRST.date()
    one, other = PersonId(f"one {number}"), PersonId(f"other {number}")
    last = SUNDAYS.last_on(day, SUNDAYS.rounds)
    pair = Pair(
        id, HERE, one, other, town.now, SUNDAYS, PairState.RUNNING, town.now, starts_on=day, ends_on=last
    )
    sides = [Side(new_id(), id, who, BERLIN, 0, next_day=day, next_at=FIRST) for who in (one, other)]
    return pair, (sides[0], sides[1])
