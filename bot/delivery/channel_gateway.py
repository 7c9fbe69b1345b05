"""What the channel dispatcher needs from Discord. Each method makes one request at most."""

from typing import Protocol

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Delivered, Trouble, Uncertain


class ChannelGateway(Protocol):
    """Sends, edits, deletes and finds messages in channels."""

    async def send(self, post: ChannelPost) -> Delivered | Trouble | None:
        """Send the post with its id as the nonce. Return None if there is nothing left to show."""
        ...

    async def edit(self, post: ChannelPost) -> Delivered | Trouble | None:
        """Edit the post's message to what it should show now.

        Return None if there is nothing left to show.
        """
        ...

    async def delete(self, channel: int, message_id: int) -> Delivered | Trouble:
        """Delete the message. Delivered also when somebody else has deleted it already."""
        ...

    async def find(self, post: ChannelPost) -> Delivered | Uncertain | None:
        """Search the channel for the post's message, from `tried_at` on.

        Return None if it is certainly not there.
        """
        ...

    async def spoken(self, post: ChannelPost) -> int | Trouble:
        """Count the messages that people (not bots) wrote after `replaces`, among the first hundred."""
        ...
