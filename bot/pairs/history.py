"""A person's own past check-ins and notes."""

from datetime import date

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.models import PairState
from bot.pairs.queries import Months, Noted, PairQueries
from bot.pairs.sealed import SealedPairs
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx

MONTHS_AT_ONCE = 3


class History:
    """Shows a person their own past check-ins. They are kept until seven days after the pair's end."""

    def __init__(self, context: SliceContext, sealed: SealedPairs, queries: PairQueries) -> None:
        self._db = context.db
        self._sealed = sealed
        self._queries = queries

    @reads
    async def notes(self, tx: Tx, by: PersonId, pair_id: str, number: int) -> Noted | None:
        """Return one of their check-ins that have a note or were shared, by its number from the newest (0).

        None if there are none. A number that is too high gives the oldest one.
        """
        pair, side = await store.get(tx, pair_id), await side_store.of(tx, pair_id, by)
        if pair is None or side is None or pair.starts_on is None:
            raise NotYours
        found = await check_in_store.noted(tx, side.id)
        if not found:
            return None
        number = min(number, len(found) - 1)
        one = found[number]
        note, name = await self._sealed.note(tx, one), await self._queries.name(tx, pair, by)
        return Noted(one, name, note, number, len(found), pair.state is PairState.RUNNING, side.about)

    @reads
    async def months(self, tx: Tx, by: PersonId, pair_id: str, back: int) -> Months:
        """Return MONTHS_AT_ONCE months of their own check-ins, `back` pages before the newest ones."""
        pair, side = await store.get(tx, pair_id), await side_store.of(tx, pair_id, by)
        if pair is None or side is None or pair.starts_on is None:
            raise NotYours
        name = await self._queries.name(tx, pair, by)
        span = await check_in_store.span(tx, side.id)
        first, last = span or (pair.starts_on, pair.starts_on)
        newest = last.year * 12 + last.month - 1 - MONTHS_AT_ONCE * back
        oldest = max(newest - MONTHS_AT_ONCE + 1, first.year * 12 + first.month - 1)
        newest = max(newest, oldest)
        shown = await check_in_store.between(tx, side.id, _first_of(oldest), _first_of(newest + 1))
        return Months(
            pair, name, (oldest // 12, oldest % 12 + 1), newest - oldest + 1,
            [one for one in shown if one.day < _first_of(newest + 1)],
            earlier=_first_of(oldest) > first, later=back > 0, about=side.about,
        )  # fmt: skip


def _first_of(month: int) -> date:
    """Return the first day of a month, given as the number of months since year 0."""
    return date(month // 12, month % 12 + 1, 1)
