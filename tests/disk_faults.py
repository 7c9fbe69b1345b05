"""Ways in which a disk and a database file fail. Only a disk that is really full needs special rights."""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

import pytest

from bot.storage.authorizer import READING, WRITING
from bot.storage.database import Database
from bot.storage.sqlite import OpenFile, SqliteAdapter
from tests.database_file import open_file

MIB = 2**20
_HOLDS_LOCK = """
import pathlib, sys
from tests.database_file import open_file
connection = open_file(pathlib.Path(sys.argv[1]))
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def no_file_grows(beyond: int, process: int = 0) -> Iterator[None]:
    """Let a process (this one, or another by its id) write nothing that lies beyond so many bytes of a file.

    The system then refuses the write with EFBIG, which SQLite reports as an I/O error.
    """
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (beyond, hard))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):  # it may have ended, since it could not write
            resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[None]:
    """Let a folder be on a disk of its own, in memory, that has so many bytes. Only root may do that."""
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", place],
            check=True, capture_output=True,
        )  # fmt: skip
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("only root can mount a disk for a test")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


def fill(file: Path, size: int | None = None) -> None:
    """Write a file of so many bytes, or one that takes what is left of its disk."""
    with file.open("wb", buffering=0) as written:
        if size is not None:
            os.posix_fallocate(written.fileno(), 0, size)
            return
        for piece in (MIB, 1):
            with suppress(OSError):
                while written.write(bytes(piece)):
                    pass


def writer_of(db: Database) -> OpenFile:
    assert isinstance(db.adapter, SqliteAdapter)
    assert db.adapter._writer is not None
    return db.adapter._writer


@contextmanager
def unrestricted(db: Database) -> Iterator[None]:
    """Let statements on an open database do what the bot's own may not, such as asking for a pragma."""
    assert isinstance(db.adapter, SqliteAdapter)
    readers = [*db.adapter._readers]
    for file in (writer_of(db), *readers):
        file.raw.set_authorizer(None)
    try:
        yield
    finally:
        writer_of(db).raw.set_authorizer(WRITING)
        for file in readers:
            file.raw.set_authorizer(READING)


@contextmanager
def full(db: Database) -> Iterator[None]:
    """Let the file have no page more than now. SQLite reports that as a full disk."""
    with unrestricted(db):
        writer_of(db).raw.execute("PRAGMA max_page_count=1")  # as few as it has
    try:
        yield
    finally:
        with unrestricted(db):
            writer_of(db).raw.execute("PRAGMA max_page_count=4294967294")


@contextmanager
def read_only(db: Database) -> Iterator[None]:
    """Let nothing be written. SQLite reports that as a file that is read only."""
    with unrestricted(db):
        writer_of(db).raw.execute("PRAGMA query_only=ON")
    try:
        yield
    finally:
        with unrestricted(db):
            writer_of(db).raw.execute("PRAGMA query_only=OFF")


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    """Let another process hold the lock of writers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HOLDS_LOCK, str(path),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"locked\n"
        yield
    finally:
        process.kill()
        await process.wait()


def damage(path: Path, table: str) -> None:
    """Overwrite the first page of a table and of each of its indexes, in a database that nobody has open."""
    with closing(open_file(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?", (table,)
        ).fetchall()
    assert roots
    with path.open("r+b") as file:
        for (root,) in roots:
            file.seek((root - 1) * int(size))
            file.write(b"\xff" * int(size))
