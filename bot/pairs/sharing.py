"""What reaches the other of the two: what was shared with them, and that somebody would like to talk."""

from datetime import datetime

from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs import check_in_store
from bot.pairs.check_in import CheckIn, Wish
from bot.pairs.kinds import LATER_LINE, NOT_NOW_LINE, SHARED_LINE, WISH_LINE
from bot.pairs.letters import Letters
from bot.pairs.looking import Looking
from bot.pairs.model import Pair
from bot.pairs.refusals import Closed
from bot.pairs.view import Shared, Wished
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Sharing:
    """Nothing of a check-in passes but what its owner chose to share."""

    def __init__(self, db: Database, looking: Looking, letters: Letters, outbox: Outbox) -> None:
        self.db = db
        self._looking = looking
        self._letters = letters
        self._outbox = outbox

    @reads
    async def wished(self, tx: Tx, by: PersonId, id: str) -> Wished:
        """What the other would like; raises Closed where it waits no more."""
        return await self._wished(tx, by, await self._wish_to(tx, by, id))

    @writes
    async def answer(self, tx: Tx, by: PersonId, id: str, wish: Wish, now: datetime) -> Wished:
        """Only the answer goes back."""
        one = await self._wish_to(tx, by, id)
        if one.wish is wish:
            return await self._wished(tx, by, one)
        held = await self._looking.apart(tx, await self._looking.running(tx, by, one.pair))
        answered = await check_in_store.keep(tx, one.answered(wish, held=held))
        await self._outbox.close(tx, id, now, kinds=(WISH_LINE,))
        kind = LATER_LINE if wish is Wish.LATER else NOT_NOW_LINE
        await self._outbox.tell(tx, one.person, kind, id, now, other=by, server=one.server, held=held)
        return await self._wished(tx, by, answered)

    @writes
    async def shared(self, tx: Tx, by: PersonId, pair_id: str, number: int, now: datetime) -> Shared:
        """What the other shared, newest first: the one of that number. Raises Closed where there is none.

        Across a boundary only what was read before it can be read.
        """
        pair = await self._looking.running(tx, by, pair_id)
        apart = await self._looking.apart(tx, pair)
        found = [
            one
            for one in await check_in_store.shared_by(tx, pair_id, pair.other(by))
            if one.seen or not apart
        ]
        if not found:
            raise Closed
        number = min(number, len(found) - 1)
        one = found[number]
        await check_in_store.see(tx, one.id)
        await self._outbox.close(tx, one.id, now, kinds=(SHARED_LINE,), person=by)
        name = await self._looking.name(tx, pair, by)
        return Shared(one, name, await self._letters.note(tx, one), number, len(found))

    @reads
    async def pair_of(self, tx: Tx, by: PersonId, id: str) -> Pair:
        """The pair of a check-in of either; raises NotYours for anybody else."""
        one = await check_in_store.get(tx, id)
        if one is None or by not in (one.person, one.partner):
            raise NotYours
        return await self._looking.running(tx, by, one.pair)

    # -- inside ---------------------------------------------------------------------------------

    async def _wish_to(self, tx: Tx, by: PersonId, id: str) -> CheckIn:
        """One that reached them before a boundary was set can be answered still; the answer is held back."""
        one = await check_in_store.get(tx, id)
        if one is None or one.partner != by or one.wish is None:
            raise NotYours
        if one.wish_held and one.wish is Wish.ASKED:
            raise NotYours
        return one

    async def _wished(self, tx: Tx, by: PersonId, one: CheckIn) -> Wished:
        pair = await self._looking.running(tx, by, one.pair)
        return Wished(one, await self._looking.name(tx, pair, by))
