"""The dispatcher's process is killed at random moments: every message is sent once, and none is lost."""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery import retries
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.storage.database import Database
from tests.database_file import open_file
from tests.faults.dispatcher_process import ACCOUNTS_FROM, CHANNELS_FROM
from tests.patience import PATIENCE
from tests.store.conftest import make_tables
from tests.wire.client import Wire, wire
from tests.wire.faults import FaultKind
from tests.wire.process import environment

LINES = int(os.environ.get("PLUMBLINE_FAULT_LINES", "150"))
ROUNDS = int(os.environ.get("PLUMBLINE_FAULT_ROUNDS", "6"))
RATE = 45
SLOW = 3.0
"""How many seconds a few requests take: more than a new process needs to start."""
# The small run cannot wait half a minute for a message to appear. This Discord needs three seconds for that,
# and a few more on a busy machine.
SETTLES = retries.SETTLES.total_seconds() if ROUNDS >= 50 else 12
LONG_AGO = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
MESSAGES = "/channels/{channel}/messages"


@dataclass(frozen=True)
class UnreliableDiscord:
    """A Discord that accepts some messages without an answer, and some seconds after they were sent."""

    wire: Wire

    async def told(self) -> Counter[str]:
        """Return how often each outbox message was sent."""
        sent = await self.wire.messages()
        return Counter(message.custom_ids[0].rpartition(":")[2] for message in sent)

    async def found(self) -> int:
        """Return how often a process found a message that an earlier one had sent and not recorded."""
        return int((await self.wire.call("counts"))["found"].get(f"GET {MESSAGES}", 0))


@pytest.fixture
async def discord() -> AsyncIterator[UnreliableDiscord]:
    path, always = "/channels/*/messages", {"times": None}
    async with wire() as there:
        people = [
            {"id": ACCOUNTS_FROM + n, "username": f"user{n}", "dm_channel": CHANNELS_FROM + n}
            for n in range(LINES)
        ]
        await there.call("add_people", people=people)
        server = await there.add_guild()
        await there.call("add_members", guild=server, members=[{"person": one["id"]} for one in people])
        await there.fault(FaultKind.SLOW, path, "POST", seconds_at_most=0.05, **always)
        await there.fault(FaultKind.SLOW, path, "POST", seconds=SLOW, probability=0.03, **always)
        await there.fault(FaultKind.HANG_UP, path, "POST", probability=0.03, **always)
        await there.fault(FaultKind.HANG_UP, path, "POST", probability=0.03, effect=True, **always)
        await there.fault(FaultKind.ANSWER, path, "POST", status=503, probability=0.02, effect=True, **always)
        yield UnreliableDiscord(there)


async def fill(path: Path) -> list[str]:
    db = Database(path)
    await db.open()
    await db.migrate(make_tables)
    messages = [OutboxMessage.to(PersonId(str(n)), "ready", f"{n}", LONG_AGO) for n in range(LINES)]
    await db.write(lambda tx: Outbox().tell_all(tx, messages))
    await db.close()
    return [message.id for message in messages]


def standing(path: Path) -> dict[str, str]:
    """Return the state of each outbox message."""
    with closing(open_file(path)) as connection:
        return dict(connection.execute("SELECT id, state FROM outbox"))


@asynccontextmanager
async def a_process(path: Path, discord: UnreliableDiscord) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a dispatcher's process and wait until it is at work; kill it at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.dispatcher_process",
        str(path), discord.wire.address, str(RATE), str(SETTLES),
        env=environment(), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"at work\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def a_short_process(path: Path, discord: UnreliableDiscord, seconds: float) -> None:
    async with a_process(path, discord) as process:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(process.wait(), seconds)


@pytest.mark.slow
async def test_a_dispatcher_killed_at_random_moments_sends_every_message_once(
    tmp_path: Path, discord: UnreliableDiscord
) -> None:
    chance, path = random.Random(), tmp_path / "plumbline.db"
    messages = await fill(path)
    for round_number in range(ROUNDS):
        # This share of what is left ensures, on any machine, that something is left to send at each kill.
        share = (LINES - await discord.wire.count("messages")) / (ROUNDS - round_number + 1)
        await a_short_process(path, discord, chance.uniform(0, 2 * share / RATE))
        if round_number % 10 == 2:
            # This is longer than Discord remembers a nonce; on our own clock only a moment passes.
            await discord.wire.move_clock(600)
    async with a_process(path, discord) as last:
        assert await asyncio.wait_for(last.wait(), LINES / RATE + 10 * PATIENCE) == 0

    assert standing(path) == dict.fromkeys(messages, "sent")
    assert await discord.told() == dict.fromkeys(messages, 1)
    assert await discord.found(), "no kill came between a message and the note of it"
