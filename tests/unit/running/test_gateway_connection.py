"""How long the bot waits before it opens the next connection to the gateway."""

import asyncio
from pathlib import Path

import discord
import pytest
from discord.gateway import ReconnectWebSocket
from yarl import URL

from bot.app import utcnow
from bot.login_throttle import Logins, LoginThrottle
from bot.ui.gateway_connection import ShardConnections, ShardState
from bot.ui.gateway_events import GatewayEvents


@pytest.fixture
def shard() -> ShardState:
    return ShardState(0, URL("ws://127.0.0.1/gateway"))


@pytest.fixture
def connections(tmp_path: Path) -> ShardConnections:
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    return ShardConnections(client, GatewayEvents(client), Logins(LoginThrottle(tmp_path / "starts"), utcnow))


def pauses(connections: ShardConnections, shard: ShardState, lasted: float) -> list[float]:
    """Return the pauses after some connections that were up for so many seconds."""
    found = []
    for _ in range(8):
        shard.up_since = asyncio.get_running_loop().time() - lasted
        found.append(connections._pause_after(shard, ReconnectWebSocket(0)))
    return found


async def test_connections_that_are_dropped_every_fifteen_seconds_are_opened_again_at_once(
    connections: ShardConnections, shard: ShardState
) -> None:
    assert pauses(connections, shard, 15) == [0.0] * 8


async def test_after_connections_that_end_as_soon_as_they_are_up_the_pauses_grow(
    connections: ShardConnections, shard: ShardState
) -> None:
    found = pauses(connections, shard, 1)

    assert found == sorted(found)
    assert found[-1] > 60
