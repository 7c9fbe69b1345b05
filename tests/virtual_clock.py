"""An event loop with a virtual clock: a test that waits a year takes no longer than the work in it."""

import asyncio
import contextlib
import selectors
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from functools import wraps
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar, TypeVarTuple, Unpack

import aiosqlite
import discord
import pytest
from psycopg import AsyncConnection, waiting

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

BEGINNING = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


class _Jumping(selectors.DefaultSelector):
    """Jumps to the next timer instead of waiting for it, once no database thread is at work."""

    jumped = 0.0
    at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.at_work or timeout is None:
            # We wait for a thread or a socket, which will wake us.
            return super().select(0.5 if timeout is None else min(timeout, 0.5))
        self.jumped += timeout
        return []


class Loop(asyncio.SelectorEventLoop):
    """A loop whose `time` stands still while anything runs, and jumps to the next timer when nothing does."""

    def __init__(self) -> None:
        self.jumping = _Jumping()
        super().__init__(self.jumping)
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self.jumping.jumped

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Count work given to any thread (the database's bulk work is one example), until it is done."""
        self.jumping.at_work += 1
        work = super().run_in_executor(executor, func, *args)
        work.add_done_callback(self._work_done)
        return work

    async def shutdown_default_executor(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 - it overrides a method of asyncio that has it
    ) -> None:
        """Wait for the threads, however long it takes.

        Since Python 3.12 this has a timeout, which the virtual clock would reach at once.
        """
        self.jumping.at_work += 1
        try:
            await super().shutdown_default_executor()
        finally:
            self.jumping.at_work -= 1

    def _work_done(self, _work: object) -> None:
        self.jumping.at_work -= 1


def now() -> datetime:
    """Return the current time in a test with a virtual clock."""
    return BEGINNING + timedelta(seconds=asyncio.get_running_loop().time())


def _watched(loop: Loop) -> type:
    class Watched(SimpleQueue):  # type: ignore[type-arg] # as aiosqlite uses it: of (future, function)
        """The queue of a database thread; it counts the work that is not done yet."""

        def put_nowait(self, given: Any) -> None:
            future = given[0]
            if future is not None:
                loop.jumping.at_work += 1
                future.add_done_callback(self._done)
            super().put_nowait(given)

        @staticmethod
        def _done(_future: object) -> None:
            loop.jumping.at_work -= 1

    return Watched


def _counted(loop: Loop, wait: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Count the wait for a database's server as work, until it has answered."""

    async def counted(*args: P.args, **kwargs: P.kwargs) -> T:
        loop.jumping.at_work += 1
        try:
            return await wait(*args, **kwargs)
        finally:
            loop.jumping.at_work -= 1

    return counted


@contextlib.contextmanager
def _in_force(loop: Loop) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AsyncConnection, "wait", _counted(loop, AsyncConnection.wait))
        patch.setattr(waiting, "wait_conn_async", _counted(loop, waiting.wait_conn_async))
        patch.setattr(discord.utils, "utcnow", now)
        patch.setattr(aiosqlite.core, "SimpleQueue", _watched(loop))
        yield


def virtual_clock(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run a test on a loop with a virtual clock. The test's fixtures must not need a loop of their own."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        loop = Loop()
        with _in_force(loop), asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(test(*args, **kwargs))

    return run
