"""The log: what happened and where, and never a word that somebody wrote.

Our own modules log by structlog, and others by the standard library. Both end in one handler, which writes
text or JSON. The message is a short sentence that is always the same; values that vary are beside it, each
with a name.
"""

import asyncio
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import Any

# structlog imports Rich if it is installed, to draw tracebacks, which is never done here. Typer brings Rich,
# and importing it takes an eighth of the start.
_rich = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment] # as Python itself marks what cannot be imported
import structlog  # noqa: E402 - after the line above
from structlog.stdlib import BoundLogger, ProcessorFormatter  # noqa: E402 - after the line above
from structlog.typing import EventDict, Processor  # noqa: E402 - after the line above

if _rich is None:
    del sys.modules["rich"]
else:
    sys.modules["rich"] = _rich

OURS = ("bot", "cogs")
_NEVER_BELOW = {
    # At DEBUG these log requests' bodies, whole events, and the parameters of statements.
    "discord": logging.INFO,
    "discord.http": logging.INFO,
    "discord.gateway": logging.INFO,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "alembic": logging.INFO,
    # At INFO these log each plugin, each statement, and each run of a job.
    "alembic.runtime.plugins": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "apscheduler": logging.WARNING,
}
_ID = re.compile(r"[0-9]{15,}")
"""An id of Discord.

It is cut out of the log, because discord.py logs whole URLs with people and their DMs.
"""


def get_logger(name: str) -> BoundLogger:
    """Return the logger of one of our modules. Use: `log.error("A timer failed", kind=kind, error=error)`."""
    logger: BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def begin(level: str, format: str) -> None:
    """Log to stderr from now on, as text or as json. `level` is for Plumbline's own loggers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(without_messages)
    handler.setFormatter(_formatter(format))
    chosen = logging.getLevelNamesMapping()[level]
    logging.basicConfig(handlers=[handler], level=max(chosen, logging.INFO), force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(chosen)
    for name, lowest in _NEVER_BELOW.items():
        logging.getLogger(name).setLevel(max(chosen, lowest))
    logging.captureWarnings(True)
    sys.excepthook = lambda _type, error, _frames: _log_uncaught(error)
    threading.excepthook = lambda thread: _log_uncaught(thread.exc_value)
    sys.unraisablehook = lambda lost: _log_uncaught(lost.exc_value)


def without_messages(record: logging.LogRecord) -> bool:
    """Filter a handler's records: of an exception keep the type and where it was raised.

    Its message is removed, because it may contain anything.
    """
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    if isinstance(record.args, tuple):
        record.args = tuple(_type_of_error(one) for one in record.args)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = where(record.exc_info[1])
    record.exc_info = None
    return True


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handle errors of the event loop.

    asyncio's own handler would print the task with the error's message.
    """
    error = context.get("exception")
    log.error("The event loop reported trouble", error=error, traceback=where(error) if error else None)


def where(error: BaseException) -> str:
    """Return where an error was raised.

    This is the traceback and the type of each exception in its chain, the first cause first.
    """
    return "\n".join(_chain(error))


def _chain(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _chain(inner)
    yield "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__


def _type_of_error(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _log_uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        log.critical("Nobody caught an error", error=error, traceback=where(error))


# -- processors: each gets the event that the one before it returned ------------------------------------


def _errors_by_type(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace exceptions among the values by their types, so that no message is logged."""
    return {name: _type_of_error(value) for name, value in event.items() if value is not None}


def _where_it_arose(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Add the traceback that `without_messages` kept of an exception from another library."""
    record: logging.LogRecord = event["_record"]
    return {**event, "traceback": record.exc_text} if record.exc_text else event


def _large_numbers_as_text(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Turn numbers of 15 or more digits into text.

    They may be ids, and cutting a number out would break the JSON.
    """
    return {
        name: str(value) if isinstance(value, int) and _ID.search(str(value)) else value
        for name, value in event.items()
    }


def _as_text(_logger: object, _method: str, event: EventDict) -> str:
    """Return a line such as `2026-11-29T12:00:00Z ERROR bot.agenda: A timer failed kind=pairs.ask`.

    A traceback follows below it.
    """
    at, level, name, what = (event.pop(key) for key in ("at", "level", "logger", "message"))
    frames = event.pop("traceback", None)
    values = "".join(f" {key}={value}" for key, value in event.items())
    line = f"{at} {level.upper()} {name}: {what}{values}"
    return f"{line}\n{frames}" if frames else line


def _without_ids(_logger: object, _method: str, text: str) -> str:
    return _ID.sub("…", text)


_SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
)


def _formatter(format: str) -> logging.Formatter:
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if format == "json" else _as_text
    last: list[Any] = [
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.EventRenamer("message"),
        _large_numbers_as_text,
        render,
        _without_ids,
    ]
    return ProcessorFormatter(processors=last, foreign_pre_chain=[*_SHARED, _where_it_arose])


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED,
        _errors_by_type,
        ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=BoundLogger,
    cache_logger_on_first_use=True,
)
log = get_logger(__name__)
