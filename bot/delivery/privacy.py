"""What the outbox holds about a person: the messages to them, and whom each is about."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.dm_deletions import DmDeletions
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import MessageState
from bot.delivery.tables import LEDGER, TOLD, deletions, outbox
from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of
from bot.storage.tx import Tx


class DeliveryPrivacy:
    """Comes after the slices, which close their own messages first."""

    # A message that is withheld, or not due yet, was never shown to its person. An export tells nobody of one
    # that waits, because a boundary can still withhold it, and then it would be gone from the next export.
    tables: Sequence[HeldTable] = (
        HeldTable(
            outbox,
            ledger_of(LEDGER, outbox),
            mine=lambda person: (
                (outbox.c.person == person)
                & (outbox.c.state != MessageState.WITHHELD)
                & outbox.c.early.is_(False)
                & TOLD
            ),
        ),
        HeldTable(deletions, ledger_of(LEDGER, deletions)),
    )

    def __init__(self, messages: Outbox, dm_deletions: DmDeletions) -> None:
        self._outbox = messages
        self._deletions = dm_deletions

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete the messages to them, and have those that name them edited to say that they have closed."""
        await self._outbox.erase(tx, person, now)
        await self._deletions.forget(tx, person)
