"""Terms: what somebody keeps of what they want from a person who hurt them."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, new_id
from bot.people.errors import UnderEighteen
from bot.people.service import People
from bot.reports.quotas import Quotas
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.terms import notifications, store
from bot.terms.carriers import Carriers
from bot.terms.carrying import CarrierSide
from bot.terms.errors import AlreadyKept, NothingKept, TermsUnwritten
from bot.terms.lifecycle import TermsLifecycle
from bot.terms.models import KEPT, OwnTerms, TermsText
from bot.terms.moves import TermsMoves
from bot.terms.privacy import TermsPrivacy
from bot.terms.queries import TermsQueries, TermsView
from bot.terms.sealed import SealedTerms
from bot.terms.timer_handlers import TermsTimers


class Terms:
    """Keeps, changes and deletes what somebody wants. Nobody but their carrier is ever shown it."""

    def __init__(
        self, context: SliceContext, people: People, servers: Servers, boundaries: Boundaries, quotas: Quotas
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._people = people
        self._sealed = sealed = SealedTerms(context.vault)
        self._moves = moves = TermsMoves(context, sealed, people, servers, quotas)
        self.queries = queries = TermsQueries(context, sealed, people)
        self.carriers = Carriers(context, sealed, moves, queries, people, servers, boundaries, quotas)
        self.carrying = CarrierSide(context, moves, queries, people, servers, boundaries)
        self.timers = TermsTimers(moves, boundaries)
        self.lifecycle = TermsLifecycle(context, moves)
        self.privacy = TermsPrivacy(moves)

    @reads
    async def any_kept(self, tx: Tx, by: PersonId) -> bool:
        """Whether they keep terms. It opens nothing."""
        return await store.of(tx, by) is not None

    async def show(self, by: PersonId, now: datetime) -> TermsView:
        """Return what they keep and who carries it. Raises NothingKept. Writes only if it tells them news."""
        view = await self._look(by, now)
        news = view.asked is not None and (view.asked.agreed or view.asked.ended)
        if news and view.asked is not None and await self._unread(by, view.asked.carrying.id):
            await self._read(by, view.asked.carrying.id, now)
        return view

    @writes
    async def keep(
        self, tx: Tx, by: PersonId, text: TermsText, now: datetime, *, instead: bool = False
    ) -> TermsView:
        """Keep this text. The same text a second time changes nothing.

        instead: let it take the place of what they keep already, which is taken back from whoever carries it.
        Raises TermsUnwritten, UnderEighteen, or AlreadyKept without `instead`.
        """
        if text.blank:
            raise TermsUnwritten
        if (await self._people.get(tx, by)).minor:
            raise UnderEighteen
        own = await store.of(tx, by)
        if own is not None and await self._sealed.text(tx, own) == text:
            return await self.queries.view(tx, own, now)
        if own is not None and not instead:
            raise AlreadyKept
        if own is not None:
            await self._moves.remove(tx, own, now)
        fresh = OwnTerms(new_id(), by, now, now + KEPT)
        return await self.queries.view(tx, await self._moves.add(tx, fresh, text), now)

    @writes
    async def rewrite(self, tx: Tx, by: PersonId, text: TermsText, now: datetime) -> TermsView:
        """Change the text. A carrier can't read the new one until they are let. Raises TermsUnwritten."""
        if text.blank:
            raise TermsUnwritten
        own = await self._kept(tx, by)
        if await self._sealed.text(tx, own) != text:
            own = await self._moves.rewrite(tx, own, text, now)
            await self.carriers.changed(tx, own, now)
        return await self.queries.view(tx, own, now)

    @writes
    async def tell_me(self, tx: Tx, by: PersonId, now: datetime, *, tells: bool) -> TermsView:
        """Choose whether a direct message comes when the carrier has said how it went."""
        own = await self._kept(tx, by)
        if own.tells is not tells:
            own = await store.keep(tx, replace(own, tells=tells))
        return await self.queries.view(tx, own, now)

    @writes
    async def remove(self, tx: Tx, by: PersonId, now: datetime) -> None:
        """Delete what they keep, and take it back from whoever carries it. A second time changes nothing."""
        own = await store.of(tx, by)
        if own is not None:
            await self._moves.remove(tx, own, now)

    # -- inside ---------------------------------------------------------------------------------

    @reads
    async def _look(self, tx: Tx, by: PersonId, now: datetime) -> TermsView:
        return await self.queries.view(tx, await self._kept(tx, by), now)

    @reads
    async def _unread(self, tx: Tx, by: PersonId, id: str) -> bool:
        """Whether a message is open that says no more than they see now."""
        kinds = (notifications.AGREED, notifications.STOPPED)
        return any(message.kind in kinds for message in await self._outbox.about(tx, by, [id]))

    @writes
    async def _read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        kinds = (notifications.AGREED, notifications.STOPPED)
        await self._outbox.close(tx, id, now, kinds=kinds, person=by)

    async def _kept(self, tx: Tx, by: PersonId) -> OwnTerms:
        own = await store.of(tx, by)
        if own is None:
            raise NothingKept
        return own
