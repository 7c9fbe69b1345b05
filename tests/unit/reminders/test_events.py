"""Before the server's events: once for each, wherever it is moved, never after it has begun."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.reminders.models import Event, ReminderKind
from bot.reminders.timers import EVENT
from tests.unit.pods.fixtures import HERE
from tests.unit.reminders.fixtures import Town, utc

GAMES = utc(2026, 1, 9, 18)
HOUR = timedelta(hours=1)


@pytest.fixture
async def id(town: Town) -> str:
    """An hour before each event; norms are in force."""
    await town.agree()
    return await town.add(ReminderKind.EVENT)


async def times(town: Town) -> list[datetime]:
    return sorted(at for (kind, _), at in (await town.due()).items() if kind == EVENT)


async def test_it_comes_an_hour_before_and_names_the_event(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES))
    assert (await town.show(id)).next_at == GAMES - HOUR
    await town.wait_until(GAMES - HOUR)
    [post] = await town.on_its_way()
    assert post.detail.endswith(".listen.5")
    assert (post.at_least, post.until) == (0, GAMES)
    assert (await town.up()).endswith(".listen.5")
    await town.wait_until(GAMES + 5 * HOUR)
    assert not await town.on_its_way()
    await town.see(Event(6, GAMES + 24 * HOUR))
    await town.wait_until(GAMES + 23 * HOUR)
    [post] = await town.on_its_way()
    assert (post.replaces, post.detail.split(".")[1:]) == (900, ["rest", "6"])


async def test_it_follows_an_event_that_is_moved(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES))
    await town.see(Event(5, GAMES + 48 * HOUR))
    assert await times(town) == [GAMES + 47 * HOUR]
    await town.see(Event(5, GAMES - 2 * HOUR))
    assert await times(town) == [GAMES - 3 * HOUR]
    await town.wait_until(GAMES)
    assert len(await town.on_its_way()) == 1


async def test_never_twice_for_one_event(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES))
    await town.wait_until(GAMES - HOUR)
    await town.up()
    await town.see(Event(5, GAMES + 48 * HOUR))
    await town.see(Event(5, GAMES + 72 * HOUR), whole=True)
    await town.change(id, before=30)
    assert not await times(town)
    assert (await town.show(id)).next_at is None


@pytest.mark.parametrize("fate", [PostOutcome.QUIET, PostOutcome.LATE])
async def test_what_was_not_posted_is_not_tried_again_for_that_event(
    town: Town, id: str, fate: PostOutcome
) -> None:
    await town.see(Event(5, GAMES))
    await town.wait_until(GAMES - HOUR)
    [post] = await town.on_its_way()
    await town.becomes(post, fate)
    await town.see(Event(5, GAMES + HOUR))
    assert not await times(town)


async def test_nothing_comes_before_an_event_that_is_cancelled_or_has_begun(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES), Event(6, GAMES + HOUR))
    await town.see(Event(5, GAMES, waits=False))
    assert await times(town) == [GAMES]
    await town.see(Event(6, GAMES + HOUR, waits=False))
    assert not await times(town)


async def test_what_was_cancelled_while_the_bot_was_away_is_found(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES), Event(6, GAMES + HOUR))
    await town.see(Event(6, GAMES + 2 * HOUR), whole=True)
    assert await times(town) == [GAMES + HOUR]


async def test_events_that_are_past_and_of_others_are_nothing(town: Town, id: str) -> None:
    await town.see(Event(5, town.now - HOUR), Event(6, town.now - HOUR, waits=False))
    assert not await times(town)
    await town.reminders.events.see(HERE, [], town.now, whole=True)
    assert not (await town.show(id)).events


async def test_one_that_comes_back_every_week_is_an_event_each_time(town: Town, id: str) -> None:
    """Discord keeps its id; it has begun in between."""
    for week in range(2):
        start = GAMES + timedelta(weeks=week)
        await town.see(Event(5, start))
        await town.wait_until(start - HOUR)
        await town.up()
        await town.see(Event(5, start, waits=False))


async def test_in_quiet_hours_it_waits_until_they_end_or_does_not_come(town: Town, id: str) -> None:
    await town.see(Event(5, utc(2026, 1, 9, 7, 30)), Event(6, utc(2026, 1, 10, 6)))
    assert await times(town) == [utc(2026, 1, 9, 7)]


async def test_several_reminders_come_before_the_same_event(town: Town, id: str) -> None:
    await town.add(ReminderKind.EVENT, before=24 * 60)
    await town.see(Event(5, GAMES))
    assert await times(town) == [GAMES - 24 * HOUR, GAMES - HOUR]


async def test_while_it_pauses_nothing_comes_and_what_is_planned_is_known(town: Town, id: str) -> None:
    await town.pause(id)
    await town.see(Event(5, GAMES))
    assert not await times(town)
    assert (await town.resume(id)).times == (GAMES - HOUR,)
    await town.rest(id)
    assert not await times(town)
    await town.see(Event(6, utc(2026, 3, 1, 18)))
    assert await times(town) == [utc(2026, 3, 1, 17)]


async def test_the_next_is_left_out_alone(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES), Event(6, GAMES + 24 * HOUR))
    for _ in range(2):
        assert (await town.skip(id, GAMES - HOUR)).next_at == GAMES + 23 * HOUR
    assert await times(town) == [GAMES + 23 * HOUR]


async def test_another_time_before_holds_for_what_is_planned(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES))
    assert (await town.change(id, before=120)).next_at == GAMES - 2 * HOUR
    assert await times(town) == [GAMES - 2 * HOUR]


async def test_without_norms_nothing_comes(town: Town) -> None:
    await town.add(ReminderKind.EVENT)
    await town.see(Event(5, GAMES))
    await town.wait_until(GAMES)
    assert not await town.on_its_way()


async def test_two_at_once_are_one_message(town: Town, id: str) -> None:
    await town.see(Event(5, GAMES), Event(6, GAMES))
    await town.wait_until(GAMES)
    assert len(await town.on_its_way()) == 1


async def test_nobody_needs_events_where_nothing_comes_before_them(town: Town) -> None:
    await town.add()
    assert not await town.reminders.events.wanted(HERE)
    await town.see(Event(5, GAMES))
    assert not await times(town)
    await town.add(ReminderKind.EVENT)
    assert await town.reminders.events.wanted(HERE)


async def test_a_server_that_goes_is_waited_for_no_more(town: Town, id: str) -> None:
    await town.servers.load()
    await town.see(Event(5, GAMES))
    await town.servers.left(HERE, town.now)
    assert not await times(town)
    # Discord may tell of its events before the rest of its return.
    await town.see(Event(5, GAMES), whole=True)
    await town.wait_until(GAMES)
    assert not await town.on_its_way()


async def test_what_quiet_hours_put_off_moves_with_the_rules_of_its_zone(
    town: Town, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.see(Event(5, GAMES), Event(6, utc(2026, 1, 9, 9)))
    await town.change(id, before=120)
    assert await town.reminders.follow(town.now) == 0
    monkeypatch.setattr("bot.reminders.schedule.loud_from", lambda _one, at: at + timedelta(minutes=5))
    assert await town.reminders.follow(town.now) == 2
    assert await times(town) == [utc(2026, 1, 9, 7, 5), GAMES - 2 * HOUR + timedelta(minutes=5)]
