"""What comes due for pods. The subject of both is the invitation."""

from collections.abc import Sequence
from datetime import datetime

from bot.pods import store
from bot.pods.models import InvitationState
from bot.storage.tx import Tx

LAPSE = "pods.lapse"
FORGET = "pods.forget"


class PodTimers:
    """What happens when each is due."""

    async def lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """An invitation that nobody answered waits no more."""
        for id in subjects:
            invitation = await store.invitation(tx, id)
            if (
                invitation is not None
                and invitation.state is InvitationState.OPEN
                and invitation.lapses_at <= now
            ):
                await store.keep(tx, invitation.closed())

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Nothing depends on the invitation any more."""
        for id in subjects:
            invitation = await store.invitation(tx, id)
            if invitation is not None and invitation.forgotten_at <= now:
                await store.forget(tx, id)
