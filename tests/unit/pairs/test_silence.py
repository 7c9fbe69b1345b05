"""A silent partner is asked gently and in private. Rounds with the bot off do not count as missed."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.ids import PersonId, new_id
from bot.pairs import side_store, store
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import Pair, PairState, Side
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import check_ins, sides
from bot.pairs.timers import ASK
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from tests.unit.pairs.fixtures import BERLIN, HERE, SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

FIRST = utc(2026, 1, 11, 17)
"""The first Sunday at 18:00 in Berlin."""
WEEK = timedelta(weeks=1)
QUIET = {"missed", "silent"}


async def gentle_questions(harness: Harness, name: str) -> list[str]:
    return [kind for kind in await harness.kinds(name) if kind in QUIET]


async def silent_for_two_rounds(harness: Harness) -> str:
    """Return a pair in which Ana has not answered two rounds. The second has just closed."""
    id = await harness.pair("Ana", "Bo")
    await misses_two(harness, id)
    return id


async def misses_two(harness: Harness, id: str) -> None:
    """Let Ana miss the next two rounds while Bo answers. When the second closes, she is asked gently."""
    for _ in range(2):
        one = await harness.wait_for_check_in("Ana", id)
        await harness.mark("Bo", await harness.check_in("Bo", id))
    await harness.wait_until(one.closes_at - timedelta(seconds=1))
    assert await gentle_questions(harness, "Ana") == []
    await harness.wait(seconds=1)
    assert await gentle_questions(harness, "Ana") == ["missed"]


# -- misses ---------------------------------------------------------------------------------------------


async def test_after_two_missed_rounds_only_the_silent_person_gets_a_message(harness: Harness) -> None:
    id = await silent_for_two_rounds(harness)
    assert await gentle_questions(harness, "Ana") == ["missed"]
    [message] = [message for message in await harness.messages("Ana") if message.kind == "pairs.missed"]
    assert (message.subject, message.other) == ((await harness.side("Ana", id)).id, None)
    assert await gentle_questions(harness, "Bo") == []


async def test_the_partner_of_a_silent_person_gets_nothing_but_their_own_check_ins(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for _ in range(12):
        await harness.wait_for_check_in("Bo", id)
        await harness.mark("Bo", await harness.check_in("Bo", id))
        messages = [
            message for message in await harness.standing() if message.person == await harness.person("Bo")
        ]
        assert {message.kind for message in messages} == {"pairs.check_in"}


async def test_a_silent_person_is_asked_seven_days_later_whether_the_pair_still_fits(
    harness: Harness,
) -> None:
    await silent_for_two_rounds(harness)
    await harness.wait(days=7, seconds=-1)
    assert await gentle_questions(harness, "Ana") == ["missed"]
    await harness.wait(seconds=1)
    assert await gentle_questions(harness, "Ana") == ["silent"]
    assert await gentle_questions(harness, "Bo") == []
    await harness.wait(days=30)
    assert await gentle_questions(harness, "Ana") == ["silent"]


@pytest.mark.parametrize("status", [CheckInStatus.ON_TRACK, CheckInStatus.SLIPPED, CheckInStatus.SKIP])
async def test_any_answer_restarts_the_count_of_missed_rounds(
    harness: Harness, status: CheckInStatus
) -> None:
    id = await silent_for_two_rounds(harness)
    await harness.mark("Ana", await harness.wait_for_check_in("Ana", id), status)
    assert await gentle_questions(harness, "Ana") == []
    assert not [kind for kind, _ in await harness.timers() if kind == "pairs.silent"]
    await misses_two(harness, id)


async def test_two_missed_rounds_with_an_answer_between_them_do_not_add_up(harness: Harness) -> None:
    """Rounds overlap: when one closes, the next may already have been answered."""
    id = await harness.pair("Ana", "Bo", zones=("Pacific/Auckland", "Pacific/Pago_Pago"))
    for answered in (False, True, False, True, False, True):
        one = await harness.wait_for_check_in("Ana", id)
        if answered:
            await harness.mark("Ana", one)
    await harness.wait_until(one.closes_at)
    assert await gentle_questions(harness, "Ana") == []
    assert not [kind for kind, _ in await harness.timers() if kind == "pairs.silent"]


async def test_a_skipped_check_in_counts_as_answered(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for _ in range(12):
        await harness.mark("Ana", await harness.wait_for_check_in("Ana", id), CheckInStatus.SKIP)
        assert await gentle_questions(harness, "Ana") == []


async def test_nobody_is_asked_gently_while_the_pair_pauses(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.wait_for_check_in("Ana", id)
    one = await harness.wait_for_check_in("Ana", id)
    await harness.pause("Bo", id, 56)
    await harness.wait_until(one.closes_at + timedelta(days=20))
    assert await gentle_questions(harness, "Ana") == []


async def test_a_pause_restarts_the_count_of_missed_rounds(harness: Harness) -> None:
    id = await silent_for_two_rounds(harness)
    await harness.pause("Bo", id, 14)
    assert await gentle_questions(harness, "Ana") == []
    await harness.wait(days=16)
    await misses_two(harness, id)


async def test_agreeing_on_another_schedule_ends_the_gentle_questions(harness: Harness) -> None:
    id = await silent_for_two_rounds(harness)
    await harness.put("Ana", id, PairSchedule(Cadence.FORTNIGHT, 2))
    await harness.agree("Bo", id)
    assert (await harness.side("Ana", id)).missed == 0
    assert await gentle_questions(harness, "Ana") == []
    await harness.wait(days=8)
    assert await gentle_questions(harness, "Ana") == []


# -- downtime -------------------------------------------------------------------------------------------


async def test_a_check_in_that_is_15_minutes_late_counts_as_on_time(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(FIRST + timedelta(minutes=15))
    assert [(one.late, one.status) for one in await harness.asked("Ana", id)] == [(False, None)]


@pytest.mark.parametrize("late", [timedelta(minutes=16), timedelta(hours=12)])
async def test_a_check_in_up_to_12_hours_late_is_asked_and_marked_as_late(
    harness: Harness, late: timedelta
) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(FIRST + late)
    for name in ("Ana", "Bo"):
        [one] = await harness.asked(name, id)
        assert (one.late, one.status, one.asked_at) == (True, None, FIRST + late)
        assert await harness.kinds(name) == ["check_in"]
        assert (await harness.view(name, id)).side.next_at == FIRST + WEEK
    assert (
        await harness.mark("Ana", await harness.check_in("Ana", id))
    ).check_in.status is CheckInStatus.HARD


async def test_a_check_in_more_than_12_hours_late_is_stored_as_unasked_and_nobody_is_told(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(FIRST + timedelta(hours=12, seconds=1))
    [one] = await harness.asked("Ana", id)
    assert (one.status, one.day) == (CheckInStatus.UNASKED, date(2026, 1, 11))
    assert await harness.kinds("Ana") == []
    assert (await harness.view("Ana", id)).open_check_in is None
    assert not [kind for kind, _ in await harness.timers() if kind == "pairs.round_ends"]
    assert (await harness.view("Ana", id)).side.next_at == FIRST + WEEK
    await harness.wait(weeks=1)
    assert await harness.kinds("Ana") == ["check_in"]


async def test_after_a_downtime_of_many_rounds_only_the_newest_round_is_asked(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(FIRST + 5 * WEEK + timedelta(hours=3))
    for name in ("Ana", "Bo"):
        [one] = await harness.asked(name, id)
        assert (one.day, one.late) == (date(2026, 2, 15), True)
        assert (await harness.view(name, id)).side.next_at == FIRST + 6 * WEEK
        assert await harness.kinds(name) == ["check_in"]


async def test_a_pair_ends_when_its_last_round_passed_while_the_bot_was_off(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(FIRST + 20 * WEEK)
    assert await harness.kinds("Ana") == await harness.kinds("Bo") == ["ended"]
    assert [
        kind for kind, _ in await harness.timers() if kind not in ("pairs.notes_end", "pairs.forget")
    ] == []
    assert [one.status for one in await harness.asked("Ana", id)] == [CheckInStatus.UNASKED]


async def test_a_check_in_that_was_not_asked_does_not_count_as_missed(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for week in range(4):
        await harness.sleep_until(FIRST + week * WEEK + timedelta(hours=13))
    assert [one.status for one in await harness.asked("Ana", id)] == [CheckInStatus.UNASKED] * 4
    await misses_two(harness, id)


async def test_a_restart_asks_nobody_twice(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.wait_until(FIRST)
    await harness.restart()
    await harness.wait(minutes=5)
    assert len(await harness.asked("Ana", id)) == 1
    await harness.wait_until(FIRST + WEEK)
    assert len(await harness.asked("Ana", id)) == 2


# -- in batches -----------------------------------------------------------------------------------------


async def test_a_check_in_whose_timer_fails_delays_nobody_else(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    ids = [await harness.pair(f"ana {number}", f"bo {number}") for number in range(3)]
    poisoned = await harness.side("ana 1", ids[1])
    broken = update(sides).where(sides.c.id == poisoned.id).values(next_day=None)
    await harness.db.write(lambda tx: tx.execute(broken))
    with caplog.at_level(logging.ERROR, "bot"):
        await harness.wait_until(FIRST)
    (record,) = caplog.records
    assert isinstance(record.msg, dict)
    told = {"event": "A timer failed", "kind": "pairs.ask", "error": "AssertionError", "tries": 1}
    assert {name: record.msg[name] for name in told} == told
    for number, id in enumerate(ids):
        for name in (f"ana {number}", f"bo {number}"):
            asked = await harness.asked(name, id)
            if name == "ana 1":
                assert asked == []
            else:
                assert [one.asked_at for one in asked] == [FIRST]
                assert await harness.kinds(name) == ["check_in"]
    mended = update(sides).where(sides.c.id == poisoned.id).values(next_day=poisoned.next_day)
    await harness.db.write(lambda tx: tx.execute(mended))
    await harness.wait(minutes=1)
    [late] = await harness.asked("ana 1", ids[1])
    assert (late.asked_at, late.day) == (FIRST + timedelta(minutes=1), date(2026, 1, 11))
    assert await harness.kinds("ana 1") == ["check_in"]


@pytest.mark.slow
async def test_five_hundred_pairs_are_asked_in_one_run_each_once(harness: Harness) -> None:
    made = [_made(harness, number) for number in range(500)]

    async def fill(tx: Tx) -> None:
        for pair, both in made:
            await store.add(tx, pair)
            for side in both:
                await side_store.add(tx, side)
        await harness.agenda.put_all(tx, ASK, {side.id: FIRST for _, both in made for side in both})

    await harness.db.write(fill)
    await harness.sleep_until(FIRST)
    asked = await harness.db.read(lambda tx: tx.all(select(check_ins.c.side, check_ins.c.id)))
    every = {side.id for _, both in made for side in both}
    assert len(asked) == 1000
    assert {row.side for row in asked} == every
    messages = await harness.standing()
    assert sorted(message.subject for message in messages) == sorted(row.id for row in asked)
    due = await harness.db.read(
        lambda tx: tx.all(
            select(agenda.c.subject).where(agenda.c.kind == ASK, agenda.c.due_at == FIRST + WEEK)
        )
    )
    assert {row.subject for row in due} == every
    assert await harness.agenda.run_due(FIRST) == 0


def _made(harness: Harness, number: int) -> tuple[Pair, tuple[Side, Side]]:
    """Return the rows of a running pair before its first Sunday."""
    id, day = f"pair {number}", FIRST.date()
    one, other = PersonId(f"one {number}"), PersonId(f"other {number}")
    last = SUNDAYS.last_on(day, SUNDAYS.rounds)
    pair = Pair(
        id,
        HERE,
        one,
        other,
        harness.now,
        SUNDAYS,
        PairState.RUNNING,
        harness.now,
        starts_on=day,
        ends_on=last,
    )
    sides = [Side(new_id(), id, who, BERLIN, 0, next_day=day, next_at=FIRST) for who in (one, other)]
    return pair, (sides[0], sides[1])
