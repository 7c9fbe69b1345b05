"""The carrier's side: saying yes or no, reading it once let, saying how it went, handing it back."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.terms import carrying_store, notifications, store
from bot.terms.errors import CarryingClosed
from bot.terms.models import Carrying, CarryState, Outcome
from bot.terms.moves import TermsMoves
from bot.terms.queries import Carried, TermsQueries


class CarrierSide:
    """What somebody can do who was asked. Whether somebody is on a path is known nowhere here."""

    def __init__(
        self,
        context: SliceContext,
        moves: TermsMoves,
        queries: TermsQueries,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._moves = moves
        self._queries = queries
        self._people = people
        self._servers = servers
        self._boundaries = boundaries

    # -- answering ------------------------------------------------------------------------------

    @reads
    async def look_at(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Return what waits for their answer. Raises CarryingClosed."""
        return await self._queries.carried(tx, await self._waiting(tx, by, id, now))

    @reads
    async def received(self, tx: Tx, by: PersonId, id: str) -> Carried:
        """Return what they were asked to carry, whatever became of it."""
        return await self._queries.carried(tx, replace(await self._theirs(tx, by, id), given=None))

    @writes
    async def accept(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Agree to carry it, and tell its author. They read nothing yet. A second press changes nothing."""
        known = await self._theirs(tx, by, id)
        if known.agreed:
            return await self._queries.carried(tx, known)
        carrying = await self._waiting(tx, by, id, now)
        await self._servers.require_adult(tx, by, carrying.server)
        agreed = await self._moves.keep(tx, carrying.accepted())
        await self._outbox.tell(
            tx, agreed.author, notifications.AGREED, agreed.id, now, other=by, server=agreed.server
        )
        return await self._queries.carried(tx, agreed)

    @writes
    async def decline(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Decline. To its author it looks like no answer."""
        carrying = await self._waiting(tx, by, id, now)
        return await self._queries.carried(tx, await self._moves.keep(tx, carrying.declined(now)))

    @writes
    async def refuse_for_good(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Decline, and set a boundary with its author."""
        carrying = await self._waiting(tx, by, id, now)
        await self._boundaries.keep_apart(tx, by, carrying.author, now)
        again = await self._theirs(tx, by, id)
        return await self._queries.carried(tx, await self._moves.keep(tx, again.declined(now)))

    # -- carrying -------------------------------------------------------------------------------

    @reads
    async def look(self, tx: Tx, by: PersonId, id: str) -> Carried:
        """Return what they carry, without its text. Raises CarryingClosed."""
        return await self._queries.carried(tx, replace(await self._carried(tx, by, id), given=None))

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Return what they carry, with its text if they were let. Raises CarryingClosed."""
        carrying = await self._carried(tx, by, id)
        await self._outbox.close(tx, id, now, kinds=(notifications.LET, notifications.CHANGED), person=by)
        if carrying.readable and not carrying.seen:
            carrying = await carrying_store.keep(tx, replace(carrying, seen=True))
        return await self._queries.carried(tx, carrying)

    @writes
    async def say(self, tx: Tx, by: PersonId, id: str, outcome: Outcome, now: datetime) -> Carried:
        """Say how it went. Its author gets a message only if they asked for one."""
        carrying = await self._carried(tx, by, id)
        if not carrying.readable:
            raise CarryingClosed
        if carrying.said is outcome:
            return await self._queries.carried(tx, carrying)
        apart = (await self._boundaries.may_meet(tx, carrying.author, carrying.carrier)).withheld
        passes = not (carrying.withheld or apart)
        kept = await self._moves.keep(tx, carrying.says(outcome, now, passes=passes))
        own = await store.of(tx, kept.author)
        if own is not None and own.tells:
            await self._outbox.tell(
                tx, kept.author, notifications.CAME, id, now, server=kept.server, withheld=not passes
            )
        return await self._queries.carried(tx, kept)

    @writes
    async def hand_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carried:
        """Stop carrying it. Its author is told that much."""
        carrying = await self._carried(tx, by, id)
        ended = await self._moves.hand_back(tx, carrying.rested(now), now)
        return await self._queries.carried(tx, ended)

    @writes
    async def close(self, tx: Tx, by: PersonId, id: str, kind: str, now: datetime) -> None:
        """Close a message of theirs about it, because they have opened it."""
        await self._outbox.close(tx, id, now, kinds=(kind,), person=by)

    # -- what waits -----------------------------------------------------------------------------

    @reads
    async def waiting(self, tx: Tx, by: PersonId, now: datetime) -> list[Carried]:
        """Return what waits for their answer and what they carry, unless a message about it is listed."""
        if (await self._people.get(tx, by)).minor:
            return []
        listed = {message.subject for message in await self._outbox.listed(tx, by)}
        found = []
        for one in await carrying_store.received(tx, by):
            if one.id not in listed and (one.agreed or await self._reaches(tx, one, by, now)):
                found.append(await self._queries.carried(tx, replace(one, given=None)))
        return found

    # -- inside ---------------------------------------------------------------------------------

    async def _reaches(self, tx: Tx, carrying: Carrying, by: PersonId, now: datetime) -> bool:
        if not carrying.reaches(by, now) or (await self._servers.get(tx, carrying.server)).minors:
            return False
        return not (await self._boundaries.may_meet(tx, carrying.author, by)).withheld

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> Carrying:
        found = await carrying_store.get(tx, id)
        if found is None or found.carrier != by:
            raise NotYours
        return found

    async def _waiting(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Carrying:
        """Return it if it waits for them. Under a boundary it looks as if it had been taken back."""
        carrying = await self._theirs(tx, by, id)
        apart = await self._boundaries.may_meet(tx, carrying.author, by)
        if apart.withheld or not carrying.reaches(by, now):
            raise CarryingClosed
        return carrying

    async def _carried(self, tx: Tx, by: PersonId, id: str) -> Carrying:
        """Return what they carry. What they never carried isn't theirs to know of."""
        carrying = await self._theirs(tx, by, id)
        if carrying.state is CarryState.OPEN or not carrying.agreed:
            raise CarryingClosed
        return carrying
