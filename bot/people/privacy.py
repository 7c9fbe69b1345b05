"""What is held about a person's account, names, settings and consents."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.ids import PersonId
from bot.people import store
from bot.people.service import account_cell, name_cell
from bot.people.tables import LEDGER, consents, names, people, strangers
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.ledger import AnyRow
from bot.storage.tx import Tx
from bot.vault.sealing import Cell


def _name(column: str, row: AnyRow) -> Cell:
    return name_cell(PersonId(row.person), row.server, column, row.revision)


class PeoplePrivacy:
    """Comes after the slices, which may need names and addresses until they are done."""

    # Where only others have named them, they must not learn of it.
    tables: Sequence[HeldTable] = (
        HeldTable(
            people,
            ledger_of(LEDGER, people),
            mine=owned(people, "id"),
            sealed={"discord_id": Sealed(lambda row: account_cell(PersonId(row.id), "discord_id"))},
        ),
        HeldTable(
            names,
            ledger_of(LEDGER, names),
            mine=lambda person: (names.c.person == person) & names.c.came,
            sealed={column: Sealed(partial(_name, column)) for column in ("name", "username")},
        ),
        HeldTable(consents, ledger_of(LEDGER, consents), mine=owned(consents, "person")),
        HeldTable(strangers, ledger_of(LEDGER, strangers)),
    )

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        await store.erase(tx, person)
