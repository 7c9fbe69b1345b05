"""The log: what happened and where, and never a word that somebody wrote.

Our own modules log by structlog, and others by the standard library. Both end in one handler, which writes
text or JSON. The message is a short sentence that is always the same; values that vary are beside it, each
with a name.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from bot import log_redaction
from bot.log_repeats import CollapsingHandler, more_like_it
from bot.tracebacks import where

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

__all__ = ["begin", "expect_lost_connections", "get_logger", "on_loop_error", "where"]

ExpectedErrors = Callable[[BaseException], Mapping[str, object] | None]
"""Says what to log of an error that is to be expected; None if it isn't."""

OURS = ("bot", "cogs")
_NEVER_BELOW = {
    # At DEBUG these log requests' bodies, whole events, and the parameters of statements.
    "discord": logging.INFO,
    "discord.http": logging.INFO,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "alembic": logging.INFO,
    # At INFO these log each plugin and each statement.
    "alembic.runtime.plugins": logging.WARNING,
    # At INFO it logs the ids of sessions. What else it says there, `gateway_connection` says as well.
    "discord.gateway": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}
_DIGITS_OF_AN_ID = 15


class Logger(BoundLogger):
    """structlog's logger, which also knows which errors are to be expected."""

    def failure(self, sentence: str, error: BaseException, **values: object) -> None:
        """Log an error: one line at INFO if it was to be expected, or else an error with its frames."""
        told = _expected.of(error)
        if told is None:
            self.error(sentence, **values, error=error, traceback=where(error))
        else:
            self.info(sentence, **values, error=error, **told)


def get_logger(name: str) -> Logger:
    """Return the logger of one of our modules. Use: `log.error("A timer failed", kind=kind, error=error)`."""
    logger: Logger = structlog.get_logger(name)
    return logger


@contextmanager
def silenced() -> Iterator[None]:
    """Log nothing meanwhile: a command that uses parts of the bot says itself what there is to say."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def begin(level: str, format: str, expected: ExpectedErrors | None = None) -> None:
    """Log to stderr from now on, as text or as json. `level` is for Plumbline's own loggers.

    `expected` says which errors are to be expected, and what to log of them.
    """
    told_of = expected or expect_lost_connections
    _expected.of = told_of
    chosen = logging.getLevelNamesMapping()[level]
    handler = CollapsingHandler()
    handler.addFilter(log_redaction.may_be_written({**_NEVER_BELOW, **dict.fromkeys(OURS, logging.DEBUG)}))
    handler.addFilter(OneLineForExpected(told_of, chosen))
    handler.addFilter(without_messages)
    handler.setFormatter(_formatter(format))
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

    Its message is removed, because it may contain anything, and so is what looks like a text among the values
    of another library. A record that can't be read is replaced by a sentence that says so.
    """
    try:
        _remove_messages(record)
    except Exception:  # noqa: BLE001 - a filter that raises would break what only wanted to log something
        record.msg, record.args = "A log record could not be read", ()
        record.exc_info = record.exc_text = record.stack_info = None
    return True


def _remove_messages(record: logging.LogRecord) -> None:
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    record.args = log_redaction.arguments(record.args)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = where(record.exc_info[1])
    record.exc_info = None
    if not isinstance(record.msg, dict):
        # Formatted now, because a record may be kept for a while, and its arguments may be large objects.
        record.msg, record.args = record.getMessage()[: log_redaction.LONGEST_MESSAGE], ()
        if record.name == "py.warnings":
            record.msg = log_redaction.warning(record.msg)
        elif record.name.partition(".")[0] not in OURS:
            # Others write more below their sentence, such as a task with its error.
            record.msg = record.msg.partition("\n")[0]


class _Expected(Struct):
    """Which errors are expected, for our own modules."""

    of: ExpectedErrors


class OneLineForExpected:
    """A filter that turns another library's record of an expected error into one line at INFO.

    `expected` gets an error and returns what to say of it, such as its status; None if it isn't expected.
    Lost connections are expected, so nobody needs to see the frames of one.
    """

    def __init__(self, expected: ExpectedErrors, level: int) -> None:
        self._expected = expected
        self._level = level

    def __call__(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is None or record.name.partition(".")[0] in OURS:
            return True
        told = self._expected(error)
        if told is None:
            return True
        record.exc_info = None
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.expected = {"error": type(error).__name__, **_present(told)}
        return self._level <= logging.INFO


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handle errors of the event loop.

    asyncio's own handler would print the task with the error's message.
    """
    error = context.get("exception")
    if error is None:
        log.error("The event loop reported trouble")
    else:
        log.failure("The event loop reported trouble", error)


def expect_lost_connections(error: BaseException) -> Mapping[str, object] | None:
    """Expect what an operating system reports of a connection: what is expected if nobody says more."""
    return {} if isinstance(error, ConnectionError | TimeoutError) else None


def _type_of_error(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _present(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _log_uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        log.critical("Nobody caught an error", error=error, traceback=where(error))


# -- processors: each gets the event that the one before it returned ------------------------------------


def _errors_by_type(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace exceptions among the values by their types, so that no message is logged."""
    return {name: _type_of_error(value) for name, value in _present(event).items()}


def _where_it_arose(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Add what the filters kept of an exception from another library."""
    record: logging.LogRecord = event["_record"]
    event = {**event, **getattr(record, "expected", {})}
    return {**event, "traceback": record.exc_text} if record.exc_text else event


def _summed_up(logger: object, method: str, event: EventDict) -> EventDict:
    """Say how many more records were like this one, without their frames, and when."""
    more = more_like_it(event["_record"])
    if not more:
        return event
    told = {key: value for key, value in event.items() if key != "traceback"}
    told["event"] = f"{event['event']} (and {more} more like it in the last minute)"
    return _WITH_TIME(logger, method, told)


def _large_numbers_as_text(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Turn numbers of 15 or more digits into text.

    They may be ids, and cutting a number out would break the JSON.
    """
    return {
        name: str(value) if type(value) is int and abs(value) >= 10 ** (_DIGITS_OF_AN_ID - 1) else value
        for name, value in event.items()
    }


def _redacted(_logger: object, _method: str, event: EventDict) -> EventDict:
    return {name: log_redaction.value(name, one) for name, one in event.items()}


def _as_text(_logger: object, _method: str, event: EventDict) -> str:
    """Return a line such as `2026-11-29T12:00:00Z ERROR bot.agenda: A timer failed kind=pairs.ask`.

    A traceback follows below it.
    """
    at, level, name, what = (event.pop(key) for key in ("at", "level", "logger", "message"))
    frames = event.pop("traceback", None)
    values = "".join(f" {key}={value}" for key, value in event.items())
    line = f"{at} {level.upper()} {name}: {what}{values}".replace("\n", "\\n")
    return f"{line}\n{frames}" if frames else line


def _redacted_line(_logger: object, _method: str, text: str) -> str:
    return log_redaction.line(text)


_expected = _Expected(expect_lost_connections)
_WITH_TIME = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")
_SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    _WITH_TIME,
)


def _formatter(format: str) -> logging.Formatter:
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if format == "json" else _as_text
    last: list[Any] = [
        _summed_up,
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.EventRenamer("message"),
        _redacted,
        _large_numbers_as_text,
        render,
        _redacted_line,
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
    wrapper_class=Logger,
    cache_logger_on_first_use=True,
)
log = get_logger(__name__)
