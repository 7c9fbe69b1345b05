"""Whom a select of members, or a member's menu, brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.errors import NotYours
from bot.ids import ServerId
from bot.people.model import Passer
from bot.ui.press import Press


@dataclass(frozen=True, slots=True)
class Picked:
    """An account as Discord showed it, whether it is a bot's, and whether it is that of whoever pressed."""

    passer: Passer
    bot: bool
    self: bool


def picked(press: Press) -> Picked:
    """The one member chosen in a select; raises NotYours where Discord sent no such member of the server."""
    data: Mapping[str, Any] = dict(press.interaction.data or {})
    resolved = data.get("resolved") or {}
    id = press.chosen[0] if press.chosen else ""
    user = (resolved.get("users") or {}).get(id)
    member = (resolved.get("members") or {}).get(id)
    if user is None or member is None or press.server is None:
        raise NotYours
    name = member.get("nick") or user.get("global_name") or user.get("username")
    passer = Passer(int(id), str(name), press.server)
    return Picked(passer, bool(user.get("bot")), passer.discord_id == press.interaction.user.id)


def aimed_at(press: Press, target: discord.Member | discord.User) -> Picked:
    """The member on whom a menu was opened."""
    if press.server is None:
        raise NotYours
    passer = Passer(target.id, target.display_name, ServerId(press.server))
    return Picked(passer, target.bot, target.id == press.interaction.user.id)
