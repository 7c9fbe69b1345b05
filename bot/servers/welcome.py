"""The message in a channel that says what the bot is for."""

from datetime import datetime

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.ids import PersonId, ServerId
from bot.servers import notifications, posts, store
from bot.servers.log import ServerLog
from bot.servers.notices import ModeratorNotices, NoticeKind
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

BARRED = NoticeKind(posts.BARRED, notifications.BARRED)


class Welcome:
    """Posts the welcome message, and tells moderators if that can't be done."""

    def __init__(self, context: SliceContext, log: ServerLog, notices: ModeratorNotices) -> None:
        self._db = context.db
        self._channel_posts = context.channel_posts
        self._log = log
        self._notices = notices

    @writes
    async def post(self, tx: Tx, server: ServerId, who: PersonId, channel: int, now: datetime) -> None:
        """Post the message. In the same channel it replaces the one before.

        While it is on its way to this channel, a second press changes nothing.
        """
        subject = str(server)
        pending = await self._channel_posts.pending_about(tx, posts.WELCOME, [subject])
        if subject in pending and pending[subject].channel == channel:
            return
        before = await self._channel_posts.standing(tx, posts.WELCOME, subject)
        replaces = before.message_id if before is not None and before.channel == channel else None
        await self._channel_posts.call_off(tx, posts.WELCOME, subject, now)
        await self._channel_posts.leave(tx, posts.WELCOME, subject)
        await self._channel_posts.put(
            tx, ChannelPost.to(server, channel, posts.WELCOME, subject, now, replaces=replaces)
        )
        await self._log.note(tx, server, who, now, [("welcome_posted", "_", str(channel))])

    @reads
    async def channel(self, tx: Tx, server: ServerId) -> int | None:
        """Return the channel in which the message stands, or to which it is on its way."""
        subject = str(server)
        pending = (await self._channel_posts.pending_about(tx, posts.WELCOME, [subject])).get(subject)
        found = pending or await self._channel_posts.standing(tx, posts.WELCOME, subject)
        return None if found is None else found.channel

    async def renew(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Edit the message, because what members can use here has changed."""
        await self._channel_posts.renew(tx, posts.WELCOME, str(server), now)

    async def on_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """Tell moderators of a channel in which the message can't be shown, until it can."""
        if (await store.get(tx, post.server)).gone_at is not None:
            return
        if outcome is PostOutcome.BARRED:
            await self._notices.tell(tx, post.server, BARRED, str(post.channel), now, avoid=post.channel)
        elif outcome in (PostOutcome.UP, PostOutcome.EDITED):
            await self._notices.clear(tx, BARRED, str(post.channel), now)

    async def on_barred_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """If the notice can't be posted either, tell one moderator by a direct message."""
        if outcome is PostOutcome.BARRED:
            await self._notices.write(tx, post.server, BARRED, post.subject, now)

    @writes
    async def read(self, tx: Tx, person: PersonId, channel: str, now: datetime) -> None:
        """Record that the moderator has read that the message can't be posted in the channel."""
        await self._notices.read(tx, person, BARRED, channel, now)
