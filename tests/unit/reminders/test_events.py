"""Reminders before a server's events: once for each event, even if it moves, and never after it began."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.reminders.models import ReminderKind, ScheduledEvent
from bot.reminders.timers import EVENT
from tests.unit.pods.fixtures import HERE
from tests.unit.reminders.fixtures import Harness, utc

GAMES = utc(2026, 1, 9, 18)
HOUR = timedelta(hours=1)


@pytest.fixture
async def id(harness: Harness) -> str:
    """A reminder an hour before each event; norms are in force."""
    await harness.agree()
    return await harness.add(ReminderKind.EVENT)


async def times(harness: Harness) -> list[datetime]:
    return sorted(at for (kind, _), at in (await harness.due()).items() if kind == EVENT)


async def test_it_comes_an_hour_before_and_names_the_event(harness: Harness, id: str) -> None:
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


async def test_it_follows_an_event_that_is_moved(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.see(ScheduledEvent(5, GAMES + 48 * HOUR))
    assert await times(harness) == [GAMES + 47 * HOUR]
    await harness.see(ScheduledEvent(5, GAMES - 2 * HOUR))
    assert await times(harness) == [GAMES - 3 * HOUR]
    await harness.wait_until(GAMES)
    assert len(await harness.on_its_way()) == 1


async def test_never_twice_for_one_event(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(ScheduledEvent(5, GAMES + 48 * HOUR))
    await harness.see(ScheduledEvent(5, GAMES + 72 * HOUR), whole=True)
    await harness.change(id, before=30)
    assert not await times(harness)
    assert (await harness.show(id)).next_at is None


@pytest.mark.parametrize("fate", [PostOutcome.QUIET, PostOutcome.LATE])
async def test_what_was_not_posted_is_not_tried_again_for_that_event(
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


async def test_what_was_cancelled_while_the_bot_was_away_is_found(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES + HOUR))
    await harness.see(ScheduledEvent(6, GAMES + 2 * HOUR), whole=True)
    assert await times(harness) == [GAMES + HOUR]


async def test_events_that_are_past_and_of_others_are_nothing(harness: Harness, id: str) -> None:
    await harness.see(
        ScheduledEvent(5, harness.now - HOUR), ScheduledEvent(6, harness.now - HOUR, waits=False)
    )
    assert not await times(harness)
    await harness.reminders.events.see(HERE, [], harness.now, whole=True)
    assert not (await harness.show(id)).events


async def test_one_that_comes_back_every_week_is_an_event_each_time(harness: Harness, id: str) -> None:
    """Discord keeps the id of the event, which has begun in between."""
    for week in range(2):
        start = GAMES + timedelta(weeks=week)
        await harness.see(ScheduledEvent(5, start))
        await harness.wait_until(start - HOUR)
        await harness.up()
        await harness.see(ScheduledEvent(5, start, waits=False))


async def test_in_quiet_hours_it_waits_until_they_end_or_does_not_come(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, utc(2026, 1, 9, 7, 30)), ScheduledEvent(6, utc(2026, 1, 10, 6)))
    assert await times(harness) == [utc(2026, 1, 9, 7)]


async def test_several_reminders_come_before_the_same_event(harness: Harness, id: str) -> None:
    await harness.add(ReminderKind.EVENT, before=24 * 60)
    await harness.see(ScheduledEvent(5, GAMES))
    assert await times(harness) == [GAMES - 24 * HOUR, GAMES - HOUR]


async def test_while_it_pauses_nothing_comes_and_what_is_planned_is_known(harness: Harness, id: str) -> None:
    await harness.pause(id)
    await harness.see(ScheduledEvent(5, GAMES))
    assert not await times(harness)
    assert (await harness.resume(id)).times == (GAMES - HOUR,)
    await harness.rest(id)
    assert not await times(harness)
    await harness.see(ScheduledEvent(6, utc(2026, 3, 1, 18)))
    assert await times(harness) == [utc(2026, 3, 1, 17)]


async def test_the_next_is_left_out_alone(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES + 24 * HOUR))
    for _ in range(2):
        assert (await harness.skip(id, GAMES - HOUR)).next_at == GAMES + 23 * HOUR
    assert await times(harness) == [GAMES + 23 * HOUR]


async def test_another_time_before_holds_for_what_is_planned(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES))
    assert (await harness.change(id, before=120)).next_at == GAMES - 2 * HOUR
    assert await times(harness) == [GAMES - 2 * HOUR]


async def test_without_norms_nothing_comes(harness: Harness) -> None:
    await harness.add(ReminderKind.EVENT)
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.wait_until(GAMES)
    assert not await harness.on_its_way()


async def test_two_at_once_are_one_message(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES))
    await harness.wait_until(GAMES)
    assert len(await harness.on_its_way()) == 1


async def test_nobody_needs_events_where_nothing_comes_before_them(harness: Harness) -> None:
    await harness.add()
    assert not await harness.reminders.events.wanted(HERE)
    await harness.see(ScheduledEvent(5, GAMES))
    assert not await times(harness)
    await harness.add(ReminderKind.EVENT)
    assert await harness.reminders.events.wanted(HERE)


async def test_a_server_that_goes_is_waited_for_no_more(harness: Harness, id: str) -> None:
    await harness.servers.load()
    await harness.see(ScheduledEvent(5, GAMES))
    await harness.servers.left(HERE, harness.now)
    assert not await times(harness)
    # Discord may send its events before it says that the server is back.
    await harness.see(ScheduledEvent(5, GAMES), whole=True)
    await harness.wait_until(GAMES)
    assert not await harness.on_its_way()


async def test_what_quiet_hours_put_off_moves_with_the_rules_of_its_zone(
    harness: Harness, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, utc(2026, 1, 9, 9)))
    await harness.change(id, before=120)
    assert await harness.reminders.follow(harness.now) == 0
    monkeypatch.setattr("bot.reminders.schedule.loud_from", lambda _one, at: at + timedelta(minutes=5))
    assert await harness.reminders.follow(harness.now) == 2
    assert await times(harness) == [utc(2026, 1, 9, 7, 5), GAMES - 2 * HOUR + timedelta(minutes=5)]
