"""A server whose norms are in force, and reminders in it, for the tests of reminders."""

from datetime import datetime, timedelta
from typing import Any

import discord
from simcord import ChannelHandle, MemberActor

from bot.ids import PersonId, ServerId
from bot.norms.models import Norm
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.stage import reading
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from tests.looking import counted_once
from tests.unit.reminders.town import utc

NOT_YOURS = "There is nothing here for you to open"
NOT_A_MODERATOR = "This is for those who run the server"
CHANGED = "Something here has changed."
NORM, STORY, EVENT = "A norm in turn", "A short story in turn", "A norm before events"
ASK = Norm(
    "ask",
    "Ask first",
    "We ask before we touch.",
    "A question costs a second.",
    "She asked.",
    "When is it hard?",
)
WATER = Norm("water", "Water between", "Between two drinks we have a glass of water.")
NORMS = (ASK, WATER)


def here(theatre: Theatre) -> ServerId:
    return ServerId(theatre.server.id)


async def moderator(theatre: Theatre, name: str = "mo") -> MemberActor:
    return await theatre.member(name, moderator=True)


async def person(theatre: Theatre, member: MemberActor) -> PersonId:
    who = DiscordUser(member.id, str(member.user.global_name), here(theatre))
    met: PersonId = await theatre.bot.services.people.meet(who, theatre.now)
    return met


@counted_once
async def agreed(theatre: Theatre, *norms: Norm) -> None:
    """These are in force from now on, published where nobody reads it here."""
    mo = await person(theatre, await moderator(theatre))
    services, server = theatre.bot.services, here(theatre)
    await services.servers.seen_moderating(server, mo, theatre.now)
    await services.servers.change(server, mo, theatre.now, {"norms_channel": theatre.mods.id})
    await services.norms.drafts.adopt(mo, server, norms or NORMS, theatre.now)
    await services.norms.ballots.put(mo, server, theatre.now, direct=True)
    await services.servers.change(server, mo, theatre.now, {"norms_channel": theatre.general.id})
    await theatre.settle()


async def home(theatre: Theatre, member: MemberActor) -> Screen:
    return await theatre.slash(member, "manage reminders")


async def begun(theatre: Theatre, member: MemberActor, kind: str = NORM) -> Screen:
    """The card of selects, each with its default."""
    return await (await (await home(theatre, member)).press("Add")).choose(kind)


async def started(theatre: Theatre, member: MemberActor, kind: str = NORM) -> Screen:
    """The card of one that is on."""
    return await (await begun(theatre, member, kind)).press("Start")


@counted_once
async def on(theatre: Theatre, kind: ReminderKind = ReminderKind.NORM, **values: Any) -> str:
    """One that Mo has begun in #general, in Berlin's time; its id."""
    reminders, server = theatre.bot.services.reminders, here(theatre)
    mo = await person(theatre, await moderator(theatre))
    shown = await reminders.add(server, mo, kind, theatre.general.id, "Europe/Berlin", theatre.now)
    id = str(shown.reminder.id)
    await reminders.change(server, id, mo, theatre.now, values)
    await reminders.resume(server, id, mo, theatre.now)
    return id


async def until(theatre: Theatre, moment: datetime) -> None:
    """Let time pass until then, and a second more."""
    await theatre.skip(seconds=max(0.0, (moment - theatre.now).total_seconds()) + 1)


def stamp(*at: int) -> str:
    """As a card shows that moment in UTC."""
    moment = utc(*at)
    return f"<t:{int(moment.timestamp())}:f>"


def event(theatre: Theatre, name: str, *at: int) -> int:
    """A scheduled event of the server, two hours long, that begins at that moment in UTC; its id."""
    starts = utc(*at)
    made = theatre.server.create_scheduled_event(
        name, start_time=starts.isoformat(), entity_type=3, location="here",
        end_time=(starts + timedelta(hours=2)).isoformat(),
    )  # fmt: skip
    return int(made.id)


def move(theatre: Theatre, id: int, *at: int) -> None:
    starts = utc(*at)
    theatre.env.backend.edit_scheduled_event(
        theatre.server.id,
        id,
        {
            "scheduled_start_time": starts.isoformat(),
            "scheduled_end_time": (starts + timedelta(hours=2)).isoformat(),
        },
    )


def standing(theatre: Theatre, member: MemberActor, channel: ChannelHandle | None = None) -> list[Screen]:
    """What the bot shows everybody in #general, or in another channel, oldest first."""
    place = (channel or theatre.general).id
    return [one for one in theatre._cards(member, place) if not one.ephemeral]


def said(theatre: Theatre, channel: ChannelHandle | None = None) -> dict[int, tuple[datetime, str]]:
    """The same as (when, text) by the message's id."""
    place = (channel or theatre.general).id
    written = theatre.env.backend.messages.get(place, {}).values()
    by_bot = [one for one in written if one.author_id == theatre.env.backend.bot_user.id]
    return {
        one.id: (discord.utils.snowflake_time(one.id), reading.text_of(one))
        for one in by_bot
        if not one.is_ephemeral
    }


def room(theatre: Theatre, name: str, **denied: bool) -> ChannelHandle:
    """A channel in which the bot may not do these: `room(theatre, "attic", send_messages=False)`."""
    overwrite = discord.PermissionOverwrite(**denied)
    return theatre.server.create_text_channel(name, overwrites={theatre.server.default_role: overwrite})
