"""Set, changed, paused, skipped, removed: what follows, and what the log says of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.errors import NotYours
from bot.ids import ServerId
from bot.reminders.models import MONTH, Event, Reminder, ReminderKind, ReminderState, TooManyReminders
from bot.reminders.timers import DUE
from bot.scheduling.cadence import Cadence
from tests.unit.pods.fixtures import HERE
from tests.unit.reminders.fixtures import OTHER_ROOM, ROOM, STORIES, Town, utc

FRIDAY = utc(2026, 1, 9, 17)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def spoken(town: Town) -> None:
    """A cog's words stand in for by these."""

    def say(one: Reminder) -> str:
        return f"{one.cadence} {one.day} {one.channel} {one.state} {one.paused_until is not None}"

    town.reminders.spoken = say


async def test_it_begins_only_when_told_to(town: Town) -> None:
    mo = await town.person("mo")
    shown = await town.reminders.add(HERE, mo, ReminderKind.NORM, ROOM, "UTC", town.now)
    assert (shown.reminder.state, shown.next_at) == (ReminderState.NEW, None)
    assert not await town.due()
    assert not await town.logged()
    await town.remove(shown.reminder.id)
    assert not await town.logged()


async def test_once_begun_its_next_five_times_are_known(town: Town) -> None:
    id = await town.add()
    shown = await town.show(id)
    assert list(shown.times) == [FRIDAY + weeks * WEEK for weeks in range(5)]
    assert await town.due() == {(DUE, id): FRIDAY}
    assert await town.logged() == [("reminder_begun", "_", f"weekly 4 {ROOM} on False")]
    await town.resume(id)
    assert len(await town.logged()) == 1


async def test_at_most_ten(town: Town) -> None:
    for _ in range(10):
        await town.add()
    with pytest.raises(TooManyReminders) as refused:
        await town.add()
    assert refused.value.limit == 10


async def test_home_has_all_of_a_server_and_says_whether_there_are_norms(town: Town) -> None:
    first, second = await town.add(), await town.add(ReminderKind.STORY)
    home = await town.reminders.queries.home(HERE, town.now)
    assert {one.reminder.id for one in home.shown} == {first, second}
    assert not home.norms
    await town.agree()
    assert (await town.reminders.queries.home(HERE, town.now)).norms
    assert not (await town.reminders.queries.home(ServerId(78), town.now)).shown


async def test_a_moderator_of_another_server_reaches_nothing(town: Town) -> None:
    id, mo, elsewhere = await town.add(), await town.person("mo"), ServerId(78)
    reminders, now = town.reminders, town.now
    for verb in (reminders.resume, reminders.pause, reminders.rest, reminders.remove):
        with pytest.raises(NotYours):
            await verb(elsewhere, id, mo, now)
    for look in (reminders.queries.show, reminders.queries.ahead):
        with pytest.raises(NotYours):
            await look(elsewhere, id, now)
    with pytest.raises(NotYours):
        await reminders.change(elsewhere, id, mo, now, {"day": 1})
    with pytest.raises(NotYours):
        await reminders.skip(elsewhere, id, mo, int(FRIDAY.timestamp()), now)
    await reminders.rest_all(elsewhere, mo, now)
    assert (await town.show(id)).next_at == FRIDAY


# -- changed ------------------------------------------------------------------------------------------


async def test_what_is_changed_holds_for_its_next_time(town: Town) -> None:
    id = await town.add()
    shown = await town.change(id, day=0, minute=9 * 60)
    assert shown.next_at == utc(2026, 1, 12, 8)
    assert (await town.due())[DUE, id] == utc(2026, 1, 12, 8)
    assert (await town.logged())[-1] == (
        "reminder_changed", f"weekly 4 {ROOM} on False", f"weekly 0 {ROOM} on False"
    )  # fmt: skip


async def test_another_cadence_is_counted_from_its_first_day(town: Town) -> None:
    id = await town.add()
    shown = await town.change(id, cadence=Cadence.FORTNIGHT)
    assert list(shown.times)[:2] == [FRIDAY, FRIDAY + 2 * WEEK]
    await town.wait_until(utc(2026, 1, 13, 12))
    # Another hour of the same day changes nothing about the weeks.
    assert list((await town.change(id, minute=19 * 60)).times)[:1] == [utc(2026, 1, 23, 18)]
    assert (await town.change(id, cadence=Cadence.MONTHLY)).next_at == utc(2026, 2, 1, 18)


async def test_what_its_times_do_not_follow_from_leaves_a_skip_as_it_is(town: Town) -> None:
    id = await town.add()
    await town.skip(id, FRIDAY)
    assert (await town.change(id, at_least=5)).next_at == FRIDAY + WEEK


async def test_its_last_goes_with_the_channel(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    await town.up()
    await town.change(id, channel=OTHER_ROOM)
    [old] = await town.posted()
    assert not old.wanted
    await town.wait_until(FRIDAY + WEEK)
    [new] = await town.on_its_way()
    assert (new.channel, new.replaces) == (OTHER_ROOM, None)


async def test_two_moderators_at_once_each_change_what_they_chose(town: Town) -> None:
    id = await town.add()
    await asyncio.gather(town.change(id, day=0), town.change(id, at_least=50), town.change(id, zone="UTC"))
    one = await town.reminder(id)
    assert (one.day, one.at_least, one.zone) == (0, 50, "UTC")
    assert one.next_at == utc(2026, 1, 12, 18)


# -- paused and skipped -------------------------------------------------------------------------------


async def test_paused_it_waits_for_nobody_until_it_goes_on(town: Town) -> None:
    id = await town.add()
    assert (await town.pause(id)).next_at is None
    assert not await town.due()
    await town.pause(id)
    await town.rest(id)
    assert (await town.reminder(id)).state is ReminderState.PAUSED
    await town.wait_until(utc(2026, 1, 20, 12))
    assert (await town.resume(id)).next_at == utc(2026, 1, 23, 17)
    assert len(await town.logged()) == 3


async def test_what_waits_to_be_posted_is_called_off_by_a_pause(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    await town.up()
    await town.wait_until(FRIDAY + WEEK)
    assert await town.on_its_way()
    await town.pause(id)
    assert not await town.on_its_way()
    # What stands there stays, and is still known: the next one takes its place.
    await town.resume(id)
    await town.wait_until(FRIDAY + 2 * WEEK)
    [post] = await town.on_its_way()
    assert post.replaces == 900


async def test_paused_for_a_month_it_goes_on_by_itself(town: Town) -> None:
    await town.agree()
    id = await town.add()
    shown = await town.rest(id)
    assert shown.next_at == utc(2026, 2, 6, 17)
    assert shown.reminder.resting(town.now)
    until = town.now + MONTH
    town.now += timedelta(hours=1)
    assert (await town.rest(id)).reminder.paused_until == until
    assert len(await town.logged()) == 2
    await town.wait_until(utc(2026, 2, 6, 16))
    assert not await town.on_its_way()
    await town.wait_until(utc(2026, 2, 6, 17))
    assert await town.on_its_way()
    assert (await town.show(id)).next_at == utc(2026, 2, 13, 17)


async def test_a_month_of_pause_can_end_earlier(town: Town) -> None:
    id = await town.add()
    await town.rest(id)
    assert (await town.resume(id)).next_at == FRIDAY


async def test_all_that_are_on_pause_for_a_month(town: Town) -> None:
    norm, story, paused = await town.add(), await town.add(ReminderKind.STORY), await town.add()
    await town.pause(paused)
    await town.reminders.rest_all(HERE, await town.person("mo"), town.now)
    assert [(await town.reminder(id)).resting(town.now) for id in (norm, story, paused)] == [
        True,
        True,
        False,
    ]


async def test_one_time_is_left_out_and_a_second_press_leaves_out_no_more(town: Town) -> None:
    id = await town.add()
    for _ in range(2):
        assert (await town.skip(id, FRIDAY)).next_at == FRIDAY + WEEK
    assert (await town.due())[DUE, id] == FRIDAY + WEEK
    assert (await town.logged())[1:] == [("reminder_skipped", "2026-01-09 17:00 UTC", "2026-01-16 17:00 UTC")]


async def test_of_a_paused_one_nothing_can_be_left_out(town: Town) -> None:
    id = await town.add()
    await town.pause(id)
    assert (await town.skip(id, FRIDAY)).next_at is None
    assert len(await town.logged()) == 2


# -- removed ------------------------------------------------------------------------------------------


async def test_removed_it_is_gone_with_its_last_message(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    await town.up()
    await town.remove(id)
    [post] = await town.posted()
    assert not post.wanted
    assert not await town.due()
    for verb in (town.remove, town.show, town.resume, town.pause):
        with pytest.raises(NotYours):
            await verb(id)
    assert (await town.logged())[-1][0] == "reminder_removed"


async def test_what_was_posted_as_it_was_removed_counts_for_nothing(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    [post] = await town.on_its_way()
    await town.remove(id)
    await town.becomes(post, PostOutcome.UP)
    assert await town.tallied() == 0


async def test_an_event_reminder_is_removed_with_what_it_waits_for(town: Town) -> None:
    id = await town.add(ReminderKind.EVENT)
    await town.see(Event(5, utc(2026, 1, 9, 18)))
    assert await town.due()
    await town.remove(id)
    assert not await town.due()


# -- looking ------------------------------------------------------------------------------------------


async def test_what_comes_next_is_known_before_it_comes(town: Town) -> None:
    id, story = await town.add(), await town.add(ReminderKind.STORY)
    assert (await town.reminders.queries.ahead(HERE, id, town.now)).turn is None
    version = await town.agree()
    ahead = await town.reminders.queries.ahead(HERE, id, town.now)
    assert ahead.turn is not None
    assert (ahead.turn.version, ahead.turn.key) == (version, "listen")
    assert ahead.norm is not None
    assert ahead.norm.title == "Listen"
    told = await town.reminders.queries.ahead(HERE, story, town.now)
    assert told.turn is not None
    assert (told.turn.key, told.norm) == (STORIES[0], None)
