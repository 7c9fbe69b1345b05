"""How long the bot waits before it connects again, and that its shards log in one after the other."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from discord.gateway import ReconnectWebSocket
from yarl import URL

from bot.login_throttle import APART_SECONDS, AT_ONCE, MOST_A_DAY, Logins, LoginThrottle
from bot.ui.gateway_connection import LONGEST_PAUSE_SECONDS, ShardConnections, ShardState, pause
from bot.ui.gateway_events import GatewayEvents
from bot.ui.running import within
from tests.virtual_clock import virtual_clock

DAY_SECONDS = 86_400
NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


def now() -> datetime:
    return NOON + timedelta(seconds=asyncio.get_running_loop().time())


def test_the_pauses_grow_from_none_to_two_minutes_and_no_further() -> None:
    assert pause(0) == 0
    assert 0.75 <= pause(1) <= 1
    assert all(pause(failures) * 1.4 < pause(failures + 1) for failures in range(1, 7))
    assert all(90 <= pause(failures) <= LONGEST_PAUSE_SECONDS for failures in (8, 100, 100_000))


async def pauses_after(lasted: float, where: Path) -> list[float]:
    """Return the pauses after some connections in a row that were up for so many seconds."""
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    connections = ShardConnections(
        client, GatewayEvents(client), Logins(LoginThrottle(where / "starts"), now)
    )
    shard, found = ShardState(0, URL("ws://127.0.0.1/gateway")), []
    for _ in range(8):
        shard.up_since = asyncio.get_running_loop().time() - lasted
        found.append(connections._pause_after(shard, ReconnectWebSocket(0)))
    return found


async def test_connections_that_are_dropped_every_fifteen_seconds_are_opened_again_at_once(
    tmp_path: Path,
) -> None:
    assert await pauses_after(15, tmp_path) == [0.0] * 8


async def test_after_connections_that_end_as_soon_as_they_are_up_the_pauses_grow(tmp_path: Path) -> None:
    found = await pauses_after(1, tmp_path)

    assert found == sorted(found)
    assert found[-1] > 60


@virtual_clock
async def test_a_lost_connection_is_a_warning_only_when_it_was_down_for_minutes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    events = GatewayEvents(client)
    connections = ShardConnections(client, events, Logins(LoginThrottle(tmp_path / "starts"), now))
    connections.add(0, URL("ws://127.0.0.1/gateway"))
    shard = connections._shards[0]
    closed = discord.ConnectionClosed(cast("Any", None), shard_id=0, code=1006)
    caplog.set_level(logging.INFO)

    def levels_since_last() -> set[str]:
        found = {one.levelname for one in caplog.records if one.name.startswith("bot")}
        caplog.clear()
        return found

    client._connection.parsers["RESUMED"]({"__shard_id__": 0})
    await asyncio.sleep(3600)
    pauses = [connections._pause_after(shard, closed)]
    while sum(pauses) < 90:
        await asyncio.sleep(pauses[-1])
        pauses.append(connections._pause_after(shard, closed))
    assert levels_since_last() == {"INFO"}
    await asyncio.sleep(pauses[-1] + 60)
    connections._pause_after(shard, closed)
    assert levels_since_last() == {"WARNING"}

    client._connection.parsers["RESUMED"]({"__shard_id__": 0})
    shard.cancel_timer()
    (line,) = [record.msg for record in caplog.records]
    assert isinstance(line, dict)
    assert line["event"] == "Connected to Discord"
    assert line["down_seconds"] > 120
    assert shard.down_since is None


@virtual_clock
async def test_logins_of_several_shards_are_made_one_after_the_other(tmp_path: Path) -> None:
    logins = Logins(LoginThrottle(tmp_path / "starts"), now)
    made: list[float] = []

    async def log_in() -> None:
        async with logins.turn(3):
            logins.made()
            made.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(log_in() for _ in range(3)))

    assert [later - earlier for earlier, later in pairwise(made)] == [APART_SECONDS] * 2


@pytest.mark.slow
@virtual_clock
@pytest.mark.parametrize("lasts", [0, 300])
async def test_logins_without_a_session_that_went_well_go_on_for_days_below_the_limit(
    tmp_path: Path, lasts: float
) -> None:
    logins, count = Logins(LoginThrottle(tmp_path / "starts"), now), 0
    while asyncio.get_running_loop().time() < 3 * DAY_SECONDS:
        async with logins.turn(1):
            logins.made()
            count += 1
        await asyncio.sleep(lasts)

    assert 3 * 140 < count < 3 * MOST_A_DAY


@virtual_clock
async def test_after_a_session_that_went_well_a_login_needs_no_pause(tmp_path: Path) -> None:
    logins = Logins(LoginThrottle(tmp_path / "starts"), now)
    for _ in range(2 * AT_ONCE):
        async with logins.turn(1):
            logins.made()
        await asyncio.sleep(600)
        logins.went_well()
        began = asyncio.get_running_loop().time()
        async with logins.turn(1):
            assert asyncio.get_running_loop().time() == began


@virtual_clock
async def test_a_part_that_does_not_stop_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    async def failing() -> None:
        raise ZeroDivisionError

    await within(3, "gateway", asyncio.Event().wait())
    await within(3, "database", failing())

    assert asyncio.get_running_loop().time() >= 3
    assert "didn't stop in time" in caplog.text
    assert "failed to stop" in caplog.text


async def test_the_shard_that_has_been_silent_the_longest_counts(tmp_path: Path) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    connections = ShardConnections(
        client, GatewayEvents(client), Logins(LoginThrottle(tmp_path / "starts"), now)
    )
    assert (connections.shards, connections.connected, connections.silent) == (0, 0, None)

    time = asyncio.get_running_loop().time()
    for shard in (0, 1):
        connections.add(shard, URL("ws://127.0.0.1/gateway"))
        connections._shards[shard].heard_at = time - 100 * shard
    connections._shards[0].up_since = time

    assert (connections.shards, connections.connected) == (2, 1)
    assert connections.silent is not None
    assert 100 <= connections.silent.total_seconds() < 160
