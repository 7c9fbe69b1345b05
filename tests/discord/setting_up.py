"""A moderator on the stage, and the way through `/manage setup`, for its tests."""

from typing import Any

import discord
from simcord import ChannelHandle, MemberActor

from bot.demo import strings as stage_words
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers.models import Server
from bot.services import Services

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


def services(demo: DemoClient) -> Services:
    held: Services = demo.bot.services
    return held


def here(demo: DemoClient) -> ServerId:
    return ServerId(demo.server.id)


async def moderator(demo: DemoClient) -> MemberActor:
    return await demo.member("mo", moderator=True)


async def settings(demo: DemoClient) -> Server:
    """As they stand in the file, and not in memory."""
    return next(
        (one for one in await services(demo).servers._every() if one.id == here(demo)),
        Server(here(demo)),
    )


async def changed(demo: DemoClient) -> list[tuple[str, str, str]]:
    """What the log holds: which setting, from what, to what."""
    log = await services(demo).servers.log.every(here(demo))
    return [(one.setting, one.was, one.now) for one in log]


async def at(demo: DemoClient, number: int) -> Screen:
    """The step of that number, reached by pressing on from the first."""
    card = await demo.slash(await moderator(demo), "manage setup")
    for _ in range(number - 1):
        card = await card.press("Not now" if "Not now" in card.buttons else "Next")
    return card


async def part(demo: DemoClient, number: int) -> Screen:
    """The part of that number alone, from the summary."""
    summary = await demo.slash(await moderator(demo), "manage setup")
    return await summary.press(f"v1:manage.step:{number}.alone")


def stands(card: Screen, number: int) -> bool:
    """Whether this is the step of that number, on the way."""
    return f"Step {number} of 5 · {TITLES[number - 1]}" in card


async def drafted(demo: DemoClient) -> list[str]:
    """The titles of the draft's norms, as moderators would see them."""
    mo = await moderator(demo)
    who = await services(demo).people.meet(DiscordUser(mo.id, "Mo", here(demo)), demo.now)
    desk = await services(demo).norms.drafts.desk(who, here(demo), demo.now)
    return [norm.title for norm in desk.draft.norms] if desk.begun else []


def posts(demo: DemoClient, channel: ChannelHandle | None = None) -> list[Any]:
    """What the bot has posted for all in a channel, oldest first."""
    written = demo.env.backend.messages.get((channel or demo.general).id, {}).values()
    by_bot = [one for one in written if one.author_id == demo.env.backend.bot_user.id]
    return sorted((one for one in by_bot if not one.is_ephemeral), key=lambda one: one.id)


def closed(demo: DemoClient, name: str, **denied: bool) -> ChannelHandle:
    """A channel in which everyone, the bot among them, may not do this."""
    overwrite = discord.PermissionOverwrite(**denied)
    return demo.server.create_text_channel(name, overwrites={demo.server.default_role: overwrite})


def unseen(demo: DemoClient) -> ChannelHandle:
    """A channel that moderators see, and the bot does not."""
    hidden, seen = (discord.PermissionOverwrite(view_channel=one) for one in (False, True))
    moderators = demo.server.roles[stage_words.MODERATOR_ROLE]
    return demo.server.create_text_channel(
        "unseen", overwrites={demo.server.default_role: hidden, moderators: seen}
    )
