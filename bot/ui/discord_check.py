"""What Discord says about the bot's application, for `plumbline doctor --online` and the first run."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from msgspec import Struct

from bot.ui.discord_errors import Unreachable, ending

PERMISSIONS = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
ANSWERS_WITHIN = 30.0
_INTENTS = (
    "gateway_presence", "gateway_presence_limited", "gateway_guild_members", "gateway_guild_members_limited",
    "gateway_message_content", "gateway_message_content_limited",
)  # fmt: skip
"""The flags of an application that may use a privileged intent."""

Json = Mapping[str, Any]


class Application(Struct, frozen=True):
    """An application as Discord knows it.

    can_be_invited: whether an invitation works without a website of the application's own.
    anybody: whether others than its owner can invite it.
    by_http: whether Discord sends what people do to a website, and not to the bot.
    for_users: whether it can be installed to an account. logins_left: by Discord's own count, today.
    commands: those that Discord has.
    """

    id: int
    name: str
    can_be_invited: bool
    anybody: bool
    by_http: bool
    privileged: bool
    for_users: bool
    terms: str | None
    privacy: str | None
    logins_left: int
    commands: Sequence[Json]

    @property
    def invite(self) -> str:
        """Return the link with which somebody lets the bot into a server."""
        scopes = ("bot", "applications.commands")
        return discord.utils.oauth_url(self.id, permissions=PERMISSIONS, scopes=scopes)


async def application(token: str) -> Application:
    """Ask Discord. Nothing is changed, and no login on the gateway is made.

    Raises TokenRefused, Unreachable, TooManyRequests and Rejected.
    """
    try:
        async with asyncio.timeout(ANSWERS_WITHIN), discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            data: Json = await client.http.application_info()
            _, _, starts = await client.http.get_bot_gateway()
            commands = await client.http.get_global_commands(int(data["id"]))
    except TimeoutError:
        raise Unreachable from None
    except Exception as error:  # `ending` knows which of them are Discord's; all others are raised again
        meant = ending(error)
        if meant is None:
            raise
        raise meant from None
    flags = discord.ApplicationFlags._from_value(data.get("flags", 0))
    return Application(
        id=int(data["id"]),
        name=data["name"],
        can_be_invited=not data.get("bot_require_code_grant"),
        anybody=bool(data.get("bot_public")),
        by_http=bool(data.get("interactions_endpoint_url")),
        privileged=any(getattr(flags, name) for name in _INTENTS),
        for_users="1" in (data.get("integration_types_config") or {}),
        terms=data.get("terms_of_service_url"),
        privacy=data.get("privacy_policy_url"),
        logins_left=starts["remaining"],
        commands=commands,
    )


def same(ours: Any, theirs: Any) -> bool:
    """Whether Discord has what we would send. It leaves out what is false or empty, and adds its own."""
    if isinstance(ours, dict):
        if not isinstance(theirs, dict):
            return not any(ours.values())
        return all(same(value, theirs.get(name)) for name, value in ours.items())
    if isinstance(ours, list):
        there = theirs if isinstance(theirs, list) else []
        return len(ours) == len(there) and all(map(same, ours, there))
    return (not ours and not theirs) or ours == theirs or str(ours) == str(theirs)


def same_commands(ours: Sequence[Json], theirs: Sequence[Json]) -> bool:
    """Whether Discord has these commands and no others."""
    there = {(one["type"], one["name"]): one for one in theirs}
    wanted = {(one["type"], one["name"]): one for one in ours}
    return wanted.keys() == there.keys() and all(same(one, there[key]) for key, one in wanted.items())
