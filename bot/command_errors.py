"""Turn the errors that stop a command of `plumbline` into sentences for the person who ran it.

Each context manager knows one kind of error, and imports what it needs by itself, so that all commands start
fast. The errors that stop `plumbline run` have exit codes of their own: `bot/startup_errors.py`.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from bot import settings, strings
from bot.exit_codes import ExitCode
from bot.settings import Misconfigured, Settings


def refuse(*sentences: str, code: ExitCode = ExitCode.BUG) -> NoReturn:
    """Say this on stderr, and end the command with this code."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    raise click.exceptions.Exit(code)


@contextmanager
def misconfiguration_said() -> Iterator[None]:
    """Say plainly which settings can't be used."""
    try:
        yield
    except Misconfigured as wrong:
        refuse(*wrong.problems, code=ExitCode.MISCONFIGURED)


def load_settings() -> Settings:
    """Read the settings. If some can't be used, say plainly which, and end the command."""
    with misconfiguration_said():
        return settings.load()


@contextmanager
def permission_said() -> Iterator[None]:
    """Say plainly that another user's files can't be read: a bot often runs as a user of its own."""
    try:
        yield
    except PermissionError as error:
        refuse(strings.NOT_ALLOWED.format(path=error.filename))


@contextmanager
def keys_said(told: Settings, database: Path) -> Iterator[None]:
    """Say plainly why the key file doesn't open this database."""
    from bot.storage.file_keys import WrongKey
    from bot.vault.keyring import KeyFileMissing, KeyFileUnusable, KeysMissing

    try:
        yield
    except (WrongKey, KeysMissing):
        refuse(strings.KEYS_DO_NOT_FIT.format(keys=told.key_path, path=database))
    except KeyFileMissing:
        refuse(strings.KEYS_MISSING.format(path=told.key_path))
    except KeyFileUnusable:
        refuse(strings.KEY_UNUSABLE.format(path=told.key_path))
    except OSError as error:
        if error.filename != str(told.key_path):
            raise
        missing = isinstance(error, FileNotFoundError)
        refuse((strings.KEYS_MISSING if missing else strings.KEYS_SHUT).format(path=told.key_path))


@contextmanager
def key_file_said(told: Settings) -> Iterator[None]:
    """Say plainly why the key file can't be read or changed."""
    from bot.storage.unavailable import Reason, reason_of
    from bot.vault.keyring import KeyFileUnusable

    path = told.key_path
    try:
        yield
    except FileNotFoundError:
        refuse(strings.KEY_NONE_TO_ROTATE.format(path=path))
    except KeyFileUnusable:
        refuse(strings.KEY_UNUSABLE.format(path=path))
    except OSError as error:
        full = reason_of(error) is Reason.FULL
        refuse(strings.NO_ROOM.format(target=path) if full else strings.KEYS_SHUT.format(path=path))


@contextmanager
def wrong_key_name_said(name: str) -> Iterator[None]:
    """Say plainly why the key with this name can't be retired or destroyed."""
    from bot.vault.keyring import KeyIsCurrent, KeyNotRetired, KeyRetired, KeyUnknown

    try:
        yield
    except KeyUnknown:
        refuse(strings.KEY_UNKNOWN.format(name=name))
    except KeyIsCurrent:
        refuse(strings.KEY_IS_CURRENT.format(name=name))
    except KeyRetired:
        refuse(strings.KEY_IS_RETIRED.format(name=name))
    except KeyNotRetired:
        refuse(strings.KEY_NOT_RETIRED.format(name=name))


@contextmanager
def unreadable_database_said(path: Path) -> Iterator[None]:
    """Say plainly why the database can't be read."""
    from bot.storage.driver import sqlite
    from bot.storage.unavailable import Damaged, StorageUnavailable

    try:
        yield
    except Damaged:
        refuse(strings.DATABASE_BROKEN.format(path=path))
    except (StorageUnavailable, sqlite.DatabaseError):
        refuse(strings.DATABASE_UNREADABLE.format(path=path))


@contextmanager
def unreadable_server_said(told: Settings) -> Iterator[None]:
    """Say plainly why the server can't be reached. What is wrong with a file or a disk is said elsewhere."""
    from bot.storage.unavailable import DriverMissing, Reason, StorageUnavailable

    try:
        yield
    except DriverMissing:
        refuse(strings.SERVER_NOT_INSTALLED)
    except StorageUnavailable as error:
        if told.database_url is None or error.reason not in (Reason.UNREACHABLE, Reason.LOCKED):
            raise
        refuse(strings.SERVER_UNREACHABLE)


@contextmanager
def server_refusals_said(told: Settings) -> Iterator[None]:
    """Say plainly why rows can't be taken to a database on a server, or from it."""
    from bot.storage.moving import NotCurrent, NotEmpty, NotEqual
    from bot.storage.server import InUse

    try:
        with unreadable_server_said(told):
            yield
    except InUse:
        refuse(strings.MOVE_STOP_FIRST)
    except NotCurrent:
        refuse(strings.MOVE_NOT_CURRENT)
    except NotEmpty as found:
        refuse(strings.MOVE_NOT_EMPTY.format(table=found.table))
    except NotEqual as found:
        refuse(strings.MOVE_NOT_EQUAL.format(table=found.table))


@contextmanager
def failed_copy_said(told: Settings, source: Path, target: Path) -> Iterator[None]:
    """Say plainly why the database can't be copied from one file to another."""
    from bot.backups.age import BadPublicKey, NotTheSame
    from bot.storage.copies import NotADatabase, NotOverwritten
    from bot.storage.lock import AlreadyRunning
    from bot.storage.unavailable import Reason, StorageUnavailable, reason_of
    from bot.vault.deletion_file import DeletionsUnusable

    try:
        yield
    except FileNotFoundError:
        refuse(
            (strings.CANNOT_WRITE if source.is_file() else strings.NO_DATABASE).format(
                source=source, target=target
            )
        )
    except NotOverwritten as there:
        refuse(strings.NOT_OVERWRITTEN.format(target=there))
    except NotADatabase:
        refuse(strings.NOT_A_DATABASE.format(source=source))
    except BadPublicKey:
        refuse(strings.BACKUP_KEY_BAD)
    except NotTheSame:
        refuse(strings.BACKUP_NOT_THE_SAME)
    except AlreadyRunning:
        refuse(strings.BACKUP_UNDER_WAY)
    except DeletionsUnusable:
        refuse(strings.DELETIONS_UNUSABLE.format(path=told.deletions_path))
    except (OSError, StorageUnavailable) as error:
        full = reason_of(error) is Reason.FULL
        refuse((strings.NO_ROOM if full else strings.CANNOT_WRITE).format(target=target))


@contextmanager
def failed_restore_said(
    told: Settings, source: Path, key_file: Path | None, deletions: Sequence[Path]
) -> Iterator[None]:
    """Say plainly why a backup can't be restored."""
    from bot.backups import age
    from bot.backups.restoring import NoDeletions, NoPrivateKey, TwoLogs
    from bot.storage.lock import AlreadyRunning
    from bot.storage.migrate import NewerSchema
    from bot.vault.deletion_file import DeletionsUnusable
    from bot.vault.replay import LogTooShort

    log = deletions[0] if deletions else told.deletions_path
    try:
        yield
    except NoPrivateKey:
        refuse(strings.PRIVATE_KEY_MISSING)
    except age.BadPrivateKey:
        refuse(strings.PRIVATE_KEY_BAD.format(path=key_file))
    except age.WrongPrivateKey:
        refuse(strings.PRIVATE_KEY_WRONG.format(source=source))
    except age.Unreadable:
        refuse(strings.BACKUP_CUT.format(source=source))
    except NoDeletions:
        refuse(strings.NO_DELETIONS.format(path=log))
    except TwoLogs as there:
        refuse(strings.TWO_LOGS.format(path=there))
    except LogTooShort:
        refuse(strings.LOG_TOO_SHORT)
    except DeletionsUnusable:
        refuse(strings.DELETIONS_UNUSABLE.format(path=log))
    except NewerSchema:
        refuse(strings.DATABASE_NEWER.format(path=source))
    except AlreadyRunning:
        refuse(strings.ALREADY_RUNNING)
    except FileNotFoundError as missing:
        if missing.args[0] in deletions:
            refuse(strings.DELETIONS_NONE.format(path=missing.args[0]))
        if missing.filename == str(told.key_path):
            refuse(strings.KEY_FILE_FIRST.format(path=told.key_path))
        raise


@contextmanager
def failed_start_said(told: Settings) -> Iterator[None]:
    """Say plainly why the bot can't be started or go on, and end with the code for that."""
    from bot.startup_errors import ending

    try:
        yield
    except Exception as error:  # `ending` knows which are expected; all others are raised again
        ended = ending(error, told)
        if ended is None:
            raise
        refuse(ended.sentence, code=ended.code)
