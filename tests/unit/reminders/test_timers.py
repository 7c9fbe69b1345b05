"""When reminders are due, what they post, and what follows when a post succeeds or fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from bot.delivery.channel_post import PostOutcome
from bot.ids import ServerId, new_id
from bot.norms.models import Norm
from bot.reminders import notifications, posts, store
from bot.reminders.models import Reminder, ReminderKind, ReminderState, RotationTurn
from bot.reminders.tables import reminders
from bot.reminders.timers import DUE
from bot.scheduling import recurrence
from tests.databases import hear
from tests.unit.norms.fixtures import MODS, norm
from tests.unit.pods.fixtures import HERE, utc
from tests.unit.reminders.fixtures import BERLIN, LISTEN, REST, STORIES, TEXT_CHANNEL, Harness

FRIDAY = utc(2026, 1, 9, 17)
WEEK = timedelta(weeks=1)


@contextmanager
def statements(harness: Harness) -> Iterator[list[str]]:
    """Collect the SQL statements that are executed inside the `with` block."""
    sent: list[str] = []
    end = hear(harness.db, lambda statement, _values: sent.append(statement))
    try:
        yield sent
    finally:
        end()


# -- norms and stories in turn ------------------------------------------------------------------------


async def test_norms_are_posted_in_turn_and_each_post_replaces_the_last_one(harness: Harness) -> None:
    version = await harness.agree()
    await harness.add(at_least=10)
    shown = []
    for week in range(3):
        await harness.wait_until(FRIDAY + week * WEEK)
        [post] = await harness.on_its_way()
        assert (post.channel, post.at_least, post.due_at) == (TEXT_CHANNEL, 10, FRIDAY + week * WEEK)
        assert post.replaces == (899 + week if week else None)
        shown.append(await harness.up(900 + week))
    assert shown == [f"{version}.listen", f"{version}.rest", f"{version}.listen"]
    assert await harness.tallied() == 3


async def test_stories_are_posted_in_order_and_begin_again_after_the_last_one(harness: Harness) -> None:
    id = await harness.add(ReminderKind.STORY)
    near_the_end = update(reminders).where(reminders.c.id == id).values(turn=len(STORIES) - 3)
    await harness.db.write(lambda tx: tx.execute(near_the_end))
    shown = []
    for week in range(4):
        await harness.wait_until(FRIDAY + week * WEEK)
        shown.append(await harness.up())
    assert shown == [*STORIES[-3:], STORIES[0]]


async def test_when_the_channel_is_too_quiet_the_same_norm_comes_next_time(harness: Harness) -> None:
    version = await harness.agree()
    await harness.add()
    for week in range(2):
        await harness.wait_until(FRIDAY + week * WEEK)
        [post] = await harness.on_its_way()
        assert post.detail == f"{version}.listen"
        await harness.becomes(post, PostOutcome.QUIET)
    assert await harness.tallied() == 0


async def test_without_norms_in_force_a_reminder_posts_nothing_but_keeps_its_times(harness: Harness) -> None:
    id = await harness.add()
    await harness.put(LISTEN)
    await harness.wait_until(FRIDAY)
    assert not await harness.on_its_way()
    assert (await harness.show(id)).next_at == FRIDAY + WEEK
    version = await harness.agree(REST)
    await harness.wait_until(FRIDAY + WEEK)
    assert await harness.up() == f"{version}.rest"


async def test_after_a_norm_is_retired_the_next_one_comes(harness: Harness) -> None:
    await harness.agree(LISTEN, REST, norm("ask"))
    await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.up()
    version = await harness.agree(LISTEN, norm("ask"))
    await harness.wait_until(FRIDAY + WEEK)
    assert await harness.up() == f"{version}.ask"


async def test_a_posted_norm_can_still_be_looked_up_after_it_was_retired(harness: Harness) -> None:
    version = await harness.agree()
    await harness.add()
    await harness.wait_until(FRIDAY)
    [post] = await harness.on_its_way()
    assert post.detail == f"{version}.listen"
    shown = await harness.reminders.queries.norm(HERE, RotationTurn.read(post.detail))
    assert (shown.norm, shown.in_force) == (LISTEN, True)
    await harness.agree(REST)
    shown = await harness.reminders.queries.norm(HERE, RotationTurn.read(post.detail))
    assert (shown.norm, shown.in_force) == (LISTEN, False)


# -- downtime -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "posted"), [(3, True), (14.5, False), (24 * 9, False)])
async def test_after_a_downtime_a_late_reminder_comes_once_or_not_at_all(
    harness: Harness, hours: float, posted: bool
) -> None:
    await harness.agree()
    id = await harness.add(quiet_from=None)
    await harness.sleep_until(FRIDAY + timedelta(hours=hours))
    assert bool(await harness.on_its_way()) is posted
    assert (await harness.show(id)).next_at == FRIDAY + (2 if hours > 24 * 7 else 1) * WEEK


async def test_a_reminder_that_is_late_and_in_quiet_hours_waits_for_the_morning(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add(minute=20 * 60)
    await harness.sleep_until(utc(2026, 1, 9, 22))
    assert not await harness.on_its_way()
    assert (await harness.show(id)).next_at == utc(2026, 1, 10, 7)
    await harness.wait_until(utc(2026, 1, 10, 7))
    assert await harness.on_its_way()
    assert (await harness.show(id)).next_at == utc(2026, 1, 16, 19)


async def test_a_reminder_that_would_be_too_late_by_the_morning_is_skipped(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add(minute=17 * 60)
    await harness.sleep_until(utc(2026, 1, 9, 22))
    assert not await harness.on_its_way()
    assert (await harness.show(id)).next_at == utc(2026, 1, 16, 16)


async def test_a_post_may_wait_until_quiet_hours_begin_and_nobody_is_told_if_it_is_too_late(
    harness: Harness,
) -> None:
    await harness.agree()
    await harness.add()
    await harness.wait_until(FRIDAY)
    [post] = await harness.on_its_way()
    assert post.until == utc(2026, 1, 9, 21)
    await harness.becomes(post, PostOutcome.LATE)
    assert await harness.told() == []


async def test_scheduled_reminders_move_when_the_rules_of_their_time_zone_change(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, skipped = await harness.add(), await harness.add()
    await harness.skip(skipped, FRIDAY)
    assert await harness.reminders.follow(harness.now) == 0
    at = recurrence.at

    def an_hour_later(zone: str, day: date, clock: time) -> datetime:
        return at(zone, day, clock) + timedelta(hours=1)

    monkeypatch.setattr(recurrence, "at", an_hour_later)
    assert await harness.reminders.follow(harness.now) == 2
    due = await harness.due()
    assert due[DUE, id] == (await harness.show(id)).next_at == FRIDAY + timedelta(hours=1)
    assert due[DUE, skipped] == FRIDAY + WEEK + timedelta(hours=1)


# -- many reminders at once ---------------------------------------------------------------------------


async def test_five_hundred_that_are_due_take_a_few_statements(harness: Harness) -> None:
    await harness.agree()
    mo = await harness.person("mo")
    many = [
        Reminder(
            new_id(), ServerId(HERE), ReminderKind.STORY if number % 2 else ReminderKind.NORM, TEXT_CHANNEL,
            BERLIN, harness.now, mo, date(2026, 1, 9), state=ReminderState.ON, next_at=FRIDAY,
        )
        for number in range(500)
    ]  # fmt: skip
    for one in many:
        await harness.db.write(partial(store.add, reminder=one))
    await harness.db.write(lambda tx: harness.agenda.put_all(tx, DUE, {one.id: FRIDAY for one in many}))
    with statements(harness) as sent:
        await harness.sleep_until(FRIDAY)
    assert len(sent) <= 10, sent
    assert len(await harness.on_its_way()) == 500
    assert set((await harness.due()).values()) == {FRIDAY + WEEK}


# -- a channel that is closed -------------------------------------------------------------------------


async def test_when_its_channel_is_closed_a_reminder_stops_and_moderators_are_told_once(
    harness: Harness,
) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.bar()
    assert (await harness.reminder(id)).state is ReminderState.BARRED
    assert not await harness.due()
    [post] = await harness.posted(posts.BARRED)
    assert (post.channel, post.subject) == (MODS, id)
    await harness.wait_until(FRIDAY + 3 * WEEK)
    assert len(await harness.posted(posts.BARRED)) == 1
    assert not await harness.told()
    # The post in the moderators' channel is deleted when the reminder is resumed.
    await harness.becomes(post, PostOutcome.UP, 950)
    await harness.resume(id)
    [post] = await harness.posted(posts.BARRED)
    assert not post.wanted
    assert (await harness.show(id)).next_at == FRIDAY + 4 * WEEK


@pytest.mark.parametrize("channel", [None, TEXT_CHANNEL])
async def test_without_another_channel_for_moderators_the_one_who_made_the_reminder_is_told(
    harness: Harness, channel: int | None
) -> None:
    await harness.agree()
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"mods_channel": channel})
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.bar()
    assert not await harness.posted(posts.BARRED)
    assert await harness.told() == [(notifications.BARRED, "waiting")]
    [message] = await harness.messages("mo")
    assert (message.subject, message.server) == (id, HERE)
    await harness.reminders.read(await harness.person("mo"), id, harness.now)
    assert not await harness.messages("mo")


async def test_if_the_moderators_channel_is_closed_too_a_moderator_gets_a_message(harness: Harness) -> None:
    await harness.agree()
    await harness.add()
    await harness.wait_until(FRIDAY)
    await harness.bar()
    [post] = await harness.posted(posts.BARRED)
    await harness.becomes(post, PostOutcome.BARRED)
    assert len(await harness.messages("mo")) == 1


async def test_if_the_maker_of_a_reminder_no_longer_moderates_the_moderator_seen_last_is_told(
    harness: Harness,
) -> None:
    await harness.agree()
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"mods_channel": None})
    await harness.add()
    await harness.moderate("nia")
    await harness.servers.seen_without(HERE, await harness.person("mo"))
    await harness.wait_until(FRIDAY)
    await harness.bar()
    assert len(await harness.messages("nia")) == 1
    assert not await harness.messages("mo")


async def test_where_no_moderator_is_known_nobody_is_told(harness: Harness) -> None:
    await harness.agree()
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"mods_channel": None})
    id = await harness.add()
    await harness.servers.seen_without(HERE, await harness.person("mo"))
    await harness.wait_until(FRIDAY)
    await harness.bar()
    assert not await harness.told()
    assert (await harness.reminder(id)).state is ReminderState.BARRED


async def test_a_failed_post_in_the_previous_channel_does_not_stop_the_reminder(harness: Harness) -> None:
    await harness.agree()
    id = await harness.add()
    await harness.wait_until(FRIDAY)
    [post] = await harness.on_its_way()
    await harness.change(id, channel=TEXT_CHANNEL + 5)
    await harness.becomes(post, PostOutcome.BARRED)
    assert (await harness.reminder(id)).state is ReminderState.ON


# -- a server that the bot leaves ---------------------------------------------------------------------


async def test_reminders_stop_when_the_bot_leaves_a_server_and_go_on_when_it_returns(
    harness: Harness,
) -> None:
    await harness.servers.load()
    await harness.agree()
    id, paused = await harness.add(), await harness.add()
    await harness.pause(paused)
    await harness.wait_until(FRIDAY)
    await harness.up()
    await harness.wait_until(FRIDAY + WEEK)
    [post] = await harness.on_its_way()
    await harness.servers.left(HERE, harness.now)
    assert not await harness.on_its_way()
    assert not await harness.due()
    assert await harness.reminders.follow(harness.now) == 0
    # A post that was about to be sent is dropped, and nobody is told.
    await harness.becomes(post, PostOutcome.BARRED)
    assert (await harness.reminder(id)).state is ReminderState.ON
    await harness.wait_until(FRIDAY + 3 * WEEK + timedelta(hours=1))
    await harness.servers.returned(HERE, harness.now)
    assert await harness.due() == {(DUE, id): FRIDAY + 4 * WEEK}
    await harness.wait_until(FRIDAY + 4 * WEEK)
    [post] = await harness.on_its_way()
    assert post.replaces == 900, "what stood there before is still known"


async def test_reminders_are_deleted_if_the_bot_does_not_return_to_a_server(harness: Harness) -> None:
    await harness.agree()
    await harness.add()
    await harness.add(ReminderKind.EVENT)
    await harness.servers.left(HERE, harness.now)
    await harness.wait_until(harness.now + timedelta(days=31))
    assert not (await harness.reminders.queries.home(HERE, harness.now)).shown
    assert not await harness.due()


async def test_a_post_stores_ids_and_not_the_text_of_a_norm(harness: Harness) -> None:
    """What a post shows is stored as a few ids, however long the norm is."""
    await harness.agree(Norm("k", "T" * 50, "n" * 300))
    await harness.add()
    await harness.wait_until(FRIDAY)
    [post] = await harness.on_its_way()
    assert len(post.detail) < 40
