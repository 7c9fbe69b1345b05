"""Reminders before recurring events, as Discord sends them: their exceptions are read by us alone."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Delivered, Failure
from bot.demo.client.client import DemoClient
from bot.reminders.models import ReminderKind
from bot.ui.channel_gateway import DiscordChannelGateway
from tests.discord.reminding import (
    Series,
    agreed,
    event,
    here,
    home,
    moderator,
    on,
    stamp,
    standing,
    until,
)
from tests.unit.pods.fixtures import utc

GAMES = utc(2026, 1, 9, 18)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


@pytest.fixture
async def series(demo: DemoClient, monkeypatch: pytest.MonkeyPatch) -> Series:
    """Put norms in force, and add a reminder an hour before each event."""
    await agreed(demo)
    await on(demo, ReminderKind.EVENT)
    return Series(demo, monkeypatch)


async def games(demo: DemoClient, series: Series) -> int:
    """Plan a weekly event. Return its id."""
    id = event(demo, "Games", 2026, 1, 9, 18)
    series.weekly(id, GAMES)
    await demo.settle()
    return id


async def came(demo: DemoClient) -> bool:
    """Whether a reminder is in the channel. It is deleted, so that the next one can be told from it."""
    found = standing(demo, await demo.member("ana"))
    for one in found:
        assert "Before" in one.text
        demo.env.backend.delete_message(demo.general.id, one.message.id)
    await demo.settle()
    return bool(found)


async def test_a_weekly_event_is_reminded_of_each_week(demo: DemoClient, series: Series) -> None:
    id = await games(demo, series)
    for week in range(3):
        start = GAMES + week * WEEK
        await until(demo, start - HOUR)
        assert await came(demo)
        await until(demo, start + HOUR)
        series.move_on(id, start + WEEK)
        await demo.settle()
    assert not await came(demo)


async def test_the_next_times_name_each_occurrence(demo: DemoClient, series: Series) -> None:
    await games(demo, series)
    card = await (await home(demo, await moderator(demo))).press("Open")
    times = await card.press("The next five times")
    for day in (9, 16, 23, 30):
        assert f"- {stamp(2026, 1, day, 17)}, before" in times
    for card in await (await times.press("Back")).press_twice("Skip the next"):
        assert f"Next: {stamp(2026, 1, 16, 17)}" in card.text


async def test_a_cancelled_occurrence_gets_no_reminder_until_it_is_restored(
    demo: DemoClient, series: Series
) -> None:
    id = await games(demo, series)
    series.exclude(id, GAMES)
    await demo.settle()
    await until(demo, GAMES)
    assert not await came(demo)
    series.move_on(id, GAMES + WEEK)
    for start in (GAMES + WEEK, GAMES + 2 * WEEK):
        series.exclude(id, start)
    await demo.settle()
    series.restore(id)
    await demo.settle()
    await until(demo, GAMES + WEEK - HOUR)
    assert await came(demo)


async def test_a_moved_occurrence_is_reminded_of_before_its_new_start(
    demo: DemoClient, series: Series
) -> None:
    id = await games(demo, series)
    series.exclude(id, GAMES, GAMES + HOUR)
    series.exclude(id, GAMES, GAMES + 3 * HOUR)
    await demo.settle()
    series.restore(id)
    series.exclude(id, GAMES, GAMES + 2 * HOUR)
    await demo.settle()
    await until(demo, GAMES + HOUR - timedelta(minutes=1))
    assert not await came(demo)
    await until(demo, GAMES + HOUR)
    assert await came(demo)


async def test_exceptions_that_were_made_while_the_bot_was_off_count(
    demo: DemoClient, series: Series
) -> None:
    id, close = await games(demo, series), demo.bot.close

    async def meanwhile() -> None:
        await close()
        series.exclude(id, GAMES)

    demo.bot.close = meanwhile
    await demo.restart()
    shown = (await demo.bot.services.reminders.queries.home(here(demo), demo.now)).shown
    assert shown[0].times[0] == GAMES + WEEK - HOUR
    await until(demo, GAMES)
    assert not await came(demo)


@pytest.mark.parametrize("moved", [None, GAMES + 24 * HOUR], ids=["cancelled", "moved"])
async def test_an_occurrence_cancelled_or_moved_while_its_reminder_is_being_sent_gets_none_now(
    demo: DemoClient, series: Series, moved: datetime | None
) -> None:
    id = await games(demo, series)
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=500, times=1)
    await until(demo, GAMES - HOUR)
    assert not await came(demo)
    series.exclude(id, GAMES, moved)
    await demo.settle()
    await until(demo, GAMES)
    assert not await came(demo)
    series.move_on(id, GAMES + WEEK)
    await until(demo, (moved or GAMES + WEEK) - HOUR)
    assert await came(demo)


async def test_a_post_says_nothing_about_an_occurrence_that_was_just_cancelled(
    demo: DemoClient, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cancellation arrives when the post is already claimed, and before it is rendered."""
    id = await games(demo, series)
    gateway: DiscordChannelGateway = demo.bot.services.channel_gateway
    send = gateway.send

    async def cancelled_first(post: ChannelPost) -> Delivered | Failure | None:
        series.exclude(id, GAMES)
        return await send(post)

    monkeypatch.setattr(gateway, "send", cancelled_first)
    await until(demo, GAMES - HOUR)
    assert not await came(demo)
    monkeypatch.setattr(gateway, "send", send)
    series.move_on(id, GAMES + WEEK)
    await until(demo, GAMES + WEEK - HOUR)
    assert await came(demo)


async def test_a_deleted_series_gets_no_reminder(demo: DemoClient, series: Series) -> None:
    demo.env.backend.delete_scheduled_event(demo.server.id, await games(demo, series))
    await demo.settle()
    shown = (await demo.bot.services.reminders.queries.home(here(demo), demo.now)).shown
    assert shown[0].times == ()
    await until(demo, GAMES)
    assert not await came(demo)
