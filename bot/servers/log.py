"""The log: who changed which setting of a server. It is written with the change, and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.servers import log_store
from bot.servers.models import LogEntry, Server
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class ServerLog:
    """For moderators, who see it whole."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._people = people

    async def note(
        self, tx: Tx, server: ServerId, who: PersonId, at: datetime, changed: Sequence[tuple[str, str, str]]
    ) -> None:
        """Write down each (setting, was, now) in which the two differ."""
        await log_store.add(tx, server, at, who, [one for one in changed if one[1] != one[2]])

    @reads
    async def latest(self, tx: Tx, server: ServerId, most: int, before: int | None = None) -> list[LogEntry]:
        """The newest first, of those before a number."""
        return await log_store.latest(tx, server, most, before)

    @reads
    async def every(self, tx: Tx, server: ServerId) -> list[LogEntry]:
        """The oldest first, for a file."""
        return await log_store.every(tx, server)

    @reads
    async def names(self, tx: Tx, server: ServerId, entries: Sequence[LogEntry]) -> Mapping[PersonId, str]:
        """What those who changed something are called there; whoever has left is left out."""
        return await self._people.names(tx, server, {one.who for one in entries})

    async def servers(self, tx: Tx) -> list[ServerId]:
        """Those in which anything was changed."""
        return await log_store.servers(tx)

    async def forget(self, tx: Tx, server: ServerId) -> None:
        await log_store.forget(tx, server)


def spoken(server: Server) -> dict[str, str]:
    """Each setting as the log writes it; `_` for what is not set."""
    flat = {**asdict(server), **{f"ratify_{name}": value for name, value in asdict(server.ratifying).items()}}
    for name in ("id", "gone_at", "ratifying"):
        del flat[name]
    return {name: "_" if value is None else str(value) for name, value in flat.items()}
