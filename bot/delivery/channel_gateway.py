"""What the channel dispatcher needs from Discord. Each method makes one request at most."""

from typing import Protocol

from msgspec import Struct

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Delivered, Failure, SearchPage


class TalkPage(Struct, frozen=True):
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

    async def send(self, post: ChannelPost) -> Delivered | Failure | None:
        """Send the post with its id as the nonce. Return None if there is nothing left to show."""
        ...

    async def edit(self, post: ChannelPost) -> Delivered | Failure | None:
        """Edit the post's message to what it should show now.

        Return None if there is nothing left to show.
        """
        ...

    async def delete(self, channel: int, message_id: int) -> Delivered | Failure:
        """Delete the message. Delivered also when somebody else has deleted it already."""
        ...

    async def find(self, post: ChannelPost, before: int | None = None) -> Delivered | SearchPage | Failure:
        """Read one page of the channel, the newest first, to see whether the post is on it.

        before: read only messages that are older than this one.
        """
        ...

    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage | Failure:
        """Count what people, not bots, wrote after `replaces`: on one page, the newest before `before`."""
        ...
