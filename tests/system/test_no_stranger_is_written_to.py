"""The bot writes only to people who have used it: every request that it makes is checked."""

import re
from collections.abc import Iterator
from pathlib import Path

from simcord import MemberActor
from simcord.types import HttpLogEntry

from bot.ids import ServerId
from bot.people.models import DiscordUser
from tests.system.conftest import walking
from tests.system.journeys import SAID, pods
from tests.system.walk import Walk
from tests.system.walk_record import Record

OPENING = "/users/@me/channels"


def reached(requests: list[HttpLogEntry], users: dict[str, int], channels: dict[int, int]) -> Iterator[str]:
    """Yield every request that would reach somebody who had not used the bot before."""
    used: set[int] = set()
    people = {channel: user for user, channel in channels.items()}
    for one in requests:
        match one.path.strip("/").split("/"):
            case ["interactions", id, _, "callback"]:
                used.add(users[id])
            case ["users", "@me", "channels"] if (
                one.json is not None and int(one.json["recipient_id"]) not in used
            ):
                yield f"a channel was opened: {one.json}"
            case ["channels", channel, "messages", *_] if (
                one.method != "GET" and int(channel) in people and people[int(channel)] not in used
            ):
                yield f"{one.method} in {channel}"


def in_channels(requests: list[HttpLogEntry], channels: dict[int, int]) -> Iterator[HttpLogEntry]:
    """Yield every request that posted or edited a message in a channel of the server."""
    for one in requests:
        match one.path.strip("/").split("/"):
            case ["channels", channel, "messages", *_] if (
                one.method in ("POST", "PATCH")
                and int(channel) not in channels.values()
                and int(channel) not in channels
            ):
                yield one


def test_the_whole_walk_writes_only_to_people_who_had_used_the_bot_before(record: Record) -> None:
    openings = [one for one in record.requests if one.path == OPENING]
    assert len(openings) >= 4
    assert not list(reached(record.requests, record.users, record.channels))


def test_messages_in_channels_name_nobody_and_quote_nobody(record: Record) -> None:
    posted = list(in_channels(record.requests, record.channels))
    assert len(posted) >= 5
    said = " ".join(str(one.json) for one in posted)
    assert not [of for of, canary in record.canaries.items() if canary in said]
    assert not [name for name, account in record.accounts.items() if str(account) in said]


async def test_nothing_reaches_somebody_who_has_never_used_the_bot(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        await pods(walk)
        stranger = await walk.demo.member("zoe")
        await _named_in_every_way(walk, stranger)
        await walk.demo.skip(days=16)
        backend = walk.demo.env.backend
        users = {str(id): one.user_id for id, one in backend.interactions.items()}
        assert not list(reached(walk.demo.requests, users, dict(backend.dm_channels)))
        assert stranger.id not in backend.dm_channels
        assert not [one for one in walk.demo.requests if str(stranger.id) in f"{one.path} {_shown(one)}"]


def _shown(one: HttpLogEntry) -> str:
    """Return what the request holds, without the buttons of who chose them for a boundary."""
    return re.sub(r"v1:boundaries\.(set|untell):\d+", "", str(one.json))


async def _named_in_every_way(walk: Walk, stranger: MemberActor) -> None:
    """Name them in every way: invite them, set and lift a boundary, and pick them with a forged id."""
    ana = await walk("ana")
    await walk.choose(await walk.press(await walk.slash("ana", "pod"), "Invite"), stranger)
    await walk.menu("ben", "Invite to my pod", stranger)
    await walk.choose(await walk.press(await walk.slash("ana", "boundary"), "Add"), stranger)
    services = walk.demo.bot.services
    discord_user = DiscordUser(stranger.id, "Zoe", ServerId(stranger.guild.id))
    person = await walk.demo.bot.db.write(lambda tx: services.people.someone(tx, discord_user, walk.demo.now))
    kinds = await walk.press(await walk.slash("ana", "ask"), "Continue, I'm 18+")
    shown = await walk.submit(await walk.choose(kinds, SAID), **walk.typed("an ask"))
    pick = next(one for one in shown.custom_ids if one.startswith("v1:asks.pick:"))
    shown = await walk.demo.forge(ana, pick, [person])
    assert "Zoe" not in shown.options
    refused = await walk.press(shown, "Send")
    assert "Nobody is picked yet" in refused
    refused = await walk.demo.forge(ana, f"v1:talks.ask:{stranger.guild.id}", [person])
    assert "can't be asked" in refused
    await walk.slash("ana", "pod")
