"""Statements about the names of servers."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from bot.ids import ServerId
from bot.servers.tables import server_names
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_new = upsert(server_names)
_KEEP = _new.on_conflict_do_update(index_elements=["server"], set_={"name": _new.excluded.name})


async def every(tx: Tx) -> dict[ServerId, str]:
    return {ServerId(row.server): row.name for row in await tx.all(select(server_names))}


async def keep(tx: Tx, names: Mapping[ServerId, str]) -> None:
    await tx.execute_all(_KEEP, [{"server": server, "name": name} for server, name in names.items()])


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(server_names).where(server_names.c.server == server))
