"""What servers hold about a person: that they moderate, that they have a role, what they changed."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of, owned
from bot.servers import adult_store, log_store, store
from bot.servers.tables import LEDGER, adults, config_log, moderators
from bot.storage.tx import Tx


class ServerPrivacy:
    """Shows, and erases, one person's part in the settings of servers."""

    tables: Sequence[HeldTable] = (
        HeldTable(moderators, ledger_of(LEDGER, moderators), mine=owned(moderators, "person")),
        HeldTable(adults, ledger_of(LEDGER, adults), mine=owned(adults, "person")),
        HeldTable(config_log, ledger_of(LEDGER, config_log), mine=owned(config_log, "who")),
    )

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return [Consequence.LOG_STAYS] if await log_store.wrote(tx, person) else []

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        """Forget that they moderate. What they changed stays in the log, since others rely on it, unnamed."""
        await adult_store.remove(tx, person, None)
        await store.moderates_no_more(tx, person, None)
        await log_store.unname(tx, person, PersonId(new_id()))
