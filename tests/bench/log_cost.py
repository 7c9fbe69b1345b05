"""What the second wall of the log costs: an event with it, against the same event without it."""

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from bot import log_redaction, logs
from bot.tracebacks import where
from tests.bench.figure import Figure

ROUNDS, EVENTS = 9, 3_000
TIMES_AT_MOST = 2.0


def measured() -> list[Figure]:
    """Measure an event of ours, one of discord.py, and an error with its frames."""
    figures = []
    for name, event in (("an event", _ours), ("a library's event", _theirs), ("an error", _error)):
        ratios, each = [], []
        for _ in range(ROUNDS):
            with _logging():
                walled = _seconds(event)
            with _without_the_wall(), _logging():
                open_ = _seconds(event)
            ratios.append(walled / open_)
            each.append(walled / EVENTS * 1e6)
        figures += [
            Figure(
                f"{name} in the log, against the same without redaction",
                median(ratios),
                "times",
                TIMES_AT_MOST,
            ),
            Figure(f"{name} in the log", median(each), "\u00b5s"),
        ]
    return figures


def _ours(number: int) -> None:
    logs.get_logger("bot.delivery.engine").info(
        "Delivery", what="direct message", kind="asks.asked", id=f"row{number}", outcome="delivered", tries=1
    )


def _theirs(number: int) -> None:
    logging.getLogger("discord.http").warning(
        "%s %s responded with %s", "GET", f"https://discord.com/api/v10/channels/{number}/messages", 503
    )


def _error(number: int) -> None:
    try:
        raise ValueError(number)
    except ValueError as error:
        logs.get_logger("bot.ui.router").error(
            "An interaction failed", error=error, traceback=where(error), error_id=f"{number:08x}"
        )


def _seconds(event: Callable[[int], None]) -> float:
    began = time.process_time()
    for number in range(EVENTS):
        event(number)
    return time.process_time() - began


@contextmanager
def _without_the_wall() -> Iterator[None]:
    """Let everything through as it is."""
    before = {name: getattr(log_redaction, name) for name in ("value", "argument", "line", "may_be_written")}
    wall = vars(log_redaction)
    wall.update(
        value=lambda _name, given: given,
        argument=lambda given: given,
        line=lambda text: text,
        may_be_written=lambda _lowest: lambda _record: True,
    )
    try:
        yield
    finally:
        wall.update(before)


@contextmanager
def _logging() -> Iterator[None]:
    root, stderr = logging.getLogger(), sys.stderr
    before, level, hooks = root.handlers[:], root.level, (sys.excepthook, sys.unraisablehook)
    root.handlers, sys.stderr = [], io.StringIO()
    try:
        logs.begin("INFO", "json")
        yield
    finally:
        root.handlers, sys.stderr = before, stderr
        root.setLevel(level)
        sys.excepthook, sys.unraisablehook = hooks
        logging.captureWarnings(False)
