"""The log: what happened and where, and never a word that somebody wrote."""

import asyncio
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

log = logging.getLogger(__name__)

OURS = ("bot", "cogs")
_NEVER_BELOW = {
    # At DEBUG these log requests' bodies, whole events, and the parameters of statements.
    "discord": logging.INFO,
    "discord.http": logging.INFO,
    "discord.gateway": logging.INFO,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "alembic": logging.INFO,
    # At INFO these log each plugin, each statement, and each ring of the alarm.
    "alembic.runtime.plugins": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "apscheduler": logging.WARNING,
}
_ID = re.compile(r"[0-9]{15,}")
"""Whom and what Discord means by a number: discord.py logs whole URLs, with people and their DMs in them."""


def begin(level: str, format: str) -> None:
    """Log to stderr from now on, `format` being text or json; `level` is for Plumbline's own loggers."""
    told = logging.StreamHandler(sys.stderr)
    told.addFilter(unspoken)
    told.setFormatter(_Json() if format == "json" else _Text())
    chosen = logging.getLevelNamesMapping()[level]
    logging.basicConfig(handlers=[told], level=max(chosen, logging.INFO), force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(chosen)
    for name, lowest in _NEVER_BELOW.items():
        logging.getLogger(name).setLevel(max(chosen, lowest))
    logging.captureWarnings(True)
    sys.excepthook = lambda _type, error, _frames: _fell(error)
    threading.excepthook = lambda fallen: _fell(fallen.exc_value)
    sys.unraisablehook = lambda fallen: _fell(fallen.exc_value)


def unspoken(record: logging.LogRecord) -> bool:
    """A handler's filter: an exception keeps its type and where it arose; its message may hold anything."""
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    if isinstance(record.args, tuple):
        record.args = tuple(_named(one) for one in record.args)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = "\n".join(arose(record.exc_info[1]))
    record.exc_info = None
    return True


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The loop's exception handler: asyncio's own would print the task, its error's message with it."""
    error = context.get("exception")
    log.error("In the event loop: %s", type(error).__name__ if error else "trouble", exc_info=error)


def arose(error: BaseException) -> Iterator[str]:
    """Each exception of the chain, the first cause first: its frames, then its type."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from arose(before)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from arose(inner)
    yield "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__


def _named(argument: object) -> object:
    return type(argument).__name__ if isinstance(argument, BaseException) else argument


def _fell(error: BaseException | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        log.critical("Nobody caught %s", type(error).__name__, exc_info=error)


def _nameless(text: str) -> str:
    return _ID.sub("…", text)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return _at(record)

    def format(self, record: logging.LogRecord) -> str:
        return _nameless(super().format(record))


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        whole = {**told, "error": record.exc_text} if record.exc_text else told
        return _nameless(json.dumps(whole, ensure_ascii=False))
