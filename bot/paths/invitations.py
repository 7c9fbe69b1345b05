"""Invitations to accompany a path. As with pods, an inviter learns only of a yes."""

from datetime import datetime

from msgspec import Struct

from bot.boundaries.models import parting_time
from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.paths import companion_store, invitation_store, notifications, store, timers
from bot.paths.errors import (
    AccompaniesAlready,
    AlreadyCompanion,
    CompanionsFull,
    InvitationClosed,
    MemberTooShort,
    OwnBoundary,
    Yourself,
)
from bot.paths.models import COMPANIONS_AT_MOST, MEMBER_FOR, TERM, Companion, Path
from bot.paths.moves import PathMoves
from bot.paths.queries import PathQueries
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.pods.models import AGAIN_AFTER, LAPSES_AFTER, Invitation, InvitationState, Sent
from bot.reports.models import Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Offered(Struct, frozen=True):
    """An invitation as the person sees it who was invited, with the inviter's name.

    ended_at: when an earlier path of the inviter's with companions closed there; None if there was none.
    """

    invitation: Invitation
    name: str
    ended_at: datetime | None = None


class PathInvitations:
    """Sends and takes back invitations, and accepts or declines them."""

    def __init__(
        self,
        context: SliceContext,
        queries: PathQueries,
        moves: PathMoves,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts

    # -- inviting -------------------------------------------------------------------------------

    @writes
    async def invite(self, tx: Tx, by: PersonId, id: str, user: DiscordUser, now: datetime) -> Sent:
        """Invite an account. They find it in their /inbox and get no message. A second time looks the same.

        Raises Yourself, OwnBoundary, AlreadyCompanion, CompanionsFull, Barred or StartedTooMuch.
        """
        path = await self._queries.own(tx, by, id)
        await self._servers.require_adult(tx, by, path.server)
        await self._starts.require_free(tx, path.server, by)
        member = await self._people.someone(tx, user, now)
        if member == by:
            raise Yourself
        if await self._boundaries.has(tx, by, member):
            raise OwnBoundary
        if member in await self._beside(tx, id):
            raise AlreadyCompanion
        known = await invitation_store.invited(tx, by, member, path.server)
        if known is None or known.shown(now) is None:
            await self._require_room(tx, path, now)
            await self._starts.begin(tx, Start.COMPANION, by, path.server, [member], now)
        withheld = await self._apart(tx, path, member)
        if known is None and await self._starts.quotas.rests(tx, Start.COMPANION, by, member, now):
            withheld = True
        withheld = withheld or await self._invited_elsewhere(tx, path, member, now)
        until = now + LAPSES_AFTER
        fresh = Invitation(new_id(), path.server, by, member, now, until, withheld=withheld)
        sent = await self._send(tx, known, fresh, now)
        return Sent(sent.id, member, until)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str) -> Invitation:
        """Take back an invitation. Return it as it was before."""
        before = await self._invitation(tx, id)
        await invitation_store.keep(tx, before.taken_back(by))
        await self._agenda.clear(tx, id, (timers.LAPSE, timers.PART))
        return before

    # -- answering ------------------------------------------------------------------------------

    @reads
    async def look_at(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Offered:
        """Return an invitation that waits for them. Raises InvitationClosed or NotYours."""
        return await self._offered(tx, by, await self._waiting(tx, by, id, now))

    @reads
    async def received(self, tx: Tx, by: PersonId, id: str) -> Invitation:
        """Return an invitation to them, whatever state it is in."""
        invitation = await self._invitation(tx, id)
        if invitation.member != by:
            raise NotYours
        return invitation

    @writes
    async def accept(
        self, tx: Tx, by: PersonId, id: str, joined_at: datetime | None, now: datetime
    ) -> Companion:
        """Agree to accompany the path for six months. A second time returns the same place.

        joined_at: since when they have been a member of the server; None if nobody can say.
        Raises AccompaniesAlready, MemberTooShort, InvitationClosed or WithoutAdultRole.
        """
        done = await self._invitation(tx, id)
        mine = await companion_store.of_person(tx, by)
        if done.member == by and done.state is InvitationState.ACCEPTED and mine is not None:
            return mine
        invitation = await self._waiting(tx, by, id, now)
        await self._servers.require_adult(tx, by, invitation.server)
        if mine is not None:
            raise AccompaniesAlready
        if joined_at is not None and now < joined_at + MEMBER_FOR:
            raise MemberTooShort(joined_at + MEMBER_FOR)
        path = await self._open(tx, invitation)
        if await self._apart(tx, path, by):
            raise InvitationClosed
        companion = Companion(new_id(), path.id, path.server, by, now, now + TERM)
        await companion_store.add(tx, companion)
        await invitation_store.keep(tx, invitation.accepted())
        await self._agenda.drop(tx, timers.LAPSE, id)
        await self._agenda.put(tx, timers.TERM, companion.id, companion.term_at)
        await self._outbox.tell(
            tx, path.owner, notifications.JOINED, companion.id, now, other=by, server=path.server
        )
        await self._moves.releasing.ask_newcomer(tx, path, companion, now)
        await self._part_later(tx, path, companion, now)
        await self._moves.joined(tx, path, now)
        return companion

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

    @reads
    async def waiting(self, tx: Tx, person: PersonId, now: datetime) -> list[Offered]:
        """Return the invitations that wait for them, in every server; none if they are under 18."""
        if (await self._people.get(tx, person)).minor:
            return []
        found = []
        for one in await invitation_store.received(tx, person):
            try:
                found.append(await self._offered(tx, person, await self._waiting(tx, person, one.id, now)))
            except InvitationClosed:
                continue
        return found

    # -- inside ---------------------------------------------------------------------------------

    async def _offered(self, tx: Tx, by: PersonId, one: Invitation) -> Offered:
        names = await self._people.labels(tx, by, one.server, {one.owner: None})
        return Offered(one, names.get(one.owner, ""), await store.ended_before(tx, one.owner, one.server))

    async def _beside(self, tx: Tx, path: str) -> list[PersonId]:
        return [one.person for one in await companion_store.of(tx, path)]

    async def _apart(self, tx: Tx, path: Path, member: PersonId) -> bool:
        """Whether a boundary stands between them and anybody whom they would meet on this path."""
        concerned = [path.owner, *await self._beside(tx, path.id)]
        return any(
            meet.withheld for meet in (await self._boundaries.may_meet_each(tx, member, concerned)).values()
        )

    async def _invited_elsewhere(self, tx: Tx, path: Path, member: PersonId, now: datetime) -> bool:
        """Whether an invitation in another server has reached them lately: they are asked by account."""
        return any(
            one.owner == path.owner and one.server != path.server and now < one.made_at + AGAIN_AFTER
            for one in await invitation_store.of(tx, path.owner, member)
        )

    async def _part_later(self, tx: Tx, path: Path, companion: Companion, now: datetime) -> None:
        """Let invitations end at a random time that a boundary with a new companion keeps from a yes."""
        open_ones = {
            one.member: one.id
            for one in await invitation_store.sent(tx, path.owner, path.server)
            if one.reaches(one.member, now)
        }
        meets = await self._boundaries.may_meet_each(tx, companion.person, list(open_ones))
        apart = [open_ones[member] for member, meet in meets.items() if meet.withheld]
        await self._agenda.put_all(tx, timers.PART, {id: parting_time(now) for id in apart})

    async def _require_room(self, tx: Tx, path: Path, now: datetime) -> None:
        # Counted as the inviter sees them, because the limit would otherwise reveal what became of one.
        sent = await invitation_store.sent(tx, path.owner, path.server)
        waiting = sum(one.shown(now) is not None for one in sent)
        if len(await self._beside(tx, path.id)) + waiting >= COMPANIONS_AT_MOST:
            raise CompanionsFull(COMPANIONS_AT_MOST)

    async def _send(self, tx: Tx, known: Invitation | None, fresh: Invitation, now: datetime) -> Invitation:
        made = fresh if known is None else known.again(now, fresh.withheld)
        await invitation_store.keep(tx, made)
        if made.state is InvitationState.OPEN:
            await self._agenda.put(tx, timers.LAPSE, made.id, made.lapses_at)
        await self._agenda.put(tx, timers.INVITATION_GOES, made.id, made.forgotten_at)
        return made

    async def _invitation(self, tx: Tx, id: str) -> Invitation:
        found = await invitation_store.get(tx, id)
        if found is None:
            raise NotYours
        return found

    async def _open(self, tx: Tx, invitation: Invitation) -> Path:
        path = await store.open_of(tx, invitation.owner, invitation.server)
        if path is None or len(await self._beside(tx, path.id)) >= COMPANIONS_AT_MOST:
            raise InvitationClosed
        return path

    async def _waiting(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invitation:
        """Return the invitation if it waits for them.

        One that was shown before a boundary with a companion goes at a random time. Until then it is still
        shown, and can't be accepted.
        """
        invitation = await self._invitation(tx, id)
        if invitation.member != by:
            raise NotYours
        path = await store.open_of(tx, invitation.owner, invitation.server)
        closed = (await self._servers.get(tx, invitation.server)).minors
        if path is None or closed or not invitation.reaches(by, now):
            raise InvitationClosed
        return invitation

    async def _close(self, tx: Tx, invitation: Invitation) -> None:
        await invitation_store.keep(tx, invitation.closed())
        await self._agenda.drop(tx, timers.LAPSE, invitation.id)
