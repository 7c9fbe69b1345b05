"""What is held about a person's boundaries: those that they set, and those that others set with them."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries, other_cell
from bot.boundaries.tables import LEDGER, boundaries
from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


class BoundaryPrivacy:
    """Shows, and erases, one person's boundaries. On the screen they stand behind a button."""

    tables: Sequence[HeldTable] = (
        HeldTable(
            boundaries,
            ledger_of(LEDGER, boundaries),
            mine=owned(boundaries, "owner"),
            sealed={"other": Sealed(lambda row: other_cell(row.id, PersonId(row.owner)))},
            asked_for=True,
        ),
    )

    def __init__(self, service: Boundaries) -> None:
        self._boundaries = service

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        """Delete the boundaries that they set. Those that others set with them go on."""
        await self._boundaries.erase(tx, person)
