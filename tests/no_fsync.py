"""Test databases do not need to survive a loss of power."""

from typing import Any

from sqlalchemy import Engine, event


def _do_not_wait(connection: Any, _record: object) -> None:
    """Don't wait for the disk at each commit: that took half the time of a write."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def allow() -> None:
    event.listen(Engine, "connect", _do_not_wait)


def forbid() -> None:
    """Open databases exactly as the bot does from now on."""
    event.remove(Engine, "connect", _do_not_wait)
