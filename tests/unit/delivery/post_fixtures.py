"""Pretend channels, and a running ChannelDispatcher that posts to them, on a loop with a virtual clock."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.delivery.channel_gateway import TalkPage
from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.outcome import Delivered, Failure, Missing, Refused, Retry, SearchPage, Uncertain
from bot.delivery.pace import Pace
from bot.ids import ServerId
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.databases import database
from tests.virtual_clock import now

HERE = ServerId(7)
KIND = "norm"
NONCES_LAST = timedelta(minutes=3)


@dataclass(slots=True)
class Message:
    id: int
    channel: int
    post: str
    revision: int
    at: datetime


@dataclass
class Channels:
    """Accepts messages, ignores a repeated nonce, and fails when a test tells it to."""

    latency: Callable[[], float] = lambda: 0.0
    messages: dict[int, Message] = field(default_factory=dict)
    gone: list[Message] = field(default_factory=list)
    """The messages that were deleted."""
    sent: Counter[str] = field(default_factory=Counter)
    """How often each post was sent."""
    requests: list[tuple[float, str, str]] = field(default_factory=list)
    said: Callable[[int], int] = lambda channel: 100
    """How many messages people have written in a channel since its last post."""
    bots: list[int] = field(default_factory=list)
    """Pages that bots have filled since then, the newest first: how many messages on each are by people."""
    silent: set[str] = field(default_factory=set)
    """Subjects for which there is nothing left to post."""
    answers: dict[str, deque[Any]] = field(default_factory=dict)
    """What happens to the next requests of a kind: an outcome, an error, or "lost" (accepted, no answer)."""
    _nonces: dict[str, Message] = field(default_factory=dict)
    _ids: int = 0

    async def shows(self, post: ChannelPost) -> bool:
        return post.subject not in self.silent

    async def send(self, post: ChannelPost) -> Delivered | Failure | None:
        met = await self._request("send", post.id)
        if post.subject in self.silent:
            return None
        if met is not None and met != "lost":
            return _raised(met)
        message = self._take(post)
        return Uncertain() if met == "lost" else Delivered(message.id)

    async def edit(self, post: ChannelPost) -> Delivered | Failure | None:
        met = await self._request("edit", post.id)
        if met is not None:
            return _raised(met)
        message = self.messages.get(post.message_id or 0)
        if message is None:
            return Missing()
        message.revision = post.wanted
        return Delivered(message.id)

    async def delete(self, channel: int, message_id: int) -> Delivered | Failure:
        met = await self._request("delete", str(message_id))
        if met is not None:
            return _raised(met)
        message = self.messages.pop(message_id, None)
        if message is not None:
            assert message.channel == channel
            self.gone.append(message)
        return Delivered(message_id)

    async def find(self, post: ChannelPost, before: int | None = None) -> Delivered | SearchPage | Failure:
        met = await self._request("find", post.id)
        if met is not None:
            return _raised(met)
        found = [one.id for one in self.messages.values() if one.post == post.id]
        return Delivered(found[0]) if found else SearchPage()

    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage | Failure:
        met = await self._request("spoken", post.id)
        if met is not None:
            return _raised(met)
        page = before or 0
        return (
            TalkPage(self.bots[page], page + 1)
            if page < len(self.bots)
            else TalkPage(self.said(post.channel))
        )

    def made(self, what: str) -> list[str]:
        return [about for _, made, about in self.requests if made == what]

    def in_channel(self, channel: int) -> list[Message]:
        return [one for one in self.messages.values() if one.channel == channel]

    def _take(self, post: ChannelPost) -> Message:
        before = self._nonces.get(post.id)
        if before is not None and now() - before.at < NONCES_LAST:
            return before
        self._ids += 1
        message = Message(self._ids, post.channel, post.id, post.wanted, now())
        self._nonces[post.id] = self.messages[message.id] = message
        self.sent[post.id] += 1
        return message

    async def _request(self, what: str, about: str) -> Any:
        self.requests.append((asyncio.get_running_loop().time(), what, about))
        await asyncio.sleep(self.latency())
        waiting = self.answers.get(what)
        return waiting.popleft() if waiting else None


def _raised(met: Any) -> Failure:
    if isinstance(met, Exception):
        raise met
    assert isinstance(met, Refused | Missing | Retry | Uncertain)
    return met


@dataclass
class PostHarness:
    """A ChannelDispatcher with its ChannelPosts, database and Wakeup, and a slice that hears the outcomes."""

    db: Database
    channels: Channels
    rate: float = 45
    channel_posts: ChannelPosts = field(default_factory=ChannelPosts)
    outcomes: list[tuple[str, PostOutcome]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dispatcher = ChannelDispatcher(self.db, self.channel_posts, self.channels, now, Pace(self.rate))
        self.wakeup = Wakeup(Agenda(self.db), now, [self.dispatcher])
        self.channel_posts.on(KIND, self._told)

    async def open(self) -> None:
        await self.dispatcher.start()
        self.wakeup.start()

    async def close(self, drain: float = 10) -> None:
        await self.wakeup.stop()
        await self.dispatcher.stop(drain)

    async def put(self, subject: str = "one", channel: int = 1, **how: Any) -> ChannelPost:
        post = ChannelPost.to(HERE, channel, KIND, subject, now(), **how)
        await self.db.write(lambda tx: self.channel_posts.put(tx, post))
        return post

    async def again(self, subject: str = "one", channel: int = 1, **how: Any) -> ChannelPost:
        """Put a post that replaces the present one about the same subject."""
        before = await self.standing(subject)
        assert before is not None
        return await self.put(subject, channel, replaces=before.message_id, **how)

    async def standing(self, subject: str = "one") -> ChannelPost | None:
        return await self.db.read(lambda tx: self.channel_posts.standing(tx, KIND, subject))

    async def get(self, post: ChannelPost) -> ChannelPost | None:
        return await self.db.read(lambda tx: self.channel_posts.get(tx, post.id))

    async def renew(self, subject: str = "one") -> None:
        await self.db.write(lambda tx: self.channel_posts.renew(tx, KIND, subject, now()))

    async def take_down(self, subject: str = "one") -> None:
        await self.db.write(lambda tx: self.channel_posts.take_down(tx, KIND, subject, now()))

    async def _told(self, _tx: Tx, post: ChannelPost, outcome: PostOutcome, _now: datetime) -> None:
        self.outcomes.append((post.id, outcome))


@asynccontextmanager
async def post_harness(
    path: Path, channels: Channels | None = None, **how: Any
) -> AsyncIterator[PostHarness]:
    """Start a PostHarness on a new file, or on the file of an earlier one."""
    db = database(path / "plumbline.db")
    await db.open()
    made = PostHarness(db, channels or Channels(), **how)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
        await db.close()


__all__ = [
    "HERE",
    "KIND",
    "Channels",
    "Delivered",
    "Message",
    "Missing",
    "PostHarness",
    "Refused",
    "Retry",
    "Uncertain",
    "post_harness",
]
