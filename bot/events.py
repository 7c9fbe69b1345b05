"""Events: what happened in one slice, for other slices to react to. `bot/wiring.py` connects the handlers.

An event carries ids and the time at which it happened, never a model, so that handlers read the current
state. Its handlers run one after the other in the transaction that caused it, so that a change and its
consequences are written together or not at all.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PersonParted(Event):
    """Somebody is parted from another everywhere (no `server`), or from everyone in a server (no `other`)."""

    person: PersonId
    other: PersonId | None = None
    server: ServerId | None = None


@dataclass(frozen=True, slots=True)
class PersonRested(Event):
    """Somebody began a rest: nothing new is asked of them, and they leave what is open."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class PersonUnderEighteen(Event):
    """Somebody said that they are under 18."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class BoundarySet(Event):
    """`owner` set a boundary with `other`: from now on nothing passes between the two."""

    owner: PersonId
    other: PersonId


@dataclass(frozen=True, slots=True)
class TieEnded(Event):
    """`member` is no longer in the pod of `owner`, because one of them ended it."""

    owner: PersonId
    member: PersonId
    server: ServerId


@dataclass(frozen=True, slots=True)
class AskSent(Event):
    """Somebody in a server sent an ask. Who it was is not told."""

    server: ServerId


@dataclass(frozen=True, slots=True)
class ServerGone(Event):
    """The bot was removed from a server. What is held of it stays for 30 days."""

    server: ServerId


@dataclass(frozen=True, slots=True)
class ServerReturned(Event):
    """The bot is back in a server that it was removed from."""

    server: ServerId


@dataclass(frozen=True, slots=True)
class ServerForgotten(Event):
    """The bot has been gone from a server for 30 days: all that is held of it is deleted."""

    server: ServerId


@dataclass(frozen=True, slots=True)
class ServerSetForMinors(Event):
    """A server's moderators said that members may be under 18: what is for adults ends there."""

    server: ServerId


E = TypeVar("E", bound=Event)
Handler = Callable[[Tx, E], Awaitable[None]]


class NotWired(LookupError):
    """An event was published that no row of `bot/wiring.py` names."""


class Events:
    """Hands each event to its handlers, in the order of its row."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], tuple[Handler[Any], ...]] = {}

    def on(self, event: type[E], *handlers: Handler[E]) -> None:
        """Say who reacts to a type of event, in order: one row each, else ValueError."""
        if event in self._handlers:
            raise ValueError(f"{event.__name__} has its row already")
        self._handlers[event] = handlers

    async def publish(self, tx: Tx, event: Event) -> None:
        """Tell every handler, inside the transaction. Raises NotWired where the type has no row."""
        if type(event) not in self._handlers:
            raise NotWired(type(event).__name__)
        for handler in self._handlers[type(event)]:
            await handler(tx, event)

    @property
    def rows(self) -> dict[type[Event], tuple[Handler[Any], ...]]:
        """Every row, for tests to look at."""
        return dict(self._handlers)
