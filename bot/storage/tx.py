"""What a verb does whole or not at all."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import many

log = logging.getLogger(__name__)

_IN_A_ROW = 25
"""How many statements may follow on each other before everything else has its turn."""


class Tx:
    """One transaction, handed from a service's verb to its stores; `afterwards` runs once it is committed.

    To put a statement together takes longer than to run it: what is often asked is a constant with
    `bindparam`, and `values` fill it.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._afterwards: list[Callable[[], None]] = []
        self._run = 0

    async def execute(
        self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return await self._at_once(statement, rows)

    async def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Once for every row, however many there are; what it returns is nobody's."""
        if len(rows) > _IN_A_ROW:
            await self.hand_over(partial(many.write, statement, rows))
        elif rows:
            await self._at_once(statement, rows)

    async def sweep(self, statement: Executable) -> None:
        """For what may reach any number of rows: the connection's thread does it, and nothing else waits."""
        await self._connection.execute(statement)

    async def first(self, statement: Executable, values: dict[str, Any] | None = None) -> Row[Any] | None:
        return (await self._at_once(statement, values)).first()

    async def all(self, statement: Executable, values: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        return (await self._at_once(statement, values)).all()

    async def scalar(self, statement: Executable, values: dict[str, Any] | None = None) -> Any:
        return (await self._at_once(statement, values)).scalar()

    async def _at_once(
        self, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]] | None
    ) -> CursorResult[Any]:
        """A statement waits for nobody here (see `driver`), and does without what waiting needs."""
        at = self._connection.sync_connection
        if at is None or not (statement.is_select or statement.is_dml):
            return await self._connection.execute(statement, values)
        self._run += 1
        if self._run % _IN_A_ROW == 0:
            await asyncio.sleep(0)
        return at.execute(statement, values)

    async def hand_over(self, work: Callable[[Connection], None]) -> None:
        """Let something that knows nothing of waiting use the connection."""
        await self._connection.run_sync(work)

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call this when the transaction has been committed, and not at all if it is rolled back."""
        if call not in self._afterwards:
            self._afterwards.append(call)

    def committed(self) -> None:
        for call in self._afterwards:
            try:
                call()
            except Exception as error:  # noqa: BLE001 - what is committed must not look undone
                log.error("%s after a commit", type(error).__name__)
