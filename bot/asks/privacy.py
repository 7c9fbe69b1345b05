"""What asks hold about a person: the asks that they sent or began, and their part in asks of others."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.asks import recipient_store, store
from bot.asks.models import AskState, Reply
from bot.asks.moves import AskMoves
from bot.asks.sealed import answer_cell, message_cell, words_cell
from bot.asks.tables import LEDGER, OPEN, askings, asks, to_ask, to_asking
from bot.ids import PersonId, new_id
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


class AskPrivacy:
    """Shows, and erases, asks and answers of one person."""

    # In `chosen` stand the people whom an asker has picked for a draft. They don't know of it.
    tables: Sequence[HeldTable] = (
        HeldTable(
            asks,
            ledger_of(LEDGER, asks),
            mine=owned(asks, "asker"),
            sealed={
                "words": Sealed(lambda row: words_cell(to_ask(row)), json.loads),
                "message": Sealed(lambda row: message_cell(to_ask(row))),
            },
        ),
        HeldTable(
            askings,
            ledger_of(LEDGER, askings),
            # What they never opened is the asker's. Whether it still waits would tell of a boundary.
            mine=lambda person: (
                (askings.c.answerer == person)
                & (askings.c.opened | askings.c.reply.not_in((Reply.ASKED, Reply.CANT)))
            ),
            sealed={"words": Sealed(lambda row: answer_cell(to_asking(row)), json.loads)},
        ),
    )

    def __init__(self, moves: AskMoves) -> None:
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        sent = await store.of(tx, person, AskState.OPEN, AskState.PAUSED)
        found = [Consequence.ASKS_CLOSE] if sent else []
        parts = await recipient_store.parts_of(tx, person)
        if any(one.reply in _READABLE for one in parts):
            found.append(Consequence.ANSWERS_GO)
        for one in parts:
            ask = await store.get(tx, one.ask)
            waits = one.waits or await self._moves.heard_at(tx, one) is not None
            if waits and ask is not None and ask.state in OPEN:
                return [*found, Consequence.CANT_ANSWER]
        return found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Destroy what they wrote. Their answers are taken back, and whoever asked sees no name from then on.

        Their asks have closed by now. To the people whom they asked, each stays closed for as long as any
        other would: if it were gone, an old button would tell that they didn't just withdraw it.
        """
        for ask in await store.of(tx, person, *AskState):
            if ask.state is AskState.CLOSED:
                await self._moves.unname(tx, ask, PersonId(new_id()))
            else:
                await self._moves.destroy(tx, ask.id, now)
        for one in await recipient_store.parts_of(tx, person):
            if one.reply in _READABLE:
                await self._moves.take_back(tx, one, now)
        await recipient_store.unname(tx, person)
        await store.unpick(tx, person)


_READABLE = (Reply.ANSWERED, Reply.WITHHELD)
"""The replies that have a text."""
