"""What the channel dispatcher needs from Discord. Each method makes one request at most."""

from dataclasses import dataclass
from typing import Protocol

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Delivered, Trouble, Uncertain


@dataclass(frozen=True, slots=True)
class TalkPage:
    """One page of a channel's messages, the newest first.

    spoken: how many of them people wrote. older: the message before which the next page begins; None if
    everything since `ChannelPost.replaces` was read.
    """

    spoken: int
    older: int | None = None


class ChannelGateway(Protocol):
    """Sends, edits, deletes and finds messages in channels."""

    async def shows(self, post: ChannelPost) -> bool:
        """Whether there is anything left to show. Makes no request."""
        ...

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

    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage | Trouble:
        """Count what people, not bots, wrote after `replaces`: on one page, the newest before `before`."""
        ...
