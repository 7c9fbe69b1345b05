"""Statements about the log of changes. The database itself refuses to change or delete an entry."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.ids import PersonId, ServerId
from bot.servers.models import LogEntry
from bot.servers.tables import config_log
from bot.storage.tx import Tx


async def add(
    tx: Tx, server: ServerId, at: datetime, who: PersonId, changed: Sequence[tuple[str, str, str]]
) -> None:
    """Add an entry for each (setting, old value, new value)."""
    for setting, was, now in changed:
        await tx.execute(
            insert(config_log).values(server=server, at=at, who=who, setting=setting, was=was, now=now)
        )


async def latest(tx: Tx, server: ServerId, most: int, before: int | None = None) -> list[LogEntry]:
    """Return at most `most` entries, the newest first, with numbers below `before`."""
    found = select(config_log).where(config_log.c.server == server)
    if before is not None:
        found = found.where(config_log.c.number < before)
    return [_entry(row) for row in await tx.all(found.order_by(config_log.c.number.desc()).limit(most))]


async def every(tx: Tx, server: ServerId) -> list[LogEntry]:
    """Return all entries of a server, the oldest first."""
    found = select(config_log).where(config_log.c.server == server).order_by(config_log.c.number)
    return [_entry(row) for row in await tx.all(found)]


async def authors(tx: Tx, server: ServerId) -> list[PersonId]:
    """Return everybody who is named in the log of a server."""
    found = select(config_log.c.who).where(config_log.c.server == server).distinct()
    return [PersonId(row.who) for row in await tx.all(found)]


async def wrote(tx: Tx, person: PersonId) -> bool:
    """Whether any entry is theirs."""
    return await tx.scalar(select(config_log.c.number).where(config_log.c.who == person).limit(1)) is not None


async def unname(tx: Tx, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person. The entries themselves never change."""
    await tx.execute(update(config_log).where(config_log.c.who == person).values(who=instead))


async def servers(tx: Tx) -> list[ServerId]:
    return [ServerId(row.server) for row in await tx.all(select(config_log.c.server).distinct())]


async def forget(tx: Tx, server: ServerId) -> None:
    """Delete the log of a server. The database refuses it unless the bot was removed from there."""
    await tx.execute(delete(config_log).where(config_log.c.server == server))


def _entry(row: Row[Any]) -> LogEntry:
    return LogEntry(row.number, row.at, PersonId(row.who), row.setting, row.was, row.now)
