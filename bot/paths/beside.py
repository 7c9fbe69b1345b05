"""What a companion does with their own place, and the person on the path with those of their companions."""

from datetime import datetime

from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId
from bot.paths import companion_store, store, timers
from bot.paths.models import TERM, Companion
from bot.paths.moves import PathMoves
from bot.paths.queries import PathQueries
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Beside:
    """Ends a companion's place, or lets them go on for another six months."""

    def __init__(self, context: SliceContext, queries: PathQueries, moves: PathMoves) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves

    @writes
    async def leave(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Companion:
        """Stop accompanying a path, without a reason. Nobody is told why."""
        me = await companion_store.of_person(tx, by)
        if me is None or me.path != id:
            raise NotYours
        await self._moves.leave(tx, me, now, tells_them=False)
        return me

    @writes
    async def remove(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Companion:
        """End the place of a companion of one's own path. They read that the path has closed."""
        companion = await companion_store.get(tx, id)
        path = None if companion is None else await store.get(tx, companion.path)
        if companion is None or path is None or path.owner != by:
            raise NotYours
        await self._moves.leave(tx, companion, now, tells_them=True)
        return companion

    @reads
    async def place(self, tx: Tx, by: PersonId, id: str) -> Companion:
        """Return their own place, by its id or that of the path. Raises NotYours."""
        me = await companion_store.of_person(tx, by)
        if me is None or id not in (me.id, me.path):
            raise NotYours
        return me

    @reads
    async def path_of(self, tx: Tx, by: PersonId, id: str) -> str:
        """Return the id of their own path that a companion with this place accompanies. Raises NotYours."""
        companion = await companion_store.get(tx, id)
        path = None if companion is None else await store.get(tx, companion.path)
        if path is None or path.owner != by:
            raise NotYours
        return path.id

    @writes
    async def stay(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Companion:
        """Stay for another six months, counted from today."""
        me = await companion_store.of_person(tx, by)
        if me is None or me.id != id:
            raise NotYours
        await self._outbox.close(tx, id, now)
        if now < me.term_at:
            return me
        longer = replace(me, term_at=now + TERM)
        await companion_store.keep(tx, longer)
        await self._agenda.put(tx, timers.TERM, id, longer.term_at)
        return longer
