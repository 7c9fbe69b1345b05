"""What `Database` needs from an engine. `sqlite.py` implements it for SQLite."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.storage.tx import Tx


class Adapter(Protocol):
    """One engine's connections. Each opens them at the first use.

    Whatever it does raises StorageUnavailable if the database can't be used right now.
    """

    async def open(self) -> None:
        """Open the connections now. Raises Damaged."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Tx]:
        """Begin a write. Writes run one at a time.

        It is committed at the end, or undone if anything is raised.
        """
        ...

    def migrating(self) -> AbstractAsyncContextManager[Tx]:
        """Begin a write that may change the schema."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Begin a read: it sees the database in one state, and can write nothing."""
        ...

    def may_run_again(self, error: Exception) -> bool:
        """Return whether a transaction that failed so may be run once more. Nothing of it was stored."""
        ...

    async def checkpoint(self) -> bool:
        """Write the journal into the database and empty it. Return False if a reader prevents that."""
        ...

    async def close(self) -> None:
        """Close the connections. They may be opened again."""
        ...
