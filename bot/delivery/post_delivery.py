"""What is particular to channel posts: what a post needs next (send, edit, delete), and its outcome."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from bot.delivery import channel_post_store, claims_store
from bot.delivery.channel_gateway import ChannelGateway, TalkPage
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.claims_store import Claims
from bot.delivery.outcome import (
    Delivered,
    Failure,
    Missing,
    NotNeeded,
    Outcome,
    Refused,
    Retry,
    SearchPage,
    Why,
)
from bot.delivery.pace import Pace
from bot.ids import ServerId
from bot.instances.shards import EVERY_SHARD, Shards
from bot.storage.database import Database
from bot.storage.tx import Tx

AT_ONCE = 16
"""How many posts are claimed in one transaction."""
BARRED_AFTER = timedelta(hours=1)
"""For how long a post must have been refused to be called barred, if its time passes meanwhile."""
_PAGES = 10
"""How many pages of messages are read to see whether people have written enough: a thousand messages."""


class PostDelivery(Struct, frozen=True):
    """The delivery engine's adapter for channel posts."""

    db: Database
    channel_posts: ChannelPosts
    gateway: ChannelGateway
    now: Callable[[], datetime]
    pace: Pace
    hear: Callable[[datetime], None]
    away: Callable[[], Collection[ServerId]]
    """The servers that have removed the bot: their posts wait until it is invited again."""
    shards: Shards = EVERY_SHARD
    """Posts in other servers are for other processes, which know what Discord says about their channels."""
    what: ClassVar[str] = "channel post"
    at_once: ClassVar[int] = AT_ONCE
    claims: ClassVar[Claims] = claims_store.POSTS

    # -- what is due ----------------------------------------------------------------------------

    async def due(self, tx: Tx, now: datetime, most: int, *, urgent: bool) -> list[ChannelPost]:
        return [] if urgent else await channel_post_store.due(tx, now, most, self.away(), self.shards)

    async def next_due(self, tx: Tx, now: datetime) -> datetime | None:
        times = (
            await channel_post_store.next_due(tx, now, self.shards),
            await self.claims.next_free(tx, now),
        )
        return min((at for at in times if at is not None and at > now), default=None)

    async def look_up(self, seen: Sequence[ChannelPost]) -> Collection[str]:
        return ()

    async def instead(
        self, tx: Tx, post: ChannelPost, now: datetime, known: Collection[str]
    ) -> ChannelPost | None:
        return None

    # -- rows -----------------------------------------------------------------------------------

    async def these(self, tx: Tx, ids: Collection[str]) -> dict[str, ChannelPost]:
        return await channel_post_store.these(tx, ids)

    async def save(self, tx: Tx, post: ChannelPost) -> None:
        await channel_post_store.save(tx, post)

    # -- one step -------------------------------------------------------------------------------

    async def find(
        self, post: ChannelPost, before: int | None
    ) -> Delivered | SearchPage | NotNeeded | Failure:
        found = await self.gateway.find(post, before)
        # In a channel that can't be read, it could never be found out that the post isn't there.
        hindered = isinstance(found, Retry) and found.lasting_after is not None
        return NotNeeded(Why.LATE) if hindered and self._is_late(post) else found

    async def attempt(self, post: ChannelPost) -> Outcome:
        """Do what the post needs next."""
        if not post.wanted:
            if post.message_id is None:
                return NotNeeded()
            return await self._delete(post.channel, post.message_id) or NotNeeded()
        if post.standing:
            await self.pace.turn()
            return await self.gateway.edit(post) or NotNeeded()
        return await self._post(post)

    async def _post(self, post: ChannelPost) -> Outcome:
        if self._is_late(post):
            return NotNeeded(Why.LATE)
        if post.at_least and post.replaces is not None:
            enough = await self._spoken_enough(post)
            if not isinstance(enough, bool):
                return _unsent(enough)
            if not enough:
                return NotNeeded(Why.QUIET)
        if not await self.gateway.shows(post):
            # The message that it replaces stays.
            return NotNeeded()
        if post.replaces is not None:
            deleted = await self._delete(post.channel, post.replaces)
            if deleted is not None:
                return _unsent(deleted)
        await self.pace.turn()
        # The post may have been taken down in the meantime, so this is checked last, right before the
        # request.
        if not await self.db.read(partial(self._still_wanted, post.id)):
            return NotNeeded()
        return await self.gateway.send(post) or NotNeeded()

    def _is_late(self, post: ChannelPost) -> bool:
        return post.until is not None and self.now() >= post.until

    async def _spoken_enough(self, post: ChannelPost) -> bool | Failure:
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

    async def _delete(self, channel: int, message_id: int) -> Failure | None:
        await self.pace.turn()
        deleted = await self.gateway.delete(channel, message_id)
        return None if isinstance(deleted, Delivered) else deleted

    async def _still_wanted(self, id: str, tx: Tx) -> bool:
        post = (await channel_post_store.these(tx, [id])).get(id)
        return post is not None and bool(post.wanted)

    # -- the outcome ----------------------------------------------------------------------------

    async def record(
        self, tx: Tx, post: ChannelPost, before: ChannelPost, outcome: Outcome, now: datetime
    ) -> None:
        match outcome:
            case Delivered(message_id):
                await self._shown(tx, post, before, message_id, now)
            case NotNeeded(Why.QUIET):
                await self._end(tx, post, PostOutcome.QUIET, now)
            case NotNeeded(Why.LATE):
                await self._end(tx, post, _when_late(post, now), now)
            case Refused(code) if post.wanted and before.standing:
                # What stands there is out of date. Moderators hear of it, and it is tried again when
                # something has changed in the server.
                await channel_post_store.save(tx, post.parked(code, now))
                await self.channel_posts.tell(tx, post, PostOutcome.BARRED, now)
            case Refused() | Missing() if post.wanted and not before.standing:
                await self._end(tx, post, PostOutcome.BARRED, now)
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
            if post.hindered_since is not None:
                await self.channel_posts.tell(tx, standing, PostOutcome.EDITED, now)
            return
        found = await channel_post_store.about(tx, post.kind, post.subject)
        # One that is being taken down is still needed, for its message.
        older = [one.id for one in found if one.id != post.id and one.wanted]
        await channel_post_store.remove(tx, older)
        await self.channel_posts.tell(tx, standing, PostOutcome.UP, now)

    async def _end(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        await channel_post_store.remove(tx, [post.id])
        await self.channel_posts.tell(tx, post, outcome, now)


def _unsent(failure: Failure) -> Failure:
    """Return a failure that came before the post was sent."""
    return replace(failure, unsent=True) if isinstance(failure, Retry) else failure


def _when_late(post: ChannelPost, now: datetime) -> PostOutcome:
    """Return BARRED for a post that the channel kept out for a while, and LATE for any other."""
    since = post.hindered_since
    return PostOutcome.BARRED if since is not None and now - since >= BARRED_AFTER else PostOutcome.LATE
