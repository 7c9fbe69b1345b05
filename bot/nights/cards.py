"""What people write for those who look out for them, and the card that they keep for next time."""

from datetime import datetime

from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.nights import card_store
from bot.nights.errors import CardLocked
from bot.nights.models import CARD_KEPT, KeptCard, NightCard
from bot.nights.moves import NightMoves
from bot.nights.queries import NightQueries, NightView
from bot.nights.sealed import SealedNights
from bot.nights.timers import CARD_GOES
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class NightCards:
    """Writes cards. From the start of a night until noon they stay as they were written sober."""

    def __init__(
        self, context: SliceContext, sealed: SealedNights, moves: NightMoves, queries: NightQueries
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._sealed = sealed
        self._moves = moves
        self._queries = queries

    @writes
    async def write(self, tx: Tx, by: PersonId, id: str, card: NightCard, now: datetime) -> NightView:
        """Write their card for a night. Raises CardLocked once it has begun, unless the card was blank."""
        night, mine = await self._queries.here(tx, by, id)
        before = await self._sealed.card(tx, mine)
        if card != before:
            night.require_planned(now)
            if night.locked(now) and not before.blank:
                raise CardLocked
            # The key of the earlier writing goes with it.
            await self._sealed.forget(tx, mine)
            again = replace(mine, written=mine.written + 1)
            mine = await self._moves.keep(tx, again, await self._sealed.seal(tx, again, card))
        return await self._queries.view(tx, night, mine)

    @writes
    async def keep(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Keep their card of this night for next time, in place of the one that they kept before.

        Raises NotYours if it is blank.
        """
        _, mine = await self._queries.here(tx, by, id)
        card = await self._sealed.card(tx, mine)
        if card.blank:
            raise NotYours
        known = await card_store.of(tx, by)
        if known is None:
            kept = KeptCard(new_id(), by, now, now + CARD_KEPT)
            await card_store.add(tx, kept, await self._sealed.seal_kept(tx, kept, card))
        else:
            await self._sealed.forget_kept(tx, known)
            again = replace(known, made_at=now, goes_at=now + CARD_KEPT, written=known.written + 1)
            kept = await card_store.keep(tx, again, await self._sealed.seal_kept(tx, again, card))
        await self._agenda.put(tx, CARD_GOES, kept.id, kept.goes_at)

    @writes
    async def forget(self, tx: Tx, by: PersonId) -> None:
        """Delete the card that they keep. A second time changes nothing."""
        await self.remove(tx, await card_store.of(tx, by))

    # -- in the caller's transaction ------------------------------------------------------------

    async def remove(self, tx: Tx, kept: KeptCard | None) -> None:
        """Delete a kept card with its key and timer."""
        if kept is not None:
            await self._agenda.drop(tx, CARD_GOES, kept.id)
            await self._sealed.forget_kept(tx, kept)
            await card_store.remove(tx, kept.id)
