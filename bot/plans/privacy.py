"""What plans hold about a person: their own plans, which nobody else sees."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.ids import PersonId
from bot.plans import store
from bot.plans.moves import PlanMoves
from bot.plans.sealed import text_cell
from bot.plans.store import to_plan
from bot.plans.tables import LEDGER, TEXTS, plans
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.ledger import AnyRow
from bot.storage.tx import Tx
from bot.vault.sealing import Cell


def _text(column: str, row: AnyRow) -> Cell:
    return text_cell(to_plan(row), column)


_AT_ONCE = 25
"""How many plans are read in one statement, so that none holds the event loop for long."""


class PlanPrivacy:
    """Shows, and erases, one person's plans."""

    tables: Sequence[HeldTable] = (
        HeldTable(
            plans,
            ledger_of(LEDGER, plans),
            mine=owned(plans, "owner"),
            sealed={column: Sealed(partial(_text, column)) for column in TEXTS},
        ),
    )

    def __init__(self, moves: PlanMoves) -> None:
        self._moves = moves

    async def consequences(self, _tx: Tx, _person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return ()

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Remove every plan of theirs, with its timers and messages."""
        while plans_left := await store.some_of(tx, person, _AT_ONCE):
            for plan in plans_left:
                await self._moves.remove(tx, plan, now)
