"""The board: what slices want to stand in channels, written in the transaction of what it tells."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import channel_post_store
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.events import ServerForgotten, ServerGone
from bot.storage.tx import Tx

__all__ = ["ChannelPost", "ChannelPosts", "PostOutcome", "Told"]

Told = Callable[[Tx, ChannelPost, PostOutcome, datetime], Awaitable[None]]
"""Told what became of a post, inside the transaction that writes it down."""

GATHERS = timedelta(seconds=5)
"""How long a change waits for others, so that one edit shows them all."""


class ChannelPosts:
    """Every message in a channel. `on_waiting` is called, once committed, with the time of the next step."""

    def __init__(self) -> None:
        self.on_waiting: Callable[[datetime], None] | None = None
        self._told: dict[str, Told] = {}

    def on(self, kind: str, told: Told) -> None:
        """Be told what becomes of posts of a kind; one listener each, else ValueError."""
        if kind in self._told:
            raise ValueError(f"{kind} has its listener already")
        self._told[kind] = told

    async def tell(self, tx: Tx, post: ChannelPost, fate: PostOutcome, now: datetime) -> None:
        """What became of a post, for its slice; a kind without a listener does without."""
        if post.kind in self._told:
            await self._told[post.kind](tx, post, fate, now)

    # -- what slices say ------------------------------------------------------------------------

    async def put(self, tx: Tx, post: ChannelPost) -> None:
        """Let this stand there (`Post.to`); one of its kind about its subject that waits is that one."""
        await self.put_all(tx, [post])

    async def put_all(self, tx: Tx, new: Sequence[ChannelPost]) -> None:
        if new:
            await channel_post_store.put_all(tx, new)
            self._announce(tx, min(post.due_at or post.made_at for post in new))

    async def renew(self, tx: Tx, kind: str, subject: str, now: datetime) -> None:
        """It says something else now: what stands is edited soon."""
        for post in await channel_post_store.about(tx, kind, subject):
            if post.wanted:
                await self._keep(tx, post.renewed(now + GATHERS))

    async def take_down(self, tx: Tx, kind: str, subject: str, now: datetime) -> None:
        """Nothing about this is to stand any more."""
        for post in await channel_post_store.about(tx, kind, subject):
            await self._keep(tx, post.taken_down(now))

    async def leave(self, tx: Tx, kind: str, subject: str) -> None:
        """What stands may stay, and is nobody's concern any more; what waits never comes."""
        await channel_post_store.remove(
            tx, [post.id for post in await channel_post_store.about(tx, kind, subject)]
        )

    async def call_off(self, tx: Tx, kind: str, subject: str) -> None:
        """What waits never comes; what stands stays, and is known."""
        await channel_post_store.remove(
            tx, [post.id for post in await channel_post_store.about(tx, kind, subject) if not post.standing]
        )

    async def standing_about(self, tx: Tx, kind: str, subjects: Sequence[str]) -> dict[str, ChannelPost]:
        """The one that stands there about each of these, in one look."""
        found = await channel_post_store.about_these(tx, kind, subjects)
        return {post.subject: post for post in found if post.standing and post.wanted}

    async def standing(self, tx: Tx, kind: str, subject: str) -> ChannelPost | None:
        """The one that stands there."""
        found = [
            post
            for post in await channel_post_store.about(tx, kind, subject)
            if post.standing and post.wanted
        ]
        return found[-1] if found else None

    async def waiting(self, tx: Tx, kind: str, subject: str) -> bool:
        """Whether one is on its way."""
        return any(not post.standing for post in await channel_post_store.about(tx, kind, subject))

    async def get(self, tx: Tx, id: str) -> ChannelPost | None:
        return (await channel_post_store.these(tx, [id])).get(id)

    async def on_server_gone(self, tx: Tx, event: ServerGone) -> None:
        """We were removed from there: what waits never comes. What stands is looked after if we return."""
        await channel_post_store.forget(tx, event.server, pending=True)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Forget everything about a server: what stands there stays as it is."""
        await channel_post_store.forget(tx, event.server)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(self, tx: Tx, post: ChannelPost) -> None:
        await channel_post_store.save(tx, post)
        if post.due_at is not None:
            self._announce(tx, post.due_at)

    def _announce(self, tx: Tx, at: datetime) -> None:
        tx.afterwards(partial(self._say, at))

    def _say(self, at: datetime) -> None:
        if self.on_waiting is not None:
            self.on_waiting(at)
