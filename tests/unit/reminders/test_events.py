"""Reminders before a server's events: once for each occurrence, even if it moves, never after it began."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.delivery.channel_post import PostOutcome
from bot.reminders import event_store
from bot.reminders.models import Recurrence, ReminderKind, RotationTurn, ScheduledEvent, seconds
from bot.reminders.occurrences import AHEAD, occurrence_id
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
    assert post.detail.endswith(f".listen.5.{seconds(GAMES)}")
    assert (post.at_least, post.until) == (0, GAMES)
    assert await harness.up() == post.detail
    await harness.wait_until(GAMES + 5 * HOUR)
    assert not await harness.on_its_way()
    await harness.see(ScheduledEvent(6, GAMES + 24 * HOUR))
    await harness.wait_until(GAMES + 23 * HOUR)
    [post] = await harness.on_its_way()
    assert (post.replaces, post.detail.split(".")[1:3]) == (900, ["rest", "6"])


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


# -- recurring events -----------------------------------------------------------------------------------

WEEK = timedelta(weeks=1)
RULE = Recurrence(GAMES, 2)
WEEKLY = ScheduledEvent(5, GAMES, recurrence=RULE)
DAILY = ScheduledEvent(5, GAMES, recurrence=Recurrence(GAMES, 3))
FIRST, SECOND = occurrence_id(GAMES), occurrence_id(GAMES + WEEK)


async def posted(harness: Harness) -> datetime:
    """Record that the only waiting post was posted. Return when the occurrence that it is about begins."""
    turn = RotationTurn.read(await harness.up())
    assert turn.event == 5
    return datetime.fromtimestamp(turn.begins, UTC)


async def rows(harness: Harness) -> list[tuple[datetime, bool]]:
    found = await harness.db.read(lambda tx: event_store.of_server(tx, HERE))
    return [(row.starts_at, row.told) for row in found]


async def test_discord_moving_a_weekly_event_on_brings_the_next_reminder(harness: Harness, id: str) -> None:
    """Discord keeps the event's id, and moves its start on when an occurrence is over."""
    for week in range(3):
        start = GAMES + week * WEEK
        await harness.see(replace(WEEKLY, starts_at=start))
        await harness.wait_until(start - HOUR)
        assert await posted(harness) == start
        await harness.wait_until(start)
        await harness.see(replace(WEEKLY, starts_at=start, begun=True))
        assert not await harness.on_its_way()
        await harness.wait_until(start + 2 * HOUR)


async def test_each_occurrence_gets_one_reminder_even_if_discord_says_nothing_in_between(
    harness: Harness, id: str
) -> None:
    await harness.see(WEEKLY)
    for week in range(3):
        await harness.wait_until(GAMES + week * WEEK - HOUR)
        assert await posted(harness) == GAMES + week * WEEK
    await harness.see(replace(WEEKLY, starts_at=GAMES + 2 * WEEK), whole=True)
    await harness.wait_until(GAMES + 2 * WEEK)
    assert not await harness.on_its_way()


async def test_the_next_times_of_a_reminder_are_those_of_the_next_occurrences(
    harness: Harness, id: str
) -> None:
    await harness.see(WEEKLY, ScheduledEvent(6, GAMES + 2 * HOUR))
    shown = await harness.show(id)
    assert shown.times == (GAMES - HOUR, GAMES + HOUR, *(GAMES + week * WEEK - HOUR for week in (1, 2, 3)))
    assert [one.event for one in shown.events] == [5, 6, 5, 5, 5]


async def test_a_cancelled_occurrence_gets_no_reminder_and_the_next_one_does(
    harness: Harness, id: str
) -> None:
    await harness.see(WEEKLY)
    await harness.see(replace(WEEKLY, exceptions={FIRST: None}))
    await harness.wait_until(GAMES)
    assert not await harness.on_its_way()
    await harness.wait_until(GAMES + WEEK - HOUR)
    assert await posted(harness) == GAMES + WEEK


async def test_a_reminder_comes_before_the_new_start_of_a_moved_occurrence_only(
    harness: Harness, id: str
) -> None:
    await harness.see(replace(WEEKLY, exceptions={FIRST: GAMES + 24 * HOUR}))
    assert (await times(harness))[:2] == [GAMES + 23 * HOUR, GAMES + WEEK - HOUR]
    await harness.wait_until(GAMES + 23 * HOUR)
    assert await posted(harness) == GAMES + 24 * HOUR
    await harness.see(replace(WEEKLY, exceptions={FIRST: GAMES + 48 * HOUR}))
    assert (await times(harness))[0] == GAMES + WEEK - HOUR, "it was reminded of already"


async def test_a_restored_occurrence_gets_its_reminder_once(harness: Harness, id: str) -> None:
    await harness.see(replace(WEEKLY, exceptions={FIRST: None}))
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    assert await posted(harness) == GAMES
    await harness.see(replace(WEEKLY, exceptions={FIRST: None}))
    await harness.see(WEEKLY)
    assert (await times(harness))[0] == GAMES + WEEK - HOUR


async def test_an_occurrence_that_took_place_earlier_and_is_then_restored_gets_no_second_reminder(
    harness: Harness, id: str
) -> None:
    early = GAMES - 6 * HOUR
    await harness.see(replace(WEEKLY, exceptions={FIRST: early}))
    await harness.wait_until(early - HOUR)
    assert await posted(harness) == early
    await harness.wait_until(early + HOUR)
    await harness.see(replace(WEEKLY, exceptions={FIRST: early}))
    await harness.see(WEEKLY)
    assert (await times(harness))[0] == GAMES + WEEK - HOUR


@pytest.mark.parametrize("event", [WEEKLY, replace(WEEKLY, recurrence=None)], ids=["weekly", "once"])
async def test_a_post_that_still_waits_is_called_off_if_its_occurrence_is_cancelled(
    harness: Harness, id: str, event: ScheduledEvent
) -> None:
    await harness.see(event)
    await harness.wait_until(GAMES - HOUR)
    assert await harness.on_its_way()
    over = replace(event, exceptions={FIRST: None}) if event.recurrence else replace(event, waits=False)
    await harness.see(over)
    assert not await harness.on_its_way()
    await harness.see(event)
    await harness.wait_until(harness.now)
    assert await posted(harness) == GAMES, "it was restored in time"


@pytest.mark.parametrize("event", [WEEKLY, replace(WEEKLY, recurrence=None)], ids=["weekly", "once"])
async def test_a_post_that_still_waits_comes_before_the_new_start_if_its_occurrence_is_moved(
    harness: Harness, id: str, event: ScheduledEvent
) -> None:
    await harness.see(event)
    await harness.wait_until(GAMES - HOUR)
    assert await harness.on_its_way()
    later = GAMES + 5 * HOUR - timedelta(minutes=30)
    exceptions = {FIRST: later}
    await harness.see(
        replace(event, exceptions=exceptions) if event.recurrence else replace(event, starts_at=later)
    )
    assert not await harness.on_its_way()
    await harness.change(id, quiet_from=None)
    await harness.wait_until(later - HOUR)
    assert await posted(harness) == later


async def test_a_change_of_another_occurrence_leaves_a_waiting_post_alone(harness: Harness, id: str) -> None:
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.see(replace(WEEKLY, exceptions={SECOND: None}))
    assert await posted(harness) == GAMES


@pytest.mark.parametrize("hours", [-0.5, 1, 24])
async def test_a_series_moved_by_hand_before_its_start_is_not_reminded_of_twice(
    harness: Harness, id: str, hours: float
) -> None:
    """Whoever edits the whole series changes its rule as well."""
    moved = GAMES + hours * HOUR
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(replace(WEEKLY, starts_at=moved, recurrence=replace(RULE, start=moved)))
    assert (await times(harness))[0] == moved + WEEK - HOUR


async def test_after_its_next_occurrence_was_cancelled_a_moved_series_is_reminded_of(
    harness: Harness, id: str
) -> None:
    moved = GAMES + 24 * HOUR
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    rule, exceptions = replace(RULE, start=moved), {FIRST: None}
    await harness.see(replace(WEEKLY, exceptions=exceptions))
    await harness.see(replace(WEEKLY, starts_at=moved, recurrence=rule, exceptions=exceptions))
    assert (await times(harness))[0] == moved - HOUR


async def test_a_series_whose_start_alone_was_moved_by_hand_is_not_reminded_of_twice(
    harness: Harness, id: str
) -> None:
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(replace(WEEKLY, starts_at=GAMES + HOUR))
    assert (await times(harness))[0] > GAMES + 24 * HOUR


async def test_a_series_begun_ahead_of_time_still_gets_the_next_reminder(harness: Harness, id: str) -> None:
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    harness.now = GAMES - timedelta(minutes=20)
    await harness.see(replace(WEEKLY, begun=True))
    await harness.see(replace(WEEKLY, starts_at=GAMES + WEEK))
    assert await times(harness) == [GAMES + week * WEEK - HOUR for week in range(1, AHEAD + 1)]


async def test_an_event_that_becomes_recurring_or_ceases_to_be_is_not_reminded_of_twice(
    harness: Harness, id: str
) -> None:
    once = replace(WEEKLY, recurrence=None)
    await harness.see(once)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(WEEKLY)
    assert (await times(harness))[0] == GAMES + WEEK - HOUR
    await harness.see(once)
    assert not await times(harness)


async def test_a_daily_event_is_reminded_of_a_whole_day_before(harness: Harness) -> None:
    """The reminder is due when the occurrence before it begins."""
    await harness.agree()
    await harness.add(ReminderKind.EVENT, before=24 * 60)
    await harness.see(DAILY)
    for day in range(4):
        start = GAMES + day * 24 * HOUR
        await harness.wait_until(start - 24 * HOUR)
        assert await posted(harness) == start
        if day:
            await harness.see(replace(DAILY, starts_at=start - 24 * HOUR, begun=True))
            await harness.see(replace(DAILY, starts_at=start))
        assert not await harness.on_its_way()


async def test_in_quiet_hours_only_the_occurrences_within_them_are_left_out(
    harness: Harness, id: str
) -> None:
    """It begins at 23:30 in Berlin, within the quiet hours from 22:00 to 08:00; one of them was moved."""
    late = utc(2026, 1, 9, 22, 30)
    event = ScheduledEvent(5, late, recurrence=Recurrence(late, 3))
    await harness.see(replace(event, exceptions={occurrence_id(late + 24 * HOUR): late + 36 * HOUR}))
    assert await times(harness) == [late + 35 * HOUR]


async def test_a_skip_leaves_out_one_occurrence_only_even_if_it_is_moved(harness: Harness, id: str) -> None:
    await harness.see(WEEKLY)
    for _ in range(2):
        assert (await harness.skip(id, GAMES - HOUR)).next_at == GAMES + WEEK - HOUR
    await harness.see(replace(WEEKLY, exceptions={FIRST: GAMES + HOUR}))
    assert (await times(harness))[0] == GAMES + WEEK - HOUR


async def test_what_was_stored_of_occurrences_does_not_pile_up(harness: Harness, id: str) -> None:
    for week in range(6):
        start = GAMES + week * WEEK
        await harness.see(replace(WEEKLY, starts_at=start))
        await harness.wait_until(start - HOUR)
        await harness.up()
        await harness.wait_until(start + HOUR)
    await harness.see(ScheduledEvent(6, harness.now + WEEK))
    assert [at for at, _ in await rows(harness) if at <= harness.now] == []
    assert len(await rows(harness)) <= AHEAD + 1
    await harness.see(whole=True)
    assert await rows(harness) == []


async def test_a_series_that_is_over_before_the_start_it_was_reminded_of_stays_known_until_then(
    harness: Harness, id: str
) -> None:
    await harness.see(WEEKLY)
    await harness.wait_until(GAMES - HOUR)
    await harness.up()
    await harness.see(replace(WEEKLY, waits=False))
    assert await rows(harness) == [(GAMES, True)]
    assert not (await harness.show(id)).events
    await harness.see(WEEKLY)
    assert (await times(harness))[0] == GAMES + WEEK - HOUR


async def test_two_events_at_the_same_time_each_get_their_reminder(harness: Harness, id: str) -> None:
    await harness.see(ScheduledEvent(5, GAMES), ScheduledEvent(6, GAMES))
    await harness.wait_until(GAMES - HOUR)
    [first] = await harness.on_its_way()
    await harness.up()
    await harness.wait_until(GAMES - HOUR / 2)
    [second] = await harness.on_its_way()

    assert {first.detail.split(".")[2], second.detail.split(".")[2]} == {"5", "6"}
