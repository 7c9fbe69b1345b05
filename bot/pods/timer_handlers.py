"""What happens when the timers of pods are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.pods import store
from bot.pods.models import InvitationState
from bot.pods.moves import PodMoves
from bot.pods.timers import LAPSE
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PodTimers:
    """One handler for each kind of timer."""

    def __init__(self, context: SliceContext, moves: PodMoves, boundaries: Boundaries) -> None:
        self._agenda = context.agenda
        self._moves = moves
        self._boundaries = boundaries

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End ties between people with a boundary, each at its own random time. Nobody is told.

        It is as if one of them had left, so asks that were sent since then end with the tie.
        """
        for id in subjects:
            tie = await store.tie(tx, id)
            if tie is None:
                await self._take_back(tx, id)
            elif await self._boundaries.parted(tx, tie.owner, tie.member):
                await self._moves.end(tx, tie, now)

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close invitations that nobody answered."""
        for id in subjects:
            invitation = await store.invitation(tx, id)
            if (
                invitation is not None
                and invitation.state is InvitationState.OPEN
                and invitation.lapses_at <= now
            ):
                await store.keep(tx, invitation.closed())

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete invitations that are no longer needed."""
        for id in subjects:
            invitation = await store.invitation(tx, id)
            if invitation is not None and invitation.forgotten_at <= now:
                await store.forget(tx, id)

    # -- inside ---------------------------------------------------------------------------------

    async def _take_back(self, tx: Tx, id: str) -> None:
        """Take back an invitation whose inviter set a boundary. Nobody else could still see it."""
        invitation = await store.invitation(tx, id)
        if invitation is None or invitation.state is InvitationState.ACCEPTED:
            return
        if await self._boundaries.has(tx, invitation.owner, invitation.member):
            await store.keep(tx, invitation.taken_back(invitation.owner))
            await self._agenda.drop(tx, LAPSE, id)
