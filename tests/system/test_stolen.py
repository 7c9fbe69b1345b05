"""A thief has the database, its journal and a backup, but not the key file.

They learn how many pages the files have, the numbers of the pages that were written since the journal was
last emptied, and when that was. They learn nothing else.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ids import ServerId
from bot.state_dir import file_keys
from bot.storage.copies import backup
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKeys
from bot.storage.migrate import empty
from bot.storage.schema import metadata
from bot.vault.keyring import Keyring
from tests.database_file import keys_beside, open_file
from tests.system.filled import Filled
from tests.system.fixtures import KEYS, Harness
from tests.system.places import DATABASE
from tests.system.walk import MARK
from tests.system.walk_record import Files, Record

PAGE, SALT, BLOCK = 4096, 16, 16
JOURNAL, FRAME = 32, 24
"""The lengths of what begins a journal, and of what begins each page in it: neither is encrypted."""
BACKUP = "kept.db"


@pytest.fixture(scope="module")
def stolen(record: Record, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """Return what can be stolen at each moment of the walk: never the key file."""
    state = tmp_path_factory.mktemp("state")
    for name, held in record.files["restarted"].items():
        (state / name).write_bytes(held)
    backup(state / DATABASE, state / BACKUP, keys_beside(state / DATABASE))
    taken = {
        when: {name: held for name, held in files.items() if name.startswith(DATABASE)}
        for when, files in record.files.items()
    }
    return taken | {"backup": {BACKUP: (state / BACKUP).read_bytes()}}


def pages(name: str, held: bytes) -> list[bytes]:
    """Return the pages of a database or of its journal."""
    if name.endswith("-shm"):
        return []
    begins, between = (JOURNAL, FRAME) if name.endswith("-wal") else (0, 0)
    starts = range(begins + between, len(held), between + PAGE)
    return [held[at : at + PAGE] for at in starts]


def varint(number: int) -> bytes:
    """Return a number as SQLite writes one of variable length (sqlite.org/fileformat2.html#varint)."""
    if number >= 1 << 56:
        number, last = number >> 8, number & 0xFF
        return bytes(0x80 | number >> shift & 0x7F for shift in range(49, -1, -7)) + bytes([last])
    found = [number & 0x7F]
    while number := number >> 7:
        found.append(0x80 | number & 0x7F)
    return bytes(reversed(found))


def found_in(stolen: dict[str, Files], hidden: dict[str, list[bytes]]) -> list[str]:
    return [
        f"{what} in {name}, {when}"
        for when, files in stolen.items()
        for name, held in files.items()
        for what, ways in hidden.items()
        if any(way in held for way in ways)
    ]


def test_the_walk_leaves_something_to_steal(stolen: dict[str, Files], record: Record) -> None:
    assert {"after ask", "restarted", "forgotten", "closed", "backup"} <= stolen.keys()
    assert len(pages("plumbline.db-wal", stolen["after ask"]["plumbline.db-wal"])) > 50
    assert len(record.cells) > 250
    assert not any(name == KEYS for files in stolen.values() for name in files)


def test_there_is_no_text_in_it(stolen: dict[str, Files]) -> None:
    codings = ("utf-8", "utf-16-le", "utf-16-be")

    assert not found_in(stolen, {"a canary": [MARK.encode(coding) for coding in codings]})


def test_there_is_no_discord_id_in_it(stolen: dict[str, Files], record: Record) -> None:
    numbers = {*record.accounts.values(), *record.channels, *record.channels.values()}
    assert len(numbers) > 10
    ways = {
        str(one): [str(one).encode(), struct.pack(">q", one), struct.pack("<q", one), varint(one)]
        for one in numbers
    }

    assert not found_in(stolen, ways)


def test_there_is_no_id_of_ours_no_kind_no_zone_and_no_sealed_cell_in_it(
    stolen: dict[str, Files], record: Record
) -> None:
    """Of short cells, such as a state, the pages hold each by chance: a cell counts from eight bytes on."""
    cells = [one.encode() if isinstance(one, str) else one for one in record.cells]
    long = {one[:40].hex(): [one] for one in cells if len(one) >= 8}
    assert len(long) > 200

    assert not found_in(stolen, long)


def test_there_is_no_word_of_the_schema_in_it(stolen: dict[str, Files]) -> None:
    names = {name for table in metadata.sorted_tables for name in (table.name, *table.columns.keys())}
    words = {"CREATE TABLE", "SQLite format", "alembic", "sqlite_", *(one for one in names if len(one) >= 6)}

    assert not found_in(stolen, {word: [word.encode()] for word in words})


def test_each_page_looks_like_any_other_noise(stolen: dict[str, Files]) -> None:
    """No part of a page is the same as another but how the file begins, and nothing can be compressed."""
    for when, files in stolen.items():
        for name, held in files.items():
            every = pages(name, held)
            assert all(len(page) == PAGE for page in every), (when, name)
            blocks = Counter(
                page[at : at + BLOCK] for page in every if any(page) for at in range(0, PAGE, BLOCK)
            )
            repeated = {one for one, many in blocks.items() if many > 1}
            assert repeated <= {begins[:SALT] for begins in files.values()}, (when, name)
            noise = b"".join(page for page in every if any(page))
            assert len(zlib.compress(noise, 9)) >= len(noise), (when, name)


def test_a_page_that_is_written_again_shares_nothing_with_what_it_was(stolen: dict[str, Files]) -> None:
    """The first 16 bytes of the file, a random number and its check value, stay as long as its key."""
    before, after = stolen["after ask"][DATABASE], stolen["forgotten"][DATABASE]
    written = [
        (old, new)
        for old, new in zip(pages(DATABASE, before), pages(DATABASE, after), strict=False)
        if old != new
    ]
    assert len(written) > 20
    for number, (old, new) in enumerate(written):
        begins = range(SALT if number == 0 else 0, PAGE, BLOCK)
        assert not [at for at in begins if old[at : at + BLOCK] == new[at : at + BLOCK]]


def test_two_files_of_the_same_contents_share_no_page() -> None:
    keys = file_keys(Keyring.fresh())
    one, other = empty(keys), _again(keys)
    assert len(one) == len(other)

    assert not {*pages(DATABASE, one)} & {*pages(DATABASE, other)}
    assert one[:SALT] != other[:SALT]


def _again(keys: FileKeys) -> bytes:
    return empty.__wrapped__(keys)


def test_a_row_is_seen_in_the_size_of_the_file_only_as_whole_pages(tmp_path: Path) -> None:
    path, sizes = tmp_path / DATABASE, []
    Keyring.fresh().save(tmp_path / KEYS)
    with closing(open_file(path)) as book:
        book.execute("CREATE TABLE notes (words)")
        for length in range(1, 3000, 250):
            book.execute("DELETE FROM notes")
            book.execute("INSERT INTO notes VALUES (zeroblob(?))", (length,))
            sizes.append(path.stat().st_size)

    assert {*sizes} == {2 * PAGE}


def test_without_the_key_the_file_cannot_be_opened(stolen: dict[str, Files], tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    path.write_bytes(stolen["restarted"][DATABASE])
    Keyring.fresh().save(tmp_path / "other.json")
    with closing(sqlite.connect(path)) as book, pytest.raises(sqlite.DatabaseError, match="not a database"):
        book.execute("SELECT * FROM sqlite_master")


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Yield a bot with one of everything in it, on a server and with accounts whose ids are as Discord's."""
    Keyring.fresh().save(tmp_path / KEYS)
    opened = Harness(tmp_path, 0)
    try:
        everything = Filled(opened, ServerId(812345678901234567), 712345678901230000)
        opened.run(everything.begin())
        opened.run(opened.services.insights.start(opened.now))
        pair = opened.run(everything.pair())
        opened.pass_time(timedelta(days=8))
        opened.deliver()
        opened.run(everything.fill(pair))
        yield opened
    finally:
        opened.close()


def test_nothing_of_one_of_everything_is_seen_while_the_bot_runs(harness: Harness, tmp_path: Path) -> None:
    tables = [one.name for one in metadata.sorted_tables]
    rows = [row for table in tables for row in harness.rows(f'SELECT * FROM "{table}"')]
    cells = {cell for row in rows for cell in row if isinstance(cell, str | bytes) and len(cell) >= 8}
    numbers = {cell for row in rows for cell in row if isinstance(cell, int) and cell >= 1 << 40}
    hidden = {repr(cell): [cell.encode() if isinstance(cell, str) else cell] for cell in cells}
    hidden |= {
        str(one): [str(one).encode(), struct.pack(">q", one), struct.pack("<q", one)] for one in numbers
    }
    taken = {path.name: path.read_bytes() for path in tmp_path.glob(f"{DATABASE}*")}
    assert len(hidden) > 100
    assert len(numbers) > 20

    assert not found_in({"filled": taken}, hidden)
