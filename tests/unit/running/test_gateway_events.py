"""GatewayEvents: an event that can't be parsed is logged, and others can listen to raw events."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import discord
import pytest
from discord.ext import commands

from bot.ui.gateway_events import SHARD_BEING_READ, GatewayEvents

EXCEPTION = "GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE"


@pytest.fixture
async def client() -> AsyncIterator[commands.AutoShardedBot]:
    async with commands.AutoShardedBot("!", intents=discord.Intents(guilds=True), shard_count=3) as client:
        yield client


def arrives(client: discord.Client, event: str, data: dict[str, Any]) -> None:
    """Hand an event to its parser, as discord.py's connection does."""
    state: Any = client._connection
    state.parsers[event](data)


async def test_an_event_that_cannot_be_parsed_is_logged_without_its_content(
    client: commands.AutoShardedBot, caplog: pytest.LogCaptureFixture
) -> None:
    GatewayEvents(client)

    arrives(client, "CHANNEL_UPDATE", {"id": "canary"})

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "CHANNEL_UPDATE" in caplog.text
    assert "parse_channel_update" in caplog.text
    assert "canary" not in caplog.text


async def test_a_listener_gets_an_event_that_discord_py_does_not_know(
    client: commands.AutoShardedBot,
) -> None:
    got: list[Mapping[str, Any]] = []
    GatewayEvents(client).listen(EXCEPTION, got.append)

    arrives(client, EXCEPTION, {"event_id": "1"})

    assert got == [{"event_id": "1"}]


async def test_a_listener_gets_an_event_even_if_its_parser_or_another_listener_failed(
    client: commands.AutoShardedBot,
) -> None:
    got: list[Mapping[str, Any]] = []

    def failing(_data: Mapping[str, Any]) -> None:
        raise ValueError

    events = GatewayEvents(client)
    events.listen("CHANNEL_UPDATE", failing)
    events.listen("CHANNEL_UPDATE", got.append)

    arrives(client, "CHANNEL_UPDATE", {})

    assert got == [{}]


async def test_a_listener_is_called_after_the_parser(client: commands.AutoShardedBot) -> None:
    state: Any = client._connection
    order: list[str] = []
    state.parsers["CHANNEL_CREATE"] = lambda _data: order.append("parser")
    events = GatewayEvents(client)
    events.listen("CHANNEL_CREATE", lambda _data: order.append("listener"))

    arrives(client, "CHANNEL_CREATE", {})

    assert order == ["parser", "listener"]


async def test_ready_without_its_shard_and_guilds_still_makes_the_bot_ready(
    client: commands.AutoShardedBot, caplog: pytest.LogCaptureFixture
) -> None:
    state: Any = client._connection
    state.shard_ids = [2]
    ready = asyncio.create_task(client.wait_for("shard_connect", timeout=5))
    await asyncio.sleep(0)
    GatewayEvents(client)
    SHARD_BEING_READ.set(2)

    arrives(client, "READY", {"user": {"id": "1", "username": "x", "discriminator": "0", "avatar": None}})

    assert await ready == 2
    assert not caplog.records
    for task in (state._ready_task, *state._ready_tasks.values()):
        task.cancel()


async def test_characters_that_cannot_be_stored_are_dropped_from_what_people_do(
    client: commands.AutoShardedBot,
) -> None:
    got: list[Mapping[str, Any]] = []
    state: Any = client._connection
    state.parsers["INTERACTION_CREATE"] = got.append
    events = GatewayEvents(client)
    events.listen("INTERACTION_CREATE", got.append)

    arrives(client, "INTERACTION_CREATE", {"data": {"custom_id": "v1:a.b\x00:c", "values": ["\ud83d"]}})

    assert got == [{"data": {"custom_id": "v1:a.b:c", "values": [""]}}] * 2
