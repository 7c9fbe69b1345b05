"""What happens when the timers of pods are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.pods import store
from bot.pods.models import InvitationState
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PodTimers:
    """One handler for each kind of timer."""

    def __init__(self, context: SliceContext, boundaries: Boundaries) -> None:
        self._outbox = context.outbox
        self._boundaries = boundaries

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End ties between people with a boundary, each at its own random time. Nobody is told."""
        for id in subjects:
            tie = await store.tie(tx, id)
            if tie is not None and await self._boundaries.parted(tx, tie.owner, tie.member):
                await store.end_tie(tx, id)
                await self._outbox.close(tx, id, now)

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
