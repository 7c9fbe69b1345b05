"""Decorators that run a service's method in one transaction: `@writes` or `@reads`."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.storage.database import Database
from bot.storage.tx import Tx


class HasDatabase(Protocol):
    """A service that has the database on which its methods run."""

    @property
    def _db(self) -> Database: ...


S = TypeVar("S", bound=HasDatabase)
P = ParamSpec("P")
T = TypeVar("T")

Verb = Callable[Concatenate[S, Tx, P], Awaitable[T]]
Called = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def writes(verb: Verb[S, P, T]) -> Called[S, P, T]:
    """Run the method in one write transaction (see `Database.write`). Its callers leave `tx` out."""

    @wraps(verb)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._db.write(lambda tx: verb(self, tx, *args, **kwargs))

    return call


def reads(verb: Verb[S, P, T]) -> Called[S, P, T]:
    """Run the method in one read transaction (see `Database.read`). Its callers leave `tx` out."""

    @wraps(verb)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._db.read(lambda tx: verb(self, tx, *args, **kwargs))

    return call
