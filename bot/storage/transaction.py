"""A service's verb is one transaction: `@writes` and `@reads` say which kind."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.storage.database import Database
from bot.storage.tx import Tx


class Kept(Protocol):
    """A service, with the database that its verbs run on."""

    @property
    def _db(self) -> Database: ...


S = TypeVar("S", bound=Kept)
P = ParamSpec("P")
T = TypeVar("T")

Verb = Callable[Concatenate[S, Tx, P], Awaitable[T]]
Called = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def writes(verb: Verb[S, P, T]) -> Called[S, P, T]:
    """Run the verb whole in one shielded write; its callers leave `tx` out."""

    @wraps(verb)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._db.write(lambda tx: verb(self, tx, *args, **kwargs))

    return call


def reads(verb: Verb[S, P, T]) -> Called[S, P, T]:
    """Run the verb in one steady view of the file; its callers leave `tx` out."""

    @wraps(verb)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._db.read(lambda tx: verb(self, tx, *args, **kwargs))

    return call
