"""Events: what happened in one slice, for other slices to react to. `bot/wiring.py` connects the handlers.

An event carries ids and the time at which it happened, never a model, so that handlers read the current
state. Its handlers run one after the other in the transaction that caused it, so that a change and its
consequences are written together or not at all.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx


class Event(Struct, frozen=True):
    """Something that happened at a time."""

    at: datetime


class PersonParted(Event, frozen=True):
    """Somebody is parted from everyone in a server, or everywhere if there is no `server`."""

    person: PersonId
    server: ServerId | None = None


class PersonRested(Event, frozen=True):
    """Somebody began a rest: nothing new is asked of them, and they leave what is open."""

    person: PersonId


class PersonUnderEighteen(Event, frozen=True):
    """Somebody said that they are under 18."""

    person: PersonId


class BoundarySet(Event, frozen=True):
    """`owner` set a boundary with `other`. From now on nothing passes between the two.

    already: `other` had set one before, so their ties have times to end at.
    """

    owner: PersonId
    other: PersonId
    already: bool = False


class TieEnded(Event, frozen=True):
    """`member` is no longer in the pod of `owner`, because one of them ended it."""

    owner: PersonId
    member: PersonId
    server: ServerId


class AskSent(Event, frozen=True):
    """Somebody in a server sent an ask."""

    server: ServerId
    asker: PersonId


class AskWithdrawn(Event, frozen=True):
    """Somebody closed an ask of theirs before they had read the answers, or left its server."""

    server: ServerId
    asker: PersonId
    sent_at: datetime


class ServerGone(Event, frozen=True):
    """The bot was removed from a server. The server's data is kept for 30 days."""

    server: ServerId


class ServerReturned(Event, frozen=True):
    """The bot was invited again to a server that had removed it."""

    server: ServerId


class ServerForgotten(Event, frozen=True):
    """The bot was removed from a server 30 days ago, so all of its data is deleted."""

    server: ServerId


class ServerSetForMinors(Event, frozen=True):
    """A server's moderators said that members may be under 18, so what is for adults ends there."""

    server: ServerId


class RetentionShortened(Event, frozen=True):
    """A server's moderators chose that text is kept for fewer days, which holds at once for everything."""

    server: ServerId
    days: int


E = TypeVar("E", bound=Event)
Handler = Callable[[Tx, E], Awaitable[None]]


class NotWired(LookupError):
    """An event was published that has no row in `bot/wiring.py`."""


class Events:
    """Calls the handlers of each event, in the order of its row in `bot/wiring.py`."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], tuple[Handler[Any], ...]] = {}

    def on(self, event: type[E], *handlers: Handler[E]) -> None:
        """Register the handlers of an event type, in order. Raises ValueError if it has a row already."""
        if event in self._handlers:
            raise ValueError(f"{event.__name__} has a row already")
        self._handlers[event] = handlers

    async def publish(self, tx: Tx, event: Event) -> None:
        """Call every handler in this transaction. Raises NotWired if the event type has no row."""
        if type(event) not in self._handlers:
            raise NotWired(type(event).__name__)
        for handler in self._handlers[type(event)]:
            await handler(tx, event)

    @property
    def rows(self) -> dict[type[Event], tuple[Handler[Any], ...]]:
        """Return every row, for the tests."""
        return dict(self._handlers)
