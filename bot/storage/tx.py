"""A transaction as services and stores use it, whichever engine runs it."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Row

from bot.logs import get_logger, where
from bot.storage.session import Hint

log = get_logger(__name__)

T = TypeVar("T")
Values = dict[str, Any] | Sequence[dict[str, Any]] | None


class Tx(ABC):
    """One transaction, passed from a service's method to the stores.

    Building a statement takes longer than running it. So a frequent statement is a constant with
    `bindparam`, and `values` fills it.
    """

    def __init__(self) -> None:
        self._afterwards: list[Callable[[], None]] = []
        self._before: list[Callable[[], Awaitable[None]]] = []
        self.memo: dict[str, dict[Any, Any]] = {}
        """What was looked up in this transaction and can't change while it lasts, by what it is."""

    async def execute(
        self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return await self._run(statement, rows)

    async def first(self, statement: Executable, values: dict[str, Any] | None = None) -> Row[Any] | None:
        return (await self._run(statement, values)).first()

    async def all(self, statement: Executable, values: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        return (await self._run(statement, values)).all()

    async def scalar(self, statement: Executable, values: dict[str, Any] | None = None) -> Any:
        return (await self._run(statement, values)).scalar()

    @abstractmethod
    async def _run(self, statement: Executable, values: Values) -> CursorResult[Any]:
        """Run one statement that reaches few rows."""

    @abstractmethod
    async def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Run the statement once for every row, however many there are. All rows have the same keys."""

    @abstractmethod
    async def hand_over(self, work: Callable[[Connection], T]) -> T:
        """Let `work`, which doesn't await, use the connection outside the event loop's thread."""

    async def scan(self, statement: Executable) -> Sequence[Row[Any]]:
        """Return the rows of a statement that may look at any number of them, without holding up the loop."""
        return await self.hand_over(lambda connection: connection.execute(statement).all())

    async def sweep(self, statement: Executable) -> None:
        """Run a statement that may reach any number of rows, without holding up the event loop."""
        await self.hand_over(lambda connection: connection.execute(statement))

    @abstractmethod
    async def touch(self) -> None:
        """Write something that changes nothing, so that the commit needs the disk as any other does."""

    @abstractmethod
    def tell_others(self, what: Hint) -> None:
        """Tell the other processes on this database something at the commit. It is a hint: it may be lost."""

    def before_commit(self, call: Callable[[], Awaitable[None]]) -> None:
        """Call this right before the transaction is committed. If it raises, nothing is committed."""
        self._before.append(call)

    async def about_to_commit(self) -> None:
        """Call everything that was registered with `before_commit`. The adapter does this."""
        for call in self._before:
            await call()

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call this when the transaction has been committed, and not at all if it is rolled back."""
        if call not in self._afterwards:
            self._afterwards.append(call)

    def committed(self) -> None:
        """Call everything that was registered with `afterwards`. `Database` does this after the commit."""
        for call in self._afterwards:
            try:
                call()
            except Exception as error:  # noqa: BLE001 - the write is committed, so it must not seem to fail
                log.error("What follows a commit failed", error=error, traceback=where(error))
