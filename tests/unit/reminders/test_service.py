"""Reminders are added, changed, paused, skipped and removed, and the log says so."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.errors import NotYours
from bot.ids import ServerId
from bot.reminders.errors import TooManyReminders
from bot.reminders.models import MONTH, Reminder, ReminderKind, ReminderState, ScheduledEvent
from bot.reminders.timers import DUE
from bot.scheduling.cadence import Cadence
from tests.unit.pods.fixtures import HERE, utc
from tests.unit.reminders.fixtures import OTHER_CHANNEL, STORIES, TEXT_CHANNEL, Harness

FRIDAY = utc(2026, 1, 9, 17)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def spoken(harness: Harness) -> None:
    """Describe reminders in the log in simple words, in place of the cog."""

    def say(one: Reminder) -> str:
        return f"{one.cadence} {one.day} {one.channel} {one.state} {one.paused_until is not None}"

    harness.reminders.spoken = say


async def test_a_reminder_that_was_not_started_has_no_times_and_is_not_logged(harness: Harness) -> None:
    mo = await harness.person("mo")
    shown = await harness.reminders.add(HERE, mo, ReminderKind.NORM, TEXT_CHANNEL, "UTC", harness.now)
    assert (shown.reminder.state, shown.next_at) == (ReminderState.NEW, None)
    assert not await harness.due()
    assert not await harness.logged()
    await harness.remove(shown.reminder.id)
    assert not await harness.logged()


async def test_a_started_reminder_shows_its_next_five_times(harness: Harness) -> None:
    id = await harness.add()
    shown = await harness.show(id)
    assert list(shown.times) == [FRIDAY + weeks * WEEK for weeks in range(5)]
    assert await harness.due() == {(DUE, id): FRIDAY}
    assert await harness.logged() == [("reminder_begun", "_", f"weekly 4 {TEXT_CHANNEL} on False")]
    await harness.resume(id)
    assert len(await harness.logged()) == 1


async def test_a_server_can_have_at_most_ten_reminders(harness: Harness) -> None:
    for _ in range(10):
        await harness.add()
    with pytest.raises(TooManyReminders) as refused:
        await harness.add()
    assert refused.value.limit == 10


async def test_the_list_has_all_reminders_of_a_server_and_says_whether_there_are_norms(
    harness: Harness,
) -> None:
    first, second = await harness.add(), await harness.add(ReminderKind.STORY)
    home = await harness.reminders.queries.home(HERE, harness.now)
    assert {one.reminder.id for one in home.shown} == {first, second}
    assert not home.norms
    await harness.agree()
    assert (await harness.reminders.queries.home(HERE, harness.now)).norms
    assert not (await harness.reminders.queries.home(ServerId(78), harness.now)).shown


async def test_a_moderator_of_another_server_can_neither_see_nor_change_a_reminder(harness: Harness) -> None:
    id, mo, elsewhere = await harness.add(), await harness.person("mo"), ServerId(78)
    reminders, now = harness.reminders, harness.now
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
    assert (await harness.show(id)).next_at == FRIDAY


# -- changed ------------------------------------------------------------------------------------------


async def test_a_changed_day_and_time_apply_to_the_next_post(harness: Harness) -> None:
    id = await harness.add()
    shown = await harness.change(id, day=0, minute=9 * 60)
    assert shown.next_at == utc(2026, 1, 12, 8)
    assert (await harness.due())[DUE, id] == utc(2026, 1, 12, 8)
    assert (await harness.logged())[-1] == (
        "reminder_changed", f"weekly 4 {TEXT_CHANNEL} on False", f"weekly 0 {TEXT_CHANNEL} on False"
    )  # fmt: skip


async def test_a_new_cadence_is_counted_from_its_first_day_after_the_change(harness: Harness) -> None:
    id = await harness.add()
    shown = await harness.change(id, cadence=Cadence.FORTNIGHT)
    assert list(shown.times)[:2] == [FRIDAY, FRIDAY + 2 * WEEK]
    await harness.wait_until(utc(2026, 1, 13, 12))
    # Another hour of the same day changes nothing about the weeks.
    assert list((await harness.change(id, minute=19 * 60)).times)[:1] == [utc(2026, 1, 23, 18)]
    assert (await harness.change(id, cadence=Cadence.MONTHLY)).next_at == utc(2026, 2, 1, 18)


async def test_a_change_that_does_not_affect_the_times_keeps_a_skipped_time_skipped(harness: Harness) -> None:
    id = await harness.add()
    await harness.skip(id, FRIDAY)
    assert (await harness.change(id, at_least=5)).next_at == FRIDAY + WEEK


async def test_after_a_change_of_channel_the_last_post_in_the_old_channel_is_deleted(
    harness: Harness,
) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.up()
    await harness.change(id, channel=OTHER_CHANNEL)
    [old] = await harness.posted()
    assert not old.wanted
    await harness.wait_until(FRIDAY + WEEK)
    [new] = await harness.on_its_way()
    assert (new.channel, new.replaces) == (OTHER_CHANNEL, None)


async def test_changes_of_different_settings_at_the_same_time_are_all_stored(harness: Harness) -> None:
    id = await harness.add()
    await asyncio.gather(
        harness.change(id, day=0), harness.change(id, at_least=50), harness.change(id, zone="UTC")
    )
    one = await harness.reminder(id)
    assert (one.day, one.at_least, one.zone) == (0, 50, "UTC")
    assert one.next_at == utc(2026, 1, 12, 18)


# -- paused and skipped -------------------------------------------------------------------------------


async def test_a_paused_reminder_has_no_next_time_until_it_is_resumed(harness: Harness) -> None:
    id = await harness.add()
    assert (await harness.pause(id)).next_at is None
    assert not await harness.due()
    await harness.pause(id)
    await harness.rest(id)
    assert (await harness.reminder(id)).state is ReminderState.PAUSED
    await harness.wait_until(utc(2026, 1, 20, 12))
    assert (await harness.resume(id)).next_at == utc(2026, 1, 23, 17)
    assert len(await harness.logged()) == 3


async def test_a_pause_cancels_a_post_that_waits_to_be_sent(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.up()
    await harness.wait_until(FRIDAY + WEEK)
    assert await harness.on_its_way()
    await harness.pause(id)
    assert not await harness.on_its_way()
    # The posted message stays and is still known: the next one replaces it.
    await harness.resume(id)
    await harness.wait_until(FRIDAY + 2 * WEEK)
    [post] = await harness.on_its_way()
    assert post.replaces == 900


async def test_a_reminder_that_is_paused_for_a_month_goes_on_by_itself(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add()
    shown = await harness.rest(id)
    assert shown.next_at == utc(2026, 2, 6, 17)
    assert shown.reminder.resting(harness.now)
    until = harness.now + MONTH
    harness.now += timedelta(hours=1)
    assert (await harness.rest(id)).reminder.paused_until == until
    assert len(await harness.logged()) == 2
    await harness.wait_until(utc(2026, 2, 6, 16))
    assert not await harness.on_its_way()
    await harness.wait_until(utc(2026, 2, 6, 17))
    assert await harness.on_its_way()
    assert (await harness.show(id)).next_at == utc(2026, 2, 13, 17)


async def test_a_month_of_pause_can_end_earlier(harness: Harness) -> None:
    id = await harness.add()
    await harness.rest(id)
    assert (await harness.resume(id)).next_at == FRIDAY


async def test_all_reminders_that_are_on_can_be_paused_for_a_month_together(harness: Harness) -> None:
    norm, story, paused = await harness.add(), await harness.add(ReminderKind.STORY), await harness.add()
    await harness.pause(paused)
    await harness.reminders.rest_all(HERE, await harness.person("mo"), harness.now)
    assert [(await harness.reminder(id)).resting(harness.now) for id in (norm, story, paused)] == [
        True,
        True,
        False,
    ]


async def test_the_next_time_is_skipped_and_a_second_press_skips_no_other(harness: Harness) -> None:
    id = await harness.add()
    for _ in range(2):
        assert (await harness.skip(id, FRIDAY)).next_at == FRIDAY + WEEK
    assert (await harness.due())[DUE, id] == FRIDAY + WEEK
    assert (await harness.logged())[1:] == [
        ("reminder_skipped", "2026-01-09 17:00 UTC", "2026-01-16 17:00 UTC")
    ]


async def test_a_paused_reminder_has_no_time_to_skip(harness: Harness) -> None:
    id = await harness.add()
    await harness.pause(id)
    assert (await harness.skip(id, FRIDAY)).next_at is None
    assert len(await harness.logged()) == 2


# -- removed ------------------------------------------------------------------------------------------


async def test_a_removed_reminder_is_deleted_with_its_last_post(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.up()
    await harness.remove(id)
    [post] = await harness.posted()
    assert not post.wanted
    assert not await harness.due()
    for verb in (harness.remove, harness.show, harness.resume, harness.pause):
        with pytest.raises(NotYours):
            await verb(id)
    assert (await harness.logged())[-1][0] == "reminder_removed"


async def test_a_post_that_is_sent_while_its_reminder_is_removed_is_not_counted(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    [post] = await harness.on_its_way()
    await harness.remove(id)
    await harness.becomes(post, PostOutcome.UP)
    assert await harness.tallied() == 0


async def test_removing_a_reminder_before_events_also_removes_its_timers(harness: Harness) -> None:
    id = await harness.add(ReminderKind.EVENT)
    await harness.see(ScheduledEvent(5, utc(2026, 1, 9, 18)))
    assert await harness.due()
    await harness.remove(id)
    assert not await harness.due()


# -- what comes next ----------------------------------------------------------------------------------


async def test_a_moderator_can_see_what_a_reminder_will_show_next(harness: Harness) -> None:
    id, story = await harness.add(), await harness.add(ReminderKind.STORY)
    assert (await harness.reminders.queries.ahead(HERE, id, harness.now)).turn is None
    version = await harness.agree()
    ahead = await harness.reminders.queries.ahead(HERE, id, harness.now)
    assert ahead.turn is not None
    assert (ahead.turn.version, ahead.turn.key) == (version, "listen")
    assert ahead.norm is not None
    assert ahead.norm.norm.title == "Listen"
    told = await harness.reminders.queries.ahead(HERE, story, harness.now)
    assert told.turn is not None
    assert (told.turn.key, told.norm) == (STORIES[0], None)
