"""An author and their carrier: asking somebody, letting them read it, taking it back."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.reports.errors import StartedTooMuch
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.terms import carrying_store, notifications, store
from bot.terms.errors import (
    AlreadyCarries,
    CarryingClosed,
    LetTooOften,
    NothingKept,
    OwnBoundary,
    TermsChanged,
    Yourself,
)
from bot.terms.models import LAPSES_AFTER, Carrying, CarryState, Outcome, OwnTerms
from bot.terms.moves import TermsMoves
from bot.terms.queries import Asked, TermsQueries
from bot.terms.sealed import SealedTerms


class Carriers:
    """The author's side. A bar from starting things never holds here, so no bar is asked for."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedTerms,
        moves: TermsMoves,
        queries: TermsQueries,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        quotas: Quotas,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._moves = moves
        self._queries = queries
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._quotas = quotas

    @writes
    async def ask(self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, now: datetime) -> Asked:
        """Ask an account to carry their terms. Whoever was asked before doesn't carry them any more.

        It waits in the other person's /inbox, and no message is sent. A second press changes nothing. It
        looks the same whether it reaches them or not. Raises UnderEighteen, WithoutAdultRole or
        StartedTooMuch, among others.
        """
        await self._servers.require_adult(tx, by, server)
        await self._kept(tx, by)
        carrier = await self._people.someone(tx, user, now)
        if carrier == by:
            raise Yourself
        if await self._boundaries.has(tx, by, carrier):
            raise OwnBoundary
        earlier = await carrying_store.asked_by(tx, by)
        known = next((one for one in earlier if one.carrier == carrier), None)
        if known is not None and known.agreed:
            raise AlreadyCarries
        if known is not None and known.waits(now):
            return await self._queries.asked(tx, known, now)
        await self._quotas.count(tx, Start.CARRIER, by, [carrier], now)
        for one in earlier:
            if one.carrier != carrier:
                await self._moves.withdraw(tx, one, now)
        withheld = (await self._boundaries.may_meet(tx, by, carrier)).withheld
        rests = await self._quotas.rests(tx, Start.CARRIER, by, carrier, now)
        if rests or (known is not None and known.rests(now)):
            withheld = True
        asked = await self._asked(tx, known, by, carrier, server, now, withheld=withheld)
        return await self._queries.asked(tx, asked, now)

    @writes
    async def withdraw(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Asked:
        """Take it back from whoever was asked, at once and without a reason. Return it as it was before."""
        carrying = await self._theirs(tx, by, id)
        before = await self._queries.asked(tx, carrying, now)
        await self._moves.withdraw(tx, carrying, now)
        return before

    @reads
    async def before(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Asked:
        """Return a carrying of theirs that was agreed to. Raises CarryingClosed."""
        carrying = await self._theirs(tx, by, id)
        if not carrying.agreed:
            raise CarryingClosed
        return await self._queries.asked(tx, carrying, now)

    @writes
    async def let(self, tx: Tx, by: PersonId, id: str, written: int, now: datetime) -> Asked:
        """Let the carrier read this writing, and tell them. A second press changes nothing.

        Raises TermsChanged if it isn't the current one, CarryingClosed, and LetTooOften.
        """
        carrying = await self._theirs(tx, by, id)
        if not carrying.agreed:
            raise CarryingClosed
        own = await self._kept(tx, by)
        if own.written != written:
            raise TermsChanged(id)
        if carrying.let != written:
            await self._count_let(tx, carrying, now)
            carrying = await self._let(tx, own, carrying, now)
        return await self._queries.asked(tx, carrying, now)

    @writes
    async def see_what_came(
        self, tx: Tx, by: PersonId, id: str, now: datetime
    ) -> tuple[Asked, Outcome | None]:
        """Return what the carrier said came of it, as far as its author can see it."""
        carrying = await self._theirs(tx, by, id)
        await self._outbox.close(tx, id, now, kinds=(notifications.CAME,), person=by)
        if carrying.came is not None and not carrying.came_seen:
            carrying = await carrying_store.keep(tx, replace(carrying, came_seen=True))
        return await self._queries.asked(tx, carrying, now), carrying.came

    # -- in the caller's transaction ------------------------------------------------------------

    async def changed(self, tx: Tx, own: OwnTerms, now: datetime) -> None:
        """Take the earlier writing from whoever could read it, because it was changed."""
        for carrying in await carrying_store.asked_by(tx, own.author):
            if carrying.agreed and carrying.given is not None:
                await self._changed(tx, carrying, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _kept(self, tx: Tx, by: PersonId) -> OwnTerms:
        own = await store.of(tx, by)
        if own is None:
            raise NothingKept
        return own

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> Carrying:
        found = await carrying_store.get(tx, id)
        if found is None or found.author != by:
            raise NotYours
        return found

    async def _asked(
        self,
        tx: Tx,
        known: Carrying | None,
        by: PersonId,
        carrier: PersonId,
        server: ServerId,
        now: datetime,
        *,
        withheld: bool,
    ) -> Carrying:
        if known is None:
            until = now + LAPSES_AFTER
            made = Carrying(new_id(), server, by, carrier, now, until, withheld=withheld)
            await carrying_store.add(tx, made)
        else:
            # What was told about the last time is not about this one.
            await self._outbox.close(tx, known.id, now)
            made = known.again(now, server, withheld=withheld)
        return await self._moves.keep(tx, made)

    async def _count_let(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        """Count that they let it be read, so that nobody who said yes once gets one text after the other."""
        try:
            await self._quotas.count(tx, Start.LET, carrying.author, [carrying.carrier], now)
        except StartedTooMuch as refused:
            raise LetTooOften(refused.at) from None

    async def _let(self, tx: Tx, own: OwnTerms, carrying: Carrying, now: datetime) -> Carrying:
        apart = (await self._boundaries.may_meet(tx, carrying.author, carrying.carrier)).withheld
        given = not (carrying.withheld or apart)
        carrying = await self._moves.keep(tx, carrying.let_read(own.written, given=given))
        if given:
            await self._sealed.give(tx, carrying, await self._sealed.text(tx, own))
            await self._outbox.close(tx, carrying.id, now, person=carrying.carrier)
        resting = (await self._people.get(tx, carrying.carrier)).resting(now)
        await self._outbox.tell(
            tx, carrying.carrier, notifications.LET, carrying.id, now,
            other=carrying.author, server=carrying.server, withheld=not given, quietly=resting,
        )  # fmt: skip
        return carrying

    async def _changed(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        apart = (await self._boundaries.may_meet(tx, carrying.author, carrying.carrier)).withheld
        if carrying.withheld or apart:
            return
        told = carrying.seen or await self._outbox.told(
            tx, carrying.carrier, (notifications.LET,), carrying.id
        )
        changed = await self._moves.take_away(tx, carrying, carrying.changed(told=told), now)
        if changed.stale and changed.state is CarryState.AGREED:
            await self._outbox.tell(
                tx, changed.carrier, notifications.CHANGED, changed.id, now,
                other=changed.author, server=changed.server,
            )  # fmt: skip
