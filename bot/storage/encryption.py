"""Encrypt a database file with the current key: a plain one of an earlier version, or one with an older key.

The new file is written beside the old one and put in its place by one rename, so at any moment one of them is
there and whole. The old file's bytes may stay on the disk where they were, until the system uses that place
again; no program can promise otherwise.
"""

import os
from contextlib import closing
from pathlib import Path

from bot.logs import get_logger
from bot.storage.authorizer import COPYING, INSPECTING
from bot.storage.connecting import connect
from bot.storage.driver import sqlite
from bot.storage.file_keys import FileKey, FileKeys, key_of
from bot.storage.files import or_nothing, sync_folder
from bot.storage.unavailable import Damaged, Reason, StorageUnavailable

log = get_logger(__name__)

_NAMES = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY 1, 2"
_TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table'"


def encrypt(path: Path, keys: FileKeys) -> None:
    """Encrypt the file with the current key, unless it is already. Nobody else may be using it.

    Raises WrongKey, and what SQLite raises. The old file then stays as it was.
    """
    # The rename must replace the file that a link leads to, not the link.
    path = path.resolve()
    partial = path.with_name(f"{path.name}.encrypting")
    for left in (partial, *journals(partial)):
        left.unlink(missing_ok=True)
    if not path.exists() or path.stat().st_size == 0:
        return
    old = key_of(path, keys)
    if old is not None and old.key == keys.current:
        return
    with or_nothing(partial):
        _empty_journal(path, old)
        # It lets others read, and keeps them from writing what the new file would lack.
        with closing(connect(path, old, COPYING, "mode=rw")) as guard:
            guard.execute("BEGIN IMMEDIATE")
            with closing(connect(path, old, COPYING, "mode=ro")) as original:
                export(original, partial, keys.fresh())
            partial.replace(path)
        sync_folder(path.parent)
    log.info("The database file was encrypted with the current key", was_plain=old is None)


def export(original: sqlite.Connection, target: Path, key: FileKey) -> None:
    """Write what the connection reads into a new encrypted file, and check that all of it is there.

    Only the rows are written, nothing of pages that are free. Raises Damaged if anything is missing.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    original.execute("ATTACH ? AS target KEY ?", (str(target.absolute()), key.literal()))
    # The file is synced when it is whole; until then it is worth nothing.
    for pragma in ("auto_vacuum=INCREMENTAL", "journal_mode=OFF", "synchronous=OFF"):
        original.execute(f"PRAGMA target.{pragma}")
    original.execute("BEGIN")
    original.execute("SELECT sqlcipher_export('target')")
    (version,) = original.execute("PRAGMA main.user_version").fetchone()
    original.execute(f"PRAGMA target.user_version={version:d}")
    same = _described(original, "main") == _described(original, "target")
    original.execute("COMMIT")
    original.execute("DETACH target")
    if not (same and _whole(target, key)):
        raise Damaged
    with target.open("rb") as file:
        os.fsync(file.fileno())


def journals(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite may write beside a database."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _empty_journal(path: Path, key: FileKey | None) -> None:
    """Write the journal into the file and delete it: it would otherwise be applied to the new file."""
    with closing(connect(path, key, COPYING, "mode=rw")) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    if mode != "delete":
        raise StorageUnavailable(Reason.LOCKED)
    sync_folder(path.parent)


def _described(connection: sqlite.Connection, schema: str) -> tuple[object, ...]:
    """Return the schema, its version, and how many rows each table has."""
    counts = [
        connection.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone()
        for (table,) in connection.execute(_TABLES).fetchall()
    ]
    return (
        connection.execute(_NAMES.format(schema)).fetchall(),
        connection.execute(f"PRAGMA {schema}.user_version").fetchone(),
        counts,
    )


def _whole(path: Path, key: FileKey) -> bool:
    with closing(connect(path, key, INSPECTING, "mode=ro")) as connection:
        unread = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return not unread and connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
