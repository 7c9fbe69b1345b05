"""Deliver what waits in the outbox as direct messages, at a steady rate, each message once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery import store
from bot.delivery.dm_claims import DmClaims
from bot.delivery.dm_delivery import DmDelivery
from bot.delivery.dm_gateway import DmGateway, StillHere, WaitUntil
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.pace import Openings, Pace
from bot.delivery.worker_pool import IN_FLIGHT, WorkerPool
from bot.storage.database import Database

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
    ) -> None:
        self._db = db
        self._outbox = outbox
        openings = Openings(new_dms_per_minute)
        self.pace = Pace(requests_per_second)
        super().__init__(
            DmClaims(db, sender, now, openings, wait_until, self.hear),
            DmDelivery(db, sender, now, self.pace, openings, still_here, self.hear),
            now,
        )
        self._forgot_at: datetime | None = None

    def start(self) -> None:
        self._outbox.on_waiting = self.hear
        super().start()

    async def run_due(self, now: datetime) -> int:
        if self._forgot_at is None or now - self._forgot_at >= _FORGETS_EVERY:
            await self._db.write(lambda tx: store.forget(tx, now))
            self._forgot_at = now
        return await super().run_due(now)
