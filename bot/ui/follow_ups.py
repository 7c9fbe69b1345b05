"""What goes on after an interaction was answered, such as changing its card as messages arrive.

It has tasks of its own, so that neither erasing nor the end of the process waits for it as for an answer.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import Refusal
from bot.logs import get_logger
from bot.storage.unavailable import StorageUnavailable

log = get_logger(__name__)


class FollowUps:
    """Runs them until the bot stops. Each is told then by `pause`, and has a moment for its last word."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()

    def begin(self, work: Awaitable[object], without: Callable[[], Awaitable[object]] | None = None) -> None:
        """Let `work` go on by itself. `without`: what to do if the database can't be used any more."""
        task = asyncio.create_task(self._guarded(work, without))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def pause(self, seconds: float) -> bool:
        """Wait so long. Return False at once when the bot stops."""
        try:
            await asyncio.wait_for(self._ending.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def stop(self, drain: float) -> None:
        """Let each come to its end, for at most `drain` seconds."""
        self._ending.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=drain)
        left = [*self._tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _guarded(
        self, work: Awaitable[object], without: Callable[[], Awaitable[object]] | None
    ) -> None:
        try:
            await work
        except Refusal:
            return  # what it was about is over: they have left, or were erased
        except StorageUnavailable:
            if without is not None:
                await self._guarded(without(), None)
        except Exception as error:  # noqa: BLE001 - they have their answer, and nobody is there to be told
            log.failure("What followed an answer failed", error)
