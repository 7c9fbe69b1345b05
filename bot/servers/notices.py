"""Tell a server's moderators that something needs them: in their channel, or one of them in private."""

from datetime import datetime

from msgspec import Struct

from bot.delivery.channel_post import ChannelPost
from bot.ids import PersonId, ServerId
from bot.servers import store
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class NoticeKind(Struct, frozen=True):
    """The kind of the post in the moderators' channel, and that of the direct message."""

    post: str
    message: str


class ModeratorNotices:
    """Notices of slices for moderators. Each is about a subject, and is told once while it stands."""

    def __init__(self, context: SliceContext) -> None:
        self._outbox = context.outbox
        self._channel_posts = context.channel_posts

    async def tell(
        self,
        tx: Tx,
        server: ServerId,
        kind: NoticeKind,
        subject: str,
        now: datetime,
        *,
        avoid: int,
        first: PersonId | None = None,
    ) -> None:
        """Post the notice in the moderators' channel.

        If there is none, or it is the channel `avoid`, one moderator gets a direct message.
        """
        channel = (await store.get(tx, server)).mods_channel
        if channel is None or channel == avoid:
            await self.write(tx, server, kind, subject, now, first)
            return
        before = await self._channel_posts.standing(tx, kind.post, subject)
        if before is None or before.channel != channel:
            await self._channel_posts.put(tx, ChannelPost.to(server, channel, kind.post, subject, now))

    async def write(
        self,
        tx: Tx,
        server: ServerId,
        kind: NoticeKind,
        subject: str,
        now: datetime,
        first: PersonId | None = None,
    ) -> None:
        """Tell one moderator in a direct message: `first`, or else whoever was active most recently."""
        moderators = await store.who_moderates(tx, server)
        person = first if first in moderators else next(iter(moderators), None)
        if person is not None:
            await self._outbox.tell(tx, person, kind.message, subject, now, server=server)

    async def clear(self, tx: Tx, kind: NoticeKind, subject: str, now: datetime) -> None:
        """Take the notice back, because it isn't true any more."""
        await self._channel_posts.take_down(tx, kind.post, subject, now)
        await self._outbox.close(tx, subject, now, kinds=(kind.message,))

    async def read(self, tx: Tx, person: PersonId, kind: NoticeKind, subject: str, now: datetime) -> None:
        """Record that the moderator has read the direct message."""
        await self._outbox.close(tx, subject, now, kinds=(kind.message,), person=person)
