"""What becomes of the messages about norms in channels, and what moderators hear when one can't be shown."""

from datetime import datetime

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.ids import PersonId, ServerId
from bot.norms import notifications, posts, store
from bot.norms.models import Version
from bot.servers.notices import NoticeKind
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

BARRED = NoticeKind(posts.BARRED, notifications.BARRED)
"""The notice that nothing can be posted in a channel. Its subject is the channel's id."""


class NormPosting:
    """Handles the outcomes of posts about norms, and posts a version again."""

    def __init__(self, context: SliceContext, servers: Servers) -> None:
        self._db = context.db
        self._channel_posts = context.channel_posts
        self._servers = servers

    async def on_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """Tell moderators of a channel in which a message can't be shown, until one can."""
        if await self._servers.away(tx, [post.server]):
            return
        if outcome is PostOutcome.BARRED:
            await self._servers.notices.tell(
                tx, post.server, BARRED, str(post.channel), now, avoid=post.channel
            )
        elif outcome in (PostOutcome.UP, PostOutcome.EDITED):
            await self._servers.notices.clear(tx, BARRED, str(post.channel), now)

    async def on_barred_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """If the notice can't be posted either, tell one moderator by a direct message."""
        if outcome is PostOutcome.BARRED:
            await self._servers.notices.write(tx, post.server, BARRED, post.subject, now)

    @reads
    async def shown(self, tx: Tx, version: str) -> bool:
        """Whether a message of this version stands in a channel up to date, or is about to."""
        return await self._channel_posts.well(tx, posts.BALLOT, version)

    @writes
    async def post_again(self, tx: Tx, server: ServerId, number: int, now: datetime) -> Version | None:
        """Post a version again in the present channel for norms, if its message can't be seen.

        Return None if the server has no channel for norms or no such version.
        """
        channel = (await self._servers.get(tx, server)).norms_channel
        version = next((one for one in await store.every(tx, server) if one.number == number), None)
        if channel is None or version is None:
            return None
        if not await self._channel_posts.well(tx, posts.BALLOT, version.id):
            before = await self._channel_posts.standing(tx, posts.BALLOT, version.id)
            replaces = before.message_id if before is not None and before.channel == channel else None
            await self._channel_posts.call_off(tx, posts.BALLOT, version.id, now)
            await self._channel_posts.leave(tx, posts.BALLOT, version.id)
            post = ChannelPost.to(server, channel, posts.BALLOT, version.id, now, replaces=replaces)
            await self._channel_posts.put(tx, post)
        return version

    @writes
    async def read(self, tx: Tx, person: PersonId, channel: str, now: datetime) -> None:
        """Record that the moderator has read that nothing can be posted in the channel."""
        await self._servers.notices.read(tx, person, BARRED, channel, now)
