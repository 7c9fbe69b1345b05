"""`plumbline`: the program. Each command imports what it needs by itself, so that all start fast."""

import asyncio
import errno
import gc
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bot import process_end, settings, strings, tracebacks
from bot.exit_codes import ExitCode
from bot.settings import Misconfigured, Settings

if TYPE_CHECKING:
    from bot.startup_errors import Ending

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
        _refuse(strings.DEMO_NOT_INSTALLED)
    try:
        with _stopped_by_hand():
            asyncio.run(serve(told, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        _refuse(strings.PORT_TAKEN.format(port=port))


@app.command(help=strings.RUN)
def run() -> None:
    # Until the bot handles signals itself, SIGTERM stops the program as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _stopped_by_hand():
        told = _settings()
        with _misconfiguration_said():
            told.secret_token()
        connected, ending = program()
        try:
            process_end.run(connected(told))
        except Exception as error:
            ended = ending(error, told)
            if ended is None:
                raise
            _refuse(ended.sentence, code=ended.code)


def program() -> tuple[
    Callable[[Settings], Coroutine[Any, Any, None]], "Callable[[Exception, Settings], Ending | None]"
]:
    """Import what `run` needs. Return `bot.app.run`, and the function that words the errors it expects.

    The garbage collector is off meanwhile, because all of these objects stay. Looking for garbage among them
    again and again took an eighth of the start.
    """
    gc.disable()
    try:
        from bot.app import run
        from bot.startup_errors import ending
    finally:
        gc.freeze()
        gc.enable()
    return run, ending


@app.command(help=strings.CHECK)
def check() -> None:
    from bot.app import utcnow
    from bot.diagnostics import Mark, examine

    with _permission_said():
        findings = examine(utcnow().date())
    for finding in findings:
        print(f"{finding.mark}: {finding.what}")
    if any(finding.mark is Mark.WRONG for finding in findings):
        raise click.exceptions.Exit(1)


@app.command(help=strings.OUTBOX)
@click.option("--kind", help=strings.OUTBOX_KIND)
@click.option("--server", type=int, help=strings.OUTBOX_SERVER)
def outbox(kind: str | None, server: int | None) -> None:
    from bot.app import utcnow
    from bot.delivery.report import kinds, lines

    path = _settings().database_path.absolute()
    with _permission_said():
        if not path.is_file():
            _refuse(strings.NO_DATABASE.format(source=path))
        known = kinds(path, utcnow())
        if known is None:
            _refuse(strings.DATABASE_NOT_CURRENT.format(path=path))
        if kind is not None and kind not in known:
            _refuse(strings.KIND_UNKNOWN.format(kind=kind, known=", ".join(known) or strings.OUTBOX_NONE))
        print("\n".join(lines(path, utcnow(), kind, server)))


@app.group(help=strings.KEYS, invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        path = _settings().key_path
        with _permission_said():
            print((strings.KEY_AT if path.exists() else strings.KEY_NONE_YET).format(path=path))


@keys.command(help=strings.ROTATE)
def rotate() -> None:
    from bot.vault.keyring import KeyFileUnusable, Keyring

    path = _settings().key_path
    try:
        Keyring.load(path).rotated().save(path)
    except FileNotFoundError:
        _refuse(strings.KEY_NONE_TO_ROTATE.format(path=path))
    except KeyFileUnusable:
        _refuse(strings.KEY_UNUSABLE.format(path=path))
    except OSError:
        _refuse(strings.KEYS_SHUT.format(path=path))
    print(strings.KEY_ROTATED.format(path=path))


@app.command(help=f"{strings.BACKUP}\n\nTARGET: {strings.TARGET}")
@click.argument("target", type=_FILE)
def backup(target: Path) -> None:
    from bot.storage import copies

    told = _settings()
    with _copying(told.database_path, target):
        copies.backup(told.database_path, target)
    print(strings.BACKED_UP.format(target=target, keys=told.key_path))


@app.command(help=f"{strings.RESTORE}\n\nSOURCE: {strings.SOURCE}")
@click.argument("source", type=_FILE)
def restore(source: Path) -> None:
    from bot.storage import copies

    told = _settings()
    with _copying(source, told.database_path):
        copies.restore(source, told.database_path)
    print(strings.RESTORED.format(target=told.database_path, keys=told.key_path))


@contextmanager
def _copying(source: Path, target: Path) -> Iterator[None]:
    from bot.storage.copies import NotADatabase, NotOverwritten
    from bot.storage.unavailable import Reason, StorageUnavailable, reason_of

    try:
        yield
    except FileNotFoundError:
        _refuse(
            (strings.CANNOT_WRITE if source.is_file() else strings.NO_DATABASE).format(
                source=source, target=target
            )
        )
    except NotOverwritten as there:
        _refuse(strings.NOT_OVERWRITTEN.format(target=there))
    except NotADatabase:
        _refuse(strings.NOT_A_DATABASE.format(source=source))
    except (OSError, StorageUnavailable) as error:
        full = reason_of(error) is Reason.FULL
        _refuse((strings.NO_ROOM if full else strings.CANNOT_WRITE).format(target=target))


@contextmanager
def _stopped_by_hand() -> Iterator[None]:
    """End quietly on Ctrl-C, which is the usual way to stop the program: without a traceback or an error."""
    try:
        yield
    except KeyboardInterrupt:
        print(file=sys.stderr)


@contextmanager
def _misconfiguration_said() -> Iterator[None]:
    try:
        yield
    except Misconfigured as wrong:
        _refuse(*wrong.problems, code=ExitCode.MISCONFIGURED)


@contextmanager
def _permission_said() -> Iterator[None]:
    """Say plainly that another user's files can't be read: a bot often runs as a user of its own."""
    try:
        yield
    except PermissionError as error:
        _refuse(strings.NOT_ALLOWED.format(path=error.filename))


def _settings() -> Settings:
    with _misconfiguration_said():
        return settings.load()


def _refuse(*sentences: str, code: ExitCode = ExitCode.BUG) -> NoReturn:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    raise click.exceptions.Exit(code)
