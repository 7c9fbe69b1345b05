"""One post's next step, what it took, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import channel_post_store
from bot.delivery.channel_gateway import ChannelGateway, Trouble
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.outcome import Delivered, Missing, Refused, Retry, Uncertain
from bot.delivery.pace import Pace
from bot.logs import get_logger
from bot.storage.database import Database
from bot.storage.tx import Tx

log = get_logger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 45, 5 * 60, 30 * 60, 2 * 60 * 60))
"""How long a post waits after each try that failed; the last one is repeated."""

Came = Delivered | Trouble | PostOutcome | None
"""None: there is nothing to be done about it any more."""


@dataclass(frozen=True, slots=True)
class PostDelivery:
    """Runs claimed posts, and writes down what came of each."""

    db: Database
    channel_posts: ChannelPosts
    hands: ChannelGateway
    now: Callable[[], datetime]
    pace: Pace
    hear: Callable[[datetime], None]

    async def run(self, post: ChannelPost) -> None:
        """`post` stands as it did before it was claimed: with a `tried_at`, it may have been sent before."""
        try:
            came = await self._step(post)
        except Exception as error:  # noqa: BLE001 - one post must not stop the others
            # Raised on, it would end the worker. A message can carry what somebody wrote: its type is logged.
            log.error("A channel post could not be delivered", kind=post.kind, error=error)
            came = Uncertain()
        await self.db.write(partial(self._write, post, came))

    # -- one step -------------------------------------------------------------------------------

    async def _step(self, post: ChannelPost) -> Came:
        if not post.wanted:
            return await self._take_down(post)
        if post.standing:
            await self.pace.turn()
            return await self.hands.edit(post)
        return await self._put_up(post)

    async def _take_down(self, post: ChannelPost) -> Came:
        message_id = post.message_id
        if message_id is None and post.tried_at is not None:
            await self.pace.turn()
            found = await self.hands.find(post)
            if isinstance(found, Uncertain):
                return found
            message_id = None if found is None else found.message_id
        if message_id is None:
            return None
        return await self._delete(post.channel, message_id)

    async def _put_up(self, post: ChannelPost) -> Came:
        if post.tried_at is not None:
            # The nonce alone is not trusted: it holds for a few minutes, which a single request can take.
            await self.pace.turn()
            found = await self.hands.find(post)
            if found is not None:
                return found
        if post.until is not None and self.now() >= post.until:
            return PostOutcome.LATE
        if post.at_least and post.replaces is not None:
            await self.pace.turn()
            spoken = await self.hands.spoken(post)
            if not isinstance(spoken, int):
                return spoken
            if spoken < post.at_least:
                return PostOutcome.QUIET
        if post.replaces is not None:
            deleted = await self._delete(post.channel, post.replaces)
            if deleted is not None:
                return deleted
        await self.pace.turn()
        # What was taken down meanwhile must not come: the last look is right before it goes.
        if not await self.db.read(partial(self._still_wanted, post.id)):
            return None
        return await self.hands.send(post)

    async def _delete(self, channel: int, message_id: int) -> Trouble | None:
        await self.pace.turn()
        deleted = await self.hands.delete(channel, message_id)
        return None if isinstance(deleted, Delivered) else deleted

    async def _still_wanted(self, id: str, tx: Tx) -> bool:
        post = (await channel_post_store.these(tx, [id])).get(id)
        return post is not None and bool(post.wanted)

    # -- what came of it ------------------------------------------------------------------------

    async def _write(self, before: ChannelPost, came: Came, tx: Tx) -> None:
        post = (await channel_post_store.these(tx, [before.id])).get(before.id)
        if post is None:
            return
        now = self.now()
        match came:
            case Delivered(message_id):
                await self._stands(tx, post, before, message_id, now)
            case Retry() | Uncertain():
                await self._again(tx, post, before, came)
            case Refused() | Missing() if post.wanted and not (before.standing and isinstance(came, Missing)):
                await self._end(tx, post, PostOutcome.BARRED, now)
            case PostOutcome():
                await self._end(tx, post, came, now)
            case _:
                await channel_post_store.remove(tx, [post.id])

    async def _stands(
        self, tx: Tx, post: ChannelPost, before: ChannelPost, message_id: int, now: datetime
    ) -> None:
        standing = post.stands(message_id, before.wanted, now)
        await channel_post_store.save(tx, standing)
        if standing.due_at is not None:
            tx.afterwards(partial(self.hear, now))
        if before.standing:
            return
        older = [
            one.id for one in await channel_post_store.about(tx, post.kind, post.subject) if one.id != post.id
        ]
        await channel_post_store.remove(tx, older)
        await self.channel_posts.tell(tx, standing, PostOutcome.UP, now)

    async def _end(self, tx: Tx, post: ChannelPost, fate: PostOutcome, now: datetime) -> None:
        await channel_post_store.remove(tx, [post.id])
        await self.channel_posts.tell(tx, post, fate, now)

    async def _again(self, tx: Tx, post: ChannelPost, before: ChannelPost, came: Retry | Uncertain) -> None:
        pause = PAUSES[min(post.tries, len(PAUSES) - 1)]
        until = self.now() + (max(pause, came.delay) if isinstance(came, Retry) else pause)
        surely = isinstance(came, Retry) and before.tried_at is None
        await channel_post_store.save(tx, post.failed(until, surely=surely))
        tx.afterwards(partial(self.hear, until))
