"""Two thousand servers with three reminders each in one minute: all come, once each, at the full pace."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.ids import ServerId
from bot.posting import store
from bot.posting.post import Fate, Post
from bot.storage.tx import Tx
from tests.clockwork import clockwork, now
from tests.unit.delivery.post import some_latency
from tests.unit.posting.channels import KIND, Channels, Message, Wall, wall

SERVERS, EACH, RATE = 2_000, 3, 45
QUIET = 500
"""So many of the channels have had too few messages since."""
AT_LEAST = 20


def said(channel: int) -> int:
    return AT_LEAST - 1 if channel < QUIET else AT_LEAST


async def stood(here: Wall) -> dict[int, Post]:
    """Last week's post stands in every channel."""
    before = {}
    for channel in range(SERVERS * EACH):
        post = Post.to(ServerId(channel // EACH), channel, KIND, f"{channel}", now())
        before[channel] = post.stands(channel + 1, 1, now())
        here.channels.messages[channel + 1] = Message(channel + 1, channel, post.id, 1, now())
    here.channels._ids = len(before)
    await here.db.write(lambda tx: store.put_all(tx, list(before.values())))
    return before


async def fall_due(here: Wall, before: dict[int, Post]) -> list[Post]:
    """In one minute, in no order, a few hundred at a time, as the agenda brings them."""
    rolled = random.Random(4)
    channels = list(before)
    rolled.shuffle(channels)
    new = []
    for first in range(0, len(channels), 100):
        some = [
            Post.to(
                before[one].server, one, KIND, f"{one}", now(),
                at_least=AT_LEAST, replaces=before[one].message_id, until=now() + timedelta(hours=12),
            )
            for one in channels[first : first + 100]
        ]  # fmt: skip
        await here.db.write(_putting(here, some))
        new += some
        await asyncio.sleep(1)
    return new


def _putting(here: Wall, some: list[Post]) -> Callable[[Tx], Awaitable[None]]:
    return lambda tx: here.board.put_all(tx, some)


@clockwork
async def test_all_come_once_each_within_the_rate_counted_in_requests(tmp_path: Path) -> None:
    channels = Channels(latency=some_latency(), said=said)
    async with wall(tmp_path, channels, rate=RATE) as here:
        before = await stood(here)
        new = await fall_due(here, before)
        await here.poster.idle()
    times = [at for at, _, _ in channels.requests]
    quiet = [post.id for post in new if post.channel < QUIET]
    came = [post.id for post in new if post.channel >= QUIET]

    assert channels.sent == dict.fromkeys(came, 1)
    assert sorted(here.fates) == sorted([(id, Fate.UP) for id in came] + [(id, Fate.QUIET) for id in quiet])
    assert {one.channel: one.post for one in channels.messages.values()} == {
        post.channel: post.id if post.channel >= QUIET else before[post.channel].id for post in new
    }
    assert len(times) == len(quiet) + 3 * len(came)
    assert len(times) / (times[-1] - times[0]) >= RATE * 0.97
    assert max(later - first for first, later in zip(times, times[RATE:], strict=False)) < 2
    assert all(later - first >= 0.999 for first, later in zip(times, times[RATE:], strict=False))
