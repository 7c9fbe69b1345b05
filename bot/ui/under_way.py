"""Which interactions of an account are under way, so that erasing can be the only one.

A press that knows its person and has not written yet would otherwise write for somebody who was erased
meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

PATIENCE = 10.0
"""The seconds for which one waits for the others. What takes longer, such as an export, only reads."""


class UnderWay:
    """Knows the interactions of this process by account, each from `begin` to the end of its task."""

    def __init__(self) -> None:
        self._tasks: dict[int, set[asyncio.Task[Any]]] = {}
        self._alone: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def begin(self, account: int) -> None:
        """Count the task that runs now. While an interaction of the account is `alone`, wait first."""
        if (turn := self._alone.get(account)) is not None:
            async with turn:
                pass
        if (task := asyncio.current_task()) is not None:
            self._tasks.setdefault(account, set()).add(task)
            task.add_done_callback(lambda done: self._end(account, done))

    @asynccontextmanager
    async def alone(self, account: int) -> AsyncIterator[None]:
        """Wait until the account's other interactions are done, and let new ones wait until this block is."""
        turn = self._alone.setdefault(account, asyncio.Lock())
        if (task := asyncio.current_task()) is not None:
            # It doesn't count any more: two that want to be alone would wait for one another.
            self._end(account, task)
        async with turn:
            if others := self._tasks.get(account):
                await asyncio.wait(set(others), timeout=PATIENCE)
            yield

    def _end(self, account: int, task: asyncio.Task[Any]) -> None:
        tasks = self._tasks.get(account, set())
        tasks.discard(task)
        if not tasks:
            self._tasks.pop(account, None)
