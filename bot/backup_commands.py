"""The commands `plumbline backup`, `rehearse` and `restore`.

Like all commands, each imports what it needs by itself (`bot/cli.py`).
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot import strings
from bot.command_errors import (
    failed_copy_said,
    failed_restore_said,
    keys_said,
    load_settings,
    refuse,
    server_refusals_said,
)

_FILE = click.Path(path_type=Path)


@click.command(help=f"{strings.BACKUP}\n\nTARGET: {strings.TARGET}")
@click.argument("target", type=_FILE)
@click.option("--to", help=strings.BACKUP_TO)
@click.option("--keep", help=strings.BACKUP_KEEP)
def backup(target: Path, to: str | None, keep: str | None) -> None:
    from bot.app import utcnow
    from bot.backups import making
    from bot.backups.rotation import Keep

    told = load_settings()
    public = to or told.backup_key
    if public is None:
        refuse(strings.BACKUP_KEY_MISSING)
    kept = None if keep is None else Keep.read(keep)
    if keep is not None and kept is None:
        refuse(strings.KEEP_BAD)
    if kept is not None and not target.is_dir():
        refuse(strings.KEEP_NEEDS_FOLDER.format(target=target))
    with (
        _stopping_cleanly(),
        failed_copy_said(told, told.database_path, target),
        keys_said(told, told.database_path),
        server_refusals_said(told),
    ):
        made = making.backup(told, target, public, kept, utcnow())
        # The running bot looks at it, and says if it gets old.
        told.last_backup_path.touch(mode=0o600)
    print(strings.BACKED_UP.format(target=made.path, keys=told.key_path, log=told.deletions_path))
    if made.deleted:
        print(strings.BACKUPS_DELETED.format(count=len(made.deleted)))
    if made.lines:
        print(strings.LINES_DELETED.format(count=made.lines))


@click.command(help=f"{strings.REHEARSE}\n\nSOURCE: {strings.REHEARSED_SOURCE}")
@click.argument("source", type=_FILE, required=False)
@click.option("--key-file", type=_FILE, help=strings.RESTORE_KEY_FILE)
def rehearse(source: Path | None, key_file: Path | None) -> None:
    from bot.app import utcnow
    from bot.backups import rehearsing

    told = load_settings()
    private = _private_key(key_file)
    with (
        _stopping_cleanly(),
        failed_restore_said(told, source or told.database_path, key_file, ()),
        failed_copy_said(told, source or told.database_path, told.rehearsal_path),
        keys_said(told, source or told.database_path),
        server_refusals_said(told),
    ):
        done = asyncio.run(rehearsing.rehearse(told, source, private, utcnow()))
        told.last_rehearsal_path.touch(mode=0o600)
    print(strings.REHEARSED.format(count=done.keys))


@click.command(help=f"{strings.RESTORE}\n\nSOURCE: {strings.SOURCE}")
@click.argument("source", type=_FILE)
@click.option("--key-file", type=_FILE, help=strings.RESTORE_KEY_FILE)
@click.option("--deletions", type=_FILE, multiple=True, help=strings.RESTORE_DELETIONS)
@click.option("--without-deletions", is_flag=True, help=strings.RESTORE_WITHOUT)
def restore(
    source: Path, key_file: Path | None, deletions: tuple[Path, ...], without_deletions: bool
) -> None:
    from bot.app import utcnow
    from bot.backups import restoring

    told = load_settings()
    private = _private_key(key_file)
    chosen = restoring.Deletions(deletions, without_deletions)
    with (
        _stopping_cleanly(),
        failed_copy_said(told, source, told.database_path),
        keys_said(told, source),
        failed_restore_said(told, source, key_file, deletions),
        server_refusals_said(told),
    ):
        done = asyncio.run(restoring.restore(told, source, private, chosen, utcnow()))
    if without_deletions:
        print(strings.RESTORED_WITHOUT.format(target=told.database_named))
    else:
        print(strings.RESTORED.format(target=told.database_named, count=done.keys))
    if done.persons_left:
        print(strings.RESTORED_PERSONS)


def _private_key(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        refuse(strings.PRIVATE_KEY_BAD.format(path=file))


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Undo what was begun when the command is stopped, with Ctrl-C or by a service manager."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        refuse(strings.STOPPED)
    finally:
        signal.signal(signal.SIGTERM, before)
