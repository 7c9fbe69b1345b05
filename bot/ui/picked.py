"""Whom a select of members, or a member's menu, brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.errors import NotYours
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.ui.context import InteractionContext


@dataclass(frozen=True, slots=True)
class Picked:
    """An account as Discord showed it, whether it is a bot's, and whether it is that of whoever pressed."""

    user: DiscordUser
    bot: bool
    self: bool


def picked(ctx: InteractionContext) -> Picked:
    """The one member chosen in a select; raises NotYours where Discord sent no such member of the server."""
    data: Mapping[str, Any] = dict(ctx.interaction.data or {})
    resolved = data.get("resolved") or {}
    id = ctx.chosen[0] if ctx.chosen else ""
    user = (resolved.get("users") or {}).get(id)
    member = (resolved.get("members") or {}).get(id)
    if user is None or member is None or ctx.server is None:
        raise NotYours
    name = member.get("nick") or user.get("global_name") or user.get("username")
    discord_user = DiscordUser(int(id), str(name), ctx.server)
    return Picked(discord_user, bool(user.get("bot")), discord_user.discord_id == ctx.interaction.user.id)


def aimed_at(ctx: InteractionContext, target: discord.Member | discord.User) -> Picked:
    """The member on whom a menu was opened."""
    if ctx.server is None:
        raise NotYours
    discord_user = DiscordUser(target.id, target.display_name, ServerId(ctx.server))
    return Picked(discord_user, target.bot, target.id == ctx.interaction.user.id)
