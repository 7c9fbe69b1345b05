"""The server log: who changed which setting. It is written with the change, and never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import asdict

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.servers import log_store
from bot.servers.models import LogEntry, Server
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class ServerLog:
    """The log of a server's settings, which its moderators can read."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._people = people

    async def note(
        self, tx: Tx, server: ServerId, who: PersonId, at: datetime, changed: Sequence[tuple[str, str, str]]
    ) -> None:
        """Write an entry for each (setting, old value, new value) whose values differ."""
        await log_store.add(tx, server, at, who, [one for one in changed if one[1] != one[2]])

    @reads
    async def latest(self, tx: Tx, server: ServerId, most: int, before: int | None = None) -> list[LogEntry]:
        """Return at most `most` entries, the newest first, with numbers below `before`."""
        return await log_store.latest(tx, server, most, before)

    @reads
    async def every(self, tx: Tx, server: ServerId) -> list[LogEntry]:
        """Return all entries, the oldest first."""
        return await log_store.every(tx, server)

    @reads
    async def names(self, tx: Tx, server: ServerId, entries: Sequence[LogEntry]) -> Mapping[PersonId, str]:
        """Return the labels of those who changed something, without people who have left.

        They are told apart from everybody who is named in the log.
        """
        called = await self._people.labels_among(tx, server, await log_store.authors(tx, server))
        return {one.who: called[one.who] for one in entries if one.who in called}

    async def servers(self, tx: Tx) -> list[ServerId]:
        """Return the servers that have entries."""
        return await log_store.servers(tx)

    async def forget(self, tx: Tx, server: ServerId) -> None:
        await log_store.forget(tx, server)


def spoken(server: Server) -> dict[str, str]:
    """Return each setting as the log writes it; `_` if it is not set."""
    flat = {**asdict(server), **{f"ratify_{name}": value for name, value in asdict(server.ratifying).items()}}
    for name in ("id", "gone_at", "ratifying"):
        del flat[name]
    return {name: "_" if value is None else str(value) for name, value in flat.items()}
