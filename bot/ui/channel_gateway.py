"""The channel gateway on Discord. Cogs register how posts of each kind are rendered."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import discord

from bot.delivery.channel_gateway import TalkPage
from bot.delivery.channel_post import ChannelPost
from bot.delivery.error_codes import LASTS, MISSING_PERMISSIONS, UNKNOWN_CHANNEL
from bot.delivery.outcome import Delivered, Failure, Missing, Retry, SearchPage
from bot.ui.channel_permissions import ChannelPermissions
from bot.ui.components import Card
from bot.ui.message_search import PAGE, search
from bot.ui.rendering import laid
from bot.ui.request_errors import REQUEST_ERRORS, lets_others_go_on, outcome_of

Render = Callable[[ChannelPost], Awaitable[Card | None]]
"""Returns the card that a post shows now; None if there is nothing left to show.

One of its buttons must have the post's id as its argument, so that a message that may have been sent can be
found by it.
"""
_UNAVAILABLE_FOR = timedelta(minutes=10)
"""When to try again in an unavailable server. When Discord says that it is back, it is tried at once."""
_OLDEST = timedelta(hours=1)
"""How long before its first try a post is looked for: this machine's clock may be wrong."""
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

    @lets_others_go_on
    async def send(self, post: ChannelPost) -> Delivered | Failure | None:
        card = await self._renders[post.kind](post)
        if card is None:
            return None
        if (wait := self._outage(post) or self._time_out(post)) is not None:
            return wait
        try:
            message = await self._channel(post.channel).send(
                view=laid(card), nonce=post.id, allowed_mentions=discord.AllowedMentions.none()
            )
        except REQUEST_ERRORS as error:
            return self._failure(post, error)
        return Delivered(message.id)

    @lets_others_go_on
    async def edit(self, post: ChannelPost) -> Delivered | Failure | None:
        card = await self._renders[post.kind](post)
        if card is None or post.message_id is None:
            return None
        if (wait := self._outage(post)) is not None:
            return wait
        try:
            posted = self._channel(post.channel).get_partial_message(post.message_id)
            await posted.edit(view=laid(card), allowed_mentions=discord.AllowedMentions.none())
        except REQUEST_ERRORS as error:
            return self._failure(post, error)
        return Delivered(post.message_id)

    @lets_others_go_on
    async def delete(self, channel: int, message_id: int) -> Delivered | Failure:
        try:
            await self._channel(channel).get_partial_message(message_id).delete()
        except REQUEST_ERRORS as error:
            meant = outcome_of(error)
            return Delivered(message_id) if isinstance(meant, Missing) else meant
        return Delivered(message_id)

    @lets_others_go_on
    async def find(self, post: ChannelPost, before: int | None = None) -> Delivered | SearchPage | Failure:
        if post.tried_at is None:
            return SearchPage()
        if (wait := self._outage(post) or self._unreadable(post)) is not None:
            return wait
        try:
            return await search(
                self._channel(post.channel), post.id, post.tried_at - _OLDEST, before, self._bot.user
            )
        except REQUEST_ERRORS as error:
            return self._failure(post, error)

    @lets_others_go_on
    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage | Failure:
        if (wait := self._outage(post) or self._unreadable(post)) is not None:
            return wait
        since = post.replaces or 0
        end = None if before is None else discord.Object(before)
        try:
            # Only without `after` does discord.py ask for the newest messages.
            page = [message async for message in self._channel(post.channel).history(limit=PAGE, before=end)]
        except REQUEST_ERRORS as error:
            return self._failure(post, error)
        spoken = sum(message.id > since and _by_a_person(message) for message in page)
        oldest = min((message.id for message in page), default=since)
        return TalkPage(spoken, oldest if len(page) == PAGE and oldest > since else None)

    def _channel(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel)

    def _failure(self, post: ChannelPost, error: Exception) -> Failure:
        """Return what an error means. A channel is gone only if Discord's gateway doesn't list it either."""
        meant = outcome_of(error)
        if meant.code == UNKNOWN_CHANNEL and self._permissions.listed(post.server, post.channel) is False:
            return Missing(meant.code)
        return meant

    def _outage(self, post: ChannelPost) -> Retry | None:
        """Return when to try again if the server is unavailable: its channels then answer as if hidden."""
        return Retry(_UNAVAILABLE_FOR, unsent=True) if self._permissions.unavailable(post.server) else None

    def _time_out(self, post: ChannelPost) -> Retry | None:
        """Return when to try again if a moderator has timed the bot out. It can't send meanwhile."""
        until = self._permissions.timed_out_until(post.server)
        return None if until is None or until <= self._now() else Retry(until - self._now(), unsent=True)

    def _unreadable(self, post: ChannelPost) -> Retry | None:
        """Return the failure if the bot may not read the channel: Discord would answer with an empty one."""
        lacks = self._permissions.lacks(post.server, post.channel) or ()
        return (
            Retry(code=MISSING_PERMISSIONS, lasting_after=LASTS) if "read_message_history" in lacks else None
        )


def _by_a_person(message: discord.Message) -> bool:
    return message.type in _WRITTEN and message.webhook_id is None and not message.author.bot
