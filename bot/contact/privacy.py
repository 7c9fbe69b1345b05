"""What `/contact` holds about a person: that they asked to be reminded."""

from collections.abc import Sequence
from datetime import datetime

from bot.contact import store
from bot.contact.service import REMIND
from bot.contact.tables import LEDGER, contact_alarms
from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of, owned
from bot.scheduling.agenda import Agenda
from bot.storage.tx import Tx


class ContactPrivacy:
    """Shows, and erases, one person's reminder."""

    tables: Sequence[HeldTable] = (
        HeldTable(contact_alarms, ledger_of(LEDGER, contact_alarms), mine=owned(contact_alarms, "person")),
    )

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        reminder = await store.of(tx, person)
        if reminder is not None:
            await store.take(tx, reminder)
            await self._agenda.drop(tx, REMIND, reminder)
