"""`Send` in /ask against writing the same rows directly in one transaction."""

import os
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import aiosqlite

from bot.storage.driver import sqlite
from bot.storage.sqlite import PRAGMAS
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, opened, ready
from tests.database_file import open_file, plain_copy

ROUNDS = 100
WARMING = 20
_SYNCED = 4096

Rows = dict[str, list[dict[str, Any]]]
"""The rows that one `Send` left, by table."""


async def measured(where: Path) -> list[Figure]:
    """Return the medians of many rounds; both ways take turns, on files with the same content."""
    bot = await opened(where / "sent")
    services = bot.services
    drafts = [await ready(services, number) for number in range(ROUNDS)]
    await bot.db.checkpoint()
    by_hand = where / "by-hand.db"
    plain_copy(bot.db.path, by_hand)
    sent, written, synced = [], [], []
    hand = await _connected(by_hand)
    reading = await _connected(bot.db.path)
    try:
        for by, draft in drafts:
            sent.append(await _timed(services.asks.send(by, draft, NOON)))
            written.append(await _timed(_write(hand, await _left_by(reading, draft))))
            synced.append(_one_sync(where))
    finally:
        await hand.close()
        await reading.close()
        await bot.db.close()
    return _told(*(median(times[WARMING:]) for times in (sent, written, synced)))


def _told(send: float, hand: float, sync: float) -> list[Figure]:
    return [
        Figure("Send in /ask, against its rows by hand", send / hand, "times", 4),
        Figure("Send in /ask", send * 1000, "ms"),
        Figure("Send in /ask", send / sync, "fdatasyncs"),
        Figure("its rows by hand", hand * 1000, "ms"),
        Figure("its rows by hand", hand / sync, "fdatasyncs"),
        Figure("one fdatasync of 4 KiB", sync * 1000, "ms"),
    ]


async def _timed(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _connected(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.Connection(lambda: open_file(path), 64)
    connection.row_factory = sqlite.Row
    for pragma in PRAGMAS:
        await connection.execute(f"PRAGMA {pragma}")
    return connection


async def _left_by(connection: aiosqlite.Connection, ask: str) -> Rows:
    """Return all rows of one ask after it was sent."""
    askings = await _all(connection, "SELECT * FROM askings WHERE ask = ?", ask)
    lines = [
        line
        for one in askings
        for line in await _all(connection, "SELECT * FROM outbox WHERE subject = ?", one["id"])
    ]
    return {
        "asks": await _all(connection, "SELECT * FROM asks WHERE id = ?", ask),
        "askings": askings,
        "outbox": lines,
        "agenda": await _all(connection, "SELECT * FROM agenda WHERE subject = ?", ask),
    }


async def _all(connection: aiosqlite.Connection, statement: str, *values: object) -> list[dict[str, Any]]:
    return [dict(row) for row in await connection.execute_fetchall(statement, values)]


async def _write(connection: aiosqlite.Connection, rows: Rows) -> None:
    """Write the result directly: move the draft, delete its timer, and insert the new rows."""
    (ask,) = rows["asks"]
    await connection.execute("BEGIN IMMEDIATE")
    moved = ", ".join(f"{name} = ?" for name in ask)
    await connection.execute(f"UPDATE asks SET {moved} WHERE id = ?", (*ask.values(), ask["id"]))
    await connection.execute("DELETE FROM agenda WHERE subject = ?", (ask["id"],))
    for table in ("askings", "outbox", "agenda"):
        await _insert(connection, table, rows[table])
    await connection.execute("COMMIT")


async def _insert(connection: aiosqlite.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    names = ", ".join(rows[0])
    marks = ", ".join("?" for _ in rows[0])
    await connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row.values()) for row in rows]
    )


def _one_sync(where: Path) -> float:
    """Append 4 KiB to a file in the same directory and wait for the disk."""
    with (where / "synced").open("ab", buffering=0) as file:
        file.write(os.urandom(_SYNCED))
        began = time.perf_counter()
        os.fdatasync(file.fileno())
        return time.perf_counter() - began
