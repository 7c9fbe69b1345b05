"""Requests to this Discord: messages, refusals, rate limits and faults."""

import asyncio
import sys
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.patience import PATIENCE
from tests.wire.client import ROOT, Wire, wire
from tests.wire.conftest import Client
from tests.wire.faults import FaultKind
from tests.wire.state import FORUM, TOKEN

SERVER = 1 << 22
ME, MESSAGES = "/users/@me", "/channels/{channel}/messages"


def refused(code: int) -> Any:
    return pytest.raises(discord.HTTPException, match=f"error code: {code}")


async def test_a_nonce_counts_for_three_minutes_in_its_channel(there: Wire, client: Client) -> None:
    channels = [client.get_partial_messageable(await there.add_channel(SERVER)) for _ in range(2)]
    first = await channels[0].send("once", nonce="n")
    again = await channels[0].send("once", nonce="n")
    elsewhere = await channels[1].send("once", nonce="n")
    await there.move_clock(181)
    later = await channels[0].send("once", nonce="n")
    await later.delete()
    with refused(10008):
        await channels[0].send("once", nonce="n")

    assert first.id == again.id
    assert len({first.id, elsewhere.id, later.id}) == 3
    assert [one.nonce for one in await there.messages()] == ["n", "n"]


async def test_a_history_is_paged_as_discord_pages_it(there: Wire, client: Client) -> None:
    ana = await there.add_person("ana", guild=SERVER)
    channel = await there.add_channel(SERVER)
    ids = [await there.say(channel, ana, f"{n}") for n in range(130)]
    where = client.get_partial_messageable(channel)
    pages = {
        "newest": [one.id async for one in where.history(limit=3)],
        "after": [
            one.id async for one in where.history(after=discord.Object(ids[4]), limit=None, oldest_first=True)
        ],
        "before": [one.id async for one in where.history(before=discord.Object(ids[120]), limit=None)],
        "around": [one.id async for one in where.history(around=discord.Object(ids[50]), limit=5)],
    }

    assert pages == {
        "newest": ids[:-4:-1], "after": ids[5:], "before": ids[119::-1], "around": [*reversed(ids[48:53])],
    }  # fmt: skip


async def test_a_message_is_edited_fetched_and_deleted(there: Wire, client: Client) -> None:
    channel = client.get_partial_messageable(await there.add_channel(SERVER))
    sent = await channel.send("one", file=discord.File(__file__, "a.txt"))
    await sent.edit(content="two")
    fetched = await channel.fetch_message(sent.id)
    [kept] = await there.messages()
    await sent.delete()
    with refused(10008):
        await channel.fetch_message(sent.id)

    assert (fetched.content, fetched.attachments[0].filename) == ("two", "a.txt")
    assert (kept.content, kept.edits, kept.attachments) == ("two", 1, ["a.txt"])


async def test_whatever_discord_refuses_has_its_own_code(there: Wire, client: Client) -> None:
    ana = await there.add_person("ana", guild=SERVER)
    guild = client.guilds[0]
    hidden = client.get_partial_messageable(await there.add_channel(SERVER, hidden=True))
    forum = client.get_partial_messageable(await there.add_channel(SERVER, kind=FORUM))
    gone = client.get_partial_messageable(await there.add_channel(SERVER))
    open_one = client.get_partial_messageable(await there.add_channel(SERVER))
    await there.call("remove_channel", channel=gone.id)
    dm = await client.create_dm(discord.Object(ana))
    for channel, code in ((hidden, 50001), (forum, 50008), (gone, 10003)):
        with refused(code):
            await channel.send("hello")
    await dm.send("hello")
    await there.call("change_person", person=ana, dms_closed=True)
    with refused(50007):
        await dm.send("hello")
    await there.call("change_person", person=ana, dms_closed=False)
    assert (await guild.fetch_member(ana)).name == "ana"
    await there.call("remove_member", guild=SERVER, person=ana)
    with refused(10007):
        await guild.fetch_member(ana)
    with refused(50278):
        await dm.send("hello")
    await there.call("change_person", person=ana, deleted=True)
    with refused(10013):
        await client.http.start_private_message(ana)
    await there.call(
        "change_member", guild=SERVER, person=client.user.id if client.user else 0, timed_out_until=4e9
    )
    with refused(50013):
        await open_one.send("hello")
    await there.call("set_available", guild=SERVER, available=False)
    with refused(50001):
        await open_one.send("hello")
    await there.call("remove_bot", guild=SERVER)
    with refused(10004):
        await client.fetch_guild(SERVER, with_counts=False)


async def test_a_client_that_obeys_the_headers_meets_no_limit(there: Wire, client: Client) -> None:
    await there.call(
        "set_limits", routes=[{"method": "POST", "route": MESSAGES, "requests": 3, "seconds": 0.4}]
    )
    channel = client.get_partial_messageable(await there.add_channel(SERVER))
    await asyncio.gather(*(channel.send(f"{n}") for n in range(8)))

    assert await there.count(f"POST {MESSAGES} 200") == 8
    assert (await there.call("counts"))["limited"] == {}


async def test_a_client_that_ignores_the_headers_is_refused_and_told_when_to_come_back(there: Wire) -> None:
    await there.call("set_limits", routes=[{"method": "*", "route": ME, "requests": 2, "seconds": 60}])
    answers = [await get(there) for _ in range(3)]

    assert [one.status for one in answers] == [200, 200, 429]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert len({one.headers["X-RateLimit-Bucket"] for one in answers}) == 1
    assert "Via" in answers[2].headers
    body = await answers[2].json()
    assert 0 < body["retry_after"] <= 60
    assert body["global"] is False


async def test_the_limit_for_everything_is_for_all_routes_but_answers_to_interactions(there: Wire) -> None:
    await there.call("set_limits", routes=[], total=1, total_seconds=60)
    paths = [ME, "/oauth2/applications/@me", "/webhooks/100/token-1/messages/@original"]
    answers = [await get(there, path=path) for path in paths]

    assert [one.status for one in answers] == [200, 429, 404]
    assert (await answers[1].json())["global"] is True
    assert (await there.call("counts"))["limited"] == {"global": 1}


async def test_a_client_that_meets_the_limit_for_everything_waits_and_goes_on(
    there: Wire, client: Client
) -> None:
    await there.fault(FaultKind.ANSWER, ME, status=429, everywhere=True, retry_after=0.1)
    user = await client.http.request(Route("GET", ME))

    assert user["id"] == "100"
    assert await there.count(f"GET {ME} 429") == 1


async def get(there: Wire, seconds: float = PATIENCE, path: str = ME) -> aiohttp.ClientResponse:
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{there.address}/api/v10{path}", headers={"Authorization": f"Bot {TOKEN}"}) as answer,
    ):
        await answer.read()
        return answer


async def test_a_fault_answers_with_any_status_and_code(there: Wire) -> None:
    for status in (400, 403, 404, 429, 500, 502, 503):
        await there.fault(FaultKind.ANSWER, ME, status=status, code=12, skip=1)
        before, faulty, after = await get(there), await get(there), await get(there)

        assert (before.status, faulty.status, after.status) == (200, status, 200)
        assert (await faulty.json()).get("code", 12) == 12


async def test_a_fault_breaks_the_answer(there: Wire) -> None:
    # aiohttp itself repeats a GET once if its connection breaks before the answer.
    for kind, times, error in (
        (FaultKind.RESET, 2, aiohttp.ClientOSError),
        (FaultKind.HANG_UP, 2, aiohttp.ServerDisconnectedError),
        (FaultKind.HALF, 1, aiohttp.ClientPayloadError),
        (FaultKind.SILENCE, 1, TimeoutError),
    ):
        await there.fault(kind, "/users/*", "GET", effect=True, times=times)
        with pytest.raises(error):
            await get(there, 0.3 if kind is FaultKind.SILENCE else PATIENCE)

        assert (await get(there)).status == 200


async def test_a_message_takes_effect_or_not_before_its_answer_is_lost(there: Wire, client: Client) -> None:
    channel = client.get_partial_messageable(await there.add_channel(SERVER))
    kept = 0
    for kind in (FaultKind.RESET, FaultKind.HANG_UP, FaultKind.ANSWER, FaultKind.HALF):
        for effect in (True, False):
            await there.fault(kind, "/channels/*/messages", "POST", status=503, effect=effect)
            with pytest.raises((aiohttp.ClientError, discord.HTTPException, OSError)):
                await channel.send("hello")
            kept += effect

            assert await there.count("messages") == kept, (kind, effect)


async def test_a_slow_message_takes_effect_after_its_sender_is_gone(there: Wire, client: Client) -> None:
    channel = client.get_partial_messageable(await there.add_channel(SERVER))
    slow = await there.fault(FaultKind.SLOW, "/channels/**", "POST", seconds=PATIENCE)
    sending = asyncio.create_task(channel.send("hello"))
    await there.met(slow)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    early = await there.count("messages")
    await there.no_faults()
    await there.wait("messages")

    assert early == 0


async def test_a_slow_answer_comes_after_its_effect(there: Wire, client: Client) -> None:
    channel = client.get_partial_messageable(await there.add_channel(SERVER))
    await there.fault(FaultKind.SLOW, "/channels/**", "POST", seconds=PATIENCE, effect=True)
    sending = asyncio.create_task(channel.send("hello"))
    await there.wait("messages")
    answered = sending.done()
    await there.no_faults()
    message = await sending

    assert not answered
    assert [one.id for one in await there.messages()] == [message.id]


async def test_faults_by_chance_are_the_same_for_the_same_seed(there: Wire) -> None:
    async def statuses() -> list[int]:
        await there.call("seed", seed=3)
        return [(await get(there)).status for _ in range(12)]

    await there.fault(FaultKind.ANSWER, ME, times=None, probability=0.5)
    first, again = await statuses(), await statuses()

    assert first == again
    assert {*first} == {200, 500}


async def test_a_token_that_is_not_the_bots_is_refused(there: Wire, client: Client) -> None:
    async with discord.Client(intents=discord.Intents.none()) as stranger:
        with pytest.raises(discord.LoginFailure):
            await stranger.login("another.bots.token")


async def test_anybody_is_told_the_time_which_moves_with_its_clock(there: Wire) -> None:
    seen = []
    async with aiohttp.ClientSession() as anybody:
        for ahead in (0, 3600, -3600):
            await there.move_clock(ahead)
            async with anybody.get(f"{Route.BASE}/gateway") as answer:
                seen.append(parsedate_to_datetime(answer.headers["Date"]))
                assert (await answer.json())["url"].startswith("ws://")

    assert seen[0] <= seen[2] < seen[0] + timedelta(hours=1) <= seen[1]


REACHING = """
import socket, sys
from tests.wire.launch import stay_inside
stay_inside(sys.argv[1])
try:
    if sys.argv[2] == "name": socket.getaddrinfo("discord.com", 443)
    else: socket.socket().connect(("203.0.113.1", 443))
except ConnectionError: sys.exit(3)
"""


@pytest.mark.parametrize(("how", "host"), [("name", "discord.com"), ("address", "203.0.113.1")])
async def test_a_program_that_reaches_outside_is_stopped_and_fails_its_test(how: str, host: str) -> None:
    discord = wire()
    there = await discord.__aenter__()
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", REACHING, there.address, how, cwd=ROOT
    )
    stopped = await program.wait()
    reached = await there.outside()
    with pytest.raises(AssertionError, match=host):
        await discord.__aexit__(None, None, None)

    assert (stopped, reached) == (3, [host])
