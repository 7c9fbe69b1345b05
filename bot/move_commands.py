"""The commands `plumbline move`: they take everything from the database file to a server, or back.

Like all commands, each imports what it needs by itself (`bot/cli.py`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import click

from bot import strings
from bot.command_errors import (
    failed_copy_said,
    keys_said,
    load_settings,
    permission_said,
    refuse,
    server_refusals_said,
)
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.storage.moving import Moved


@click.group(help=strings.MOVE)
def move() -> None:
    """Take the rows elsewhere. Without a command, click shows the help."""


@move.command(help=strings.MOVE_TO_SERVER)
def to_server() -> None:
    told, url = _settings()
    if not told.database_path.is_file():
        refuse(strings.NO_DATABASE.format(source=told.database_path))
    moved = _moved(told, lambda: _to_server(told, url))
    print(strings.MOVED_TO_SERVER.format(rows=moved.rows, tables=moved.tables, file=told.database_path))
    if moved.changed:
        print(strings.MOVED_CHANGED.format(count=moved.changed))


@move.command(help=strings.MOVE_TO_FILE)
def to_file() -> None:
    told, url = _settings()
    moved = _moved(told, lambda: _to_file(told, url))
    print(strings.MOVED_TO_FILE.format(rows=moved.rows, tables=moved.tables, file=told.database_path))


# -- inside -------------------------------------------------------------------------------------------


def _settings() -> tuple[Settings, str]:
    told = load_settings()
    if told.database_url is None:
        refuse(strings.MOVE_NEEDS_A_SERVER)
    return told, told.database_url


def _to_server(told: Settings, url: str) -> "Moved":
    from bot.state_dir import file_keys
    from bot.storage import moving
    from bot.vault.keyring import Keyring

    keys = file_keys(Keyring.load(told.key_path))
    return moving.to_server(told.database_path, keys, url)


def _to_file(told: Settings, url: str) -> "Moved":
    from bot.state_dir import file_keys
    from bot.storage import moving
    from bot.storage.server import ServerSource
    from bot.vault.keyring import KeyFileMissing, Keyring, KeysMissing
    from bot.vault.usage import fits

    if not told.key_path.exists():
        raise KeyFileMissing(str(told.key_path))
    ring = Keyring.load(told.key_path)
    if not fits(ServerSource(url), ring):
        raise KeysMissing
    return moving.to_file(url, told.database_path, file_keys(ring))


def _moved(told: Settings, work: "Callable[[], Moved]") -> "Moved":
    import_module("bot.app")  # every table is declared once its slice is imported
    with (
        permission_said(),
        failed_copy_said(told, told.database_path, told.database_path),
        keys_said(told, told.database_path),
        server_refusals_said(told),
        _stopped(told),
    ):
        return work()


@contextmanager
def _stopped(told: Settings) -> Iterator[None]:
    """Keep a bot from starting meanwhile. Refuse if one is running."""
    from bot.storage.lock import AlreadyRunning, Lock

    lock = Lock(told.state_dir / "lock")
    try:
        lock.take()
    except AlreadyRunning:
        refuse(strings.MOVE_STOP_FIRST)
    with lock:
        yield
