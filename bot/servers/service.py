"""Which settings a server has, and which server somebody means."""

from collections.abc import Sequence

from bot.ids import ServerId
from bot.servers import store
from bot.servers.model import NoServer, Server, WhichServer
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Servers:
    """Settings of servers, kept in memory too: they change seldom, every room asks for them, and the
    country is needed for help that must work without the database.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self._known: dict[ServerId, Server] = {}
        self._loaded = False

    async def load(self) -> None:
        """Fill the copy in memory; once, at start."""
        self._known = {server.id: server for server in await self._every()}
        self._loaded = True

    def country(self, server: ServerId | None) -> str | None:
        """The country whose help lines a server's members see first, from memory."""
        known = None if server is None else self._known.get(server)
        return None if known is None else known.country

    async def get(self, tx: Tx, server: ServerId) -> Server:
        """As of the last commit."""
        if self._loaded:
            return self._known.get(server) or Server(server)
        return await store.get(tx, server)

    @reads
    async def settings(self, tx: Tx, server: ServerId) -> Server:
        return await self.get(tx, server)

    @writes
    async def keep(self, tx: Tx, server: Server) -> None:
        await store.keep(tx, server)
        tx.afterwards(lambda: self._known.update({server.id: server}))

    @reads
    async def _every(self, tx: Tx) -> list[Server]:
        return await store.every(tx)


def the_one(here: ServerId | None, common: Sequence[ServerId]) -> ServerId:
    """The server meant: the one stood in, else the only one in common; raises WhichServer or NoServer."""
    if here is not None:
        return here
    if not common:
        raise NoServer
    if len(common) > 1:
        raise WhichServer(tuple(common))
    return common[0]
