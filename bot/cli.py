"""`plumbline`: the program. Each command imports what it needs by itself, so that all start fast.

The commands for keys and for backups are in modules of their own. What is said when a command can't do its
work is in `bot/command_errors.py`.
"""

import asyncio
import errno
import gc
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import click

from bot import process_end, strings, tracebacks
from bot.backup_commands import backup, rehearse, restore
from bot.command_errors import (
    failed_start_said,
    keys_said,
    load_settings,
    misconfiguration_said,
    permission_said,
    refuse,
    unreadable_server_said,
)
from bot.exit_codes import ExitCode
from bot.key_commands import keys
from bot.move_commands import move
from bot.settings import Settings


@click.group(help=strings.CLI)
def app() -> None:
    """Every command of the program. Without one, click shows the help."""


app.add_command(keys)
app.add_command(backup)
app.add_command(rehearse)
app.add_command(restore)
app.add_command(move)


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
    told = load_settings().changed(token=None, token_file=None)
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
        told = load_settings()
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

    told = load_settings()
    if told.database_url is None and not told.database_path.exists():
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
                findings += asyncio.run(examine_online(load_settings()))
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

    told = load_settings()
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
    from bot.state_dir import source

    told = load_settings()
    path = told.database_path.absolute()
    with permission_said(), keys_said(told, path), unreadable_server_said(told):
        if told.database_url is None and not path.is_file():
            refuse(strings.NO_DATABASE.format(source=path))
        looked_at = source(told)
        known = kinds(looked_at, utcnow())
        if known is None:
            refuse(strings.DATABASE_NOT_CURRENT.format(path=told.database_named))
        if kind is not None and kind not in known:
            refuse(strings.KIND_UNKNOWN.format(kind=kind, known=", ".join(known) or strings.OUTBOX_NONE))
        print("\n".join(lines(looked_at, utcnow(), kind, server)))


@contextmanager
def _stopped_by_hand() -> Iterator[None]:
    """End quietly on Ctrl-C, which is the usual way to stop the program: without a traceback or an error."""
    try:
        yield
    except KeyboardInterrupt:
        print(file=sys.stderr)
