"""Do what a post needs next (send, edit or delete its message), and record the outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.delivery import channel_post_store
from bot.delivery.channel_gateway import ChannelGateway, TalkPage, Trouble
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.outcome import Delivered, Missing, Refused, Retry, Uncertain
from bot.delivery.pace import Pace
from bot.delivery.retries import retry_at
from bot.logs import get_logger
from bot.storage.database import Database
from bot.storage.tx import Tx

log = get_logger(__name__)

_PAGES = 10
"""How many pages of messages are read to see whether people have written enough: a thousand messages."""

StepOutcome = Delivered | Trouble | PostOutcome | None
"""None means that nothing is left to be done about the post."""


@dataclass(frozen=True, slots=True)
class PostDelivery:
    """Sends, edits or deletes claimed posts, and records the outcome of each."""

    db: Database
    channel_posts: ChannelPosts
    gateway: ChannelGateway
    now: Callable[[], datetime]
    pace: Pace
    hear: Callable[[datetime], None]

    async def run(self, post: ChannelPost) -> None:
        """Deliver a post, given as it was before the claim. If it has a `tried_at`, it may have been sent."""
        try:
            outcome = await self._step(post)
        except Exception as error:  # noqa: BLE001 - one post must not stop the others
            # Re-raised, it would end the worker. An error's message can contain what somebody wrote, so only
            # its type is logged.
            log.error("A channel post could not be delivered", kind=post.kind, error=error)
            outcome = Uncertain()
        await self.db.write(partial(self._record, post, outcome))

    # -- one step -------------------------------------------------------------------------------

    async def _step(self, post: ChannelPost) -> StepOutcome:
        if not post.wanted:
            return await self._remove_message(post)
        if post.standing:
            await self.pace.turn()
            return await self.gateway.edit(post)
        return await self._post(post)

    async def _remove_message(self, post: ChannelPost) -> StepOutcome:
        message_id = post.message_id
        if message_id is None and post.tried_at is not None:
            await self.pace.turn()
            found = await self.gateway.find(post)
            if isinstance(found, Uncertain):
                return found
            message_id = None if found is None else found.message_id
        if message_id is None:
            return None
        return await self._delete(post.channel, message_id)

    async def _post(self, post: ChannelPost) -> StepOutcome:
        if post.tried_at is not None:
            # The nonce alone is not enough: Discord keeps it for a few minutes, and one request can take as
            # long.
            await self.pace.turn()
            found = await self.gateway.find(post)
            if found is not None:
                return found
        if post.until is not None and self.now() >= post.until:
            return PostOutcome.LATE
        if post.at_least and post.replaces is not None:
            enough = await self._spoken_enough(post)
            if not isinstance(enough, bool):
                return enough
            if not enough:
                return PostOutcome.QUIET
        if post.replaces is not None:
            deleted = await self._delete(post.channel, post.replaces)
            if deleted is not None:
                return deleted
        await self.pace.turn()
        # The post may have been taken down in the meantime, so this is checked last, right before the
        # request.
        if not await self.db.read(partial(self._still_wanted, post.id)):
            return None
        return await self.gateway.send(post)

    async def _spoken_enough(self, post: ChannelPost) -> bool | Trouble:
        """Whether people have written enough since the message that the post replaces.

        A bot can write more than is read here. That message is then far out of sight, so it is enough that
        anybody has spoken at all; otherwise the post would never come again in such a channel.
        """
        spoken, before = 0, None
        for _ in range(_PAGES):
            await self.pace.turn()
            page = await self.gateway.spoken(post, before)
            if not isinstance(page, TalkPage):
                return page
            spoken, before = spoken + page.spoken, page.older
            if spoken >= post.at_least:
                return True
            if before is None:
                return False
        return spoken > 0

    async def _delete(self, channel: int, message_id: int) -> Trouble | None:
        await self.pace.turn()
        deleted = await self.gateway.delete(channel, message_id)
        return None if isinstance(deleted, Delivered) else deleted

    async def _still_wanted(self, id: str, tx: Tx) -> bool:
        post = (await channel_post_store.these(tx, [id])).get(id)
        return post is not None and bool(post.wanted)

    # -- the outcome ----------------------------------------------------------------------------

    async def _record(self, before: ChannelPost, outcome: StepOutcome, tx: Tx) -> None:
        post = (await channel_post_store.these(tx, [before.id])).get(before.id)
        if post is None:
            return
        now = self.now()
        match outcome:
            case Delivered(message_id):
                await self._shown(tx, post, before, message_id, now)
            case Retry() | Uncertain():
                await self._again(tx, post, before, outcome)
            case Refused() | Missing() if post.wanted and not (
                before.standing and isinstance(outcome, Missing)
            ):
                await self._end(tx, post, PostOutcome.BARRED, now)
            case PostOutcome():
                await self._end(tx, post, outcome, now)
            case _:
                await channel_post_store.remove(tx, [post.id])

    async def _shown(
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

    async def _end(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        await channel_post_store.remove(tx, [post.id])
        await self.channel_posts.tell(tx, post, outcome, now)

    async def _again(
        self, tx: Tx, post: ChannelPost, before: ChannelPost, outcome: Retry | Uncertain
    ) -> None:
        until = retry_at(post.tries, outcome, self.now())
        surely = isinstance(outcome, Retry) and before.tried_at is None
        await channel_post_store.save(tx, post.failed(until, surely=surely))
        tx.afterwards(partial(self.hear, until))
