"""Changing the schedule of a pair: nothing changes for anybody before both agree."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.pairs.errors import PairClosed
from bot.pairs.models import ScheduleChange
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

MIDWEEK = PairSchedule(Cadence.WEEKLY, 2, 7 * 60, 6)


def offer(change: ScheduleChange | None) -> PairSchedule | None:
    return None if change is None else change.schedule


async def test_a_suggested_schedule_applies_only_when_the_partner_agrees(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    before, alarms = await harness.stored(id), await harness.timers()
    view = await harness.put("Ana", id, MIDWEEK)
    assert (offer(view.change), view.pair.schedule) == (MIDWEEK, SUNDAYS)
    assert (await harness.stored(id), await harness.timers()) == (before, alarms)
    assert offer((await harness.view("Bo", id)).offered) == MIDWEEK
    [message] = await harness.messages("Bo")
    assert (message.kind, message.subject, message.other, message.lane) == (
        "pairs.change",
        id,
        await harness.person("Ana"),
        0,
    )
    agreed = await harness.agree("Bo", id)
    assert (agreed.pair.schedule, agreed.offered, agreed.side.next_at) == (MIDWEEK, None, utc(2026, 1, 14, 6))
    assert (str(agreed.pair.starts_on), str(agreed.pair.ends_on)) == ("2026-01-14", "2026-02-18")
    assert await harness.kinds("Bo") == []
    assert await harness.kinds("Ana") == ["settled"]
    assert (await harness.view("Ana", id)).change is None
    await harness.wait(days=60)
    assert [one.day.weekday() for one in await harness.asked("Ana", id)] in ([2] * 6, [])


async def test_the_partner_cannot_see_or_agree_to_a_change_that_is_still_a_draft(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = await harness.pair("Ana", "Bo")
    begun = await harness.pairs.changes.begin(ana, id, harness.now)
    assert begun.change is not None
    assert (begun.change.proposed, begun.change.schedule.cadence) == (False, Cadence.WEEKLY)
    await harness.pairs.changes.choose(ana, id, MIDWEEK, harness.now)
    assert (await harness.view("Bo", id)).offered is None
    assert await harness.standing() == []
    with pytest.raises(PairClosed):
        await harness.agree("Bo", id)
    again = await harness.pairs.changes.begin(ana, id, harness.now)
    assert offer(again.change) == MIDWEEK


async def test_a_change_begins_with_the_weeks_that_are_left_but_at_least_four(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = await harness.pair("Ana", "Bo")
    await harness.wait(weeks=5)
    begun = await harness.pairs.changes.begin(ana, id, harness.now)
    assert offer(begun.change) == replace(SUNDAYS, weeks=7)
    other = await harness.pair("Cy", "Di", replace(SUNDAYS, weeks=4))
    await harness.wait(weeks=2)
    begun = await harness.pairs.changes.begin(await harness.person("Cy"), other, harness.now)
    assert offer(begun.change) == replace(SUNDAYS, weeks=4)


async def test_when_the_partner_keeps_the_schedule_the_other_is_told_and_nothing_changes(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo")
    before, alarms = await harness.stored(id), await harness.timers()
    await harness.put("Ana", id, MIDWEEK)
    view = await harness.pairs.changes.keep_as_is(await harness.person("Bo"), id, harness.now)
    assert view.offered is None
    assert (await harness.view("Ana", id)).change is None
    assert await harness.kinds("Ana") == ["settled"]
    assert await harness.kinds("Bo") == []
    assert (await harness.stored(id), await harness.timers()) == (before, alarms)
    for verb in (
        harness.agree("Bo", id),
        harness.pairs.changes.keep_as_is(await harness.person("Bo"), id, harness.now),
    ):
        with pytest.raises(PairClosed):
            await verb


async def test_a_suggestion_that_is_taken_back_no_longer_waits_for_the_partner(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    view = await harness.pairs.changes.take_back(await harness.person("Ana"), id, harness.now)
    assert view.change is None
    assert (await harness.view("Bo", id)).offered is None
    assert await harness.standing() == []
    with pytest.raises(PairClosed):
        await harness.agree("Bo", id)


async def test_choosing_another_schedule_takes_the_suggestion_back(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    await harness.pairs.changes.choose(await harness.person("Ana"), id, replace(MIDWEEK, day=3), harness.now)
    assert (await harness.view("Bo", id)).offered is None
    assert await harness.standing() == []


async def test_nobody_can_accept_or_decline_their_own_suggestion(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    for verb in (
        harness.agree("Ana", id),
        harness.pairs.changes.keep_as_is(await harness.person("Ana"), id, harness.now),
    ):
        with pytest.raises(PairClosed):
            await verb


async def test_a_second_press_suggests_once(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    before = await harness.standing()
    ana = await harness.person("Ana")
    assert offer((await harness.pairs.changes.put(ana, id, harness.now)).change) == MIDWEEK
    assert await harness.standing() == before


async def test_without_a_draft_of_a_change_nothing_is_suggested(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    assert (await harness.pairs.changes.put(await harness.person("Ana"), id, harness.now)).change is None
    assert await harness.standing() == []


async def test_two_equal_suggestions_become_the_schedule_at_once(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    view = await harness.put("Bo", id, MIDWEEK)
    assert (view.pair.schedule, view.change, view.offered) == (MIDWEEK, None, None)
    assert await harness.kinds("Ana") == ["settled"]
    assert await harness.kinds("Bo") == []
    assert (await harness.count())[3] == 0


async def test_two_different_suggestions_both_wait_until_one_is_accepted(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    other = replace(MIDWEEK, day=4)
    await harness.put("Ana", id, MIDWEEK)
    view = await harness.put("Bo", id, other)
    assert (offer(view.change), offer(view.offered), view.pair.schedule) == (other, MIDWEEK, SUNDAYS)
    assert (await harness.agree("Ana", id)).pair.schedule == other
    assert (await harness.count())[3] == 0
    assert await harness.kinds("Ana") == []


async def test_suggesting_again_and_again_notifies_at_most_once_a_day(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    await harness.put("Ana", id, replace(MIDWEEK, day=3))
    [message] = await harness.standing()
    assert (message.kind, message.state) == ("pairs.change", "shut")
    assert await harness.kinds("Bo") == ["change"]
    await harness.wait(days=1)
    await harness.put("Ana", id, replace(MIDWEEK, day=4))
    [message] = await harness.standing()
    assert (message.kind, message.state) == ("pairs.change", "waiting")


async def test_only_the_partners_can_change_the_schedule_and_only_while_the_pair_runs(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    for verb in (harness.put("Cy", id, MIDWEEK), harness.agree("Cy", id), harness.renew("Cy", id)):
        with pytest.raises(NotYours):
            await verb
    await harness.end("Ana", id)
    for verb in (harness.put("Ana", id, MIDWEEK), harness.agree("Bo", id), harness.renew("Ana", id)):
        with pytest.raises(PairClosed):
            await verb
    assert (await harness.count())[3] == 0


async def test_a_change_of_the_schedule_asks_nobody_twice_on_one_day(harness: Harness) -> None:
    """They were asked on Sunday at 18:00, and at 19:00 they agree on Sundays at 20:00."""
    id = await harness.pair("Ana", "Bo")
    await harness.wait_for_check_in("Ana", id)
    await harness.wait(hours=1)
    await harness.put("Ana", id, replace(SUNDAYS, minute=20 * 60, weeks=4))
    view = await harness.agree("Bo", id)
    assert view.side.next_at == utc(2026, 1, 18, 19)
    await harness.wait_until(utc(2026, 1, 18, 19))
    for name in ("Ana", "Bo"):
        asked = await harness.asked(name, id)
        assert [one.day for one in asked] == [date(2026, 1, 11), date(2026, 1, 18)]
        told = [
            message.subject for message in await harness.messages(name) if message.kind == "pairs.check_in"
        ]
        assert set(told) == {one.id for one in asked}
    assert (view.pair.ends_on) == date(2026, 2, 8)


async def test_a_schedule_agreed_during_a_pause_begins_after_the_pause(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 28)
    await harness.put("Bo", id, MIDWEEK)
    view = await harness.agree("Ana", id)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 2, 4), None)
    assert str(view.pair.starts_on) == "2026-02-04"
    await harness.wait_until(utc(2026, 2, 4))
    view = await harness.view("Bo", id)
    assert (view.side.next_at, str(view.pair.ends_on)) == (utc(2026, 2, 4, 6), "2026-03-11")


async def test_a_pair_goes_on_when_a_change_is_agreed_after_the_last_check_in(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
    await harness.put("Bo", id, MIDWEEK)
    view = await harness.agree("Ana", id)
    assert view.side.next_at == utc(2026, 2, 4, 6)
    await harness.wait_until(one.closes_at + timedelta(days=1))
    assert (await harness.view("Ana", id)).pair.open


async def test_a_renewal_replaces_a_suggestion_by_the_same_person(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.put("Ana", id, MIDWEEK)
    await harness.renew("Ana", id)
    offered = (await harness.view("Bo", id)).offered
    assert offered is not None
    assert (offered.renew, offered.schedule) == (True, SUNDAYS)
    before = await harness.standing()
    await harness.renew("Ana", id)
    assert await harness.standing() == before
    assert await harness.kinds("Bo") == ["change"]
