"""A pause: nobody is asked before it ends, and the remaining check-ins come after it."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.pairs.check_in import CheckInStatus
from bot.pairs.errors import NoSuchSchedule, NothingLeft, PairClosed, PausedByOther
from bot.pairs.pauses import PAUSE_DAYS
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

FOUR = replace(SUNDAYS, weeks=4)


async def asks(harness: Harness, id: str) -> dict[str, object]:
    """Return when each partner is asked next, according to the agenda."""
    alarms = await harness.timers()
    sides = {name: (await harness.side(name, id)).id for name in ("Ana", "Bo")}
    return {name: alarms["pairs.ask", id] for name, id in sides.items() if ("pairs.ask", id) in alarms}


async def test_nobody_is_asked_before_the_pause_ends_and_the_partner_is_told(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    view = await harness.pause("Ana", id, 14)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 1, 21), None)
    assert (await harness.view("Bo", id)).paused_until == utc(2026, 1, 21)
    assert await asks(harness, id) == {}
    [message] = await harness.messages("Bo")
    assert (message.kind, message.subject, message.other) == ("pairs.paused", id, await harness.person("Ana"))
    assert await harness.kinds("Ana") == []
    await harness.wait_until(utc(2026, 1, 21) - timedelta(seconds=1))
    assert await harness.asked("Ana", id) == await harness.asked("Bo", id) == []


@pytest.mark.parametrize("days", PAUSE_DAYS)
async def test_after_a_pause_all_the_remaining_check_ins_follow(harness: Harness, days: int) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    await harness.wait_for_check_in("Bo", id)
    until = (await harness.pause("Ana", id, days)).paused_until
    assert until is not None
    await harness.wait_until(until)
    view = await harness.view("Bo", id)
    assert view.paused_until is None
    assert "paused" not in await harness.kinds("Bo")
    assert view.side.next_at is not None
    assert until < view.side.next_at <= until + timedelta(days=7)
    assert await asks(harness, id) == {"Ana": view.side.next_at, "Bo": view.side.next_at}
    for _ in range(3):
        one = await harness.wait_for_check_in("Ana", id)
    assert one.last
    assert len(await harness.asked("Ana", id)) == len(await harness.asked("Bo", id)) == 4
    await harness.wait_until(one.closes_at)
    assert await harness.kinds("Ana") == ["ended"]


async def test_only_the_person_who_paused_a_pair_can_resume_it_early(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 56)
    await harness.wait(days=1)
    with pytest.raises(PausedByOther) as refused:
        await harness.resume("Bo", id)
    assert refused.value.until == utc(2026, 3, 4)
    view = await harness.resume("Ana", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 1, 11, 17))
    assert await harness.kinds("Bo") == []
    assert not [kind for kind, _ in await harness.timers() if kind == "pairs.resume"]
    await harness.wait_until(utc(2026, 1, 11, 17))
    assert len(await harness.asked("Bo", id)) == 1


async def test_resuming_a_pair_that_is_not_paused_changes_nothing(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    before, alarms = await harness.stored(id), await harness.timers()
    await harness.resume("Bo", id)
    assert (await harness.stored(id), await harness.timers()) == (before, alarms)


async def test_a_second_press_pauses_once(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 14)
    await harness.read("Bo", "pairs.paused", id)
    for days in (14, 7):
        assert (await harness.pause("Ana", id, days)).paused_until == utc(2026, 1, 21)
    assert await harness.kinds("Bo") == []


async def test_the_longer_of_two_pauses_applies_whoever_made_it(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 14)
    assert (await harness.pause("Bo", id, 7)).paused_until == utc(2026, 1, 21)
    assert await harness.kinds("Ana") == []
    assert (await harness.pause("Bo", id, 28)).paused_until == utc(2026, 2, 4)
    assert await harness.kinds("Ana") == ["paused"]
    with pytest.raises(PausedByOther):
        await harness.resume("Ana", id)
    await harness.wait_until(utc(2026, 1, 21))
    assert (await harness.view("Ana", id)).paused_until == utc(2026, 2, 4)
    assert (await harness.resume("Bo", id)).paused_until is None


async def test_pausing_again_and_again_notifies_at_most_once_a_day(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 7)
    await harness.resume("Ana", id)
    await harness.pause("Ana", id, 14)
    [message] = [message for message in await harness.standing() if message.kind == "pairs.paused"]
    assert message.state == "shut"
    await harness.resume("Ana", id)
    await harness.wait(days=1)
    await harness.pause("Ana", id, 28)
    [message] = [message for message in await harness.standing() if message.kind == "pairs.paused"]
    assert message.state == "waiting"


async def test_a_pause_of_a_length_that_is_not_offered_is_refused(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for days in (0, -7, 1, 365):
        with pytest.raises(NoSuchSchedule):
            await harness.pause("Ana", id, days)


async def test_only_the_partners_can_pause_and_resume_and_only_while_the_pair_runs(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for verb in (harness.pause("Cy", id), harness.resume("Cy", id)):
        with pytest.raises(NotYours):
            await verb
    await harness.end("Bo", id)
    for verb in (harness.pause("Ana", id), harness.resume("Ana", id)):
        with pytest.raises(PairClosed):
            await verb


async def test_after_the_last_check_in_a_pause_is_refused(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        await harness.wait_for_check_in("Ana", id)
    with pytest.raises(NothingLeft):
        await harness.pause("Bo", id)


async def test_when_only_one_partner_had_the_last_check_in_the_other_gets_it_after_the_pause(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo", FOUR, ("Pacific/Auckland", "America/New_York"))
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
    assert one.last
    assert len(await harness.asked("Bo", id)) == 3
    await harness.pause("Bo", id, 28)
    await harness.wait(days=27)
    assert (await harness.view("Bo", id)).pair.open
    await harness.wait(days=8)
    assert len(await harness.asked("Bo", id)) == 4
    await harness.wait(days=9)
    assert await harness.kinds("Bo") == ["ended"]


async def test_an_open_check_in_can_still_be_answered_while_the_pair_pauses(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.pause("Bo", id)
    assert (await harness.mark("Ana", one, CheckInStatus.HARD)).check_in.status is CheckInStatus.HARD
    await harness.share("Ana", one)
    assert (await harness.shared("Bo", id)).check_in.id == one.id


async def test_a_fortnight_counts_from_the_first_check_in_after_a_pause(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", PairSchedule(Cadence.FORTNIGHT, 6, 18 * 60, 8))
    await harness.wait_for_check_in("Ana", id)
    await harness.wait_until((await harness.pause("Ana", id, 7)).paused_until)
    view = await harness.view("Ana", id)
    assert view.pair.starts_on is not None
    days = view.pair.schedule.days(view.pair.starts_on, view.pair.ends_on or date.min)
    assert len(days) == 3
    assert str(days[0]) == "2026-01-18"
    for _ in days:
        await harness.wait_for_check_in("Bo", id)
    assert [one.day for one in await harness.asked("Bo", id)] == [date(2026, 1, 11), *days]


async def test_a_pause_that_should_end_while_the_bot_is_off_ends_when_it_starts(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 7)
    await harness.sleep_until(utc(2026, 2, 2))
    view = await harness.view("Ana", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 2, 8, 17))
    assert await harness.asked("Ana", id) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_end_of_a_pause_does_not_reveal_somebodys_time_zone(harness: Harness, zone: str) -> None:
    id = await harness.pair("Ana", "Bo", zones=(zone, "UTC"))
    assert (await harness.pause("Ana", id, 7)).paused_until == utc(2026, 1, 14)
