"""What slices want to show in channels, written in the same transaction as the change that it is about."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import channel_post_store
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.events import ServerForgotten, ServerGone
from bot.ids import ServerId
from bot.storage.session import Hint
from bot.storage.tx import Tx

__all__ = ["ChannelPost", "ChannelPosts", "PostOutcome", "Told"]

Told = Callable[[Tx, ChannelPost, PostOutcome, datetime], Awaitable[None]]
"""A callback that is told what became of a post, in the transaction that records it."""

GATHERS = timedelta(seconds=5)
"""How long a change waits for more changes, so that one edit shows them all."""


class ChannelPosts:
    """Every post in a channel. `on_waiting` is called after a commit with the time when a post is due."""

    def __init__(self) -> None:
        self.on_waiting: Callable[[datetime], None] | None = None
        self._told: dict[str, Told] = {}

    def on(self, kind: str, told: Told) -> None:
        """Register the callback for posts of a kind. Raises ValueError if the kind has one already."""
        if kind in self._told:
            raise ValueError(f"{kind} has a callback already")
        self._told[kind] = told

    async def tell(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """Tell the post's slice what became of it, if that slice registered a callback."""
        if post.kind in self._told:
            await self._told[post.kind](tx, post, outcome, now)

    # -- for the slices -------------------------------------------------------------------------

    async def put(self, tx: Tx, post: ChannelPost) -> None:
        """Post this (see `ChannelPost.to`), unless one of its kind about its subject is waiting already."""
        await self.put_all(tx, [post])

    async def put_all(self, tx: Tx, new: Sequence[ChannelPost]) -> None:
        if new:
            await channel_post_store.put_all(tx, new)
            self._announce(tx, min(post.due_at or post.made_at for post in new))

    async def renew(
        self, tx: Tx, kind: str, subject: str, now: datetime, *, within: timedelta = GATHERS
    ) -> None:
        """Edit the message within a few seconds, because its content has changed."""
        for post in await channel_post_store.about(tx, kind, subject):
            if post.wanted:
                await self._keep(tx, post.renewed(now + within))

    async def take_down(self, tx: Tx, kind: str, subject: str, now: datetime) -> None:
        """Delete the messages about this subject."""
        for post in await channel_post_store.about(tx, kind, subject):
            await self._keep(tx, post.taken_down(now))

    async def leave(self, tx: Tx, kind: str, subject: str) -> None:
        """Drop what is waiting about a subject, and forget what is posted.

        A posted message stays in the channel. One that is being taken down still goes.
        """
        found = await channel_post_store.about(tx, kind, subject)
        await channel_post_store.remove(tx, [post.id for post in found if post.wanted])

    async def call_off(self, tx: Tx, kind: str, subject: str, now: datetime) -> None:
        """Drop what is waiting. What is posted stays, and can still be edited.

        What may have been sent already, or is being sent now, is taken down once it is there.
        """
        for post in await channel_post_store.about(tx, kind, subject):
            if post.may_be_there:
                await self._keep(tx, post.taken_down(now))
            elif not post.standing:
                await channel_post_store.remove(tx, [post.id])

    async def standing_about(self, tx: Tx, kind: str, subjects: Sequence[str]) -> dict[str, ChannelPost]:
        """Return the latest post that is shown about each of the subjects, with one query."""
        found = await channel_post_store.about_these(tx, kind, subjects)
        return {post.subject: post for post in found if post.standing and post.wanted}

    async def pending_about(self, tx: Tx, kind: str, subjects: Sequence[str]) -> dict[str, ChannelPost]:
        """Return the post that is still to be sent about each of the subjects, with one query."""
        found = await channel_post_store.about_these(tx, kind, subjects) if subjects else []
        return {post.subject: post for post in found if post.wanted and not post.standing}

    async def standing(self, tx: Tx, kind: str, subject: str) -> ChannelPost | None:
        """Return the latest post that is shown about the subject."""
        found = [
            post
            for post in await channel_post_store.about(tx, kind, subject)
            if post.standing and post.wanted
        ]
        return found[-1] if found else None

    async def well(self, tx: Tx, kind: str, subject: str) -> bool:
        """Whether a post about the subject is shown or on its way, and its channel takes it so far."""
        found = await channel_post_store.about(tx, kind, subject)
        return any(post.wanted and post.hindered_since is None for post in found)

    async def waiting(self, tx: Tx, kind: str, subject: str) -> bool:
        """Whether a post about the subject is still to be sent."""
        return any(not post.standing for post in await channel_post_store.about(tx, kind, subject))

    async def get(self, tx: Tx, id: str) -> ChannelPost | None:
        return (await channel_post_store.these(tx, [id])).get(id)

    async def on_server_gone(self, tx: Tx, event: ServerGone) -> None:
        """Drop what is waiting in a server that removed the bot.

        What is posted is kept: the bot may return.
        """
        await channel_post_store.forget(tx, event.server, pending=True)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Forget everything about a server. The messages in its channels stay as they are."""
        await channel_post_store.forget(tx, event.server)

    async def try_again(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Try at once what could not be posted or edited in a server, because something has changed there."""
        if await channel_post_store.try_again(tx, server, now):
            self._announce(tx, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(self, tx: Tx, post: ChannelPost) -> None:
        await channel_post_store.save(tx, post)
        if post.due_at is not None:
            self._announce(tx, post.due_at)

    def _announce(self, tx: Tx, at: datetime) -> None:
        # A process posts only in servers on its own shards.
        tx.tell_others(Hint.WORK)
        tx.afterwards(partial(self._say, at))

    def _say(self, at: datetime) -> None:
        if self.on_waiting is not None:
            self.on_waiting(at)
