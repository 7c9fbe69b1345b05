"""Changes of ties and invitations that presses, timers and events share."""

from datetime import datetime

from bot.events import TieEnded
from bot.ids import PersonId, new_id
from bot.pods import store
from bot.pods.models import AGAIN_AFTER, Invitation, InvitationState, Tie
from bot.pods.notifications import JOINED
from bot.pods.timers import PART
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PodMoves:
    """Ends ties inside a transaction of the caller. Nobody is told: the name is gone from both lists."""

    def __init__(self, context: SliceContext, quotas: Quotas) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._events = context.events
        self._quotas = quotas

    async def end(self, tx: Tx, tie: Tie, now: datetime) -> None:
        """End a tie, and with it the asks that wait for its member."""
        await self.remove(tx, tie, now)
        await self._events.publish(tx, TieEnded(now, tie.owner, tie.member, tie.server))

    async def end_by_member(self, tx: Tx, tie: Tie, now: datetime) -> None:
        """End a tie for its member. A yes that the owner was not told of then looks like no answer."""
        await self.unsay(tx, tie)
        await self.end(tx, tie, now)

    async def remove(self, tx: Tx, tie: Tie, now: datetime) -> None:
        """Delete a tie with its timer and its messages."""
        await store.end_tie(tx, tie.id)
        await self._outbox.close(tx, tie.id, now)
        await self._agenda.drop(tx, PART, tie.id)

    async def unsaid(self, tx: Tx, tie: Tie) -> bool:
        """Whether the owner was not told yet of the member's yes."""
        return await self._outbox.untold(tx, tie.owner, (JOINED,), tie.id)

    async def unsay(self, tx: Tx, tie: Tie) -> None:
        """Let the invitation look unanswered to its inviter if they were not told of the yes.

        Call it before the message about the yes is closed. This is the same whether the member leaves or sets
        a boundary, so somebody who has seen the tie in their /pod can't tell which of them it was.
        """
        if not await self.unsaid(tx, tie):
            return
        invitation = await store.invited(tx, tie.owner, tie.member, tie.server)
        if invitation is not None and invitation.state is InvitationState.ACCEPTED:
            await store.keep(tx, invitation.closed())

    async def unname(self, tx: Tx, invitation: Invitation, person: PersonId, now: datetime) -> None:
        """Put another id in this person's place, whether they invited or were invited. It has closed by now.

        It is kept as long as any other, and nobody can be invited again any sooner.
        """
        again = invitation.made_at + AGAIN_AFTER
        await self._quotas.rest(tx, Start.INVITATION, invitation.owner, invitation.member, now, again)
        await store.unname(tx, invitation.id, person, PersonId(new_id()))
