"""Who looks out for whom: everybody chooses that for themselves, and whoever is chosen says yes or not."""

from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.nights import look_store, member_store, notifications
from bot.nights.errors import LookClosed, OwnBoundary, Yourself
from bot.nights.models import Look
from bot.nights.moves import NightMoves
from bot.nights.queries import Friend, NightQueries, NightView, Wished
from bot.reports.models import Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Looking:
    """Asks people to look out, and shows a card to those who agreed. Nobody else ever sees one."""

    def __init__(
        self,
        context: SliceContext,
        moves: NightMoves,
        queries: NightQueries,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._moves = moves
        self._queries = queries
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts

    # -- being looked out for -------------------------------------------------------------------

    @writes
    async def wish(self, tx: Tx, by: PersonId, id: str, whom: str, now: datetime) -> NightView:
        """Ask somebody in the night (`whom`: their place in it) to look out. Again changes nothing.

        Raises Yourself, OwnBoundary, NightOver, Barred or StartedTooMuch, and NotYours for somebody whom they
        don't see there.
        """
        night, mine = await self._queries.here(tx, by, id)
        night.require_planned(now)
        if whom == id:
            raise Yourself
        seen = {one.id: (one, apart) for one, apart in await self._queries.seen(tx, by, night.id)}
        if whom not in seen:
            raise NotYours
        looker, apart = seen[whom]
        if apart:
            raise OwnBoundary
        known = await look_store.between(tx, night.id, by, looker.person)
        if known is None or not (known.waits or known.agreed):
            await self._starts.begin(tx, Start.LOOK, by, night.server, [looker.person], now)
            withheld = (await self._boundaries.may_meet(tx, by, looker.person)).withheld
            await self._ask(tx, known, Look(
                new_id(), night.id, night.server, by, looker.person, now, withheld=withheld,
            ), now)  # fmt: skip
        return await self._queries.view(tx, night, mine)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Take back a wish. Whoever agreed is told, so that nobody believes they still look out."""
        look = await look_store.get(tx, id)
        if look is None or look.owner != by:
            raise NotYours
        await self._moves.part(tx, look, by, now)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, kind: str, now: datetime) -> None:
        """Close a message about a look, because its person has opened it."""
        await self._outbox.close(tx, id, now, kinds=(kind,), person=by)

    # -- looking out ----------------------------------------------------------------------------

    @reads
    async def look_at(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Wished:
        """Return a wish that waits for their answer. Raises LookClosed or NotYours."""
        return await self._queries.wished(tx, await self._waiting(tx, by, id, now))

    @reads
    async def received(self, tx: Tx, by: PersonId, id: str) -> Wished:
        """Return what they were asked, or what they asked, whatever became of it."""
        look = await look_store.get(tx, id)
        if look is None or by not in (look.owner, look.looker):
            raise NotYours
        wished = await self._queries.wished(tx, look)
        name = await self._queries.name(tx, by, wished.night, look.other(by))
        return Wished(look.as_owner_sees, wished.night, name)

    @writes
    async def accept(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Wished:
        """Agree to look out until noon, in quiet hours too, and tell the friend. Again changes nothing."""
        known = await look_store.get(tx, id)
        if known is not None and known.looker == by and known.agreed:
            return await self._queries.wished(tx, known)
        look = await self._waiting(tx, by, id, now)
        await self._servers.require_adult(tx, by, look.server)
        if (await self._boundaries.may_meet(tx, by, look.owner)).withheld:
            raise LookClosed
        agreed = await look_store.keep(tx, look.accepted())
        self._moves.touch(tx, agreed.night, agreed.owner)
        await self._outbox.close(tx, id, now, kinds=(notifications.WISH,), person=by)
        await self._outbox.tell(
            tx, agreed.owner, notifications.AGREED, agreed.id, now, other=by, server=agreed.server
        )
        return await self._queries.wished(tx, agreed)

    @reads
    async def place(self, tx: Tx, by: PersonId, id: str) -> str:
        """Return the place in the night of the friend for whom they look out. Raises LookClosed."""
        look = await look_store.get(tx, id)
        owner = None if look is None else await member_store.place(tx, look.night, look.owner)
        if look is None or owner is None or look.looker != by or not look.agreed:
            raise LookClosed
        return owner.id

    @writes
    async def decline(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Decline. To the friend it looks like no answer."""
        look = await self._waiting(tx, by, id, now)
        await self._outbox.close(tx, id, now, kinds=(notifications.WISH,), person=by)
        await look_store.keep(tx, look.declined())

    @writes
    async def refuse_for_good(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Decline, and set a boundary with whoever asked."""
        look = await self._waiting(tx, by, id, now)
        await self._boundaries.keep_apart(tx, by, look.owner, now)

    @writes
    async def stop(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Stop looking out. The friend is told at once. Again changes nothing."""
        look = await look_store.get(tx, id)
        if look is None or look.looker != by:
            raise NotYours
        if look.agreed:
            await self._moves.part(tx, look, by, now)

    @reads
    async def friend(self, tx: Tx, by: PersonId, member: str, now: datetime) -> Friend:
        """Return the card of a friend, by their place in the night. Only those who look out for them see it.

        Raises LookClosed for everybody else, and once the night is over.
        """
        owner = await member_store.get(tx, member)
        look = None if owner is None else await look_store.between(tx, owner.night, owner.person, by)
        if look is None or (await self._boundaries.may_meet(tx, by, look.owner)).withheld:
            raise LookClosed
        return await self._queries.friend(tx, look, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _ask(self, tx: Tx, known: Look | None, fresh: Look, now: datetime) -> None:
        if known is None:
            await look_store.add(tx, fresh)
            look = fresh
        else:
            await self._outbox.close(tx, known.id, now)
            look = await look_store.keep(tx, known.again(now, withheld=fresh.withheld))
        if look.reaches(look.looker):
            await self._outbox.tell(
                tx, look.looker, notifications.WISH, look.id, now,
                other=look.owner, server=look.server, question=True,
            )  # fmt: skip

    async def _waiting(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Look:
        look = await look_store.get(tx, id)
        if look is None or look.looker != by:
            raise NotYours
        mine = await member_store.place(tx, look.night, by)
        wished = await self._queries.wished(tx, look)
        here = mine is not None and mine.here
        if not here or not look.reaches(by) or not wished.night.planned(now):
            raise LookClosed
        return look
