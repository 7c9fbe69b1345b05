"""Reminders before a server's events: once for each event, even if it moves, and never after it began."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.reminders.models import ReminderKind, ScheduledEvent
from bot.reminders.timers import EVENT
from tests.unit.pods.fixtures import HERE, utc
from tests.unit.reminders.fixtures import Harness

GAMES = utc(2026, 1, 9, 18)
HOUR = timedelta(hours=1)


@pytest.fixture
async def id(harness: Harness) -> str:
    """Put norms in force, and add a reminder an hour before each event. Return its id."""
    await harness.agree()
    return await harness.add(ReminderKind.EVENT)


async def times(harness: Harness) -> list[datetime]:
    return sorted(at for (kind, _), at in (await harness.due()).items() if kind == EVENT)


async def test_a_reminder_comes_an_hour_before_an_event_and_names_it(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    assert (await harness.show(id)).next_at == GAMES - HOUR
    await harness.wait_until(GAMES - HOUR)
    [post] = await harness.on_its_way()
    assert post.detail.endswith(".listen.5")
    assert (post.at_least, post.until) == (0, GAMES)
    assert (await harness.up()).endswith(".listen.5")
    await harness.wait_until(GAMES + 5 * HOUR)
    assert not await harness.on_its_way()
    await harness.see(ScheduledEvent(6, GAMES + 24 * HOUR))
    await harness.wait_until(GAMES + 23 * HOUR)
    [post] = await harness.on_its_way()
    assert (post.replaces, post.detail.split(".")[1:]) == (900, ["rest", "6"])


async def test_a_reminder_moves_with_an_event_that_is_moved(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.see(ScheduledEvent(5, GAMES + 48 * HOUR))
    assert await times(harness) == [GAMES + 47 * HOUR]
    await harness.see(ScheduledEvent(5, GAMES - 2 * HOUR))
    assert await times(harness) == [GAMES - 3 * HOUR]
    await harness.wait_until(GAMES)
    assert len(await harness.on_its_way()) == 1


async def test_a_reminder_never_comes_twice_for_the_same_event(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(ScheduledEvent(5, GAMES + 48 * HOUR))
    await harness.see(ScheduledEvent(5, GAMES + 72 * HOUR), whole=True)
    await harness.change(id, before=30)
    assert not await times(harness)
    assert (await harness.show(id)).next_at is None


@pytest.mark.parametrize("fate", [PostOutcome.QUIET, PostOutcome.LATE])
async def test_a_post_that_was_not_sent_is_not_tried_again_for_that_event(
    harness: Harness, id: str, fate: PostOutcome
) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.wait_until(GAMES - HOUR)
    [post] = await harness.on_its_way()
    await harness.becomes(post, fate)
    await harness.see(ScheduledEvent(5, GAMES + HOUR))
    assert not await times(harness)


async def test_nothing_comes_before_an_event_that_is_cancelled_or_has_begun(
    harness: Harness, id: str
) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES + HOUR))
    await harness.see(ScheduledEvent(5, GAMES, waits=False))
    assert await times(harness) == [GAMES]
    await harness.see(ScheduledEvent(6, GAMES + HOUR, waits=False))
    assert not await times(harness)


async def test_an_event_that_was_cancelled_while_the_bot_was_off_gets_no_reminder(
    harness: Harness, id: str
) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES + HOUR))
    await harness.see(ScheduledEvent(6, GAMES + 2 * HOUR), whole=True)
    assert await times(harness) == [GAMES + HOUR]


async def test_an_event_in_the_past_gets_no_reminder(harness: Harness, id: str) -> None:
    await harness.see(
        ScheduledEvent(5, harness.now - HOUR), ScheduledEvent(6, harness.now - HOUR, waits=False)
    )
    assert not await times(harness)
    await harness.reminders.events.see(HERE, [], harness.now, whole=True)
    assert not (await harness.show(id)).events


async def test_a_weekly_event_gets_a_reminder_each_week(harness: Harness, id: str) -> None:
    """Discord keeps the event's id from week to week, and reports each week that it has begun."""
    for week in range(2):
        start = GAMES + timedelta(weeks=week)
        await harness.see(ScheduledEvent(5, start))
        await harness.wait_until(start - HOUR)
        await harness.up()
        await harness.see(ScheduledEvent(5, start, waits=False))


async def test_in_quiet_hours_a_reminder_waits_for_their_end_or_does_not_come(
    harness: Harness, id: str
) -> None:
    await harness.see(ScheduledEvent(5, utc(2026, 1, 9, 7, 30)), ScheduledEvent(6, utc(2026, 1, 10, 6)))
    assert await times(harness) == [utc(2026, 1, 9, 7)]


async def test_several_reminders_come_before_the_same_event(harness: Harness, id: str) -> None:
    await harness.add(ReminderKind.EVENT, before=24 * 60)
    await harness.see(ScheduledEvent(5, GAMES))
    assert await times(harness) == [GAMES - 24 * HOUR, GAMES - HOUR]


async def test_events_seen_during_a_pause_are_remembered_but_get_no_reminder_before_it_ends(
    harness: Harness, id: str
) -> None:
    await harness.pause(id)
    await harness.see(ScheduledEvent(5, GAMES))
    assert not await times(harness)
    assert (await harness.resume(id)).times == (GAMES - HOUR,)
    await harness.rest(id)
    assert not await times(harness)
    await harness.see(ScheduledEvent(6, utc(2026, 3, 1, 18)))
    assert await times(harness) == [utc(2026, 3, 1, 17)]


async def test_a_skip_leaves_out_only_the_next_event(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES + 24 * HOUR))
    for _ in range(2):
        assert (await harness.skip(id, GAMES - HOUR)).next_at == GAMES + 23 * HOUR
    assert await times(harness) == [GAMES + 23 * HOUR]


async def test_a_changed_time_before_events_applies_to_events_that_are_already_planned(
    harness: Harness, id: str
) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    assert (await harness.change(id, before=120)).next_at == GAMES - 2 * HOUR
    assert await times(harness) == [GAMES - 2 * HOUR]


async def test_without_norms_in_force_no_reminder_comes_before_an_event(harness: Harness) -> None:
    await harness.add(ReminderKind.EVENT)
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.wait_until(GAMES)
    assert not await harness.on_its_way()


async def test_two_events_at_the_same_time_get_one_post(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES))
    await harness.wait_until(GAMES)
    assert len(await harness.on_its_way()) == 1


async def test_events_are_wanted_only_in_servers_with_a_reminder_before_events(harness: Harness) -> None:
    await harness.add()
    assert not await harness.reminders.events.wanted(HERE)
    await harness.see(ScheduledEvent(5, GAMES))
    assert not await times(harness)
    await harness.add(ReminderKind.EVENT)
    assert await harness.reminders.events.wanted(HERE)


async def test_after_the_bot_has_left_a_server_no_reminder_comes_before_its_events(
    harness: Harness, id: str
) -> None:
    await harness.servers.load()
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.servers.left(HERE, harness.now)
    assert not await times(harness)
    # Discord may send its events before it says that the server is back.
    await harness.see(ScheduledEvent(5, GAMES), whole=True)
    await harness.wait_until(GAMES)
    assert not await harness.on_its_way()


async def test_planned_reminders_before_events_move_when_their_quiet_hours_end_at_another_moment(
    harness: Harness, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, utc(2026, 1, 9, 9)))
    await harness.change(id, before=120)
    assert await harness.reminders.follow(harness.now) == 0
    monkeypatch.setattr("bot.reminders.schedule.loud_from", lambda _one, at: at + timedelta(minutes=5))
    assert await harness.reminders.follow(harness.now) == 2
    assert await times(harness) == [utc(2026, 1, 9, 7, 5), GAMES - 2 * HOUR + timedelta(minutes=5)]
