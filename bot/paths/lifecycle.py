"""What happens to paths when people part, leave or are under 18, or a server changes."""

from msgspec.structs import replace

from bot.boundaries.models import parting_time
from bot.events import BoundarySet, PersonParted, PersonUnderEighteen, ServerForgotten, ServerSetForMinors
from bot.ids import PersonId, ServerId
from bot.paths import companion_store, invitation_store, store, timers
from bot.paths.models import Companion
from bot.paths.moves import PathMoves
from bot.pods.models import Invitation, InvitationState
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PathLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: PathMoves) -> None:
        self._agenda = context.agenda
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold what is new between the two, and let each place end at its own random time.

        Between the person on a path and a companion, that is the companion's place; between two companions,
        the place of whoever set the boundary ends, as if they had left. A yes of which the person wasn't
        told ends at once.
        """
        ends = []
        for companion in await self._places(tx, event.owner, event.other):
            path = await store.get(tx, companion.path)
            if path is None:
                continue
            if companion.person == event.owner and await self._moves.unsaid(tx, path, companion):
                await self._moves.leave(tx, companion, event.at, tells_them=False)
                continue
            if path.owner in (event.owner, event.other):
                if companion.hushed_at is None:
                    await companion_store.keep(tx, replace(companion, hushed_at=event.at))
                ends.append(companion.id)
            elif companion.person == event.owner:
                ends.append(companion.id)
        ends += await self._withhold(tx, event)
        due = {id: parting_time(event.at) for id in ends if await self._due(tx, id) is None}
        await self._agenda.put_all(tx, timers.PART, due)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Close their path there, and end their place beside another's. They are not told.

        An invitation to them names nobody from then on, as after an erasing.
        """
        await self._end(tx, event.person, event.server, event)
        for invitation in await invitation_store.of(tx, event.person, None, event.server):
            if invitation.member == event.person:
                await self._moves.unname(tx, invitation, event.person, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Close their paths with all that they wrote, and end their place beside another's."""
        await self._end(tx, event.person, None, event)
        for path in await store.of_owner(tx, event.person):
            await self._moves.remove(tx, path, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """Close every path there. Everybody reads the same as at any other end."""
        for path in await store.in_server(tx, event.server):
            if path.open:
                await self._moves.close(tx, path, event.at, tell_owner=True)
            await self._moves.destroy_texts(tx, path)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every path and invitation of the server."""
        for path in await store.in_server(tx, event.server):
            await self._moves.remove(tx, path, event.at)
        gone = await invitation_store.forget_server(tx, event.server)
        for kind in (timers.LAPSE, timers.INVITATION_GOES, timers.PART):
            await self._agenda.drop(tx, kind, *gone)

    # -- inside ---------------------------------------------------------------------------------

    async def _places(self, tx: Tx, one: PersonId, other: PersonId) -> list[Companion]:
        """Return the places of these two beside a path that concerns both."""
        found = []
        for person, second in ((one, other), (other, one)):
            place = await companion_store.of_person(tx, person)
            if place is None:
                continue
            path = await store.get(tx, place.path)
            beside = [each.person for each in await companion_store.of(tx, place.path)]
            if path is not None and second in (path.owner, *beside):
                found.append(place)
        return found

    async def _withhold(self, tx: Tx, event: BoundarySet) -> list[str]:
        """Withhold invitations of one to the other; return those that end at a random time.

        One to a path that the other accompanies was shown before, and would also be shown if they left.
        """
        ends = []
        for invitation in await invitation_store.of(tx, event.owner, event.other):
            await self._hold(tx, invitation)
            if invitation.state is not InvitationState.ACCEPTED and invitation.owner == event.owner:
                ends.append(invitation.id)
        for member, beside in ((event.owner, event.other), (event.other, event.owner)):
            place = await companion_store.of_person(tx, beside)
            path = None if place is None else await store.get(tx, place.path)
            if path is not None:
                found = await invitation_store.invited(tx, path.owner, member, path.server)
                if found is not None and found.reaches(member, event.at):
                    ends.append(found.id)
        return ends

    async def _hold(self, tx: Tx, invitation: Invitation) -> None:
        if invitation.state is InvitationState.OPEN:
            await invitation_store.keep(tx, replace(invitation, withheld=True))

    async def _due(self, tx: Tx, id: str) -> object:
        return await self._agenda.due_at(tx, timers.PART, id)

    async def _end(
        self, tx: Tx, person: PersonId, server: ServerId | None, event: PersonParted | PersonUnderEighteen
    ) -> None:
        for path in await store.of_owner(tx, person, server):
            if path.open:
                await self._moves.close(tx, path, event.at, tell_owner=False)
        place = await companion_store.of_person(tx, person)
        if place is not None and server in (None, place.server):
            await self._moves.leave(tx, place, event.at, tells_them=False)
        for invitation in await invitation_store.of(tx, person, None, server):
            await self._agenda.clear(tx, invitation.id, (timers.LAPSE, timers.PART))
            if invitation.state is not InvitationState.ACCEPTED:
                mine = invitation.owner == person
                ended = invitation.taken_back(person) if mine else invitation.closed()
                await invitation_store.keep(tx, ended)
