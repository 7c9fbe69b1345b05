"""What terms hold about a person: their own terms, whom they asked to carry them, and what they carry."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId
from bot.privacy import strings
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx
from bot.terms import carrying_store, store
from bot.terms.models import CarryState
from bot.terms.moves import TermsMoves
from bot.terms.sealed import content_cell, read
from bot.terms.store import to_terms
from bot.terms.tables import LEDGER, carryings, terms


def _parts(content: str) -> object:
    """Return what they chose and what they wrote, each with its name."""
    text = read(content)
    return {"wants": "; ".join(strings.WANTS[want] for want in text.wants), "own_words": text.words}


class TermsPrivacy:
    """Shows, and erases, one person's terms. On the screen they stand behind a button."""

    tables: Sequence[HeldTable] = (
        HeldTable(
            terms,
            ledger_of(LEDGER, terms),
            mine=owned(terms, "author"),
            sealed={"content": Sealed(lambda row: content_cell(to_terms(row)), _parts)},
            asked_for=True,
        ),
        HeldTable(
            carryings,
            ledger_of(LEDGER, carryings),
            # What a boundary keeps from them was never shown to them, and what they said no to isn't theirs.
            mine=lambda person: (
                (carryings.c.author == person)
                | (
                    (carryings.c.carrier == person)
                    & (
                        (carryings.c.state == CarryState.AGREED.value)
                        | ((carryings.c.state == CarryState.OPEN.value) & carryings.c.withheld.is_(False))
                    )
                )
            ),
            asked_for=True,
        ),
    )

    def __init__(self, moves: TermsMoves) -> None:
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Consequence]:
        found = []
        for one in await carrying_store.of(tx, person):
            if one.author == person and one.agreed:
                found.append(Consequence.TERMS_GO)
            if one.carrier == person and one.agreed:
                found.append(Consequence.CARRYING_ENDS)
            if one.carrier == person and one.reaches(person, now):
                found.append(Consequence.NO_NAME)
        return found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete their terms, and put another id in their place where the other could still press a button.

        They have parted from everybody before, so nothing is carried any more.
        """
        own = await store.of(tx, person)
        if own is not None:
            await self._moves.remove(tx, own, now)
        for one in await carrying_store.of(tx, person):
            await self._moves.unname(tx, one, person, now)
