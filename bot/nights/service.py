"""Nights: planning one, and what each person in it sees."""

from datetime import date, datetime, time

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId, new_id
from bot.nights import member_store
from bot.nights.cards import NightCards
from bot.nights.company import Company
from bot.nights.during import During
from bot.nights.errors import InAnotherNight
from bot.nights.hours import hours
from bot.nights.lifecycle import NightLifecycle
from bot.nights.looking import Looking
from bot.nights.models import Member, Night
from bot.nights.moves import NightMoves
from bot.nights.posts import NightPosts
from bot.nights.privacy import NightPrivacy
from bot.nights.queries import NightQueries, NightView
from bot.nights.sealed import SealedNights
from bot.nights.standing_by import StandingBy
from bot.nights.timer_handlers import NightTimers
from bot.people.service import People
from bot.reports.models import Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Nights:
    """Plans nights. Everything else is done by the parts: company, looking, cards and during."""

    def __init__(
        self, context: SliceContext, people: People, servers: Servers, boundaries: Boundaries, starts: Starts
    ) -> None:
        self._db = context.db
        self._servers = servers
        self._starts = starts
        sealed = SealedNights(context.vault)
        self.posts = NightPosts(context)
        self.queries = queries = NightQueries(context, sealed, people, boundaries)
        self.standing_by = StandingBy(context, sealed, queries, people)
        self.standby = self.standing_by.standby
        self._moves = moves = NightMoves(context, sealed, self.posts, self.standing_by)
        self.company = Company(context, moves, queries, self.posts, people, servers, boundaries, starts)
        self.looking = Looking(context, moves, queries, servers, boundaries, starts)
        self.cards = cards = NightCards(context, sealed, moves, queries)
        self.during = During(context, moves, queries, people, boundaries, self.standby)
        self.timers = NightTimers(context, moves, self.posts, cards, boundaries)
        self.lifecycle = NightLifecycle(context, moves)
        self.privacy = NightPrivacy(sealed, moves, cards)

    @writes
    async def plan(
        self,
        tx: Tx,
        by: PersonId,
        server: ServerId,
        zone: str,
        day: date,
        begins: time,
        ends: time,
        now: datetime,
    ) -> NightView:
        """Plan a night and be in it. The same night a second time is the same.

        Raises NoSuchHours, InAnotherNight, UnderEighteen, WithoutAdultRole, Barred or StartedTooMuch.
        """
        await self._servers.require_adult(tx, by, server)
        found = hours(zone, day, begins, ends, now)
        night = Night(new_id(), server, zone, found.starts_at, found.ends_at, found.noon_at)
        for known in await self._mine(tx, by):
            if known.night.server == server and known.night.hours == found:
                return known
        if await self.queries.others_in(tx, night, by):
            raise InAnotherNight
        await self._starts.begin(tx, Start.NIGHT, by, server, [], now)
        await self._moves.add(tx, night, now)
        member = Member(new_id(), night.id, server, by, now)
        await member_store.add(tx, member)
        return await self.queries.view(tx, night, member)

    @reads
    async def show(self, tx: Tx, by: PersonId, id: str) -> NightView:
        """Return a night as they see it, by their place in it. Raises NightOver."""
        night, mine = await self.queries.here(tx, by, id)
        return await self.queries.view(tx, night, mine)

    # -- inside ---------------------------------------------------------------------------------

    async def _mine(self, tx: Tx, by: PersonId) -> list[NightView]:
        found = []
        for one in await member_store.of_person(tx, by):
            if one.here:
                night, mine = await self.queries.here(tx, by, one.id)
                found.append(await self.queries.view(tx, night, mine))
        return found
