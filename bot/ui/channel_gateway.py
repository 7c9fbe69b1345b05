"""The channel gateway on Discord. Cogs register how posts of each kind are rendered."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import discord

from bot.delivery.channel_gateway import TalkPage
from bot.delivery.channel_post import ChannelPost
from bot.delivery.error_codes import UNKNOWN_CHANNEL, hinders
from bot.delivery.outcome import Delivered, Missing, Refused, Retry, Trouble, Uncertain
from bot.ui.channel_permissions import ChannelPermissions
from bot.ui.components import Card
from bot.ui.dm_gateway import SKEW, custom_ids
from bot.ui.rendering import laid
from bot.ui.request_errors import TROUBLE, outcome_of

Render = Callable[[ChannelPost], Awaitable[Card | None]]
"""Returns the card that a post shows now; None if there is nothing left to show.

One of its buttons must have the post's id as its argument, so that a message that may have been sent can be
found by it.
"""
_UNAVAILABLE_FOR = timedelta(minutes=10)
"""When to try again in an unavailable server. When Discord says that it is back, it is tried at once."""
_ONE_REQUEST = 100
"""How many messages one request returns."""
_WRITTEN = (
    discord.MessageType.default,
    discord.MessageType.reply,
    discord.MessageType.thread_created,
    discord.MessageType.thread_starter_message,
)
"""The types of messages in which somebody says something. In others Discord says it: that somebody joined."""


class DiscordChannelGateway:
    """Sends, edits, deletes and finds posts. Cogs register a renderer for each kind when they load."""

    def __init__(self, bot: discord.Client, now: Callable[[], datetime]) -> None:
        self._bot = bot
        self._now = now
        self._permissions = ChannelPermissions(bot)
        self._renders: dict[str, Render] = {}

    def renders(self, kind: str, render: Render) -> None:
        """Register the renderer of a kind. Raises ValueError if the kind has one already."""
        if kind in self._renders:
            raise ValueError(f"{kind} has a renderer already")
        self._renders[kind] = render

    def unrendered(self, kinds: Iterable[str]) -> set[str]:
        """Return the kinds that have no renderer. The bot must not start if there are any."""
        return set(kinds) - self._renders.keys()

    # -- as a ChannelGateway --------------------------------------------------------------------

    async def shows(self, post: ChannelPost) -> bool:
        return await self._renders[post.kind](post) is not None

    async def send(self, post: ChannelPost) -> Delivered | Trouble | None:
        card = await self._renders[post.kind](post)
        if card is None:
            return None
        if (wait := self._outage(post) or self._time_out(post)) is not None:
            return wait
        try:
            message = await self._channel(post.channel).send(
                view=laid(card), nonce=post.id, allowed_mentions=discord.AllowedMentions.none()
            )
        except TROUBLE as error:
            return self._trouble(post, error)
        return Delivered(message.id)

    async def edit(self, post: ChannelPost) -> Delivered | Trouble | None:
        card = await self._renders[post.kind](post)
        if card is None or post.message_id is None:
            return None
        if (wait := self._outage(post)) is not None:
            return wait
        try:
            await self._channel(post.channel).get_partial_message(post.message_id).edit(view=laid(card))
        except TROUBLE as error:
            return self._trouble(post, error)
        return Delivered(post.message_id)

    async def delete(self, channel: int, message_id: int) -> Delivered | Trouble:
        try:
            await self._channel(channel).get_partial_message(message_id).delete()
        except TROUBLE as error:
            meant = outcome_of(error)
            return Delivered(message_id) if isinstance(meant, Missing) else meant
        return Delivered(message_id)

    async def find(self, post: ChannelPost) -> Delivered | Uncertain | None:
        if post.tried_at is None:
            return None
        try:
            async for message in self._channel(post.channel).history(
                after=post.tried_at - SKEW, limit=None, oldest_first=True
            ):
                if message.author == self._bot.user and _carries(post.id, custom_ids(message.components)):
                    return Delivered(message.id)
        except TROUBLE as error:
            # In a channel that the bot can't read, the next request fails as well.
            meant = outcome_of(error)
            unreadable = isinstance(meant, Refused | Missing) or hinders(meant.code)
            return None if unreadable else Uncertain(meant.code)
        return None

    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage | Trouble:
        since = post.replaces or 0
        end = None if before is None else discord.Object(before)
        try:
            # Only without `after` does discord.py ask for the newest messages.
            page = [
                message
                async for message in self._channel(post.channel).history(limit=_ONE_REQUEST, before=end)
            ]
        except TROUBLE as error:
            return self._trouble(post, error)
        spoken = sum(message.id > since and _by_a_person(message) for message in page)
        oldest = min((message.id for message in page), default=since)
        return TalkPage(spoken, oldest if len(page) == _ONE_REQUEST and oldest > since else None)

    def _channel(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel)

    def _trouble(self, post: ChannelPost, error: Exception) -> Trouble:
        """Return what an error means. A channel is gone only if Discord's gateway doesn't list it either."""
        meant = outcome_of(error)
        if meant.code == UNKNOWN_CHANNEL and self._permissions.listed(post.server, post.channel) is False:
            return Missing(meant.code)
        return meant

    def _outage(self, post: ChannelPost) -> Retry | None:
        """Return when to try again if the server is unavailable: its channels then answer as if hidden."""
        return Retry(_UNAVAILABLE_FOR) if self._permissions.unavailable(post.server) else None

    def _time_out(self, post: ChannelPost) -> Retry | None:
        """Return when to try again if a moderator has timed the bot out. It can't send meanwhile."""
        until = self._permissions.timed_out_until(post.server)
        return None if until is None or until <= self._now() else Retry(until - self._now())


def _by_a_person(message: discord.Message) -> bool:
    return message.type in _WRITTEN and message.webhook_id is None and not message.author.bot


def _carries(id: str, found: Iterable[str]) -> bool:
    return any(id in one for one in found)
