"""Other terms: nothing changes for anybody before both want it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import NotYours
from bot.pairs.errors import PairClosed
from bot.pairs.models import ScheduleChange
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Town, utc

MIDWEEK = PairSchedule(Cadence.WEEKLY, 2, 7 * 60, 6)


def offer(change: ScheduleChange | None) -> PairSchedule | None:
    return None if change is None else change.schedule


async def test_one_suggests_and_nothing_changes_before_the_other_agrees(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    before, alarms = await town.stored(id), await town.alarms()
    view = await town.put("Ana", id, MIDWEEK)
    assert (offer(view.change), view.pair.schedule) == (MIDWEEK, SUNDAYS)
    assert (await town.stored(id), await town.alarms()) == (before, alarms)
    assert offer((await town.view("Bo", id)).offered) == MIDWEEK
    [line] = await town.lines("Bo")
    assert (line.kind, line.subject, line.other, line.lane) == (
        "pairs.change",
        id,
        await town.person("Ana"),
        0,
    )
    agreed = await town.agree("Bo", id)
    assert (agreed.pair.schedule, agreed.offered, agreed.side.next_at) == (MIDWEEK, None, utc(2026, 1, 14, 6))
    assert (str(agreed.pair.starts_on), str(agreed.pair.ends_on)) == ("2026-01-14", "2026-02-18")
    assert await town.kinds("Bo") == []
    assert await town.kinds("Ana") == ["settled"]
    assert (await town.view("Ana", id)).change is None
    await town.wait(days=60)
    assert [one.day.weekday() for one in await town.asked("Ana", id)] in ([2] * 6, [])


async def test_a_draft_of_a_change_is_ones_own(town: Town) -> None:
    ana = await town.person("Ana")
    id = await town.pair("Ana", "Bo")
    begun = await town.pairs.changes.begin(ana, id, town.now)
    assert begun.change is not None
    assert (begun.change.proposed, begun.change.schedule.cadence) == (False, Cadence.WEEKLY)
    await town.pairs.changes.choose(ana, id, MIDWEEK, town.now)
    assert (await town.view("Bo", id)).offered is None
    assert await town.standing() == []
    with pytest.raises(PairClosed):
        await town.agree("Bo", id)
    again = await town.pairs.changes.begin(ana, id, town.now)
    assert offer(again.change) == MIDWEEK


async def test_it_begins_with_the_weeks_that_are_left(town: Town) -> None:
    ana = await town.person("Ana")
    id = await town.pair("Ana", "Bo")
    await town.wait(weeks=5)
    begun = await town.pairs.changes.begin(ana, id, town.now)
    assert offer(begun.change) == replace(SUNDAYS, weeks=7)
    other = await town.pair("Cy", "Di", replace(SUNDAYS, weeks=4))
    await town.wait(weeks=2)
    begun = await town.pairs.changes.begin(await town.person("Cy"), other, town.now)
    assert offer(begun.change) == replace(SUNDAYS, weeks=4)


async def test_kept_as_it_is_the_one_who_suggested_is_told_and_nothing_changed(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    before, alarms = await town.stored(id), await town.alarms()
    await town.put("Ana", id, MIDWEEK)
    view = await town.pairs.changes.keep_as_is(await town.person("Bo"), id, town.now)
    assert view.offered is None
    assert (await town.view("Ana", id)).change is None
    assert await town.kinds("Ana") == ["settled"]
    assert await town.kinds("Bo") == []
    assert (await town.stored(id), await town.alarms()) == (before, alarms)
    for verb in (town.agree("Bo", id), town.pairs.changes.keep_as_is(await town.person("Bo"), id, town.now)):
        with pytest.raises(PairClosed):
            await verb


async def test_taken_back_it_waits_for_nobody(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    view = await town.pairs.changes.take_back(await town.person("Ana"), id, town.now)
    assert view.change is None
    assert (await town.view("Bo", id)).offered is None
    assert await town.standing() == []
    with pytest.raises(PairClosed):
        await town.agree("Bo", id)


async def test_choosing_anew_takes_back_what_was_suggested(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    await town.pairs.changes.choose(await town.person("Ana"), id, replace(MIDWEEK, day=3), town.now)
    assert (await town.view("Bo", id)).offered is None
    assert await town.standing() == []


async def test_ones_own_suggestion_is_not_ones_own_to_agree_to(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    for verb in (
        town.agree("Ana", id),
        town.pairs.changes.keep_as_is(await town.person("Ana"), id, town.now),
    ):
        with pytest.raises(PairClosed):
            await verb


async def test_a_second_press_suggests_once(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    before = await town.standing()
    ana = await town.person("Ana")
    assert offer((await town.pairs.changes.put(ana, id, town.now)).change) == MIDWEEK
    assert await town.standing() == before


async def test_nothing_chosen_is_nothing_suggested(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    assert (await town.pairs.changes.put(await town.person("Ana"), id, town.now)).change is None
    assert await town.standing() == []


async def test_two_suggestions_that_are_equal_meet(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    view = await town.put("Bo", id, MIDWEEK)
    assert (view.pair.schedule, view.change, view.offered) == (MIDWEEK, None, None)
    assert await town.kinds("Ana") == ["settled"]
    assert await town.kinds("Bo") == []
    assert (await town.count())[3] == 0


async def test_two_that_differ_both_wait(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    other = replace(MIDWEEK, day=4)
    await town.put("Ana", id, MIDWEEK)
    view = await town.put("Bo", id, other)
    assert (offer(view.change), offer(view.offered), view.pair.schedule) == (other, MIDWEEK, SUNDAYS)
    assert (await town.agree("Ana", id)).pair.schedule == other
    assert (await town.count())[3] == 0
    assert await town.kinds("Ana") == []


async def test_suggesting_again_and_again_makes_no_phone_ring_twice_a_day(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    await town.put("Ana", id, replace(MIDWEEK, day=3))
    [line] = await town.standing()
    assert (line.kind, line.state) == ("pairs.change", "shut")
    assert await town.kinds("Bo") == ["change"]
    await town.wait(days=1)
    await town.put("Ana", id, replace(MIDWEEK, day=4))
    [line] = await town.standing()
    assert (line.kind, line.state) == ("pairs.change", "waiting")


async def test_it_is_nobody_elses_and_of_nothing_that_ended(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    for verb in (town.put("Cy", id, MIDWEEK), town.agree("Cy", id), town.renew("Cy", id)):
        with pytest.raises(NotYours):
            await verb
    await town.end("Ana", id)
    for verb in (town.put("Ana", id, MIDWEEK), town.agree("Bo", id), town.renew("Ana", id)):
        with pytest.raises(PairClosed):
            await verb
    assert (await town.count())[3] == 0


async def test_nobody_is_asked_twice_on_a_day_by_a_change(town: Town) -> None:
    """On Sunday at 18:00 they were asked; at 19:00 they agree on Sundays at 20:00."""
    id = await town.pair("Ana", "Bo")
    await town.wait_for_check_in("Ana", id)
    await town.wait(hours=1)
    await town.put("Ana", id, replace(SUNDAYS, minute=20 * 60, weeks=4))
    view = await town.agree("Bo", id)
    assert view.side.next_at == utc(2026, 1, 18, 19)
    await town.wait_until(utc(2026, 1, 18, 19))
    for name in ("Ana", "Bo"):
        asked = await town.asked(name, id)
        assert [one.day for one in asked] == [date(2026, 1, 11), date(2026, 1, 18)]
        told = [line.subject for line in await town.lines(name) if line.kind == "pairs.check_in"]
        assert set(told) == {one.id for one in asked}
    assert (view.pair.ends_on) == date(2026, 2, 8)


async def test_agreed_while_it_pauses_it_begins_after_the_pause(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 28)
    await town.put("Bo", id, MIDWEEK)
    view = await town.agree("Ana", id)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 2, 4), None)
    assert str(view.pair.starts_on) == "2026-02-04"
    await town.wait_until(utc(2026, 2, 4))
    view = await town.view("Bo", id)
    assert (view.side.next_at, str(view.pair.ends_on)) == (utc(2026, 2, 4, 6), "2026-03-11")


async def test_agreed_after_the_last_check_in_it_goes_on(town: Town) -> None:
    id = await town.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
    await town.put("Bo", id, MIDWEEK)
    view = await town.agree("Ana", id)
    assert view.side.next_at == utc(2026, 2, 4, 6)
    await town.wait_until(one.closes_at + timedelta(days=1))
    assert (await town.view("Ana", id)).pair.open


async def test_a_renewal_takes_the_place_of_a_suggestion(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.put("Ana", id, MIDWEEK)
    await town.renew("Ana", id)
    offered = (await town.view("Bo", id)).offered
    assert offered is not None
    assert (offered.renew, offered.schedule) == (True, SUNDAYS)
    before = await town.standing()
    await town.renew("Ana", id)
    assert await town.standing() == before
    assert await town.kinds("Bo") == ["change"]
