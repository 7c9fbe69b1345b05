"""Test databases do not need to survive a loss of power."""

from typing import Any

from sqlalchemy import Engine, event

from bot.storage.driver import sqlite


def _do_not_wait(connection: Any, _record: object) -> None:
    """Don't let SQLite wait for the disk at each commit: that took half the time of a write."""
    if not isinstance(connection, sqlite.Connection):
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def allow() -> None:
    event.listen(Engine, "connect", _do_not_wait)


def forbid() -> None:
    """Open databases exactly as the bot does from now on."""
    event.remove(Engine, "connect", _do_not_wait)
