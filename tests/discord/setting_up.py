"""A moderator on the stage, and the way through `/manage setup`, for its tests."""

from typing import Any

import discord
from simcord import ChannelHandle, MemberActor

from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers.models import Server
from bot.services import Services
from bot.stage import strings as stage_words
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre

FRIENDS = "A circle of friends"
TEST = "Send a test message"
TITLES = (
    "Country and age",
    "The channel for norms",
    "Norms to begin with",
    "How norms are agreed on",
    "Asks",
)
SUMMARY = "How this server is set up"
NOT_YOURS = "There is nothing here for you to open"


def services(theatre: Theatre) -> Services:
    held: Services = theatre.bot.services
    return held


def here(theatre: Theatre) -> ServerId:
    return ServerId(theatre.server.id)


async def moderator(theatre: Theatre) -> MemberActor:
    return await theatre.member("mo", moderator=True)


async def settings(theatre: Theatre) -> Server:
    """As they stand in the file, and not in memory."""
    return next(
        (one for one in await services(theatre).servers._every() if one.id == here(theatre)),
        Server(here(theatre)),
    )


async def changed(theatre: Theatre) -> list[tuple[str, str, str]]:
    """What the log holds: which setting, from what, to what."""
    log = await services(theatre).servers.log.every(here(theatre))
    return [(one.setting, one.was, one.now) for one in log]


async def at(theatre: Theatre, number: int) -> Screen:
    """The step of that number, reached by pressing on from the first."""
    card = await theatre.slash(await moderator(theatre), "manage setup")
    for _ in range(number - 1):
        card = await card.press("Not now" if "Not now" in card.buttons else "Next")
    return card


async def part(theatre: Theatre, number: int) -> Screen:
    """The part of that number alone, from the summary."""
    summary = await theatre.slash(await moderator(theatre), "manage setup")
    return await summary.press(f"v1:manage.step:{number}.alone")


def stands(card: Screen, number: int) -> bool:
    """Whether this is the step of that number, on the way."""
    return f"Step {number} of 5 · {TITLES[number - 1]}" in card


async def drafted(theatre: Theatre) -> list[str]:
    """The titles of the draft's norms, as moderators would see them."""
    mo = await moderator(theatre)
    who = await services(theatre).people.meet(DiscordUser(mo.id, "Mo", here(theatre)), theatre.now)
    desk = await services(theatre).norms.drafts.desk(who, here(theatre), theatre.now)
    return [norm.title for norm in desk.draft.norms] if desk.begun else []


def posts(theatre: Theatre, channel: ChannelHandle | None = None) -> list[Any]:
    """What the bot has posted for all in a channel, oldest first."""
    written = theatre.env.backend.messages.get((channel or theatre.general).id, {}).values()
    by_bot = [one for one in written if one.author_id == theatre.env.backend.bot_user.id]
    return sorted((one for one in by_bot if not one.is_ephemeral), key=lambda one: one.id)


def closed(theatre: Theatre, name: str, **denied: bool) -> ChannelHandle:
    """A channel in which everyone, the bot among them, may not do this."""
    overwrite = discord.PermissionOverwrite(**denied)
    return theatre.server.create_text_channel(name, overwrites={theatre.server.default_role: overwrite})


def unseen(theatre: Theatre) -> ChannelHandle:
    """A channel that moderators see, and the bot does not."""
    hidden, seen = (discord.PermissionOverwrite(view_channel=one) for one in (False, True))
    moderators = theatre.server.roles[stage_words.MODERATOR_ROLE]
    return theatre.server.create_text_channel(
        "unseen", overwrites={theatre.server.default_role: hidden, moderators: seen}
    )
