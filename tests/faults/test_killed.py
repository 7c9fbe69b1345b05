"""The courier's process is killed at random moments: everything is told, nothing twice, nothing is lost."""

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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from bot.delivery.line import Line
from bot.delivery.outbox import Outbox
from bot.ids import PersonId
from bot.storage.database import Database
from tests.store.conftest import make_tables

LINES = int(os.environ.get("PLUMBLINE_FAULT_LINES", "150"))
ROUNDS = int(os.environ.get("PLUMBLINE_FAULT_ROUNDS", "6"))
LONG_AGO = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loopback:
    port: int

    def ask(self, path: str, method: str = "GET") -> object:
        with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", method=method), timeout=10) as answer:
            return json.load(answer)

    @property
    def told(self) -> Counter[str]:
        """How many messages each line became."""
        found = self.ask("/everything")
        assert isinstance(found, list)
        return Counter(str(button).rpartition(":")[2] for _channel, button in found)


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    with subprocess.Popen([sys.executable, "-m", "tests.faults.standin"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield Loopback(int(process.stdout.readline()))
        process.send_signal(signal.SIGTERM)


async def fill(path: Path) -> list[str]:
    db = Database(path)
    await db.open()
    await db.migrate(make_tables)
    lines = [Line.to(PersonId(str(n)), "ready", f"{n}", LONG_AGO) for n in range(LINES)]
    await db.write(lambda tx: Outbox().tell_all(tx, lines))
    await db.close()
    return [line.id for line in lines]


def states(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        found = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
    connection.close()
    return found


def a_life(path: Path, port: int, rate: float) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.faults.round", str(path), str(port), str(rate)])


@pytest.mark.slow
def test_killed_at_random_moments_it_tells_everything_once(tmp_path: Path, loopback: Loopback) -> None:
    chance, path = random.Random(), tmp_path / "plumbline.db"
    lines = asyncio.run(fill(path))
    for round_number in range(ROUNDS):
        process = a_life(path, loopback.port, 45)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(1.2, 1.2 + LINES / 45 / ROUNDS))
        process.kill()
        process.wait()
        if round_number % 10 == 2:
            # Longer than Discord remembers a nonce, while our own clock saw a moment pass.
            loopback.ask("/move-on?seconds=600", "POST")
    last = a_life(path, loopback.port, 45)

    assert last.wait(LINES / 45 + 200) == 0
    assert states(path) == {"sent": LINES}
    assert loopback.told == dict.fromkeys(lines, 1)
