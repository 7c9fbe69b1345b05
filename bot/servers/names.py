"""What servers are called, for processes to which Discord doesn't send them.

Direct messages all reach one process. It has to name servers that Discord sends to others.
"""

from collections.abc import Mapping
from functools import partial

from bot.ids import ServerId
from bot.servers import name_store as store
from bot.slice_context import SliceContext
from bot.storage.session import Hint
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.text import storable


class ServerNames:
    """Keeps the names in a table that all processes share, and a copy in memory."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._known: dict[ServerId, str] = {}

    def of(self, server: ServerId) -> str:
        """Return a name, from memory; empty if it isn't known."""
        return self._known.get(server, "")

    @writes
    async def load(self, tx: Tx) -> None:
        """Fill the copy in memory. In a write, so that no older state takes the place of a newer one."""
        tx.afterwards(partial(self._replace, await store.every(tx)))

    async def see(self, names: Mapping[ServerId, str]) -> None:
        """Keep what Discord has sent. A process that has every server to itself needs no table."""
        kept = {server: storable(name) for server, name in names.items()}
        new = {server: name for server, name in kept.items() if self.of(server) != name}
        if new and self._db.shared:
            await self._keep(new)

    async def forget(self, tx: Tx, server: ServerId) -> None:
        await store.forget(tx, server)
        tx.tell_others(Hint.MEMORY)

    # -- inside ---------------------------------------------------------------------------------

    @writes
    async def _keep(self, tx: Tx, names: Mapping[ServerId, str]) -> None:
        await store.keep(tx, names)
        tx.tell_others(Hint.MEMORY)
        tx.afterwards(partial(self._known.update, names))

    def _replace(self, known: dict[ServerId, str]) -> None:
        self._known = known
