"""A moderator on the pretend server, and the steps of `/manage setup`, for its tests."""

from typing import Any

import discord
from simcord import ChannelHandle, MemberActor

from bot.demo import strings as stage_words
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers import store
from bot.servers.models import Server
from bot.services import Services

FRIENDS = "A circle of friends"
TEST = "Send a test message"
TITLES = (
    "Country and age",
    "Channels",
    "Norms to start with",
    "How your group agrees",
    "Asks",
    "Tell your group",
)
PARTS = (
    "Country and age",
    "Channels",
    "Norms to start with",
    "How your group agrees",
    "Asks",
    "Welcome message",
)
"""What the summary calls each of them."""
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
    """Return the settings from the database, not from memory."""
    found: Server = await demo.bot.db.read(lambda tx: store.get(tx, here(demo)))
    return found


async def changed(demo: DemoClient) -> list[tuple[str, str, str]]:
    """Return the entries of the log: the setting, its old and its new value."""
    log = await services(demo).servers.log.every(here(demo))
    return [(one.setting, one.was, one.now) for one in log]


async def at(demo: DemoClient, number: int) -> Screen:
    """Open the step with that number by pressing `Next` from the first step on."""
    card = await demo.slash(await moderator(demo), "manage setup")
    for _ in range(number - 1):
        card = await card.press("Next")
    return card


async def part(demo: DemoClient, number: int) -> Screen:
    """Open the part with that number alone, from the summary."""
    summary = await demo.slash(await moderator(demo), "manage setup")
    return await summary.choose(PARTS[number - 1], which="Change something")


def stands(card: Screen, number: int) -> bool:
    """Return whether this card is the step with that number."""
    return f"Step {number} of {len(TITLES)} · {TITLES[number - 1]}" in card


async def drafted(demo: DemoClient) -> list[str]:
    """Return the titles of the draft's norms, as moderators see them."""
    mo = await moderator(demo)
    who = await services(demo).people.meet(DiscordUser(mo.id, "Mo", here(demo)), demo.now)
    desk = await services(demo).norms.drafts.desk(who, here(demo), demo.now)
    return [norm.title for norm in desk.draft.norms] if desk.begun else []


def posts(demo: DemoClient, channel: ChannelHandle | None = None) -> list[Any]:
    """Return what the bot has posted in a channel, oldest first."""
    written = demo.env.backend.messages.get((channel or demo.general).id, {}).values()
    by_bot = [one for one in written if one.author_id == demo.env.backend.bot_user.id]
    return sorted((one for one in by_bot if not one.is_ephemeral), key=lambda one: one.id)


def closed(demo: DemoClient, name: str, **denied: bool) -> ChannelHandle:
    """Make a channel in which nobody, including the bot, has this permission."""
    overwrite = discord.PermissionOverwrite(**denied)
    return demo.server.create_text_channel(name, overwrites={demo.server.default_role: overwrite})


def unseen(demo: DemoClient) -> ChannelHandle:
    """Make a channel that moderators can see and the bot cannot."""
    hidden, seen = (discord.PermissionOverwrite(view_channel=one) for one in (False, True))
    moderators = demo.server.roles[stage_words.MODERATOR_ROLE]
    return demo.server.create_text_channel(
        "unseen", overwrites={demo.server.default_role: hidden, moderators: seen}
    )
