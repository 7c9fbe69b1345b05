"""Who may become a pair."""

from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId
from bot.pairs import store
from bot.pairs.errors import AlreadyPaired, OwnBoundary, TooManyPairs, Yourself
from bot.pairs.models import PAIRS_AT_MOST, Pair, PairState
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.servers.service import Servers
from bot.storage.tx import Tx


class PairEligibility:
    """Checks who may become a pair, without revealing what one person keeps private from the other."""

    def __init__(self, people: People, servers: Servers, boundaries: Boundaries) -> None:
        self._people = people
        self._servers = servers
        self._boundaries = boundaries

    async def of_age(self, tx: Tx, person: PersonId, server: ServerId) -> bool:
        """Whether they may use pairs there: they are not under 18, and the server is not set for minors."""
        minors = (await self._servers.get(tx, server)).minors
        return not minors and not (await self._people.get(tx, person)).minor

    async def room(self, tx: Tx, person: PersonId) -> None:
        """Raises TooManyPairs if the person has MOST pairs already."""
        if sum(pair.counts_for(person) for pair in await store.of(tx, person)) >= PAIRS_AT_MOST:
            raise TooManyPairs(PAIRS_AT_MOST)

    async def partner(
        self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, now: datetime
    ) -> PersonId:
        """Return the person whose account was chosen. Raises Yourself, OwnBoundary or AlreadyPaired."""
        partner = await self._people.someone(tx, user, now)
        if partner == by:
            raise Yourself
        if await self._boundaries.has(tx, by, partner):
            raise OwnBoundary
        await self.free(tx, by, server, partner)
        return partner

    async def free(self, tx: Tx, by: PersonId, server: ServerId, partner: PersonId) -> None:
        """Raises AlreadyPaired if they are a pair or one waits for the other, as far as `by` may know."""
        apart = (await self._boundaries.may_meet(tx, by, partner)).withheld
        for pair in await store.of(tx, by, server):
            asked = pair.state is PairState.PROPOSED and pair.starter == by
            waits = pair.reaches(by) and not apart
            if partner in (pair.starter, pair.partner) and (
                pair.state is PairState.RUNNING or asked or waits
            ):
                raise AlreadyPaired(pair.id)

    async def lately(self, tx: Tx, asked: Pair, now: datetime) -> bool:
        """Whether a pair of these two failed or ended early lately. Then the new proposal is withheld."""
        both = {asked.starter, asked.partner}
        return any(
            {pair.starter, pair.partner} == both
            and pair.id != asked.id
            and (pair.starts_on is not None or pair.starter == asked.starter)
            and pair.keeps_away(now)
            for pair in await store.of(tx, asked.starter, asked.server)
        )
