"""What the poster asks of whoever speaks to Discord: each of these is one request at most."""

from typing import Protocol

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Delivered, Missing, Refused, Retry, Uncertain

Trouble = Refused | Missing | Retry | Uncertain
"""Shut: we may not, there. Gone: the channel is gone, or the message. The others: perhaps another time."""


class ChannelGateway(Protocol):
    """Posts, edits and deletes."""

    async def send(self, post: ChannelPost) -> Delivered | Trouble | None:
        """Send it, under its id as a nonce; None when there is nothing to be said any more."""
        ...

    async def edit(self, post: ChannelPost) -> Delivered | Trouble | None:
        """Let its message say what it says now; None when there is nothing to be said any more."""
        ...

    async def delete(self, channel: int, message_id: int) -> Delivered | Trouble:
        """Sent when it is gone, whoever took it."""
        ...

    async def find(self, post: ChannelPost) -> Delivered | Uncertain | None:
        """Look for it in its channel, from `tried_at` on; None when it is surely not there."""
        ...

    async def spoken(self, post: ChannelPost) -> int | Trouble:
        """How many messages of people came since `replaces`, as far as one look shows (a hundred)."""
        ...
