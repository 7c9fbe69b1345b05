"""What an action on the stage waits for: all that the bot does now, and nothing it set a clock for."""

import asyncio
import math
from typing import Any, cast

from simcord import Env, _settlement

AT_MOST = 30.0
"""Seconds that one action may take before it is called stuck, on a busy machine."""

LOOKS_EVERY = 0.001
"""Seconds between SimCord's looks at unfinished work: at its own 0.05 each action costs 50 ms."""
_SOON = 0.25
"""A timer no further off than this is part of what the bot does now: a pause between two requests."""


def settle_well() -> None:
    """Change SimCord's own settling; a second call changes nothing.

    SimCord waits, in real time, for every timer within the seconds that an action may take: a card shown four
    seconds before an alarm would take four seconds to show.
    """
    cast("dict[str, Any]", Env._settle_internal.__kwdefaults__)["idle"] = LOOKS_EVERY
    fires = _settlement._callback_fire_time
    if hasattr(fires, "patient"):
        return

    def fire_time(state: Any, record: Any) -> float:
        far = record.when is not None and record.when > state.virtual_time + _SOON
        return math.inf if far else fires(state, record)

    fire_time.__dict__["patient"] = True
    _settlement.__dict__["_callback_fire_time"] = fire_time


async def stand_still(env: Env) -> None:
    """Wait until nothing but the caller moves the clock.

    On a busy machine a short timer that is late in real time begins to move it by itself: that move and
    the caller's would each wait for the other until both gave up.
    """
    while (moving := env._real_advance_task) is not None:
        await asyncio.wait((moving,))
        if env._real_advance_task is moving:
            env._real_advance_task = None
        moving.result()
