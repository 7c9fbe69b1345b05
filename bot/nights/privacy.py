"""What nights hold about a person: their place in a night and their card, who looks out for whom, calls."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId
from bot.nights import card_store, hand_store, look_store, member_store
from bot.nights.card_store import to_kept
from bot.nights.cards import NightCards
from bot.nights.member_store import to_member
from bot.nights.models import LookState, MemberState
from bot.nights.moves import NightMoves
from bot.nights.sealed import SealedNights, content_cell, kept_cell, read
from bot.nights.tables import LEDGER, night_cards, night_hands, night_looks, night_members
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.storage.tx import Tx


def _parts(content: str) -> object:
    """Return what they wrote, each part with its name."""
    card = read(content)
    return {"limit": card.limit, "notice": card.notice, "do_then": card.words, "way": card.way}


class NightPrivacy:
    """Shows, exports and erases what nights hold about one person."""

    tables: Sequence[HeldTable] = (
        HeldTable(
            night_members,
            ledger_of(LEDGER, night_members),
            # What a boundary keeps from them was never shown to them, and what they said no to isn't theirs.
            mine=lambda person: (
                (night_members.c.person == person)
                & (
                    (night_members.c.state == MemberState.IN.value)
                    | (
                        (night_members.c.state == MemberState.INVITED.value)
                        & night_members.c.withheld.is_(False)
                    )
                )
            ),
            sealed={"content": Sealed(lambda row: content_cell(to_member(row)), _parts)},
        ),
        HeldTable(
            night_looks,
            ledger_of(LEDGER, night_looks),
            mine=lambda person: (
                ((night_looks.c.owner == person) & night_looks.c.shown.is_(True))
                | ((night_looks.c.looker == person) & (night_looks.c.state == LookState.AGREED.value))
            ),
        ),
        HeldTable(night_hands, ledger_of(LEDGER, night_hands), mine=owned(night_hands, "caller")),
        HeldTable(
            night_cards,
            ledger_of(LEDGER, night_cards),
            mine=owned(night_cards, "person"),
            sealed={"content": Sealed(lambda row: kept_cell(to_kept(row)), _parts)},
        ),
    )

    def __init__(self, sealed: SealedNights, moves: NightMoves, cards: NightCards) -> None:
        self._sealed = sealed
        self._moves = moves
        self._cards = cards

    async def consequences(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Consequence]:
        looks = await look_store.of_person(tx, person)
        return [Consequence.NIGHT_LEFT for one in looks if one.agreed]

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete their places, calls and kept card, and let their looks name nobody.

        They have parted from everybody before, so nobody looks out for anybody any more.
        """
        await self._cards.remove(tx, await card_store.of(tx, person))
        for hand in await hand_store.of_person(tx, person):
            await self._moves.forget_hand(tx, hand, now)
        for look in await look_store.of_person(tx, person):
            await self._moves.unname(tx, look, person)
        for member in await member_store.of_person(tx, person):
            await self._moves.remove(tx, member, now)
        await member_store.unask(tx, person)
