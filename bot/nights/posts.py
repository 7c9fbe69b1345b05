"""The message of a night in a channel, from which others come along."""

from datetime import datetime

from msgspec.structs import replace

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.nights import store
from bot.nights.models import Night
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx

POST = "nights.post"
"""The message with `Count me in`. It names nobody. Its subject is the night's id."""


class NightPosts:
    """Posts a night in one channel at a time, and takes the message down when the night is over."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._channel_posts = context.channel_posts

    @reads
    async def shown(self, tx: Tx, id: str) -> Night | None:
        """Return the night that is posted somewhere; None if it isn't, or is gone."""
        night = await store.get(tx, id)
        return night if night is not None and night.channel is not None else None

    # -- in the caller's transaction ------------------------------------------------------------

    async def put(self, tx: Tx, night: Night, channel: int, now: datetime) -> Night:
        """Post it in this channel. If it stands in another one, it is taken down there."""
        well = await self._channel_posts.well(tx, POST, night.id)
        if night.channel != channel or not well:
            await self.take_down(tx, night, now)
            post = ChannelPost.to(night.server, channel, POST, night.id, now, until=night.noon_at)
            await self._channel_posts.put(tx, post)
        return night if night.channel == channel else await store.keep(tx, replace(night, channel=channel))

    async def take_down(self, tx: Tx, night: Night, now: datetime) -> None:
        """Delete the message, also one that is still on its way."""
        await self._channel_posts.call_off(tx, POST, night.id, now)
        await self._channel_posts.take_down(tx, POST, night.id, now)

    async def on_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """Forget a channel in which it can't be posted, so that it can be posted elsewhere."""
        night = await store.get(tx, post.subject)
        if outcome is PostOutcome.BARRED and night is not None and night.channel == post.channel:
            await self.take_down(tx, night, now)
            await store.keep(tx, replace(night, channel=None))
