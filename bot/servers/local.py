"""Local helplines: up to three services near a server's members, which its moderators added."""

from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.errors import NotYours, TooMany
from bot.events import ServerForgotten
from bot.ids import PersonId, ServerId, is_id
from bot.servers import local_store as store
from bot.servers.log import ServerLog
from bot.servers.models import MOST_LOCAL_LINES, LocalLine
from bot.slice_context import SliceContext
from bot.storage.session import Hint
from bot.storage.transaction import writes
from bot.storage.tx import Tx

ADDED, CHANGED, REMOVED = "local_line_added", "local_line_changed", "local_line_removed"
_NOTHING = "_"


class LocalLines:
    """Local helplines, also kept in memory, since `/support` must work without the database."""

    def __init__(self, context: SliceContext, log: ServerLog) -> None:
        self._db = context.db
        self._log = log
        self._known: dict[ServerId, tuple[LocalLine, ...]] = {}

    async def load(self) -> None:
        """Fill the copy in memory."""
        await self._read_all()

    def of(self, server: ServerId | None) -> tuple[LocalLine, ...]:
        """Return the helplines of a server, from memory; none in direct messages."""
        return () if server is None else self._known.get(server, ())

    @writes
    async def write(
        self, tx: Tx, server: ServerId, who: PersonId, line: LocalLine, now: datetime, *, again: bool
    ) -> LocalLine:
        """Add a helpline, or with `again` change its text. The same one sent twice is added once.

        Raises LineUnwritten or TooMany, and NotYours if the one to be changed was removed, or if no line can
        have this id.
        """
        line = line.whole()
        there = {one.id: one for one in await store.of(tx, server)}
        before = there.get(line.id)
        if before is None and (again or not is_id(line.id) or await store.taken(tx, line.id)):
            raise NotYours
        if before is None and len(there) >= MOST_LOCAL_LINES:
            raise TooMany(MOST_LOCAL_LINES)
        after = line if before is None else replace(line, topics=before.topics)
        await self._keep(tx, server, who, before, after, now)
        return after

    @writes
    async def show_behind(
        self, tx: Tx, server: ServerId, who: PersonId, id: str, topics: tuple[str, ...], now: datetime
    ) -> LocalLine:
        """Choose the pages of `/support` on which it is shown."""
        before = await self._one(tx, server, id)
        after = replace(before, topics=topics)
        await self._keep(tx, server, who, before, after, now)
        return after

    @writes
    async def remove(self, tx: Tx, server: ServerId, who: PersonId, id: str, now: datetime) -> None:
        """Remove it. A second time changes nothing."""
        if (before := {one.id: one for one in await store.of(tx, server)}.get(id)) is None:
            return
        await store.remove(tx, id)
        await self._log.note(tx, server, who, now, [(REMOVED, before.spoken, _NOTHING)])
        await self._refresh(tx, server)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete the helplines of the server."""
        await store.forget(tx, event.server)
        await self._refresh(tx, event.server)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(
        self,
        tx: Tx,
        server: ServerId,
        who: PersonId,
        before: LocalLine | None,
        after: LocalLine,
        now: datetime,
    ) -> None:
        await store.keep(tx, server, after, now)
        change = (ADDED, _NOTHING) if before is None else (CHANGED, before.spoken)
        await self._log.note(tx, server, who, now, [(*change, after.spoken)])
        await self._refresh(tx, server)

    async def _refresh(self, tx: Tx, server: ServerId) -> None:
        now_there = tuple(await store.of(tx, server))
        tx.tell_others(Hint.MEMORY)
        tx.afterwards(partial(self._known.__setitem__, server, now_there))

    async def _one(self, tx: Tx, server: ServerId, id: str) -> LocalLine:
        for one in await store.of(tx, server):
            if one.id == id:
                return one
        raise NotYours

    @writes
    async def _read_all(self, tx: Tx) -> None:
        """In a write, so that no older state takes the place of a newer one."""
        known: dict[ServerId, tuple[LocalLine, ...]] = {}
        for server, line in await store.every(tx):
            known[server] = (*known.get(server, ()), line)
        tx.afterwards(partial(self._replace, known))

    def _replace(self, known: dict[ServerId, tuple[LocalLine, ...]]) -> None:
        self._known = known
