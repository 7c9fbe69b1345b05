"""What becomes of ties and invitations when people part, leave or say their age, and when a server goes."""

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
    """Keeps pods true to who is there, and to who may meet."""

    def __init__(self, context: SliceContext, boundaries: Boundaries) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._boundaries = boundaries

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """What waits between the two reaches nobody any more; to whoever made it, it waits still."""
        for invitation in await store.invitations_of(tx, event.owner, event.other, None):
            if invitation.state is InvitationState.OPEN:
                await store.keep(tx, replace(invitation, held=True))

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Every tie between them ends; whoever is left is told, and whoever parted never is."""
        one = event.person
        # About somebody who is gone nothing is delivered: what tells of their going names nobody.
        named = None if event.other is None else one
        told: set[tuple[PersonId, ServerId]] = set()
        for tie in await store.ties_of(tx, one, event.other, event.server):
            await store.end_tie(tx, tie.id)
            await self._outbox.close(tx, tie.id, event.at)
            other = tie.member if tie.owner == one else tie.owner
            if named is not None and await self._boundaries.holds(tx, other, one):
                continue  # They have parted as well.
            # Of each, as if one after the other had been ended; of who has left, once.
            if named is not None or (other, tie.server) not in told:
                told.add((other, tie.server))
                await self._outbox.tell(tx, other, ENDED, tie.id, event.at, other=named, server=tie.server)
        await self._withdraw(tx, one, await store.invitations_of(tx, one, event.other, event.server))

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """They invite nobody any more, and no invitation waits for them."""
        await self._withdraw(tx, event.person, await store.invitations_of(tx, event.person, None, None))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every tie and invitation there."""
        gone = await store.forget_server(tx, event.server)
        for kind in (LAPSE, FORGET):
            await self._agenda.drop(tx, kind, *gone)

    async def _withdraw(self, tx: Tx, one: PersonId, invitations: Iterable[Invitation]) -> None:
        for invitation in invitations:
            await self._agenda.drop(tx, LAPSE, invitation.id)
            if invitation.state is InvitationState.ACCEPTED:
                continue  # It became the tie: taking it for an open one would show it as never answered.
            mine = invitation.owner == one
            await store.keep(tx, invitation.taken_back(one) if mine else invitation.closed())
