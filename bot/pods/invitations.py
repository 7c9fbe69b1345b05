"""Invitations to a pod. An inviter learns only of a yes; any other outcome looks like no answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.errors import NotYours, Refusal
from bot.ids import PersonId, ServerId, new_id
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.pods import store
from bot.pods.errors import AlreadyThere, InvitationClosed, OwnBoundary, PodFull, Yourself
from bot.pods.models import LAPSES_AFTER, MEMBERS_AT_MOST, Invitation, InvitationState, Sent, SentAll, Tie
from bot.pods.notifications import JOINED
from bot.pods.timers import FORGET, LAPSE, PART
from bot.reports.errors import StartedTooMuch
from bot.reports.models import Passage, PassageKind, Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Invitations:
    """Sends and takes back invitations, and accepts or declines them."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts

    # -- inviting -------------------------------------------------------------------------------

    @writes
    async def invite(self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, now: datetime) -> Sent:
        """Invite an account. They see it in their /pod and get no message.

        A second invitation looks the same. Raises Barred or StartedTooMuch, among others.
        """
        await self._servers.require_adult(tx, by, server)
        await self._starts.require_free(tx, server, by)
        return await self._invite(tx, by, server, user, now)

    @writes
    async def invite_all(
        self, tx: Tx, by: PersonId, server: ServerId, users: Sequence[DiscordUser], now: datetime
    ) -> SentAll:
        """Invite several accounts. Each invitation is its own: if one is refused, the others are sent."""
        await self._servers.require_adult(tx, by, server)
        await self._starts.require_free(tx, server, by)
        sent: list[Sent] = []
        refused: list[tuple[DiscordUser, Refusal]] = []
        for user in users:
            try:
                sent.append(await self._invite(tx, by, server, user, now))
            except (Yourself, OwnBoundary, AlreadyThere, PodFull, StartedTooMuch) as refusal:
                refused.append((user, refusal))
        return SentAll(tuple(sent), tuple(refused))

    async def _invite(self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, now: datetime) -> Sent:
        member = await self._people.someone(tx, user, now)
        if member == by:
            raise Yourself
        if await self._boundaries.has(tx, by, member):
            raise OwnBoundary
        if await store.between(tx, by, member, server) is not None:
            raise AlreadyThere
        known = await store.invited(tx, by, member, server)
        if known is None or known.shown(now) is None:
            await self._require_room(tx, by, server, now)
            await self._starts.begin(tx, Start.INVITATION, by, server, [member], now)
        withheld = (await self._boundaries.may_meet(tx, by, member)).withheld
        if known is None and await self._starts.quotas.rests(tx, Start.INVITATION, by, member, now):
            withheld = True
        until = now + LAPSES_AFTER
        fresh = Invitation(new_id(), server, by, member, now, until, withheld=withheld)
        sent = await self._send(tx, known, fresh, now)
        return Sent(sent.id, member, until)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str) -> Invitation:
        """Take back an invitation. Return it as it was before."""
        before = await self._invitation(tx, id)
        await store.keep(tx, before.taken_back(by))
        await self._agenda.clear(tx, id, (LAPSE, PART))
        return before

    # -- answering an invitation ----------------------------------------------------------------

    @reads
    async def look_at(self, tx: Tx, by: PersonId, id: str, now: datetime) -> tuple[Invitation, str]:
        """Return an invitation that waits for them, and its inviter's name (empty if there is none)."""
        invitation = await self._waiting(tx, by, id, now)
        names = await self._people.labels(tx, by, invitation.server, {invitation.owner: None})
        return invitation, names.get(invitation.owner, "")

    @reads
    async def received(self, tx: Tx, by: PersonId, id: str) -> Invitation:
        """Return an invitation to them, whatever state it is in."""
        invitation = await self._invitation(tx, id)
        if invitation.member != by:
            raise NotYours
        return invitation

    @writes
    async def accept(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Tie:
        """Agree to be asked, and tell the inviter. A second time returns the same tie."""
        done = await self._invitation(tx, id)
        if done.member == by and done.state is InvitationState.ACCEPTED:
            tie = await store.between(tx, done.owner, by, done.server)
            if tie is not None:
                return tie
        invitation = await self._waiting(tx, by, id, now)
        await self._servers.require_adult(tx, by, invitation.server)
        tie = Tie(new_id(), invitation.server, invitation.owner, by, now)
        await store.keep(tx, invitation.accepted())
        await store.add_tie(tx, tie)
        await self._agenda.drop(tx, LAPSE, id)
        await self._outbox.tell(tx, tie.owner, JOINED, tie.id, now, other=by, server=tie.server)
        return tie

    @writes
    async def decline(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invitation:
        """Decline. To the inviter it looks like no answer."""
        invitation = await self._waiting(tx, by, id, now)
        await self._close(tx, invitation)
        return invitation

    @writes
    async def refuse_for_good(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invitation:
        """Decline, and set a boundary with the inviter."""
        invitation = await self._waiting(tx, by, id, now)
        await self._boundaries.keep_apart(tx, by, invitation.owner, now)
        await self._close(tx, invitation)
        return invitation

    # -- in the caller's transaction ------------------------------------------------------------

    async def waiting_for(self, tx: Tx, person: PersonId, now: datetime) -> list[Invitation]:
        """Return the invitations that wait for this person's answer, in every server."""
        return [
            one
            for one in await store.received(tx, person)
            if one.reaches(person, now)
            and not (await self._boundaries.may_meet(tx, one.owner, person)).withheld
        ]

    async def sent_by(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> list[Sent]:
        """Return the people in a server whom this person invited and who seem to have given no answer yet."""
        shown = [one.shown(now) for one in await store.sent(tx, owner, server)]
        return [one for one in shown if one is not None]

    async def passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return an invitation, for a report by the person who was invited; otherwise None.

        Only somebody who has seen it knows its id, so it doesn't matter whether it is still shown.
        """
        found = await store.invitation(tx, id)
        if found is None or found.member != by:
            return None
        return Passage(PassageKind.INVITATION, id, found.server, found.owner, found.made_at)

    # -- inside ---------------------------------------------------------------------------------

    async def _require_room(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> None:
        # Counted as the inviter sees them, because the limit would otherwise reveal what became of an
        # invitation.
        waiting = await self.sent_by(tx, owner, server, now)
        if len(await store.members(tx, owner, server)) + len(waiting) >= MEMBERS_AT_MOST:
            raise PodFull(MEMBERS_AT_MOST)

    async def _send(self, tx: Tx, known: Invitation | None, fresh: Invitation, now: datetime) -> Invitation:
        made = fresh if known is None else known.again(now, fresh.withheld)
        await store.keep(tx, made)
        if made.state is InvitationState.OPEN:
            await self._agenda.put(tx, LAPSE, made.id, made.lapses_at)
        await self._agenda.put(tx, FORGET, made.id, made.forgotten_at)
        return made

    async def _invitation(self, tx: Tx, id: str) -> Invitation:
        found = await store.invitation(tx, id)
        if found is None:
            raise NotYours
        return found

    async def _waiting(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invitation:
        """Return the invitation if it waits for them. Under a boundary it looks as if it had lapsed."""
        invitation = await self._invitation(tx, id)
        if invitation.member != by:
            raise NotYours
        apart = await self._boundaries.may_meet(tx, invitation.owner, by)
        if apart.withheld or not invitation.reaches(by, now):
            raise InvitationClosed
        return invitation

    async def _close(self, tx: Tx, invitation: Invitation) -> None:
        await store.keep(tx, invitation.closed())
        await self._agenda.drop(tx, LAPSE, invitation.id)
