"""What the partner gets: check-ins that were shared with them, and wishes to talk."""

from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs import check_in_store, notifications, side_store, store
from bot.pairs.check_in import CheckIn, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.models import Pair
from bot.pairs.queries import PairQueries, Shared, Wished
from bot.pairs.sealed import SealedPairs
from bot.reports.models import Passage, PassageKind
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Sharing:
    """Shows a person what their partner chose to share, and nothing else of a check-in."""

    def __init__(self, context: SliceContext, sealed: SealedPairs, queries: PairQueries) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries

    @reads
    async def wished(self, tx: Tx, by: PersonId, id: str) -> Wished:
        """Return the partner's wish to talk. Raises PairClosed if the pair has ended."""
        return await self._wished(tx, by, await self._wish_to(tx, by, id))

    @writes
    async def answer(self, tx: Tx, by: PersonId, id: str, wish: Wish, now: datetime) -> Wished:
        """Answer a wish to talk, and tell the partner."""
        one = await self._wish_to(tx, by, id)
        if one.wish is wish:
            return await self._wished(tx, by, one)
        withheld = await self._queries.apart(tx, await self._queries.running(tx, by, one.pair))
        answered = await check_in_store.keep(tx, one.answered(wish, withheld=withheld))
        await self._outbox.close(tx, id, now, kinds=(notifications.WISH,))
        kind = notifications.LATER if wish is Wish.LATER else notifications.NOT_NOW
        await self._outbox.tell(tx, one.person, kind, id, now, other=by, server=one.server, withheld=withheld)
        return await self._wished(tx, by, answered)

    @writes
    async def shared(self, tx: Tx, by: PersonId, pair_id: str, number: int, now: datetime) -> Shared:
        """Return what the partner shared, by its number from the newest (0). Raises PairClosed if nothing is.

        What a boundary withholds is not among it.
        """
        pair = await self._queries.running(tx, by, pair_id)
        found = await check_in_store.shared_by(tx, pair_id, pair.other(by))
        if not found:
            raise PairClosed
        number = min(number, len(found) - 1)
        one = found[number]
        await check_in_store.see(tx, one.id)
        await self._outbox.close(tx, one.id, now, kinds=(notifications.SHARED,), person=by)
        name = await self._queries.name(tx, pair, by)
        side = await side_store.get(tx, one.side)
        about = None if side is None else side.about
        return Shared(one, name, await self._sealed.note(tx, one), number, len(found), about)

    @reads
    async def pair_of(self, tx: Tx, by: PersonId, id: str) -> Pair:
        """Return the pair of a check-in of either partner. Raises NotYours for anybody else."""
        one = await check_in_store.get(tx, id)
        if one is None or by not in (one.person, one.partner):
            raise NotYours
        return await self._queries.running(tx, by, one.pair)

    # -- in the caller's transaction ------------------------------------------------------------

    async def note_passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return the note of a check-in, for a report by the partner who has read it; otherwise None."""
        one = await check_in_store.get(tx, id)
        if one is None or one.partner != by or one.shared_at is None or not one.seen:
            return None
        note = await self._sealed.note(tx, one)
        return Passage(PassageKind.NOTE, id, one.server, one.person, one.asked_at, (("note", note),))

    async def aims_passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return what the partner wrote for both, for a report by whoever has read it; else None."""
        pair = await store.get(tx, id)
        if pair is None or by not in (pair.starter, pair.partner) or pair.starts_on is None:
            return None
        side = await side_store.of(tx, id, pair.other(by))
        if side is None or not side.seen:
            return None
        words = await self._sealed.words(tx, side)
        texts = (("aim", words.aim), ("signs", words.signs), ("words", words.words))
        return Passage(PassageKind.AIMS, id, pair.server, side.person, pair.asked_at, texts)

    # -- inside ---------------------------------------------------------------------------------

    async def _wish_to(self, tx: Tx, by: PersonId, id: str) -> CheckIn:
        """Return the check-in with a wish to them. One that came before a boundary can still be answered."""
        one = await check_in_store.get(tx, id)
        if one is None or one.partner != by or one.wish is None:
            raise NotYours
        if one.wish_withheld and one.wish is Wish.ASKED:
            raise NotYours
        return one

    async def _wished(self, tx: Tx, by: PersonId, one: CheckIn) -> Wished:
        pair = await self._queries.running(tx, by, one.pair)
        return Wished(one, await self._queries.name(tx, pair, by))
