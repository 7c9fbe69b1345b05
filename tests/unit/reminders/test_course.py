"""What comes due, what is posted, and what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.delivery.channel_post import PostOutcome
from bot.ids import ServerId, new_id
from bot.norms.models import Norm
from bot.reminders import notifications, posts, store
from bot.reminders.models import Reminder, ReminderKind, ReminderState, StoryTurn
from bot.reminders.tables import reminders
from bot.reminders.timers import DUE
from bot.scheduling import recurrence
from bot.storage.sqlite import SqliteAdapter
from tests.unit.norms.fixtures import MODS, norm
from tests.unit.pods.fixtures import HERE
from tests.unit.reminders.fixtures import BERLIN, LISTEN, REST, ROOM, STORIES, Town, utc

FRIDAY = utc(2026, 1, 9, 17)
WEEK = timedelta(weeks=1)


@contextmanager
def statements(town: Town) -> Iterator[list[str]]:
    """What the writer sends meanwhile."""
    sent: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    assert isinstance(town.db.adapter, SqliteAdapter)
    engine = town.db.adapter.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


# -- in turn ------------------------------------------------------------------------------------------


async def test_one_norm_in_turn_each_in_the_place_of_the_last(town: Town) -> None:
    version = await town.agree()
    await town.add(at_least=10)
    shown = []
    for week in range(3):
        await town.wait_until(FRIDAY + week * WEEK)
        [post] = await town.on_its_way()
        assert (post.channel, post.at_least, post.due_at) == (ROOM, 10, FRIDAY + week * WEEK)
        assert post.replaces == (899 + week if week else None)
        shown.append(await town.up(900 + week))
    assert shown == [f"{version}.listen", f"{version}.rest", f"{version}.listen"]
    assert await town.tallied() == 3


async def test_stories_in_their_order_and_then_again(town: Town) -> None:
    id = await town.add(ReminderKind.STORY)
    near_the_end = update(reminders).where(reminders.c.id == id).values(turn=len(STORIES) - 3)
    await town.db.write(lambda tx: tx.execute(near_the_end))
    shown = []
    for week in range(4):
        await town.wait_until(FRIDAY + week * WEEK)
        shown.append(await town.up())
    assert shown == [*STORIES[-3:], STORIES[0]]


async def test_too_quiet_a_channel_keeps_the_turn(town: Town) -> None:
    version = await town.agree()
    await town.add()
    for week in range(2):
        await town.wait_until(FRIDAY + week * WEEK)
        [post] = await town.on_its_way()
        assert post.detail == f"{version}.listen"
        await town.becomes(post, PostOutcome.QUIET)
    assert await town.tallied() == 0


async def test_without_norms_in_force_nothing_is_posted_and_it_goes_on(town: Town) -> None:
    id = await town.add()
    await town.put(LISTEN)
    await town.wait_until(FRIDAY)
    assert not await town.on_its_way()
    assert (await town.show(id)).next_at == FRIDAY + WEEK
    version = await town.agree(REST)
    await town.wait_until(FRIDAY + WEEK)
    assert await town.up() == f"{version}.rest"


async def test_after_a_norm_is_retired_the_next_one_comes(town: Town) -> None:
    await town.agree(LISTEN, REST, norm("ask"))
    await town.add()
    await town.wait_until(FRIDAY)
    await town.up()
    version = await town.agree(LISTEN, norm("ask"))
    await town.wait_until(FRIDAY + WEEK)
    assert await town.up() == f"{version}.ask"


async def test_why_is_answered_for_a_norm_that_was_retired(town: Town) -> None:
    version = await town.agree()
    await town.add()
    await town.wait_until(FRIDAY)
    [post] = await town.on_its_way()
    assert post.detail == f"{version}.listen"
    assert await town.reminders.queries.norm(HERE, StoryTurn.read(post.detail)) == (LISTEN, True)
    await town.agree(REST)
    assert await town.reminders.queries.norm(HERE, StoryTurn.read(post.detail)) == (LISTEN, False)


# -- downtime -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "posted"), [(3, True), (14.5, False), (24 * 9, False)])
async def test_what_is_late_comes_once_or_not_at_all(town: Town, hours: float, posted: bool) -> None:
    await town.agree()
    id = await town.add(quiet_from=None)
    await town.sleep_until(FRIDAY + timedelta(hours=hours))
    assert bool(await town.on_its_way()) is posted
    assert (await town.show(id)).next_at == FRIDAY + (2 if hours > 24 * 7 else 1) * WEEK


async def test_late_at_night_it_waits_for_the_morning(town: Town) -> None:
    await town.agree()
    id = await town.add(minute=20 * 60)
    await town.sleep_until(utc(2026, 1, 9, 22))
    assert not await town.on_its_way()
    assert (await town.show(id)).next_at == utc(2026, 1, 10, 7)
    await town.wait_until(utc(2026, 1, 10, 7))
    assert await town.on_its_way()
    assert (await town.show(id)).next_at == utc(2026, 1, 16, 19)


async def test_late_at_night_and_too_late_by_the_morning(town: Town) -> None:
    await town.agree()
    id = await town.add(minute=17 * 60)
    await town.sleep_until(utc(2026, 1, 9, 22))
    assert not await town.on_its_way()
    assert (await town.show(id)).next_at == utc(2026, 1, 16, 16)


async def test_it_may_wait_to_be_posted_until_quiet_hours_begin(town: Town) -> None:
    await town.agree()
    await town.add()
    await town.wait_until(FRIDAY)
    [post] = await town.on_its_way()
    assert post.until == utc(2026, 1, 9, 21)
    await town.becomes(post, PostOutcome.LATE)
    assert await town.told() == []


async def test_what_is_scheduled_moves_with_the_rules_of_its_zone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, skipped = await town.add(), await town.add()
    await town.skip(skipped, FRIDAY)
    assert await town.reminders.follow(town.now) == 0
    at = recurrence.at

    def an_hour_later(zone: str, day: date, clock: time) -> datetime:
        return at(zone, day, clock) + timedelta(hours=1)

    monkeypatch.setattr(recurrence, "at", an_hour_later)
    assert await town.reminders.follow(town.now) == 2
    due = await town.due()
    assert due[DUE, id] == (await town.show(id)).next_at == FRIDAY + timedelta(hours=1)
    assert due[DUE, skipped] == FRIDAY + WEEK + timedelta(hours=1)


# -- many ---------------------------------------------------------------------------------------------


async def test_five_hundred_that_are_due_take_a_few_statements(town: Town) -> None:
    await town.agree()
    mo = await town.person("mo")
    many = [
        Reminder(
            new_id(), ServerId(HERE), ReminderKind.STORY if number % 2 else ReminderKind.NORM, ROOM, BERLIN,
            town.now, mo, date(2026, 1, 9), state=ReminderState.ON, next_at=FRIDAY,
        )
        for number in range(500)
    ]  # fmt: skip
    for one in many:
        await town.db.write(partial(store.add, reminder=one))
    await town.db.write(lambda tx: town.agenda.put_all(tx, DUE, {one.id: FRIDAY for one in many}))
    with statements(town) as sent:
        await town.sleep_until(FRIDAY)
    assert len(sent) <= 10, sent
    assert len(await town.on_its_way()) == 500
    assert set((await town.due()).values()) == {FRIDAY + WEEK}


# -- a channel that is closed -------------------------------------------------------------------------


async def test_a_closed_channel_pauses_it_and_moderators_find_out_once(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    await town.bar()
    assert (await town.reminder(id)).state is ReminderState.BARRED
    assert not await town.due()
    [line] = await town.posted(posts.BARRED)
    assert (line.channel, line.subject) == (MODS, id)
    await town.wait_until(FRIDAY + 3 * WEEK)
    assert len(await town.posted(posts.BARRED)) == 1
    assert not await town.told()
    # What stands in the moderators' channel goes when it goes on.
    await town.becomes(line, PostOutcome.UP, 950)
    await town.resume(id)
    [line] = await town.posted(posts.BARRED)
    assert not line.wanted
    assert (await town.show(id)).next_at == FRIDAY + 4 * WEEK


@pytest.mark.parametrize("channel", [None, ROOM])
async def test_without_another_channel_whoever_set_it_is_told(town: Town, channel: int | None) -> None:
    await town.agree()
    await town.servers.change(HERE, await town.person("mo"), town.now, {"mods_channel": channel})
    id = await town.add()
    await town.wait_until(FRIDAY)
    await town.bar()
    assert not await town.posted(posts.BARRED)
    assert await town.told() == [(notifications.BARRED, "waiting")]
    [line] = await town.lines("mo")
    assert (line.subject, line.server) == (id, HERE)
    await town.reminders.read(await town.person("mo"), id, town.now)
    assert not await town.lines("mo")


async def test_a_moderators_channel_that_is_closed_too(town: Town) -> None:
    await town.agree()
    await town.add()
    await town.wait_until(FRIDAY)
    await town.bar()
    [line] = await town.posted(posts.BARRED)
    await town.becomes(line, PostOutcome.BARRED)
    assert len(await town.lines("mo")) == 1


async def test_of_one_who_moderates_no_more_the_last_seen_is_told(town: Town) -> None:
    await town.agree()
    await town.servers.change(HERE, await town.person("mo"), town.now, {"mods_channel": None})
    await town.add()
    await town.moderate("nia")
    await town.servers.seen_without(HERE, await town.person("mo"))
    await town.wait_until(FRIDAY)
    await town.bar()
    assert len(await town.lines("nia")) == 1
    assert not await town.lines("mo")


async def test_where_no_moderator_is_known_nobody_is_told(town: Town) -> None:
    await town.agree()
    await town.servers.change(HERE, await town.person("mo"), town.now, {"mods_channel": None})
    id = await town.add()
    await town.servers.seen_without(HERE, await town.person("mo"))
    await town.wait_until(FRIDAY)
    await town.bar()
    assert not await town.told()
    assert (await town.reminder(id)).state is ReminderState.BARRED


async def test_that_the_channel_before_is_closed_is_no_news(town: Town) -> None:
    await town.agree()
    id = await town.add()
    await town.wait_until(FRIDAY)
    [post] = await town.on_its_way()
    await town.change(id, channel=ROOM + 5)
    await town.becomes(post, PostOutcome.BARRED)
    assert (await town.reminder(id)).state is ReminderState.ON


# -- a server that goes -------------------------------------------------------------------------------


async def test_in_a_server_that_goes_they_stop_at_once_and_begin_again_from_its_return(town: Town) -> None:
    await town.servers.load()
    await town.agree()
    id, paused = await town.add(), await town.add()
    await town.pause(paused)
    await town.wait_until(FRIDAY)
    await town.up()
    await town.wait_until(FRIDAY + WEEK)
    [post] = await town.on_its_way()
    await town.servers.left(HERE, town.now)
    assert not await town.on_its_way()
    assert not await town.due()
    assert await town.reminders.follow(town.now) == 0
    # One that was on its way comes to nothing, and nobody is told of it.
    await town.becomes(post, PostOutcome.BARRED)
    assert (await town.reminder(id)).state is ReminderState.ON
    await town.wait_until(FRIDAY + 3 * WEEK + timedelta(hours=1))
    await town.servers.returned(HERE, town.now)
    assert await town.due() == {(DUE, id): FRIDAY + 4 * WEEK}
    await town.wait_until(FRIDAY + 4 * WEEK)
    [post] = await town.on_its_way()
    assert post.replaces == 900, "what stood there before is still known"


async def test_of_a_server_that_stays_away_nothing_is_left(town: Town) -> None:
    await town.agree()
    await town.add()
    await town.add(ReminderKind.EVENT)
    await town.servers.left(HERE, town.now)
    await town.wait_until(town.now + timedelta(days=31))
    assert not (await town.reminders.queries.home(HERE, town.now)).shown
    assert not await town.due()


async def test_norms_longer_than_any_are_named_not_kept(town: Town) -> None:
    """A post carries ids alone."""
    await town.agree(Norm("k", "T" * 50, "n" * 300))
    await town.add()
    await town.wait_until(FRIDAY)
    [post] = await town.on_its_way()
    assert len(post.detail) < 40
