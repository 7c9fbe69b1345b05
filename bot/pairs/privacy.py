"""What pairs hold about a person: their side of each pair, their check-ins and notes."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.pairs import check_in_store, store
from bot.pairs.models import PairState
from bot.pairs.moves import PairMoves
from bot.pairs.sealed import note_cell, words_cell
from bot.pairs.side_store import to_side
from bot.pairs.tables import LEDGER, changes, check_ins, pairs, sides
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


class PairPrivacy:
    """Shows, and erases, one person's part in pairs."""

    # A partner was never shown a draft, nor a proposal that they declined or that a boundary keeps from them.
    # What a partner has shared is the partner's own, so a check-in is exported to whoever was asked alone.
    tables: Sequence[HeldTable] = (
        HeldTable(
            pairs,
            ledger_of(LEDGER, pairs),
            mine=lambda person: (
                (pairs.c.starter == person)
                | (
                    (pairs.c.partner == person)
                    & pairs.c.withheld.is_(False)
                    & pairs.c.declined.is_(False)
                    & (pairs.c.state != PairState.DRAFT)
                )
            ),
        ),
        HeldTable(
            sides,
            ledger_of(LEDGER, sides),
            mine=owned(sides, "person"),
            sealed={"words": Sealed(lambda row: words_cell(to_side(row)), json.loads)},
        ),
        HeldTable(
            check_ins,
            ledger_of(LEDGER, check_ins),
            mine=owned(check_ins, "person"),
            sealed={"note": Sealed(lambda row: note_cell(check_in_store.to_check_in(row)))},
        ),
        HeldTable(changes, ledger_of(LEDGER, changes), mine=owned(changes, "by")),
    )

    def __init__(self, moves: PairMoves) -> None:
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId) -> Sequence[Consequence]:
        running = any(pair.state is PairState.RUNNING for pair in await store.of(tx, person))
        return [Consequence.PAIRS_END] if running else []

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Erase their part of every pair. The partner's is kept as long as after any end, without a name."""
        for pair in await store.of(tx, person):
            if pair.state is PairState.DRAFT and pair.starter != person:
                await store.unpick(tx, pair.id)
            else:
                await self._moves.erase(tx, pair, person, now)
                await store.unname(tx, pair.id, person, PersonId(new_id()))
