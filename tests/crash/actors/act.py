"""An act: something that a friend does from beginning to end, unless the bot ends first."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.crash.friend import Friend

Play = Callable[[Friend, Sequence[int]], Awaitable[None]]
"""Gets the friend who acts, and the accounts of all others."""


@dataclass(frozen=True, slots=True)
class Act:
    """kinds: the kinds of submissions that it makes. weight: how often it is chosen, beside the others."""

    play: Play
    kinds: tuple[str, ...] = ()
    weight: int = 1
    moderators: bool = False
