"""A pause: until its day nobody is asked, and the check-ins that are left follow it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import NotYours
from bot.pairs.check_in import Status
from bot.pairs.errors import NothingLeft, PairClosed, PausedByOther
from bot.pairs.pauses import PAUSES
from bot.pairs.schedule import Cadence, NoSuchSchedule, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Town, utc

FOUR = replace(SUNDAYS, weeks=4)


async def asks(town: Town, id: str) -> dict[str, object]:
    """When each is asked next, as the agenda has it."""
    alarms = await town.alarms()
    sides = {name: (await town.side(name, id)).id for name in ("Ana", "Bo")}
    return {name: alarms["pairs.ask", id] for name, id in sides.items() if ("pairs.ask", id) in alarms}


async def test_until_its_day_nobody_is_asked_and_the_other_is_told(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    view = await town.pause("Ana", id, 14)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 1, 21), None)
    assert (await town.view("Bo", id)).paused_until == utc(2026, 1, 21)
    assert await asks(town, id) == {}
    [line] = await town.lines("Bo")
    assert (line.kind, line.subject, line.other) == ("pairs.paused", id, await town.person("Ana"))
    assert await town.kinds("Ana") == []
    await town.wait_until(utc(2026, 1, 21) - timedelta(seconds=1))
    assert await town.asked("Ana", id) == await town.asked("Bo", id) == []


@pytest.mark.parametrize("days", PAUSES)
async def test_on_its_day_it_goes_on_with_all_that_were_left(town: Town, days: int) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    await town.wait_for_check_in("Bo", id)
    until = (await town.pause("Ana", id, days)).paused_until
    assert until is not None
    await town.wait_until(until)
    view = await town.view("Bo", id)
    assert view.paused_until is None
    assert "paused" not in await town.kinds("Bo")
    assert view.side.next_at is not None
    assert until < view.side.next_at <= until + timedelta(days=7)
    assert await asks(town, id) == {"Ana": view.side.next_at, "Bo": view.side.next_at}
    for _ in range(3):
        one = await town.wait_for_check_in("Ana", id)
    assert one.last
    assert len(await town.asked("Ana", id)) == len(await town.asked("Bo", id)) == 4
    await town.wait_until(one.closes_at)
    assert await town.kinds("Ana") == ["ended"]


async def test_whoever_paused_it_goes_on_before(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 56)
    await town.wait(days=1)
    with pytest.raises(PausedByOther) as refused:
        await town.resume("Bo", id)
    assert refused.value.until == utc(2026, 3, 4)
    view = await town.resume("Ana", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 1, 11, 17))
    assert await town.kinds("Bo") == []
    assert not [kind for kind, _ in await town.alarms() if kind == "pairs.resume"]
    await town.wait_until(utc(2026, 1, 11, 17))
    assert len(await town.asked("Bo", id)) == 1


async def test_to_go_on_without_a_pause_changes_nothing(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    before, alarms = await town.stored(id), await town.alarms()
    await town.resume("Bo", id)
    assert (await town.stored(id), await town.alarms()) == (before, alarms)


async def test_a_second_press_pauses_once(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 14)
    await town.read("Bo", "pairs.paused", id)
    for days in (14, 7):
        assert (await town.pause("Ana", id, days)).paused_until == utc(2026, 1, 21)
    assert await town.kinds("Bo") == []


async def test_the_longer_pause_holds_whoever_made_it(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 14)
    assert (await town.pause("Bo", id, 7)).paused_until == utc(2026, 1, 21)
    assert await town.kinds("Ana") == []
    assert (await town.pause("Bo", id, 28)).paused_until == utc(2026, 2, 4)
    assert await town.kinds("Ana") == ["paused"]
    with pytest.raises(PausedByOther):
        await town.resume("Ana", id)
    await town.wait_until(utc(2026, 1, 21))
    assert (await town.view("Ana", id)).paused_until == utc(2026, 2, 4)
    assert (await town.resume("Bo", id)).paused_until is None


async def test_pausing_again_and_again_makes_no_phone_ring_twice_a_day(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 7)
    await town.resume("Ana", id)
    await town.pause("Ana", id, 14)
    [line] = [line for line in await town.standing() if line.kind == "pairs.paused"]
    assert line.state == "shut"
    await town.resume("Ana", id)
    await town.wait(days=1)
    await town.pause("Ana", id, 28)
    [line] = [line for line in await town.standing() if line.kind == "pairs.paused"]
    assert line.state == "waiting"


async def test_a_pause_by_any_other_number_of_days_is_refused(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for days in (0, -7, 1, 365):
        with pytest.raises(NoSuchSchedule):
            await town.pause("Ana", id, days)


async def test_it_is_nobody_elses_and_of_nothing_that_ended(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for verb in (town.pause("Cy", id), town.resume("Cy", id)):
        with pytest.raises(NotYours):
            await verb
    await town.end("Bo", id)
    for verb in (town.pause("Ana", id), town.resume("Ana", id)):
        with pytest.raises(PairClosed):
            await verb


async def test_after_the_last_there_is_nothing_to_pause(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        await town.wait_for_check_in("Ana", id)
    with pytest.raises(NothingLeft):
        await town.pause("Bo", id)


async def test_where_one_had_the_last_already_the_other_still_gets_theirs_after_the_pause(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR, ("Pacific/Auckland", "America/New_York"))
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
    assert one.last
    assert len(await town.asked("Bo", id)) == 3
    await town.pause("Bo", id, 28)
    await town.wait(days=27)
    assert (await town.view("Bo", id)).pair.open
    await town.wait(days=8)
    assert len(await town.asked("Bo", id)) == 4
    await town.wait(days=9)
    assert await town.kinds("Bo") == ["ended"]


async def test_an_open_check_in_can_still_be_answered_while_it_pauses(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    one = await town.wait_for_check_in("Ana", id)
    await town.pause("Bo", id)
    assert (await town.mark("Ana", one, Status.HARD)).check_in.status is Status.HARD
    await town.share("Ana", one)
    assert (await town.shared("Bo", id)).check_in.id == one.id


async def test_a_fortnight_begins_anew_after_a_pause(town: Town) -> None:
    id = await town.pair("Ana", "Bo", PairSchedule(Cadence.FORTNIGHT, 6, 18 * 60, 8))
    await town.wait_for_check_in("Ana", id)
    await town.wait_until((await town.pause("Ana", id, 7)).paused_until)
    view = await town.view("Ana", id)
    assert view.pair.starts_on is not None
    days = view.pair.schedule.days(view.pair.starts_on, view.pair.ends_on or date.min)
    assert len(days) == 3
    assert str(days[0]) == "2026-01-18"
    for _ in days:
        await town.wait_for_check_in("Bo", id)
    assert [one.day for one in await town.asked("Bo", id)] == [date(2026, 1, 11), *days]


async def test_the_bot_was_asleep_when_a_pause_ended(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 7)
    await town.sleep_until(utc(2026, 2, 2))
    view = await town.view("Ana", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 2, 8, 17))
    assert await town.asked("Ana", id) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_its_end_does_not_tell_where_somebody_lives(town: Town, zone: str) -> None:
    id = await town.pair("Ana", "Bo", zones=(zone, "UTC"))
    assert (await town.pause("Ana", id, 7)).paused_until == utc(2026, 1, 14)
