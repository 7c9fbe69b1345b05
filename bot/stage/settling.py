"""What an action on the stage waits for: all that the bot does now, and nothing it set a clock for."""

from typing import Any

from simcord import Env
from simcord._settlement import _next_virtual_timer

AT_MOST = 120.0
"""Seconds of the real clock after which an action is called stuck, on however busy a machine."""

_LOOKS_EVERY = 0.001
"""Seconds between SimCord's looks at unfinished work: at its own 0.05 each action costs 50 ms."""
_SOON = 0.25
"""A timer no further off than this is part of what the bot does now: a pause between two requests."""


def settle_well() -> None:
    """Let the pretend clock alone decide when the bot's timers fire; a second call changes nothing.

    SimCord also lets a timer fire once that much real time has passed, and moves its clock there. What a test
    saw would depend on how fast the machine is: after a minute of presses a minute would have gone by.
    """
    every: Any = Env
    every._settle_internal, every._schedule_timer = _settle, _leave_to_the_clock


_settle_once = Env._settle_internal


async def _settle(env: Env, *, _deadline: float | None = None, dispatch: str | None = None, **_: Any) -> None:
    """Wait for all that the bot does, its short pauses too: the clock is moved over them at once."""
    await _settle_once(env, idle=_LOOKS_EVERY, dispatch=dispatch, _deadline=_deadline)
    while not env._advancing and _soonest(env) <= env._virtual_time + _SOON:
        env._move_clock(_soonest(env))
        await _settle_once(env, idle=_LOOKS_EVERY, dispatch=dispatch, _deadline=_deadline)


def _soonest(env: Env) -> float:
    at = _next_virtual_timer(env._settlement_state())
    return float("inf") if at is None else at


def _leave_to_the_clock(*_: Any) -> None:
    """In place of arming a timer on the real clock."""
