"""What happens when the timers of pods are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.pods import store
from bot.pods.models import InvitationState
from bot.storage.tx import Tx


class PodTimers:
    """One handler for each kind of timer."""

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
