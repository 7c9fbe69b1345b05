"""Databases that need not survive a loss of power, as no test's need to."""

from typing import Any

from sqlalchemy import Engine, event


def _do_not_wait(connection: Any, _record: object) -> None:
    """To wait for the disk at each commit took half the time of a write, and six times as long in all."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def allow() -> None:
    event.listen(Engine, "connect", _do_not_wait)


def forbid() -> None:
    """From now on, databases are opened just as the bot opens them."""
    event.remove(Engine, "connect", _do_not_wait)
