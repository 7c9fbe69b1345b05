"""Sessions of this Discord, as discord.py sees them: they begin, break, resume, and fail."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from tests.patience import PATIENCE
from tests.wire.client import Wire
from tests.wire.conftest import Client, logged_in
from tests.wire.faults import GATEWAY, FaultKind

SERVER = 1 << 22
"""The server of the fixture `client`. With two shards, shard 1 gets its events."""
STARTS = 1_900_000_000.0
EVENT: dict[str, Any] = {"name": "meeting", "starts": STARTS}


async def logins(there: Wire) -> int:
    return len((await there.gateway())["identifies"])


async def test_a_client_logs_in_once_and_gets_its_servers(there: Wire, client: Client) -> None:
    channel = await there.add_channel(SERVER, "general")
    await there.add_channel(SERVER, "secret", hidden=True)
    await client.got("CHANNEL_CREATE", 2)
    guild = client.get_guild(SERVER)

    assert guild is not None
    shown = {one.name: one.permissions_for(guild.me).view_channel for one in guild.channels}
    assert shown == {"general": True, "secret": False}
    assert guild.get_channel(channel) is not None
    [identify] = (await there.gateway())["identifies"]
    assert (identify["shard"], identify["shards"], identify["too_soon"]) == (0, 1, False)


async def test_what_happens_while_a_connection_is_broken_is_replayed_once(
    there: Wire, client: Client
) -> None:
    slow = await there.fault(FaultKind.SLOW, "/handshake", GATEWAY, seconds=PATIENCE)
    await there.call("close", code=None)
    await there.met(slow)
    away = await there.call("dispatch", event="ANYTHING", data={"n": 1}, guild=SERVER)
    await there.call("add_event", guild=SERVER, **EVENT)
    await there.no_faults()
    await client.got("RESUMED")
    await there.call("add_event", guild=SERVER, **EVENT)
    await client.got("GUILD_SCHEDULED_EVENT_CREATE", 2)

    assert away == 0, "nobody was connected"
    assert client.events["GUILD_CREATE"] == 1, "it had come before"
    assert client.events["ANYTHING"] == 1
    assert client.events["READY"] == 1
    assert await logins(there) == 1


@pytest.mark.parametrize("how", ["reconnect", "invalidate", "close"])
async def test_a_session_that_can_be_resumed_is_resumed(there: Wire, client: Client, how: str) -> None:
    told: dict[str, dict[str, Any]] = {"invalidate": {"resumable": True}, "close": {"code": 4000}}
    await there.call(how, **told.get(how, {}))
    await client.got("RESUMED")

    assert client.events["READY"] == 1
    assert await logins(there) == 1


async def test_after_an_invalid_session_the_client_logs_in_again(there: Wire, client: Client) -> None:
    await there.call("invalidate", resumable=False)
    await client.got("GUILD_CREATE", 2)

    assert client.events["READY"] == await logins(there) == 2
    assert client.events["RESUMED"] == 0


async def test_a_session_that_is_gone_cannot_be_resumed(there: Wire, client: Client) -> None:
    await there.call("forget_sessions")
    await there.call("close", code=None)
    await client.got("READY", 2)

    assert (await there.gateway())["resumes"] == 0


@pytest.mark.parametrize("how", ["zombie", "no acknowledgements"])
async def test_a_connection_over_which_nothing_comes_is_replaced(there: Wire, how: str) -> None:
    await there.call("change_settings", heartbeat_interval=0.2)
    async with logged_in(heartbeat_timeout=1) as client:
        await client.got("READY")
        if how == "zombie":
            await there.call("silence")
        else:
            await there.fault(FaultKind.SILENCE, "/heartbeat", GATEWAY, times=None)
        await there.wait("resumes")
        await client.got("RESUMED")


async def test_every_shard_gets_its_own_servers_and_shard_0_all_direct_messages(there: Wire) -> None:
    await there.call("change_settings", shards=2)
    for shard in (0, 1):
        await there.add_guild(f"on {shard}", id=(4 + shard) << 22)
    async with logged_in() as client:
        await client.got("GUILD_CREATE", 2)
        await client.got("READY", 2)
        shards = {guild.name: guild.shard_id for guild in client.guilds}
        await there.call("close", code=None, shard=0)
        await client.got("RESUMED")
        await there.call("silence", shard=0)
        direct = await there.call("dispatch", event="DIRECT", data={})
        await there.call("dispatch", event="IN_A_SERVER", data={}, guild=5 << 22)
        await client.got("IN_A_SERVER")

        assert shards == {"on 0": 0, "on 1": 1}
        assert direct == 1
        assert client.events["DIRECT"] == 0
        found = (await there.gateway())["identifies"]
        assert [(one["shard"], one["too_soon"]) for one in found] == [(0, False), (1, True)]


async def test_logins_faster_than_discord_allows_are_refused_if_a_test_wants_that(there: Wire) -> None:
    await there.call("change_settings", shards=2, enforces_concurrency=True)
    async with logged_in() as client:
        await client.got("READY")
        await there.wait("identifies", 3)

        assert client.events["READY"] == 1


async def test_a_login_that_is_refused_again_and_again_succeeds_at_last(there: Wire) -> None:
    await there.fault(FaultKind.INVALID_SESSION, "/identify", GATEWAY, times=3)
    async with logged_in() as client:
        await client.got("READY")

        assert await logins(there) == 4
        assert (await there.gateway())["readies"] == 1


async def test_a_handshake_that_fails_is_tried_again(there: Wire, client: Client) -> None:
    failed = await there.fault(FaultKind.ANSWER, "/handshake", GATEWAY, status=500)
    await there.call("close", code=None)
    await client.got("READY", 2)

    assert await there.happened(failed) == 1


async def test_a_handshake_can_stay_unanswered_or_be_reset(there: Wire) -> None:
    # aiohttp itself repeats a handshake once if its connection breaks.
    await there.fault(FaultKind.RESET, "/handshake", GATEWAY, times=2)
    silent = await there.fault(FaultKind.SILENCE, "/handshake", GATEWAY)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.ws_connect(f"{there.address}/gateway")
        waiting = asyncio.create_task(session.ws_connect(f"{there.address}/gateway"))
        await there.met(silent)
        done, _ = await asyncio.wait([waiting], timeout=0.2)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    assert not done


async def test_a_connection_can_be_accepted_and_get_no_word(there: Wire) -> None:
    for step in ("/hello", "/identify"):
        await there.fault(FaultKind.SILENCE, step, GATEWAY)
        session = aiohttp.ClientSession()
        socket = await session.ws_connect(f"{there.address}/gateway")
        if step == "/identify":
            assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": "any", "intents": 0}})
        with pytest.raises(TimeoutError):
            await socket.receive(0.2)
        # Closing the socket itself would wait for an answer, which never comes.
        await session.close()


async def test_a_ready_event_without_its_shard_ends_discord_py(there: Wire) -> None:
    await there.fault(FaultKind.OMIT, "/ready", GATEWAY, keys=["shard"])
    async with logged_in(ended_by=KeyError):
        pass


async def test_a_channel_without_a_position_ends_discord_py(there: Wire) -> None:
    await there.add_guild(id=SERVER)
    channel = await there.add_channel(SERVER)
    async with logged_in(ended_by=KeyError) as client:
        await client.got("GUILD_CREATE")
        told = {"id": str(channel), "guild_id": str(SERVER), "type": 0, "name": "general"}
        await there.call("dispatch", event="CHANNEL_UPDATE", data=told, guild=SERVER)


async def test_a_close_code_that_is_final_ends_discord_py(there: Wire) -> None:
    async with logged_in(ended_by=discord.ConnectionClosed) as client:
        await client.got("READY")
        await there.call("close", code=4004)


async def test_a_server_becomes_unavailable_and_available_and_removes_and_invites_the_bot(
    there: Wire, client: Client
) -> None:
    guild = client.get_guild(SERVER)
    assert guild is not None
    await there.call("set_available", guild=SERVER, available=False)
    await client.got("GUILD_DELETE")
    unavailable = guild.unavailable
    await there.call("set_available", guild=SERVER, available=True)
    await client.got("GUILD_CREATE", 2)
    available = not guild.unavailable
    await there.call("remove_bot", guild=SERVER)
    await client.got("GUILD_DELETE", 2)
    removed = client.get_guild(SERVER) is None
    await there.call("invite_bot", guild=SERVER)
    await client.got("GUILD_CREATE", 3)

    assert (unavailable, available, removed) == (True, True, True)
    assert client.get_guild(SERVER) is not None


async def test_events_of_a_server_and_their_exceptions_are_announced(there: Wire, client: Client) -> None:
    event = await there.call(
        "add_event",
        guild=SERVER,
        **EVENT,
        recurrence_rule={"frequency": 2, "interval": 1, "start": "", "by_weekday": [1]},
    )
    occurrence = STARTS + 7 * 86400
    how = {"guild": SERVER, "event": event, "occurrence": occurrence}
    made = await there.call("except_occurrence", **how, starts=occurrence + 60)
    await there.call("except_occurrence", **how, cancelled=True)
    await there.call("except_occurrence", **how, removed=True)
    await there.call("change_event", guild=SERVER, event=event, starts=occurrence)
    await client.got("GUILD_SCHEDULED_EVENT_UPDATE")
    moved = client.guilds[0].get_scheduled_event(event)
    await there.call("remove_event", guild=SERVER, event=event)
    await client.got("GUILD_SCHEDULED_EVENT_DELETE")

    assert [
        client.events[f"GUILD_SCHEDULED_EVENT_EXCEPTION_{what}"] for what in ("CREATE", "UPDATE", "DELETE")
    ] == [1, 1, 1]
    assert discord.utils.snowflake_time(made).timestamp() == occurrence
    assert moved is not None
    assert moved.start_time.timestamp() == occurrence
    assert not client.guilds[0].scheduled_events
