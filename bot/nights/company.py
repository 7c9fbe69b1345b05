"""Who comes along: inviting somebody, answering, joining from the channel, and leaving."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.nights import member_store, store
from bot.nights.errors import InAnotherNight, InvitationClosed, NightFull, NightOver, OwnBoundary, Yourself
from bot.nights.models import PEOPLE_AT_MOST, Member, MemberState, Night
from bot.nights.moves import NightMoves
from bot.nights.posts import NightPosts
from bot.nights.queries import NightQueries, NightView, Offered
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.reports.models import Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Company:
    """Lets people into nights, and out of them. Whoever invites sees nothing of what becomes of it."""

    def __init__(
        self,
        context: SliceContext,
        moves: NightMoves,
        queries: NightQueries,
        posts: NightPosts,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._moves = moves
        self._queries = queries
        self._posts = posts
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts

    # -- inviting -------------------------------------------------------------------------------

    @writes
    async def invite(self, tx: Tx, by: PersonId, id: str, user: DiscordUser, now: datetime) -> Night:
        """Invite an account. They find it in their /inbox and get no message. It always looks the same.

        Raises Yourself, OwnBoundary, NightFull, NightOver, Barred or StartedTooMuch.
        """
        night, mine = await self._queries.here(tx, by, id)
        night.require_planned(now)
        await self._servers.require_adult(tx, by, night.server)
        await self._starts.require_free(tx, night.server, by)
        person = await self._people.someone(tx, user, now)
        if person == mine.person:
            raise Yourself
        if await self._boundaries.has(tx, by, person):
            raise OwnBoundary
        await self._require_room(tx, night, by, inside=True)
        await self._starts.begin(tx, Start.COMPANY, by, night.server, [person], now)
        withheld = await self._queries.apart(tx, by, person)
        known = await member_store.place(tx, night.id, person)
        if known is None:
            made = Member(new_id(), night.id, night.server, person, now, MemberState.INVITED, by)
            await member_store.add(tx, replace(made, withheld=withheld))
        elif known.state is MemberState.LEFT or (known.state is MemberState.INVITED and known.withheld):
            # Somebody who said no is not asked again for this night.
            await self._moves.keep(tx, known.invited(by, now, withheld=withheld))
        return night

    @writes
    async def post(self, tx: Tx, by: PersonId, id: str, channel: int, now: datetime) -> Night:
        """Let a message with `Count me in` stand in a channel. From then on the night can be joined there."""
        night, _ = await self._queries.here(tx, by, id)
        night.require_planned(now)
        await self._servers.require_adult(tx, by, night.server)
        await self._starts.require_free(tx, night.server, by)
        return await self._posts.put(tx, night, channel, now)

    # -- answering ------------------------------------------------------------------------------

    @reads
    async def waiting(self, tx: Tx, person: PersonId, now: datetime) -> list[Offered]:
        """Return the invitations that wait for them, in every server; none if they are under 18."""
        if (await self._people.get(tx, person)).minor:
            return []
        return list(await self._queries.waiting(tx, person, now))

    @reads
    async def look_at(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Offered:
        """Return an invitation that waits for them. Raises InvitationClosed or NotYours."""
        member, night = await self._invitation(tx, by, id, now)
        return await self._queries.offered(tx, member, night)

    @writes
    async def accept(self, tx: Tx, by: PersonId, id: str, now: datetime) -> NightView:
        """Come along. A second press shows the same."""
        known = await member_store.get(tx, id)
        if known is not None and known.person == by and known.here:
            night, _ = await self._queries.here(tx, by, id)
            return await self._queries.view(tx, night, known)
        member, night = await self._invitation(tx, by, id, now)
        return await self._join(tx, night, member, now)

    @reads
    async def posted(self, tx: Tx, server: ServerId, id: str, now: datetime) -> Night:
        """Return a night that can be joined in a channel of this server.

        Raises NightOver if there is no such night, it isn't posted, or it is over.
        """
        return await self._posted(tx, server, id, now)

    @writes
    async def join(self, tx: Tx, by: PersonId, server: ServerId, id: str, now: datetime) -> NightView:
        """Come along by `Count me in`. A second press shows the same.

        Raises NightOver if there is no such night, it isn't posted, or it is over.
        """
        night = await self._posted(tx, server, id, now)
        known = await member_store.place(tx, night.id, by)
        if known is not None and known.here:
            return await self._queries.view(tx, night, known)
        await self._starts.require_free(tx, night.server, by)
        if known is None:
            known = Member(new_id(), night.id, night.server, by, now, MemberState.LEFT)
            await member_store.add(tx, known)
        return await self._join(tx, night, known, now)

    @writes
    async def decline(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Decline. Whoever invited them is told nothing."""
        member, _ = await self._invitation(tx, by, id, now)
        await self._moves.close(tx, member)

    @writes
    async def refuse_for_good(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Decline, and set a boundary with whoever invited them."""
        member, _ = await self._invitation(tx, by, id, now)
        if member.asked_by is not None:
            await self._boundaries.keep_apart(tx, by, member.asked_by, now)
        again = await member_store.get(tx, id)
        if again is not None:
            await self._moves.close(tx, again)

    # -- leaving --------------------------------------------------------------------------------

    @writes
    async def leave(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Leave a night. A second press changes nothing."""
        member = await member_store.get(tx, id)
        if member is None or member.person != by:
            raise NotYours
        if member.here:
            await self._moves.leave(tx, member, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _posted(self, tx: Tx, server: ServerId, id: str, now: datetime) -> Night:
        night = await store.get(tx, id)
        if night is None or night.server != server or night.channel is None or not night.planned(now):
            raise NightOver
        return night

    async def _join(self, tx: Tx, night: Night, member: Member, now: datetime) -> NightView:
        await self._servers.require_adult(tx, member.person, night.server)
        await self._require_room(tx, night, member.person, inside=False)
        if await self._queries.others_in(tx, night, member.person):
            raise InAnotherNight
        joined = await self._moves.keep(tx, member.joined(now))
        return await self._queries.view(tx, night, joined)

    async def _require_room(self, tx: Tx, night: Night, by: PersonId, *, inside: bool) -> None:
        # Counted as they see it, because the limit would otherwise reveal who is there and hidden from them.
        if len(await self._queries.seen(tx, by, night.id)) + inside >= PEOPLE_AT_MOST:
            raise NightFull

    async def _invitation(self, tx: Tx, by: PersonId, id: str, now: datetime) -> tuple[Member, Night]:
        member = await member_store.get(tx, id)
        if member is None or member.person != by:
            raise NotYours
        night = await store.get(tx, member.night)
        closed = night is None or not night.planned(now) or not member.reaches(by)
        if night is None or closed or (await self._servers.get(tx, member.server)).minors:
            raise InvitationClosed
        return member, night
