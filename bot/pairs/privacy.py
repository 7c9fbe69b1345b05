"""What pairs hold about a person: their side of each pair, their check-ins and notes."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId, new_id
from bot.pairs import check_in_store, store
from bot.pairs.models import Pair, PairState
from bot.pairs.moves import PairMoves
from bot.pairs.sealed import note_cell, words_cell
from bot.pairs.side_store import to_side
from bot.pairs.tables import LEDGER, changes, check_ins, pairs, sides
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.storage.tx import Tx


class PairPrivacy:
    """Shows, and erases, one person's part in pairs."""

    # A pair that never began is its starter's. Its state would tell the other of a boundary.
    # What a partner has shared is the partner's own, so a check-in is exported to whoever was asked alone.
    tables: Sequence[HeldTable] = (
        HeldTable(
            pairs,
            ledger_of(LEDGER, pairs),
            mine=lambda person: (
                (pairs.c.starter == person) | ((pairs.c.partner == person) & pairs.c.starts_on.is_not(None))
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

    def __init__(self, moves: PairMoves, quotas: Quotas) -> None:
        self._moves = moves
        self._quotas = quotas

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        running = any(pair.state is PairState.RUNNING for pair in await store.of(tx, person))
        return [Consequence.PAIRS_END] if running else []

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Erase their part of every pair. The partner's is kept as long as after any end, without a name."""
        for pair in await store.of(tx, person):
            await self._rest(tx, pair, now)
            await self._moves.erase(tx, pair, person, now)
            await store.unname(tx, pair.id, person, PersonId(new_id()))

    async def _rest(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Let a new proposal of these two reach nobody for as long as it would if nobody had erased."""
        if pair.partner is None or not pair.keeps_away(now):
            return
        both = [(pair.starter, pair.partner)]
        both += [(pair.partner, pair.starter)] if pair.starts_on is not None else []
        for one, other in both:
            await self._quotas.rest(tx, Start.PROPOSAL, one, other, now, pair.forgotten_at)
