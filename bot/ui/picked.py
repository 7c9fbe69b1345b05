"""The member that was chosen in a select, or on whom a context menu was opened."""

from collections.abc import Mapping
from typing import Any

import discord
from msgspec import Struct

from bot.errors import NotYours
from bot.ids import ServerId
from bot.people.labels import Name, alone, in_full
from bot.people.models import DiscordUser
from bot.ui.context import InteractionContext


class Picked(Struct, frozen=True):
    """An account, whether it is a bot, and whether it is the account of the person who picked it."""

    user: DiscordUser
    bot: bool
    self: bool

    @property
    def label(self) -> str:
        """What they are called, as Discord says, without looking them up: nothing is stored for it."""
        return alone(self._name)

    @property
    def label_in_full(self) -> str:
        """The same with the username, so that nobody is taken for somebody else."""
        return in_full(self._name)

    @property
    def _name(self) -> Name:
        return Name(self.user.name, self.user.username)


def picked(ctx: InteractionContext) -> Picked:
    """Return the member chosen in a select. Raises NotYours if Discord sent no such member."""
    return _picked(ctx, ctx.chosen[0] if ctx.chosen else "")


def all_picked(ctx: InteractionContext) -> list[Picked]:
    """Return the members chosen in a select. Raises NotYours if there are none, or Discord sent not all."""
    if not ctx.chosen:
        raise NotYours
    return [_picked(ctx, id) for id in dict.fromkeys(ctx.chosen)]


def _picked(ctx: InteractionContext, id: str) -> Picked:
    data: Mapping[str, Any] = dict(ctx.interaction.data or {})
    resolved = data.get("resolved") or {}
    user = (resolved.get("users") or {}).get(id)
    member = (resolved.get("members") or {}).get(id)
    if user is None or member is None or ctx.server is None:
        raise NotYours
    username = str(user.get("username") or "")
    name = str(member.get("nick") or user.get("global_name") or username)
    discord_user = DiscordUser(int(id), name, ctx.server, username)
    return Picked(discord_user, bool(user.get("bot")), discord_user.discord_id == ctx.interaction.user.id)


def aimed_at(ctx: InteractionContext, target: discord.Member | discord.User) -> Picked:
    """Return the member on whom a context menu was opened. Raises NotYours outside a server."""
    if ctx.server is None:
        raise NotYours
    discord_user = DiscordUser(target.id, target.display_name, ServerId(ctx.server), target.name)
    return Picked(discord_user, target.bot, target.id == ctx.interaction.user.id)
