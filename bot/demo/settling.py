"""What an action on the pretend server waits for: everything the bot does now, but no timers."""

import asyncio
import math
from queue import SimpleQueue
from typing import Any

import aiosqlite.core
from simcord import Env
from simcord._runtime import _CallbackRecord
from simcord._settlement import _active_callbacks, _next_virtual_timer, _run_due_virtual_callbacks

AT_MOST = 120.0
"""Seconds of the real clock after which an action is called stuck, on however busy a machine."""
_SOON = 0.25
"""A timer no further off than this is part of what the bot does now: a pause between two requests."""
_given: set[asyncio.Future[Any]] = set()
"""What the threads of databases have to do still."""


def settle_well() -> None:
    """Let the pretend clock alone decide when the bot's timers fire; a second call changes nothing.

    SimCord also lets a timer fire once that much real time has passed, and moves its clock there: on a slow
    machine, a minute goes by while a test presses buttons. To know when the bot is at rest, it looks up to a
    thousand times a second at what each task waits for: a quarter of the time that an action took.
    """
    every: Any = Env
    every._settle_internal, every._schedule_timer = _settle, _leave_to_the_clock
    aiosqlite.core.__dict__["SimpleQueue"] = _Watched
    # SimCord looks for each in the list of all, which compared its fields with those of all before it.
    record: Any = _CallbackRecord
    record.__eq__ = object.__eq__


async def _settle(env: Env, *, _deadline: float | None = None, dispatch: str | None = None, **_: Any) -> None:
    """Wait until the bot has nothing to run, its threads nothing to do, and no timer is soon.

    Over its short pauses the clock is moved at once, unless whoever called is moving it.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + env.settle_timeout if _deadline is None else _deadline
    while loop.time() < deadline:
        _run_due_virtual_callbacks(env._settlement_state(), deadline)
        await asyncio.sleep(0)
        if any(one.when is None for one in _active_callbacks(env._settlement_state())):
            continue
        if threads := [one for one in (*_given, *env._work.executors) if one.get_loop() is loop]:
            await asyncio.wait(threads, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        elif env._advancing or _soonest(env) > env._virtual_time + _SOON:
            return
        else:
            env._move_clock(_soonest(env))
    raise TimeoutError(f"the bot did not come to rest after {dispatch}")


def _soonest(env: Env) -> float:
    at = _next_virtual_timer(env._settlement_state())
    return math.inf if at is None else at


def _leave_to_the_clock(*_: Any) -> None:
    """In place of arming a timer on the real clock."""


class _Watched(SimpleQueue):  # type: ignore[type-arg] # as aiosqlite uses it: of (future, function)
    """What a database's thread is given to do, which is known of until it is done."""

    def put_nowait(self, given: Any) -> None:
        future = given[0]
        if future is not None:
            _given.add(future)
            future.add_done_callback(_given.discard)
        super().put_nowait(given)
