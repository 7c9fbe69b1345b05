"""Deliver what waits in the outbox as direct messages, at a steady rate, each message once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery import outcome_store, store
from bot.delivery.dm_delivery import DmDelivery
from bot.delivery.dm_gateway import DmGateway, StillHere, WaitUntil
from bot.delivery.engine import Engine
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.pace import MINUTE, Openings, Pace
from bot.delivery.worker_pool import IN_FLIGHT, WorkerPool
from bot.storage.database import Database
from bot.storage.tx import Tx

__all__ = ["IN_FLIGHT", "DmDispatcher"]

_FORGETS_EVERY = timedelta(hours=1)


class DmDispatcher(WorkerPool[OutboxMessage]):
    """A worker pool for outbox messages. `pace` limits every request, also those made elsewhere."""

    def __init__(
        self,
        db: Database,
        outbox: Outbox,
        sender: DmGateway,
        now: Callable[[], datetime],
        requests_per_second: float = 45,
        new_dms_per_minute: int = 6,
        *,
        still_here: StillHere,
        wait_until: WaitUntil,
        may_open: Callable[[], bool] = lambda: True,
    ) -> None:
        self._db = db
        self._outbox = outbox
        self.pace = Pace(requests_per_second)
        self._openings = Openings(new_dms_per_minute)
        adapter = DmDelivery(
            db, sender, now, self.pace, self._openings, still_here, wait_until, self.hear, outbox.closed,
            may_open,
        )  # fmt: skip
        super().__init__(Engine(db, adapter, now, self.pace, self.hear), now)
        self._forgot_at: datetime | None = None

    async def start(self, holder: str = "") -> None:
        self._outbox.on_waiting = self.hear
        self._outbox.on_urgent = self.wake_urgent
        await super().start(holder)

    def takes_over(self, now: datetime) -> None:
        """Begin to write to people for the first time, in the place of another process.

        It may have done so until a moment ago, and nobody knows how often, so this begins in a minute.
        """
        self._openings.rest(now + MINUTE)
        self.hear(now + MINUTE)

    async def run_due(self, now: datetime) -> int:
        if self._forgot_at is None or now - self._forgot_at >= _FORGETS_EVERY:
            await self._db.write(lambda tx: _forget(tx, now))
            self._forgot_at = now
        return await super().run_due(now)


async def _forget(tx: Tx, now: datetime) -> None:
    await store.forget(tx, now)
    await outcome_store.forget(tx, now)
