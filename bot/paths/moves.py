"""Changes of paths that presses, timers and events share, each with its timers and messages."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId, new_id
from bot.paths import (
    answer_store,
    commitment_store,
    companion_store,
    due_times,
    invitation_store,
    notifications,
    request_store,
    store,
    timers,
    vote_store,
)
from bot.paths.commitment import Commitment
from bot.paths.models import COMPANIONS_AT_LEAST, DESTROYED_AFTER, WAITS_FOR, Companion, Path, Step
from bot.paths.releasing import Releasing
from bot.paths.request import Request
from bot.paths.schedule import ASKED_AFTER
from bot.paths.sealed import SealedPaths
from bot.paths.vote import ON
from bot.people.service import People
from bot.plans.models import own_source
from bot.plans.service import Plans
from bot.pods.models import AGAIN_AFTER, Invitation, InvitationState
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

_A_MONTH = 30
"""In how many days, at most, a plan is asked about that was a commitment."""


class PathMoves:
    """Moves paths between their steps, ends companions' places, and closes paths."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPaths,
        boundaries: Boundaries,
        plans: Plans,
        quotas: Quotas,
        people: People,
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._plans = plans
        self._quotas = quotas
        self._people = people
        self.releasing = Releasing(context, sealed, boundaries, people)

    # -- steps and meetings ---------------------------------------------------------------------

    async def step_to(self, tx: Tx, path: Path, step: Step, by: PersonId | None, now: datetime) -> Path:
        """Go to another step. Everybody but `by` is told that something changed, and not who did it."""
        await self._nothing_about_moving(tx, path, now)
        moved = await self.meet_next(tx, path.at(step, now), now)
        await self.releasing.ask_about_those_due(tx, moved, now)
        await self.tell(tx, moved, now, but=by)
        return moved

    async def meet_next(self, tx: Tx, path: Path, now: datetime) -> Path:
        """Store the path, with its next meeting on the agenda, or none.

        A meeting that has begun stays the next one until everybody was asked about it.
        """
        begun = path.next_at is not None and path.next_at <= now and not path.waits
        next_at = path.next_at if begun else due_times.after(path, now)
        moved = await store.keep(tx, replace(path, next_at=next_at))
        if moved.next_at is None:
            await self._agenda.drop(tx, timers.MEET, path.id)
        else:
            await self._agenda.put(tx, timers.MEET, path.id, moved.next_at + ASKED_AFTER)
        return moved

    async def ask_to_go_on(self, tx: Tx, path: Path, now: datetime) -> None:
        """Ask the companions whether the path should go on."""
        companions = await companion_store.of(tx, path.id)
        people = await self._people.these(tx, [one.person for one in companions])
        for one in companions:
            # Nothing new is asked of somebody who rests, nor of somebody whose place ends with a boundary.
            if one.hushed_at is None and not people[one.person].resting(now):
                await self._outbox.tell(
                    tx, one.person, notifications.READY, path.id, now, server=path.server, question=True
                )

    async def tell(self, tx: Tx, path: Path, now: datetime, *, but: PersonId | None) -> None:
        """Tell everybody on the path that something has changed. The message names nobody."""
        for person in (path.owner, *(one.person for one in await companion_store.of(tx, path.id))):
            if person != but:
                await self._outbox.tell(tx, person, notifications.CHANGED, path.id, now, server=path.server)

    async def may_ask(self, tx: Tx, by: PersonId, now: datetime) -> bool:
        """Count that `by` says something on which the companions are asked, and return whether they may be.

        What can be taken back can be said again, and nobody must be written to each time.
        """
        return await self._quotas.counts(tx, Start.WORD, by, [], now)

    # -- companions -----------------------------------------------------------------------------

    async def joined(self, tx: Tx, path: Path, now: datetime) -> Path:
        """Let a path go on that waited, if there are enough companions again."""
        if not path.waits or len(await companion_store.of(tx, path.id)) < COMPANIONS_AT_LEAST:
            return path
        await self._agenda.drop(tx, timers.WAITS, path.id)
        return await self.meet_next(tx, replace(path, waits_until=None), now)

    async def leave(self, tx: Tx, companion: Companion, now: datetime, *, tells_them: bool) -> None:
        """End somebody's place beside a path. The others see that, and nobody is told why.

        tells_them: they read the same as when the path closes, whatever it was that ended it for them.
        A yes of which the person wasn't told looks never given, however the place ends.

        What the companions said of moving on, and of requests that wait, is asked of those who stay once
        more: otherwise the person could take somebody off who says "Not yet", and nothing would be left of
        it. It is so whatever ended the place, since the others must not learn that.
        """
        path = await store.get(tx, companion.path)
        unsaid = path is not None and await self._unsay(tx, path, companion)
        await self._end_place(tx, companion, now)
        if tells_them:
            await self._tell_closed(tx, companion.path, companion.person, companion.server, now)
        if path is None or not path.open:
            return
        if path.begun_at is not None and not path.waits and await self._too_few(tx, path):
            path = await self._wait(tx, path, now)
        for request, _ in await request_store.of(tx, path.id):
            if request.withheld and request.by == companion.person:
                # The companions read that it has reached the person, and nobody would ever say otherwise.
                await self.hand_back(tx, path, request, now, but=companion.person)
        await self.releasing.ask_anew(tx, path, now)
        await vote_store.remove(tx, path.id, about=[ON])
        if path.ready_at is not None:
            await self.ask_to_go_on(tx, path, now)
        if not unsaid:
            await self.tell(tx, path, now, but=companion.person)

    async def unname(self, tx: Tx, invitation: Invitation, person: PersonId, now: datetime) -> None:
        """Put another id in this person's place in an invitation that has closed.

        Nobody can be invited again any sooner.
        """
        again = invitation.made_at + AGAIN_AFTER
        await self._quotas.rest(tx, Start.COMPANION, invitation.owner, invitation.member, now, again)
        await invitation_store.unname(tx, invitation.id, person, PersonId(new_id()))

    async def unsaid(self, tx: Tx, path: Path, companion: Companion) -> bool:
        """Whether the person on the path wasn't told yet of this companion's yes."""
        return await self._outbox.untold(tx, path.owner, (notifications.JOINED,), companion.id)

    # -- the end --------------------------------------------------------------------------------

    async def close(
        self, tx: Tx, path: Path, now: datetime, *, tell_owner: bool, plans: bool = False
    ) -> Path:
        """Close the path. Its companions are told so; its texts are destroyed 30 days later.

        plans: what the person stays away from goes on as plans of their own. Distance that was asked of them
        doesn't: it is nothing that they chose, and nothing to be asked about.
        """
        whom = [one.person for one in await companion_store.of(tx, path.id)]
        if tell_owner:
            whom.append(path.owner)
        await self._end_all(tx, path, now)
        closed = await store.keep(tx, path.closed(now))
        if plans:
            await self._make_plans(tx, closed, now)
        await self._agenda.put(tx, timers.DESTROY, path.id, now + DESTROYED_AFTER)
        for person in whom:
            await self._tell_closed(tx, path.id, person, path.server, now)
        return closed

    async def destroy_texts(self, tx: Tx, path: Path) -> None:
        """Destroy every sentence of a path that has closed."""
        for commitment, _ in await commitment_store.of(tx, path.id):
            await self._sealed.forget_commitment(tx, commitment)
            await commitment_store.remove(tx, commitment.id)
        for request, _ in await request_store.of(tx, path.id):
            await self._remove_request(tx, request.id)

    async def remove(self, tx: Tx, path: Path, now: datetime) -> None:
        """Delete a path with its rows, keys and timers, and every message about it but that it closed."""
        await self._end_all(tx, path, now)
        await self.destroy_texts(tx, path)
        await self._agenda.clear(tx, path.id, (timers.DESTROY, timers.FORGET))
        await self._outbox.close(tx, path.id, now, person=path.owner)
        await store.remove(tx, path.id)

    async def remove_commitment(self, tx: Tx, commitment: Commitment, now: datetime) -> None:
        """Delete a commitment with its key, its timer and its messages."""
        await self._agenda.drop(tx, timers.LOOK, commitment.id)
        await self._outbox.close(tx, commitment.id, now)
        await self._sealed.forget_commitment(tx, commitment)
        await commitment_store.remove(tx, commitment.id)

    async def remove_request(self, tx: Tx, path: str, id: str, now: datetime) -> None:
        """Delete a request with its key, its votes and its messages."""
        await self._outbox.close(tx, id, now)
        await vote_store.remove(tx, path, about=[id])
        await self._remove_request(tx, id)

    async def hand_back(
        self, tx: Tx, path: Path, request: Request, now: datetime, *, but: PersonId | None
    ) -> None:
        """Take a request off the path.

        The other companions are told that something changed, and the person too if it had reached them.
        """
        await self.remove_request(tx, path.id, request.id, now)
        whom = [one.person for one in await companion_store.of(tx, path.id) if one.person != but]
        if request.reached:
            whom.append(path.owner)
        for person in whom:
            await self._outbox.tell(tx, person, notifications.CHANGED, path.id, now, server=path.server)

    # -- inside ---------------------------------------------------------------------------------

    async def _nothing_about_moving(self, tx: Tx, path: Path, now: datetime) -> None:
        await vote_store.clear_steps(tx, [path.id])
        await self._outbox.close(tx, path.id, now, kinds=(notifications.READY,))

    async def _too_few(self, tx: Tx, path: Path) -> bool:
        return len(await companion_store.of(tx, path.id)) < COMPANIONS_AT_LEAST

    async def _wait(self, tx: Tx, path: Path, now: datetime) -> Path:
        """Wait for somebody who takes the place: no meetings and no moving on meanwhile."""
        await self._nothing_about_moving(tx, path, now)
        until = now + WAITS_FOR
        await self._agenda.put(tx, timers.WAITS, path.id, until)
        return await self.meet_next(tx, replace(path, waits_until=until, ready_at=None, closing=False), now)

    async def _unsay(self, tx: Tx, path: Path, companion: Companion) -> bool:
        """Let the invitation look unanswered if the person wasn't told of the yes; return whether so."""
        if not await self.unsaid(tx, path, companion):
            return False
        invitation = await invitation_store.invited(tx, path.owner, companion.person, path.server)
        if invitation is not None and invitation.state is InvitationState.ACCEPTED:
            await invitation_store.keep(tx, invitation.closed())
        return True

    async def _end_place(self, tx: Tx, companion: Companion, now: datetime) -> None:
        """Delete somebody's place, with what they said and were asked."""
        await self._agenda.clear(tx, companion.id, (timers.TERM, timers.PART))
        await self._outbox.close(tx, companion.id, now)
        await self._outbox.close(tx, companion.path, now, person=companion.person)
        await vote_store.remove(tx, companion.path, person=companion.person)
        for request, _ in await request_store.of(tx, companion.path):
            await self._outbox.close(tx, request.id, now, person=companion.person)
        asked = await answer_store.of_paths(tx, [companion.path])
        for answer in asked:
            theirs = answer.person == companion.person
            await self._outbox.close(tx, answer.id, now, person=None if theirs else companion.person)
        await answer_store.remove(tx, [one.id for one in asked if one.person == companion.person])
        await companion_store.remove(tx, companion.id)

    async def _end_all(self, tx: Tx, path: Path, now: datetime) -> None:
        """Drop all that waits: timers, messages, places, votes, and requests that didn't reach the person."""
        for companion in await companion_store.of(tx, path.id):
            await self._end_place(tx, companion, now)
        for commitment, _ in await commitment_store.of(tx, path.id):
            await self._agenda.drop(tx, timers.LOOK, commitment.id)
            await self._outbox.close(tx, commitment.id, now)
        for request, _ in await request_store.of(tx, path.id):
            await self._outbox.close(tx, request.id, now)
            if not request.reached:
                await self._remove_request(tx, request.id)
        asked = await answer_store.of_paths(tx, [path.id])
        for answer in asked:
            await self._outbox.close(tx, answer.id, now)
        await answer_store.remove(tx, [one.id for one in asked])
        await vote_store.remove(tx, path.id)
        if path.open:
            await self._take_back_invitations(tx, path)
            await self._outbox.close(tx, path.id, now)
        await self._agenda.clear(tx, path.id, (timers.MEET, timers.WAITS))

    async def _take_back_invitations(self, tx: Tx, path: Path) -> None:
        for invitation in await invitation_store.sent(tx, path.owner, path.server):
            await self._agenda.clear(tx, invitation.id, (timers.LAPSE, timers.PART))
            if invitation.state is not InvitationState.ACCEPTED:
                await invitation_store.keep(tx, invitation.taken_back(path.owner))

    async def _remove_request(self, tx: Tx, id: str) -> None:
        request = await request_store.get(tx, id)
        if request is not None:
            await self._sealed.forget_request(tx, request)
            await request_store.remove(tx, id)

    async def _make_plans(self, tx: Tx, path: Path, now: datetime) -> None:
        for commitment, sealed in await commitment_store.of(tx, path.id):
            text = await self._sealed.commitment(tx, commitment, sealed)
            days = _A_MONTH if commitment.look_at is None else (commitment.look_at - now).days
            day = min(max(days, 1), _A_MONTH)
            if text:
                await self._plans.make(tx, path.owner, own_source(), None, text, day, now)

    async def _tell_closed(
        self, tx: Tx, path: str, person: PersonId, server: ServerId, now: datetime
    ) -> None:
        await self._outbox.close(tx, path, now, person=person)
        await self._outbox.tell(tx, person, notifications.CLOSED, path, now, server=server)
