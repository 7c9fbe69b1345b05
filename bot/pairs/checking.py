"""A check-in for the person who is asked: answering it, adding a note, sharing it."""

from datetime import datetime

from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs import check_in_store, notifications, side_store, store
from bot.pairs.check_in import CheckIn, CheckInStatus
from bot.pairs.errors import NoteUnwritten, PairClosed, TooLateTonight
from bot.pairs.models import Side
from bot.pairs.moves import PairMoves
from bot.pairs.queries import CheckInView, PairQueries
from bot.pairs.sealed import SealedPairs
from bot.pairs.tonight import tonight
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank


class CheckIns:
    """What a person does with their own check-ins. The partner sees nothing until it is shared."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPairs,
        queries: PairQueries,
        moves: PairMoves,
        people: People,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries
        self._moves = moves
        self._people = people

    @reads
    async def open(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Return a check-in that can be answered. Raises PairClosed if its round or the pair has ended."""
        one = await self._theirs(tx, by, id)
        if not one.takes(now):
            raise PairClosed
        return await self._asked(tx, one, now)

    @reads
    async def look(self, tx: Tx, by: PersonId, id: str) -> CheckInView:
        """Return a check-in, also if it can't be answered any more."""
        return await self._asked(tx, await self._theirs(tx, by, id))

    @writes
    async def mark(self, tx: Tx, by: PersonId, id: str, status: CheckInStatus, now: datetime) -> CheckInView:
        """Answer how it was. The answer can be changed until the round ends; the same again does nothing."""
        one = await self._theirs(tx, by, id)
        if one.status is status and one.takes(now):
            return await self._asked(tx, one, now)
        return await self._asked(tx, await self._move(tx, one, one.marked(status, now), now), now)

    @writes
    async def ask_tonight(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Ask again this evening, once a round. The partner isn't told. A second time changes nothing.

        Raises PairClosed, and TooLateTonight if no hour is left.
        """
        one = await self._theirs(tx, by, id)
        if not one.takes(now):
            raise PairClosed
        shown = await self._asked(tx, one, now)
        if not one.can_move(now):
            return shown
        if shown.tonight is None:
            raise TooLateTonight(id)
        moved = await check_in_store.keep(tx, replace(one, moved_to=shown.tonight))
        await self._outbox.close(tx, id, now, kinds=(notifications.CHECK_IN,))
        await self._outbox.tell(
            tx, by, notifications.CHECK_IN, id, now, server=one.server, not_before=shown.tonight
        )
        return await self._asked(tx, moved, now)

    @writes
    async def note(self, tx: Tx, by: PersonId, id: str, text: str, now: datetime) -> CheckInView:
        """Write a note. It replaces the one before, and stops any sharing.

        Raises PairClosed, and NoteUnwritten if it is blank.
        """
        one = await self._theirs(tx, by, id)
        if is_blank(text):
            raise NoteUnwritten(id)
        noted = one.noted(now)
        sealed = await self._sealed.seal_note(tx, noted, text)
        await self._outbox.close(tx, id, now, kinds=(notifications.SHARED,))
        return await self._asked(tx, await check_in_store.keep(tx, noted, note=sealed), now)

    @writes
    async def share(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Share it with the partner. Under a boundary it looks shared to its owner, but is withheld."""
        one = await self._theirs(tx, by, id)
        withheld = await self._queries.apart(tx, await self._queries.running(tx, by, one.pair))
        shared = one.shared(now, withheld=withheld)
        if shared is one:
            return await self._asked(tx, one, now)
        shared = await check_in_store.keep(tx, shared)
        await self._outbox.tell(
            tx, one.partner, notifications.SHARED, id, now,
            other=by, server=one.server, withheld=withheld, quietly=one.told,
        )  # fmt: skip
        return await self._asked(tx, shared, now)

    @writes
    async def keep(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Keep the check-in private. If it was shared, the partner can't read it any more."""
        one = await self._theirs(tx, by, id)
        return await self._asked(tx, await self._move(tx, one, one.kept(), now), now)

    @writes
    async def wish(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Tell the partner `I'd like to talk`, once a round. A second time changes nothing."""
        one = await self._theirs(tx, by, id)
        if one.wish is not None and one.takes(now):
            return await self._asked(tx, one, now)
        pair = await self._queries.running(tx, by, one.pair)
        resting = (await self._people.get(tx, one.partner)).resting(now)
        withheld = resting or await self._queries.apart(tx, pair)
        wished = await check_in_store.keep(tx, one.wished(now, withheld=withheld))
        await self._outbox.tell(
            tx,
            one.partner,
            notifications.WISH,
            id,
            now,
            other=by,
            server=one.server,
            withheld=withheld,
            question=True,
        )
        return await self._asked(tx, wished, now)

    @writes
    async def hear(self, tx: Tx, by: PersonId, id: str, now: datetime) -> CheckInView:
        """Return the check-in, and record that a card shows them the partner's answer to their wish now.

        The message about it closes, as after opening it.
        """
        one = await self._theirs(tx, by, id)
        if one.answer_shown:
            await self._outbox.close(tx, id, now, kinds=notifications.WISH_ANSWERS, person=by)
        return await self._asked(tx, one, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> CheckIn:
        one = await check_in_store.get(tx, id)
        if one is None:
            raise NotYours
        one.of(by)
        await self._queries.running(tx, by, one.pair)
        return one

    async def _move(self, tx: Tx, was: CheckIn, now_is: CheckIn, now: datetime) -> CheckIn:
        """Store a changed answer. The check-in is no longer shared, and needn't be asked again tonight."""
        if was.waits_until(now) is not None:
            await self._outbox.close(tx, was.id, now, kinds=(notifications.CHECK_IN,))
        if was.shared_at is not None:
            await self._outbox.close(tx, was.id, now, kinds=(notifications.SHARED,))
        await self._moves.answered(tx, now_is, now)
        return await check_in_store.keep(tx, now_is)

    async def _asked(self, tx: Tx, one: CheckIn, now: datetime | None = None) -> CheckInView:
        pair, side = await store.get(tx, one.pair), await side_store.get(tx, one.side)
        if pair is None or side is None:
            raise NotYours
        change = await store.change(tx, pair.id, one.person)
        renewing = change is not None and change.proposed and change.renew
        name, note = await self._queries.name(tx, pair, one.person), await self._sealed.note(tx, one)
        aim = (await self._sealed.words(tx, side)).aim
        evening = None if now is None else await self._evening(tx, one, side, now)
        untold = one.answer_shown and await self._outbox.untold(
            tx, one.person, notifications.WISH_ANSWERS, one.id
        )
        return CheckInView(one, name, note, side.next_at, renewing, aim, side.about, evening, untold)

    async def _evening(self, tx: Tx, one: CheckIn, side: Side, now: datetime) -> datetime | None:
        if not one.can_move(now):
            return None
        before = one.closes_at if side.next_at is None else min(one.closes_at, side.next_at)
        return tonight(await self._people.get(tx, one.person), side.zone, now, before)
