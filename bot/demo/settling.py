"""Wait after an action on the pretend server until the bot has done everything but its timers."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from simcord import Env

from bot.demo import simcord_internals as internals
from bot.storage.database import Database

AT_MOST = 120.0
"""Seconds of the real clock after which an action is called stuck, on however busy a machine."""
_SOON = 0.25
"""A timer no further off than this is part of what the bot does now: a pause between two requests."""
_DATABASE_WORK = ("open", "migrate", "read", "write", "checkpoint", "close")
_under_way: set[asyncio.Future[None]] = set()
"""One for each thing that a database is doing, some of it in threads of its own."""


def settle_well() -> None:
    """Let the pretend clock alone decide when the bot's timers fire. A second call changes nothing.

    SimCord also lets a timer fire when that much real time has passed, and moves its clock there; on a slow
    machine, a minute passes while a test presses buttons. And to know when the bot is at rest, it looks up to
    a thousand times a second at what each task waits for, which took a quarter of the time of an action.
    """
    internals.replace_settling(_settle, _leave_to_the_clock)
    for name in _DATABASE_WORK:
        work = getattr(Database, name)
        if not hasattr(work, "watched"):
            setattr(Database, name, _watched(work))


async def _settle(env: Env, *, _deadline: float | None = None, dispatch: str | None = None, **_: Any) -> None:
    """Wait until the bot has nothing to run, its database and its threads are idle, and no timer is soon.

    The clock is moved over its short pauses at once, unless the caller is moving it.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + env.settle_timeout if _deadline is None else _deadline
    while loop.time() < deadline:
        internals.run_due_callbacks(env, deadline)
        await asyncio.sleep(0)
        if internals.has_callbacks(env):
            continue
        soonest = internals.soonest_timer(env)
        if waits := [one for one in (*_under_way, *internals.executor_work(env)) if one.get_loop() is loop]:
            await asyncio.wait(waits, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        elif internals.is_advancing(env) or soonest > internals.virtual_time(env) + _SOON:
            return
        else:
            internals.move_clock(env, soonest)
    raise TimeoutError(f"the bot did not come to rest after {dispatch}")


def _leave_to_the_clock(*_: Any) -> None:
    """Do nothing, where SimCord sets a timer on the real clock."""


def _watched(work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(work)
    async def watched(*told: Any) -> Any:
        if not internals.is_bots_own():
            # What is not the bot's own work waits for the bot by itself, or settles inside such a wait.
            return await work(*told)
        done = asyncio.get_running_loop().create_future()
        _under_way.add(done)
        try:
            return await work(*told)
        finally:
            _under_way.discard(done)
            done.cancel()

    watched.__dict__["watched"] = True
    return watched
