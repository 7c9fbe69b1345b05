"""What happens to ties and invitations when people part, leave or are under 18, or a server is forgotten."""

from collections.abc import Iterable
from dataclasses import replace

from bot.boundaries.service import Boundaries
from bot.events import BoundarySet, PersonParted, PersonUnderEighteen, ServerForgotten
from bot.ids import PersonId, ServerId
from bot.pods import store
from bot.pods.models import Invitation, InvitationState
from bot.pods.notifications import ENDED
from bot.pods.timers import FORGET, LAPSE
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PodLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, boundaries: Boundaries) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._boundaries = boundaries

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold the invitations between the two. To the inviter they still look open."""
        for invitation in await store.invitations_of(tx, event.owner, event.other, None):
            if invitation.state is InvitationState.OPEN:
                await store.keep(tx, replace(invitation, withheld=True))

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """End every tie between them. Tell the other person of each, and not the person who parted."""
        one = event.person
        # A message about somebody who left would not be delivered, so a message that they left names nobody.
        named = None if event.other is None else one
        informed: set[tuple[PersonId, ServerId]] = set()
        for tie in await store.ties_of(tx, one, event.other, event.server):
            await store.end_tie(tx, tie.id)
            await self._outbox.close(tx, tie.id, event.at)
            other = tie.member if tie.owner == one else tie.owner
            if named is not None and await self._boundaries.has(tx, other, one):
                continue  # The other person set a boundary too, so they aren't told.
            # After a parting there is one message for each tie. After leaving there is one for each server.
            if named is not None or (other, tie.server) not in informed:
                informed.add((other, tie.server))
                await self._outbox.tell(tx, other, ENDED, tie.id, event.at, other=named, server=tie.server)
        await self._withdraw(tx, one, await store.invitations_of(tx, one, event.other, event.server))

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Withdraw the invitations that they made and those made to them."""
        await self._withdraw(tx, event.person, await store.invitations_of(tx, event.person, None, None))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every tie and invitation of the server."""
        gone = await store.forget_server(tx, event.server)
        for kind in (LAPSE, FORGET):
            await self._agenda.drop(tx, kind, *gone)

    async def _withdraw(self, tx: Tx, one: PersonId, invitations: Iterable[Invitation]) -> None:
        for invitation in invitations:
            await self._agenda.drop(tx, LAPSE, invitation.id)
            if invitation.state is InvitationState.ACCEPTED:
                continue  # It stays accepted. Otherwise it would look unanswered.
            mine = invitation.owner == one
            await store.keep(tx, invitation.taken_back(one) if mine else invitation.closed())
