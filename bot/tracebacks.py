"""Where an error was raised: frames and types, never a message, and never more than a screen or two."""

import sys
import threading
import traceback
from collections.abc import Iterator

_MOST_ERRORS = 10
"""How many exceptions of one chain are shown: the nearest ones, and the first causes."""
_FIRST_CAUSES = 4
_MOST_WALKED = 1000
_MOST_FRAMES = 20
_MOST_CHARACTERS = 12_000


def where(error: BaseException) -> str:
    """Return the traceback and the type of each exception in the chain of an error, the first cause first.

    It never raises, since it is called where an error is being dealt with already.
    """
    try:
        return _shortened("\n".join(_frames(one) if one else "..." for one in _selected(error)))
    except Exception:  # noqa: BLE001 - frames are a help; failing to find them must not hide the error itself
        return type(error).__name__


def hide_messages() -> None:
    """Let Python write only types and frames of an error that nobody caught, also in a thread.

    Python itself would write its message, which may be anything. `bot.logs.begin` has these errors logged.
    """
    sys.excepthook = lambda _type, error, _frames: _write(error)
    threading.excepthook = lambda thread: _write(thread.exc_value)
    sys.unraisablehook = lambda lost: _write(lost.exc_value)


def _write(error: BaseException | None) -> None:
    if error is not None:
        sys.stderr.write(f"{where(error)}\n")


def _selected(error: BaseException) -> list[BaseException | None]:
    """Return the chain, the first cause first. None stands for the middle of a long one."""
    chain = [*_chain(error)]
    if len(chain) > _MOST_ERRORS:
        return [*chain[:_FIRST_CAUSES], None, *chain[_FIRST_CAUSES - _MOST_ERRORS :]]
    return [*chain]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Return an error and what led to it, the causes before what they caused.

    It is a loop, because a chain can be longer than Python lets a function call itself.
    """
    found: dict[int, BaseException] = {}
    left = [error]
    while left and len(found) < _MOST_WALKED:
        one = left.pop()
        if id(one) in found:
            continue
        found[id(one)] = one
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if before is not None:
            left.append(before)
        if isinstance(one, BaseExceptionGroup):
            left.extend(one.exceptions)
    return reversed(found.values())


def _frames(error: BaseException) -> str:
    """Return the last frames of an error's traceback, and its type."""
    return "".join(traceback.format_tb(error.__traceback__, limit=-_MOST_FRAMES)) + type(error).__name__


def _shortened(text: str) -> str:
    """Keep the end of a text that is too long: what was raised last is there."""
    return text if len(text) <= _MOST_CHARACTERS else f"...{text[-_MOST_CHARACTERS:]}"
