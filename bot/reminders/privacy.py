"""What reminders hold about a person: which of them they set."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of, owned
from bot.reminders import store
from bot.reminders.tables import LEDGER, reminders
from bot.storage.tx import Tx


class ReminderPrivacy:
    """Shows which reminders one person set, and forgets who set them. They belong to the server."""

    tables: Sequence[HeldTable] = (
        HeldTable(reminders, ledger_of(LEDGER, reminders), mine=owned(reminders, "made_by")),
    )

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return [Consequence.REMINDERS_STAY] if await store.any_by(tx, person) else []

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        await store.unname(tx, person, PersonId(new_id()))
