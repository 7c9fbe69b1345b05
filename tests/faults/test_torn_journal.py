"""The journal is cut, torn or overwritten beyond the last acknowledged commit: nothing of that is lost.

A real file, written by the real services, is copied with its journal after each commit, as a killed process
or a loss of power would leave it.
"""

import asyncio
import random
import struct
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asks.models import AskText
from bot.storage.database import Database
from bot.storage.migrate import HEAD, upgrade
from bot.storage.tx import Tx
from bot.vault.keyring import Keyring
from tests import no_fsync
from tests.database_file import open_file
from tests.unit.asks.fixtures import Harness

Dump = dict[str, list[tuple[Any, ...]]]
HEADER, FRAME_HEADER = 32, 24
WORDS = {
    friend: AskText(f"what I did, for {friend}", "what came of it", "my question")
    for friend in ("Bo", "Cy", "Di")
}
"""What Ana asks each of them."""


@dataclass(frozen=True)
class Recorded:
    """A database file and its journal, and what was stored after each acknowledged commit."""

    database: bytes
    journal: bytes
    shared: bytes
    acknowledged: list[tuple[int, Dump]]
    """How long the journal was then, and every row of every table."""
    ring: Keyring
    accounts: dict[str, int]
    asks: dict[str, str]
    sent: int
    """How long the journal was when the last of these asks was sent."""
    page: int

    def frames(self) -> Iterator[int]:
        """Yield where each frame ends, and where the header does."""
        return iter(range(HEADER, len(self.journal) + 1, FRAME_HEADER + self.page))

    def expected(self, length: int) -> Dump:
        """Return what must be there if the first `length` bytes of the journal are whole."""
        return [dump for at, dump in self.acknowledged if at <= length][-1]


def dump(path: Path) -> Dump:
    with closing(open_file(path)) as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert book.execute("PRAGMA foreign_key_check").fetchone() is None
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(book.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def journal(path: Path, end: str = "-wal") -> Path:
    return path.with_name(path.name + end)


async def _record(folder: Path) -> Recorded:
    path, acknowledged = folder / "plumbline.db", list[tuple[int, Dump]]()
    harness = Harness(path)
    await harness.open()
    original = harness.db.write

    async def write(body: Callable[[Tx], Awaitable[Any]]) -> Any:
        result = await original(body)
        acknowledged.append((journal(path).stat().st_size, dump(path)))
        return result

    acknowledged.append((0, dump(path)))
    vars(harness.db)["write"] = write
    for friend in WORDS:
        await harness.tie("Ana", friend)
        await harness.read_all(friend)
    asks = {
        friend: (await harness.send("Ana", await harness.draft("Ana", friend, words=words))).ask.id
        for friend, words in WORDS.items()
    }
    sent = journal(path).stat().st_size
    await harness.answer(asks["Bo"], "Bo")
    await harness.withdraw(asks["Cy"])
    database, written, shared = [one.read_bytes() for one in (path, journal(path), journal(path, "-shm"))]
    await harness.close()
    (page,) = struct.unpack(">H", database[16:18])
    return Recorded(database, written, shared, acknowledged, harness.ring, harness.accounts, asks, sent, page)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    no_fsync.forbid()
    try:
        yield asyncio.run(_record(tmp_path_factory.mktemp("recorded")))
    finally:
        no_fsync.allow()


def reopened(recorded: Recorded, journal_left: bytes, *, shared: bool = False) -> Dump:
    """Open the files as a start does, and return every row. `shared`: the journal's index is left too."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plumbline.db"
        path.write_bytes(recorded.database)
        journal(path).write_bytes(journal_left)
        if shared:
            journal(path, "-shm").write_bytes(recorded.shared)
        asyncio.run(_start(path))
        return dump(path)


async def _start(path: Path) -> None:
    db = Database(path)
    await upgrade(db)
    await db.close()


def test_what_was_recorded_is_worth_cutting(recorded: Recorded) -> None:
    assert recorded.database[18:20] == b"\x02\x02", "it is in WAL mode"
    assert len(recorded.acknowledged) > 15
    assert recorded.acknowledged[-1][0] == len(recorded.journal), (
        "nothing was written into the file meanwhile"
    )
    assert len([*recorded.frames()]) > 100
    assert recorded.acknowledged[-1][1]["alembic_version"] == [(HEAD,)]
    assert all(recorded.expected(at) == now for at, now in recorded.acknowledged)


@pytest.mark.uncounted
def test_a_journal_that_is_cut_after_any_frame_holds_each_commit_before_it(recorded: Recorded) -> None:
    for number, end in enumerate(recorded.frames()):
        left = recorded.journal[:end]
        assert reopened(recorded, left, shared=number % 2 == 0) == recorded.expected(end), f"frame {number}"


@pytest.mark.uncounted
@settings(max_examples=60)
@given(
    at=st.floats(0, 1),
    tail=st.sampled_from(["nothing", "zeros", "noise", "flipped", "an older journal"]),
    seed=st.integers(0, 1000),
    shared=st.booleans(),
)
def test_whatever_lies_beyond_a_commit_the_commit_and_nothing_half_is_there(
    recorded: Recorded, at: float, tail: str, seed: int, shared: bool
) -> None:
    cut = HEADER + int(at * (len(recorded.journal) - HEADER))
    rest, chance = recorded.journal[cut:], random.Random(seed)
    match tail:
        case "nothing":
            after = b""
        case "zeros":
            after = bytes(len(rest))
        case "noise":
            after = chance.randbytes(len(rest) + chance.randrange(10_000))
        case "flipped":
            # One bit: the checksums of SQLite's journal find each, but two in the same page can cancel out.
            flipped = bytearray(rest)
            if rest:
                flipped[chance.randrange(min(len(rest), 9000))] ^= 1 << chance.randrange(8)
            after = bytes(flipped)
        case _:
            # What an earlier use of the journal left: whole frames, with another salt.
            older = bytearray(recorded.journal)
            for frame in range(HEADER, len(older), FRAME_HEADER + recorded.page):
                older[frame + 8] ^= 0xFF
            after = bytes(older[cut:])

    found = reopened(recorded, recorded.journal[:cut] + after, shared=shared)

    whole = _whole(recorded, recorded.journal[:cut] + after)
    assert whole >= [length for length, _ in recorded.acknowledged if length <= cut][-1]
    assert found == recorded.expected(whole)


def _whole(recorded: Recorded, journal_left: bytes) -> int:
    """Return how many bytes at the beginning are as they were written."""
    same = min(len(journal_left), len(recorded.journal))
    pairs = zip(journal_left[:same], recorded.journal[:same], strict=True)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), same)


async def test_every_word_that_was_accepted_can_be_read_after_the_journal_was_torn(
    recorded: Recorded, tmp_path: Path
) -> None:
    path = tmp_path / "plumbline.db"
    path.write_bytes(recorded.database)
    journal(path).write_bytes(recorded.journal[: recorded.sent + 5000] + b"torn" * 500)
    harness = Harness(path, recorded.ring)
    harness.accounts.update(recorded.accounts)
    await harness.open()

    for friend, words in WORDS.items():
        assert await harness.read_it(recorded.asks[friend], friend) == words
    await harness.close()
