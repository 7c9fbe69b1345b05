"""What happens to ties and invitations when people part, leave or are under 18, or a server is forgotten."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.boundaries.models import parting_time
from bot.events import BoundarySet, PersonParted, PersonUnderEighteen, ServerForgotten
from bot.ids import PersonId
from bot.pods import store
from bot.pods.models import Invitation, InvitationState
from bot.pods.moves import PodMoves
from bot.pods.timers import FORGET, LAPSE, PART
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PodLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: PodMoves) -> None:
        self._agenda = context.agenda
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold the invitations between the two, and let each of their ties end at its own random time.

        To the inviter an invitation still looks open. Those of the person who set the boundary are taken back
        at a random time too. A yes of the owner's of which the other person was not told is taken back at
        once, as by leaving: a name in a pod about which no message ever came would reveal the boundary.
        """
        ends = []
        for tie in await store.ties_of(tx, event.owner, event.other, None):
            if tie.member == event.owner and await self._moves.unsaid(tx, tie):
                await self._moves.end_by_member(tx, tie, event.at)
            elif not event.already:
                ends.append(tie.id)
        for invitation in await store.invitations_of(tx, event.owner, event.other, None):
            if invitation.state is InvitationState.OPEN:
                await store.keep(tx, replace(invitation, withheld=True))
            if invitation.state is not InvitationState.ACCEPTED and invitation.owner == event.owner:
                ends.append(invitation.id)
        await self._agenda.put_all(tx, PART, {id: parting_time(event.at) for id in ends})

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """End every tie of theirs, and tell nobody.

        An invitation to them names nobody from then on, as after an erasing: somebody who comes back and is
        invited again is somebody new to the inviter either way. One of theirs can still be reported.
        """
        one = event.person
        for tie in await store.ties_of(tx, one, None, event.server):
            if tie.member == one:
                await self._moves.unsay(tx, tie)
            await self._moves.remove(tx, tie, event.at)
        invitations = await store.invitations_of(tx, one, None, event.server)
        await self._withdraw(tx, one, invitations)
        for invitation in invitations:
            if invitation.member == one:
                await self._moves.unname(tx, invitation, one, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Withdraw the invitations that they made and those made to them."""
        await self._withdraw(tx, event.person, await store.invitations_of(tx, event.person, None, None))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every tie and invitation of the server."""
        gone = await store.forget_server(tx, event.server)
        for kind in (LAPSE, FORGET, PART):
            await self._agenda.drop(tx, kind, *gone)

    async def _withdraw(self, tx: Tx, one: PersonId, invitations: Iterable[Invitation]) -> None:
        for invitation in invitations:
            await self._agenda.clear(tx, invitation.id, (LAPSE, PART))
            if invitation.state is InvitationState.ACCEPTED:
                continue  # It stays accepted. Otherwise it would look unanswered.
            mine = invitation.owner == one
            await store.keep(tx, invitation.taken_back(one) if mine else invitation.closed())
