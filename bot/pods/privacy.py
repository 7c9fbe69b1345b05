"""What pods hold about a person: who may ask them, whom they may ask, and invitations."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId
from bot.pods import store
from bot.pods.models import InvitationState
from bot.pods.moves import PodMoves
from bot.pods.tables import LEDGER, invitations, ties
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of
from bot.storage.tx import Tx


class PodPrivacy:
    """Shows, and erases, one person's ties and invitations."""

    tables: Sequence[HeldTable] = (
        HeldTable(
            ties,
            ledger_of(LEDGER, ties),
            mine=lambda person: (ties.c.owner == person) | (ties.c.member == person),
        ),
        HeldTable(
            invitations,
            ledger_of(LEDGER, invitations),
            # An invitation that a boundary keeps from them was never shown to them.
            mine=lambda person: (
                (invitations.c.owner == person)
                | (
                    (invitations.c.member == person)
                    & (invitations.c.state == InvitationState.OPEN.value)
                    & invitations.c.withheld.is_(False)
                )
            ),
        ),
    )

    def __init__(self, moves: PodMoves) -> None:
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Consequence]:
        found = [Consequence.PODS_LEFT] if await store.ties_of(tx, person, None, None) else []
        waiting = await store.invitations_of(tx, person, None, None)
        if any(one.owner == person and one.shown(now) for one in waiting):
            found.append(Consequence.INVITATIONS_CLOSE)
        if any(one.reaches(person, now) for one in waiting):
            found.append(Consequence.NO_NAME)
        return found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Remove their ties, and put another id in their place in each invitation. All have closed by now.

        One to them looks to its inviter like any other that waits. One that they made stays closed for as
        long as any other: if it were gone, an old button would tell that they didn't just take it back.
        """
        for tie in await store.ties_of(tx, person, None, None):
            await self._moves.remove(tx, tie, now)
        for one in await store.invitations_of(tx, person, None, None):
            await self._moves.unname(tx, one, person, now)
