"""Pause coverage where it would only measure the same code again.

In Python 3.11 the tracer is called at each line of every file, which doubles the time of a test.
"""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from coverage import Coverage

P = ParamSpec("P")
T = TypeVar("T")

_HERE = Path(__file__).parent.parent


def import_everything() -> None:
    """Import everything now: a module first imported while coverage is off would seem never to have run."""
    if Coverage.current() is None:
        return
    for path in sorted([*_HERE.glob("bot/**/*.py"), *_HERE.glob("cogs/**/*.py")]):
        *folders, name = path.relative_to(_HERE).with_suffix("").parts
        if name != "__main__" and "migrations" not in folders:
            import_module(".".join(folders if name == "__init__" else (*folders, name)))


@contextmanager
def coverage_paused(pause: bool) -> Iterator[None]:
    stopped: list[Coverage] = []
    # A worker of pytest-xdist has two measurements: if one stops, the one below it goes on.
    while pause and (measuring := Coverage.current()) is not None:
        measuring.stop()
        stopped.append(measuring)
    try:
        yield
    finally:
        for measuring in reversed(stopped):
            measuring.start()


def measured_once(way: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Measure only the first call with these arguments, of a setup that many tests share.

    Measuring every call took half of the time of the tests with a pretend server.
    """
    gone: set[str] = set()

    @wraps(way)
    async def go(*args: P.args, **kwargs: P.kwargs) -> T:
        options = repr([one for one in (*args, *kwargs.items()) if isinstance(one, str | tuple)])
        with coverage_paused(options in gone):
            gone.add(options)
            return await way(*args, **kwargs)

    return go
