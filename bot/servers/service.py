"""Which settings a server has, and which server somebody means."""

from collections.abc import Sequence

from bot.ids import ServerId
from bot.servers import store
from bot.servers.model import NoServer, Server, WhichServer
from bot.storage.database import Database, Tx
from bot.storage.transaction import reads, writes


class Servers:
    """Settings of servers; the countries are kept in memory too, for help that must not need the database."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._countries: dict[ServerId, str | None] = {}

    async def load(self) -> None:
        """Fill the copy in memory; once, at start."""
        for server in await self._every():
            self._countries[server.id] = server.country

    def country(self, server: ServerId | None) -> str | None:
        """The country whose help lines a server's members see first, from memory."""
        return None if server is None else self._countries.get(server)

    async def get(self, tx: Tx, server: ServerId) -> Server:
        return await store.get(tx, server)

    @reads
    async def settings(self, tx: Tx, server: ServerId) -> Server:
        return await store.get(tx, server)

    @writes
    async def keep(self, tx: Tx, server: Server) -> None:
        await store.keep(tx, server)
        tx.afterwards(lambda: self._countries.update({server.id: server.country}))

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
