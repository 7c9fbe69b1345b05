"""What `Database` needs from an engine. `sqlite.py` implements it for SQLite."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.storage.tx import Tx


class Damaged(Exception):
    """The file is not a database, or no longer a whole one."""


class Adapter(Protocol):
    """One engine's connections. Each opens them at the first use."""

    async def open(self) -> None:
        """Open them now. Raises Damaged."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Tx]:
        """Run a write: one at a time, committed at the end, undone if anything is raised."""
        ...

    def migrating(self) -> AbstractAsyncContextManager[Tx]:
        """Run a write that may change the schema."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Run a read: a steady view of the database, in which nothing can be written."""
        ...

    def may_run_again(self, error: Exception) -> bool:
        """Say whether a write failed only because of another one, so that it may be run once more."""
        ...

    async def checkpoint(self) -> bool:
        """Fold the journal into the database and empty it; False if a reader is in the way."""
        ...

    async def close(self) -> None:
        """Close the connections. They may be opened again."""
        ...
