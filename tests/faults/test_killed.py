"""The dispatcher's process is killed at random moments: every message is sent once, and none is lost."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from bot.delivery import retries
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.storage.database import Database
from tests.patience import PATIENCE
from tests.store.conftest import make_tables

LINES = int(os.environ.get("PLUMBLINE_FAULT_LINES", "150"))
ROUNDS = int(os.environ.get("PLUMBLINE_FAULT_ROUNDS", "6"))
RATE = 45
# The small run cannot wait half a minute for a message to appear. The pretend Discord needs three seconds
# for that, and a few more on a busy machine.
SETTLES = retries.SETTLES.total_seconds() if ROUNDS >= 50 else 12
LONG_AGO = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loopback:
    port: int

    def ask(self, path: str, method: str = "GET") -> Any:
        asked = Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        with urlopen(asked, timeout=PATIENCE) as answer:
            return json.load(answer)

    @property
    def told(self) -> Counter[str]:
        """Return how often each outbox message was sent."""
        return Counter(button.rpartition(":")[2] for button in self.ask("/everything")["buttons"])

    @property
    def found(self) -> int:
        """Return how often a process found a message that an earlier one had sent and not recorded."""
        return int(self.ask("/everything")["found"])


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.pretend_discord"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        yield Loopback(int(process.stdout.readline()))
        process.send_signal(signal.SIGTERM)


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
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, state FROM outbox"))


def a_process(path: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start a dispatcher's process and wait until it is at work."""
    told = [
        sys.executable,
        "-m",
        "tests.faults.dispatcher_process",
        str(path),
        str(port),
        str(RATE),
        str(SETTLES),
    ]
    process = subprocess.Popen(told, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"at work\n"
    return process


def a_short_process(path: Path, port: int, seconds: float) -> None:
    with a_process(path, port) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()


@pytest.mark.slow
def test_a_dispatcher_killed_at_random_moments_sends_every_message_once(
    tmp_path: Path, loopback: Loopback
) -> None:
    chance, path = random.Random(), tmp_path / "plumbline.db"
    messages = asyncio.run(fill(path))
    for round_number in range(ROUNDS):
        # This share of what is left ensures, on any machine, that something is left to send at each kill.
        share = (LINES - len(loopback.told)) / (ROUNDS - round_number + 1)
        a_short_process(path, loopback.port, chance.uniform(0, 2 * share / RATE))
        if round_number % 10 == 2:
            # This is longer than Discord remembers a nonce; on our own clock only a moment passes.
            loopback.ask("/move-on?seconds=600", "POST")
    with a_process(path, loopback.port) as last:
        assert last.wait(LINES / RATE + 10 * PATIENCE) == 0

    assert standing(path) == dict.fromkeys(messages, "sent")
    assert loopback.told == dict.fromkeys(messages, 1)
    assert loopback.found, "no kill came between a message and the note of it"
