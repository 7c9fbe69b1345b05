"""`plumbline`: the program. Each command imports what it needs by itself, so that all start fast.

What is said when one can't do its work is in `bot/command_errors.py`.
"""

import asyncio
import errno
import gc
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import process_end, settings, strings, tracebacks
from bot.command_errors import (
    failed_copy_said,
    failed_restore_said,
    failed_start_said,
    key_file_said,
    keys_said,
    misconfiguration_said,
    permission_said,
    refuse,
    unreadable_database_said,
    wrong_key_name_said,
)
from bot.exit_codes import ExitCode
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.vault.keyring import Keyring
    from bot.vault.usage import KeyUse

_FILE = click.Path(path_type=Path)


@click.group(help=strings.CLI)
def app() -> None:
    """Every command of the program. Without one, click shows the help."""


def main() -> None:
    """Run a command, and end the process with its exit code."""
    tracebacks.hide_messages()
    try:
        app(prog_name="plumbline")
    except SystemExit as ended:
        process_end.end(ended.code if isinstance(ended.code, int) else ExitCode.STOPPED)
    except Exception as error:  # noqa: BLE001 - as Python would do it, but without waiting for threads
        sys.excepthook(type(error), error, error.__traceback__)
        process_end.end(ExitCode.BUG)


@app.command(help=strings.DEMO)
@click.option("--port", type=click.IntRange(1, 65535), default=8090, show_default=True, help=strings.PORT)
def demo(port: int) -> None:
    told = _settings().changed(token=None, token_file=None)
    try:
        from bot.demo.serve import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] in {"bot", "cogs", "data"}:
            raise
        refuse(strings.DEMO_NOT_INSTALLED)
    try:
        with _stopped_by_hand():
            asyncio.run(serve(told, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        refuse(strings.PORT_TAKEN.format(port=port))


@app.command(help=strings.RUN)
def run() -> None:
    # Until the bot handles signals itself, SIGTERM stops the program as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Until then the key file hasn't been read, so there is nothing to read again. But where somebody closes
    # the terminal in which they started it, nobody could stop it any more.
    if not sys.stdin.isatty():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with _stopped_by_hand():
        told = _settings()
        if told.token is None and told.token_file is None and sys.stdin.isatty():
            from bot import first_run

            told = first_run.ask(told)
        with misconfiguration_said():
            told.secret_token()
        connected = program()
        with failed_start_said(told):
            process_end.run(connected(told))


def program() -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Import what `run` needs, and return `bot.app.run`.

    The garbage collector is off meanwhile, because all of these objects stay. Looking for garbage among them
    again and again took an eighth of the start.
    """
    gc.disable()
    try:
        from bot.app import run
    finally:
        gc.freeze()
        gc.enable()
    return run


@app.command(help=strings.ERASE)
@click.argument("account", type=click.IntRange(min=1))
@click.option("--yes", is_flag=True, help=strings.YES)
def erase(account: int, yes: bool) -> None:
    from bot.app import erase as erase_account
    from bot.logs import silenced
    from bot.storage.lock import Lock

    told = _settings()
    if not told.database_path.exists():
        refuse(strings.NO_DATABASE.format(source=told.database_path))
    with failed_start_said(told), silenced(), Lock(told.state_dir / "lock"):
        if not (yes or click.confirm(strings.ERASE_ASK.format(account=account))):
            refuse(strings.ERASED_NOTHING)
        known = asyncio.run(erase_account(told, account))
    print((strings.ERASED if known else strings.ERASE_UNKNOWN).format(account=account))


@click.command(help=strings.DOCTOR)
@click.option("--online", is_flag=True, help=strings.DOCTOR_ONLINE)
def doctor(online: bool) -> None:
    from bot.app import utcnow
    from bot.diagnostics import Mark, examine, examine_online
    from bot.logs import silenced

    with permission_said():
        findings = examine(utcnow())
        if online:
            with silenced():
                findings += asyncio.run(examine_online(_settings()))
    # What there is to do comes last, where it is read.
    for finding in sorted(findings, key=lambda one: (Mark.RIGHT, Mark.WARNED, Mark.WRONG).index(one.mark)):
        print(f"{finding.mark}: {finding.what}")
    if any(finding.mark is Mark.WRONG for finding in findings):
        raise click.exceptions.Exit(1)


app.add_command(doctor, "doctor")
app.add_command(doctor, "check")


@app.command(help=strings.HEALTH)
def health() -> None:
    from bot.monitoring.asking import AnotherAnswers, NoAnswer, asked
    from bot.monitoring.instance import instance

    told = _settings()
    address = told.monitoring_address
    if address is None:
        refuse(strings.HEALTH_NOT_SET)
    try:
        with permission_said():
            well, text = asked(*address, instance(told.state_dir))
    except NoAnswer:
        refuse(strings.HEALTH_NO_ANSWER.format(address=told.monitoring))
    except AnotherAnswers:
        refuse(strings.HEALTH_ANOTHER.format(address=told.monitoring))
    print(text, end="")
    if not well:
        raise click.exceptions.Exit(1)


@app.command(help=strings.OUTBOX)
@click.option("--kind", help=strings.OUTBOX_KIND)
@click.option("--server", type=int, help=strings.OUTBOX_SERVER)
def outbox(kind: str | None, server: int | None) -> None:
    from bot.app import utcnow
    from bot.delivery.report import kinds, lines
    from bot.state_dir import known_file_keys

    told = _settings()
    path = told.database_path.absolute()
    with permission_said(), keys_said(told, path):
        if not path.is_file():
            refuse(strings.NO_DATABASE.format(source=path))
        file_keys = known_file_keys(told, path)
        known = kinds(path, utcnow(), file_keys)
        if known is None:
            refuse(strings.DATABASE_NOT_CURRENT.format(path=path))
        if kind is not None and kind not in known:
            refuse(strings.KIND_UNKNOWN.format(kind=kind, known=", ".join(known) or strings.OUTBOX_NONE))
        print("\n".join(lines(path, utcnow(), kind, server, file_keys)))


@app.group(help=strings.KEYS, invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        path = _settings().key_path
        with permission_said():
            print((strings.KEY_AT if path.exists() else strings.KEY_NONE_YET).format(path=path))


@keys.command("list", help=strings.KEYS_LIST)
def list_keys() -> None:
    from bot.vault.keyring import Keyring

    told = _settings()
    with key_file_said(told):
        ring = Keyring.load(told.key_path)
        found = _uses(told, ring)
    for one in found:
        print(strings.KEY_LINE.format(name=one.name, use=_described(one)))
    if (total := sum(one.data_keys for one in found)) > 0:
        done = sum(one.data_keys for one in found if one.current)
        print(strings.KEY_PROGRESS.format(done=done, all=total))
    if any(one.has_file for one in found if not one.current):
        print(strings.KEY_FILE_FOLLOWS)


@keys.command(help=strings.ROTATE)
def rotate() -> None:
    from bot.vault.keyring import changing

    told = _settings()
    with key_file_said(told), changing(told.key_path) as ring:
        rotated = ring.rotated()
        rotated.save(told.key_path)
    print(strings.KEY_ROTATED.format(path=told.key_path, name=rotated.current))


@keys.command(help=strings.RETIRE)
@click.argument("name")
def retire(name: str) -> None:
    from bot.vault.keyring import Keyring, changing

    told = _settings()
    with wrong_key_name_said(name), key_file_said(told), changing(told.key_path) as ring:
        _changed_unless_needed(told, ring, name, Keyring.without_use_of).save(told.key_path)
    print(strings.KEY_RETIRED_NOW.format(name=name))


@keys.command(help=strings.DESTROY)
@click.argument("name")
@click.option("--yes", is_flag=True, help=strings.YES)
def destroy(name: str, yes: bool) -> None:
    from bot.vault.keyring import Keyring, changing

    told = _settings()
    with wrong_key_name_said(name), key_file_said(told):
        _changed_unless_needed(told, Keyring.load(told.key_path), name, Keyring.without)
        if not (yes or click.confirm(strings.KEY_DESTROY_ASK.format(name=name))):
            refuse(strings.KEY_NOT_DESTROYED)
        with changing(told.key_path) as ring:
            _changed_unless_needed(told, ring, name, Keyring.without).save(told.key_path)
    print(strings.KEY_DESTROYED.format(name=name, path=told.key_path))


@keys.command("backup", help=strings.KEYS_BACKUP)
def backup_pair() -> None:
    from bot.backups.age import new_pair

    pair = new_pair()
    print(strings.BACKUP_PAIR.format(public=pair.public, private=pair.private))


@app.command(help=f"{strings.BACKUP}\n\nTARGET: {strings.TARGET}")
@click.argument("target", type=_FILE)
@click.option("--to", help=strings.BACKUP_TO)
@click.option("--keep", help=strings.BACKUP_KEEP)
def backup(target: Path, to: str | None, keep: str | None) -> None:
    from bot.app import utcnow
    from bot.backups import making
    from bot.backups.rotation import Keep

    told = _settings()
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
    ):
        made = making.backup(told, target, public, kept, utcnow())
        # The running bot looks at it, and says if it gets old.
        told.last_backup_path.touch(mode=0o600)
    print(strings.BACKED_UP.format(target=made.path, keys=told.key_path, log=told.deletions_path))
    if made.deleted:
        print(strings.BACKUPS_DELETED.format(count=len(made.deleted)))
    if made.lines:
        print(strings.LINES_DELETED.format(count=made.lines))


@app.command(help=f"{strings.REHEARSE}\n\nSOURCE: {strings.REHEARSED_SOURCE}")
@click.argument("source", type=_FILE, required=False)
@click.option("--key-file", type=_FILE, help=strings.RESTORE_KEY_FILE)
def rehearse(source: Path | None, key_file: Path | None) -> None:
    from bot.app import utcnow
    from bot.backups import rehearsing

    told = _settings()
    private = _private_key(key_file)
    with (
        _stopping_cleanly(),
        failed_restore_said(told, source or told.database_path, key_file, None),
        failed_copy_said(told, source or told.database_path, told.rehearsal_path),
        keys_said(told, source or told.database_path),
    ):
        done = asyncio.run(rehearsing.rehearse(told, source, private, utcnow()))
        told.last_rehearsal_path.touch(mode=0o600)
    print(strings.REHEARSED.format(count=done.keys))


@app.command(help=f"{strings.RESTORE}\n\nSOURCE: {strings.SOURCE}")
@click.argument("source", type=_FILE)
@click.option("--key-file", type=_FILE, help=strings.RESTORE_KEY_FILE)
@click.option("--deletions", type=_FILE, help=strings.RESTORE_DELETIONS)
@click.option("--without-deletions", is_flag=True, help=strings.RESTORE_WITHOUT)
def restore(source: Path, key_file: Path | None, deletions: Path | None, without_deletions: bool) -> None:
    from bot.app import utcnow
    from bot.backups import restoring

    told = _settings()
    private = _private_key(key_file)
    chosen = restoring.Deletions(deletions, without_deletions)
    with (
        _stopping_cleanly(),
        failed_copy_said(told, source, told.database_path),
        keys_said(told, source),
        failed_restore_said(told, source, key_file, deletions),
    ):
        done = asyncio.run(restoring.restore(told, source, private, chosen, utcnow()))
    if without_deletions:
        print(strings.RESTORED_WITHOUT.format(target=told.database_path))
    else:
        print(strings.RESTORED.format(target=told.database_path, count=done.keys))
    if done.persons_left:
        print(strings.RESTORED_PERSONS)


def _uses(told: Settings, ring: "Keyring") -> "list[KeyUse]":
    from bot.state_dir import file_keys
    from bot.vault.usage import uses

    with keys_said(told, told.database_path), unreadable_database_said(told.database_path):
        return uses(ring, told.database_path, file_keys(ring))


def _described(one: "KeyUse") -> str:
    state = strings.KEY_OLDER
    if one.current or one.retired:
        state = strings.KEY_CURRENT if one.current else strings.KEY_RETIRED
    if not one.needed:
        return f"{state}; {strings.KEY_OPENS_NOTHING}"
    opens = strings.KEY_OPENS.format(count=one.data_keys)
    return "; ".join((state, opens, *((strings.KEY_OPENS_FILE,) if one.has_file else ())))


def _changed_unless_needed(
    told: Settings, ring: "Keyring", name: str, change: "Callable[[Keyring, str], Keyring]"
) -> "Keyring":
    """Return the keyring with one key changed. Refuse it if the database needs that key.

    That can be so of a retired key, too, if a backup was restored since.
    """
    changed = change(ring, name)
    if any(one.needed for one in _uses(told, ring) if one.name == name):
        refuse(strings.KEY_IN_USE.format(name=name))
    return changed


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


@contextmanager
def _stopped_by_hand() -> Iterator[None]:
    """End quietly on Ctrl-C, which is the usual way to stop the program: without a traceback or an error."""
    try:
        yield
    except KeyboardInterrupt:
        print(file=sys.stderr)


def _settings() -> Settings:
    with misconfiguration_said():
        return settings.load()
