"""Long work in many small steps, between which everything else on the event loop gets its turn."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")

IN_A_ROW = 10


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """Yield the items. Before each tenth one, everything else that waits on the event loop runs first."""
    for number, item in enumerate(items):
        if number % IN_A_ROW == 0:
            await asyncio.sleep(0)
        yield item
