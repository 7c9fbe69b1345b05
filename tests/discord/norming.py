"""A pretend server with norms, and what was posted and written there, for the tests of norms."""

from typing import Any

from simcord import ChannelHandle, MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.norms import stand_store
from bot.norms.models import Norm, Version
from bot.people.models import DiscordUser
from tests.coverage_scope import measured_once

NOT_YOURS = "There is nothing here for you to open"
SOBER = Norm(
    "sober",
    "One of us stays sober",
    "At every party one of us drinks nothing, and everybody knows who.",
    "Drunk people miss what a sober one sees.",
    "A bracelet goes to whoever it is tonight.",
    "Who did it last time, and how was it?",
)
LATE = Norm("late", "Nobody walks home alone", "After midnight we go in twos, or wait for the bus together.")
NORMS = (SOBER, LATE)


async def person(demo: DemoClient, member: MemberActor, server: int | None = None) -> PersonId:
    who = DiscordUser(
        member.id, str(member.user.global_name), ServerId(server or demo.server.id), member.user.name
    )
    met: PersonId = await demo.bot.services.people.meet(who, demo.now)
    return met


async def moderator(demo: DemoClient, name: str = "mo", *, shown: str | None = None) -> MemberActor:
    """Return a moderator who has used `/manage`, and set the two channels of the server."""
    member = await demo.member(name, shown=shown, moderator=True)
    servers, who = demo.bot.services.servers, await person(demo, member)
    await servers.seen_moderating(here(demo), who, demo.now)
    chosen = {"norms_channel": demo.general.id, "mods_channel": demo.mods.id}
    await servers.change(here(demo), who, demo.now, chosen)
    return member


def here(demo: DemoClient) -> ServerId:
    return ServerId(demo.server.id)


@measured_once
async def put(demo: DemoClient, *norms: Norm, direct: bool = False) -> Version:
    """Let Mo put a version to the members in #general, or with `direct` publish it at once."""
    mo = await person(demo, await moderator(demo))
    services = demo.bot.services
    await services.norms.drafts.adopt(mo, here(demo), norms or NORMS, demo.now)
    version: Version = await services.norms.ballots.put(mo, here(demo), demo.now, direct=direct)
    await demo.settle()
    return version


async def edited(demo: DemoClient) -> None:
    """Let time pass until changed posts have been edited."""
    await demo.skip(seconds=6)


def posts(demo: DemoClient, member: MemberActor, channel: ChannelHandle | None = None) -> list[Screen]:
    """Return the bot's posts in #general or another channel, oldest first, without replies to a press."""
    place = (channel or demo.general).id
    return [one for one in demo._cards(member, place) if not one.ephemeral]


async def counted(demo: DemoClient, version: Version) -> tuple[int, int]:
    found: Any = await demo.bot.services.norms.queries.shown(version.id)
    return found.yes, found.concerns


async def result_so_far(demo: DemoClient, version: Version) -> tuple[int, int]:
    """Return what the vote would count if it ended now, which nobody sees before."""
    found: tuple[int, int] = await demo.bot.db.read(lambda tx: stand_store.count(tx, version.id))
    return found


async def waiting(demo: DemoClient, member: MemberActor) -> list[Any]:
    """Return the notes that wait for this moderator."""
    who = await person(demo, member)
    return [*(await demo.bot.services.norms.inbox.letters(who, here(demo))).waiting]
