"""Send, edit and delete the posts in channels, within the same limit of requests as direct messages."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.delivery.channel_gateway import ChannelGateway
from bot.delivery.channel_post import ChannelPost
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.engine import Engine
from bot.delivery.pace import Pace
from bot.delivery.post_delivery import PostDelivery
from bot.delivery.worker_pool import WorkerPool
from bot.ids import ServerId
from bot.storage.database import Database


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
        adapter = PostDelivery(db, channel_posts, gateway, now, pace, self.hear, away)
        super().__init__(Engine(db, adapter, now, pace, self.hear), now)

    async def start(self, holder: str = "") -> None:
        self._channel_posts.on_waiting = self.hear
        await super().start(holder)
