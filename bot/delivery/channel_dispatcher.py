"""Send, edit and delete the posts in channels, within the same limit of requests as direct messages."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.delivery import channel_post_store
from bot.delivery.channel_gateway import ChannelGateway
from bot.delivery.channel_post import ChannelPost
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.pace import Pace
from bot.delivery.post_delivery import PostDelivery
from bot.delivery.worker_pool import WorkerPool
from bot.ids import ServerId
from bot.storage.database import Database
from bot.storage.tx import Tx

AT_ONCE = 16
"""How many posts are claimed in one transaction."""


class ChannelDispatcher(WorkerPool[ChannelPost]):
    """A worker pool for channel posts. `away` gives the servers that have removed the bot."""

    def __init__(
        self,
        db: Database,
        channel_posts: ChannelPosts,
        gateway: ChannelGateway,
        now: Callable[[], datetime],
        pace: Pace,
        away: Callable[[], Collection[ServerId]] = tuple,
    ) -> None:
        self._channel_posts = channel_posts
        super().__init__(
            PostClaims(db, now, self.hear, away),
            PostDelivery(db, channel_posts, gateway, now, pace, self.hear),
            now,
        )

    def start(self) -> None:
        self._channel_posts.on_waiting = self.hear
        super().start()


@dataclass(frozen=True, slots=True)
class PostClaims:
    """Claims the posts that have something to send, edit or delete."""

    db: Database
    now: Callable[[], datetime]
    hear: Callable[[datetime], None]
    away: Callable[[], Collection[ServerId]]
    """The servers that have removed the bot: their posts wait until it is invited again."""
    in_hand: set[str] = field(default_factory=set)

    async def take(self) -> list[ChannelPost]:
        """Claim the posts that are due, and return them as they were before they were marked as tried."""
        while seen := await self.db.read(self._look):
            taken = await self.db.write(partial(self._claim, seen))
            if taken:
                self.in_hand.update(post.id for post in taken)
                return taken
        return []

    def done(self, post: ChannelPost) -> None:
        self.in_hand.discard(post.id)

    async def put_back(self, posts: Sequence[ChannelPost]) -> None:
        fresh = [post.id for post in posts if post.tried_at is None]
        await self.db.write(partial(self._unmark, fresh))
        self.in_hand.difference_update(post.id for post in posts)

    async def next_due(self) -> datetime | None:
        now = self.now()
        return await self.db.read(lambda tx: channel_post_store.next_due(tx, now))

    # -- inside ---------------------------------------------------------------------------------

    async def _look(self, tx: Tx) -> list[ChannelPost]:
        due = await channel_post_store.due(tx, self.now(), AT_ONCE + len(self.in_hand), self.away())
        return [post for post in due if post.id not in self.in_hand][:AT_ONCE]

    async def _claim(self, seen: Sequence[ChannelPost], tx: Tx) -> list[ChannelPost]:
        """Mark as tried what may be sent now.

        If an earlier try may still appear in the channel, put the post off.
        """
        now = self.now()
        current = await channel_post_store.these(tx, [post.id for post in seen])
        claimed = []
        for post in (current[one.id] for one in seen if one.id in current):
            if post.due_at is None or post.due_at > now:
                continue
            if post.settles_at is not None and post.settles_at > now:
                await channel_post_store.save(tx, post.put_off(post.settles_at))
                tx.afterwards(partial(self.hear, post.settles_at))
                continue
            claimed.append(post)
        await channel_post_store.tried(
            tx, [post.id for post in claimed if post.wanted and not post.standing], now
        )
        return claimed

    async def _unmark(self, ids: Sequence[str], tx: Tx) -> None:
        for post in (await channel_post_store.these(tx, ids)).values():
            await channel_post_store.save(tx, post.untried())
