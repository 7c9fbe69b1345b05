"""A server's settings. A server without a row has the defaults."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.ids import ServerId
from bot.servers.model import Server
from bot.storage.ledger import Ledger
from bot.storage.schema import metadata
from bot.storage.tx import Tx

servers = Table(
    "servers",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("retention_days", Integer, nullable=False),
    Column("country", String),
    Column("minors", Boolean, nullable=False),
)
LEDGER = (Ledger("servers", plumbing=("id", "retention_days", "country", "minors")),)


_ONE = select(servers).where(servers.c.id == bindparam("one"))


async def get(tx: Tx, server: ServerId) -> Server:
    row = await tx.first(_ONE, {"one": server})
    return Server(server) if row is None else Server(server, row.retention_days, row.country, row.minors)


async def every(tx: Tx) -> list[Server]:
    rows = await tx.all(select(servers))
    return [Server(ServerId(row.id), row.retention_days, row.country, row.minors) for row in rows]


async def keep(tx: Tx, server: Server) -> None:
    values = {"retention_days": server.retention_days, "country": server.country, "minors": server.minors}
    await tx.execute(
        upsert(servers)
        .values(id=server.id, **values)
        .on_conflict_do_update(index_elements=[servers.c.id], set_=values)
    )
