"""A server that has norms, on the stage, for the tests of norms."""

from typing import Any

from simcord import ChannelHandle, MemberActor

from bot.ids import PersonId, ServerId
from bot.norms.models import Norm, Version
from bot.people.models import DiscordUser
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from tests.looking import counted_once

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


async def person(theatre: Theatre, member: MemberActor, server: int | None = None) -> PersonId:
    who = DiscordUser(member.id, str(member.user.global_name), ServerId(server or theatre.server.id))
    met: PersonId = await theatre.bot.services.people.meet(who, theatre.now)
    return met


async def moderator(theatre: Theatre, name: str = "mo", *, shown: str | None = None) -> MemberActor:
    """Somebody who has used `/manage`; the server has its two channels by then."""
    member = await theatre.member(name, shown=shown, moderator=True)
    servers, who = theatre.bot.services.servers, await person(theatre, member)
    await servers.seen_moderating(here(theatre), who, theatre.now)
    chosen = {"norms_channel": theatre.general.id, "mods_channel": theatre.mods.id}
    await servers.change(here(theatre), who, theatre.now, chosen)
    return member


def here(theatre: Theatre) -> ServerId:
    return ServerId(theatre.server.id)


@counted_once
async def put(theatre: Theatre, *norms: Norm, direct: bool = False) -> Version:
    """What Mo puts to the members stands in #general."""
    mo = await person(theatre, await moderator(theatre))
    services = theatre.bot.services
    await services.norms.drafts.adopt(mo, here(theatre), norms or NORMS, theatre.now)
    version: Version = await services.norms.ballots.put(mo, here(theatre), theatre.now, direct=direct)
    await theatre.settle()
    return version


async def edited(theatre: Theatre) -> None:
    """What changed shows in the channels."""
    await theatre.skip(seconds=6)


def posts(theatre: Theatre, member: MemberActor, channel: ChannelHandle | None = None) -> list[Screen]:
    """What the bot has posted there, and is no answer to anybody, oldest first."""
    place = (channel or theatre.general).id
    return [one for one in theatre._cards(member, place) if not one.ephemeral]


async def counted(theatre: Theatre, version: Version) -> tuple[int, int]:
    found: Any = await theatre.bot.services.norms.queries.shown(version.id)
    return found.yes, found.concerns


async def waiting(theatre: Theatre, member: MemberActor) -> list[Any]:
    """What moderators have to read."""
    who = await person(theatre, member)
    found: list[Any] = await theatre.bot.services.norms.inbox.waiting(who, here(theatre))
    return found
