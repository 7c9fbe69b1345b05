"""Send, edit and delete the posts in channels, within the same limit of requests as direct messages."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.delivery import channel_post_store
from bot.delivery.channel_gateway import ChannelGateway
from bot.delivery.channel_post import ChannelPost
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.engine import Engine
from bot.delivery.pace import Pace
from bot.delivery.post_delivery import PostDelivery
from bot.delivery.worker_pool import WorkerPool
from bot.ids import ServerId
from bot.instances.shards import EVERY_SHARD, Shards
from bot.storage.database import Database


class ChannelDispatcher(WorkerPool[ChannelPost]):
    """A worker pool for channel posts. `away` gives the servers that have removed the bot.

    shards: those of this process. Posts in other servers are for other processes.
    """

    def __init__(
        self,
        db: Database,
        channel_posts: ChannelPosts,
        gateway: ChannelGateway,
        now: Callable[[], datetime],
        pace: Pace,
        away: Callable[[], Collection[ServerId]] = tuple,
        shards: Shards = EVERY_SHARD,
    ) -> None:
        self._db = db
        self._channel_posts = channel_posts
        adapter = PostDelivery(db, channel_posts, gateway, now, pace, self.hear, away, shards)
        super().__init__(Engine(db, adapter, now, pace, self.hear), now)

    async def start(self, holder: str = "") -> None:
        self._channel_posts.on_waiting = self.hear
        await super().start(holder)

    async def try_again(self, server: ServerId) -> None:
        """Try at once what could not be posted or edited in the server, because something has changed."""
        if await self._db.read(lambda tx: channel_post_store.failing(tx, server)):
            await self._db.write(lambda tx: self._channel_posts.try_again(tx, server, self._now()))
