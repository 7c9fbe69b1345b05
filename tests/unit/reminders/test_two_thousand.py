"""Two thousand servers with three reminders each, due in one minute: each is posted once, at full rate."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.delivery import channel_post_store as posting_store
from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.delivery.channel_post import ChannelPost
from bot.delivery.pace import Pace
from bot.ids import PersonId, ServerId, new_id
from bot.norms import store as norm_store
from bot.norms.models import Ballot, Version, VersionState
from bot.reminders import posts, timers
from bot.reminders import store as reminder_store
from bot.reminders.models import Reminder, ReminderKind
from bot.reminders.models import ReminderState as Runs
from bot.scheduling.wakeup import Wakeup
from bot.storage.tx import Tx
from tests.unit.delivery.fixtures import some_latency
from tests.unit.delivery.post_fixtures import Channels, Message
from tests.unit.reminders.fixtures import LISTEN, Harness
from tests.virtual_clock import BEGINNING, now, virtual_clock

pytestmark = pytest.mark.uncounted

SERVERS, EACH, RATE = 2_000, 3, 45
A_SECOND = 100
"""How many reminders are due in each second: all of them within one minute."""
QUIET = SERVERS // 4
"""The number of channels in which people have written too few messages since the last post."""
AT_LEAST = 20
MO = PersonId("mo")
MINUTE = timedelta(minutes=1)


def said(channel: int) -> int:
    return AT_LEAST - 1 if channel < QUIET else AT_LEAST


class Week:
    """Reminders whose last post is still in the channel, and whose next times are all in the same minute."""

    def __init__(self, harness: Harness, channels: Channels) -> None:
        self.harness = harness
        self.channels = channels
        self.reminders = [_reminder(channel) for channel in range(SERVERS * EACH)]
        self.stood: dict[int, str] = {}

    async def begin(self) -> None:
        for number in range(0, SERVERS, 100):
            await self.harness.db.write(partial(self._servers, range(number, number + 100)))

    async def _servers(self, servers: range, tx: Tx) -> None:
        for server in map(ServerId, servers):
            version = Version(new_id(), server, 1, BEGINNING, MO, (LISTEN,))
            await norm_store.add(
                tx, version, Ballot(version.id, server, VersionState.PUBLISHED, 67, 5, BEGINNING)
            )
            here = self.reminders[server * EACH : (server + 1) * EACH]
            for one in here:
                await reminder_store.add(tx, one)
            await posting_store.put_all(tx, [self._stands(one) for one in here])
            due = {one.id: one.next_at for one in here if one.next_at is not None}
            await self.harness.agenda.put_all(tx, timers.DUE, due)

    def _stands(self, one: Reminder) -> ChannelPost:
        post = ChannelPost.to(one.server, one.channel, posts.REMINDER, one.id, BEGINNING, detail="before")
        message = Message(one.channel + 1, one.channel, post.id, 1, BEGINNING)
        self.channels.messages[message.id] = message
        self.channels._ids = max(self.channels._ids, message.id)
        self.stood[one.channel] = post.id
        return post.stands(message.id, 1, BEGINNING)


def _reminder(channel: int) -> Reminder:
    fresh = Reminder.fresh(ServerId(channel // EACH), ReminderKind.NORM, channel, "UTC", MO, BEGINNING)
    due = BEGINNING + MINUTE + timedelta(seconds=channel / A_SECOND)
    quiet: dict[str, Any] = {"quiet_from": None, "quiet_to": None}
    return replace(fresh, state=Runs.ON, at_least=AT_LEAST, next_at=due, **quiet)


@asynccontextmanager
async def harness(path: Path, channels: Channels) -> AsyncIterator[tuple[Harness, ChannelDispatcher]]:
    opened = Harness(path)
    await opened.open()
    dispatcher = ChannelDispatcher(opened.db, opened.channel_posts, channels, now, Pace(RATE))
    yield opened, dispatcher
    await dispatcher.stop(10)
    await opened.close()


@virtual_clock
async def test_reminders_are_posted_once_each_at_the_full_rate_except_in_quiet_channels(
    tmp_path: Path,
) -> None:
    channels = Channels(latency=some_latency(), said=said)
    async with harness(tmp_path / "test.db", channels) as (here, dispatcher):
        week = Week(here, channels)
        await week.begin()
        wakeup = Wakeup(here.agenda, now, (dispatcher,))
        await dispatcher.start()
        wakeup.start()
        await asyncio.sleep(5 * 60)
        await dispatcher.idle()
        await wakeup.stop()
        came = await here.db.read(lambda tx: reminder_store.these(tx, [one.id for one in week.reminders]))
    times = [at for at, _, _ in channels.requests]
    standing = {one.channel: one.post for one in channels.messages.values()}
    loud = SERVERS * EACH - QUIET

    assert {one.channel: one.turn for one in came} == {
        channel: int(channel >= QUIET) for channel in range(SERVERS * EACH)
    }
    assert all(one.next_at is not None and one.next_at > BEGINNING + timedelta(hours=1) for one in came)
    assert sorted(channels.sent.values()) == [1] * loud
    assert len(standing) == len(channels.messages) == SERVERS * EACH
    assert [channel for channel, post in standing.items() if post == week.stood[channel]] == list(
        range(QUIET)
    )
    assert len(times) == QUIET + 3 * loud
    assert len(times) / (times[-1] - times[0]) >= RATE * 0.97
    assert all(later - first >= 0.999 for first, later in zip(times, times[RATE:], strict=False))
