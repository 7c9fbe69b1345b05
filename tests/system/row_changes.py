"""Which rows something changed, and whom they are about."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from bot.servers.tables import moderators
from bot.storage.schema import metadata
from bot.storage.tx import Tx

DatabaseRow = tuple[Any, ...]
Dump = dict[str, Counter[DatabaseRow]]
_EVERY_ROW = {
    name: select(*(column for column in table.columns if column is not moderators.c.asked_at))
    for name, table in metadata.tables.items()
}
"""Without the day on which Discord was last asked whether somebody moderates: it says nothing of them."""


async def written(tx: Tx) -> int:
    """Return a number that grows with every row that is written."""

    def count(connection: Connection) -> int:
        raw = connection.connection.driver_connection
        assert raw is not None
        return int(raw.total_changes)

    return await tx.hand_over(count)


async def dumped(tx: Tx) -> Dump:
    """Return every row of every table."""
    return {name: Counter(map(tuple, await tx.all(rows))) for name, rows in _EVERY_ROW.items()}


def differences(before: Dump, after: Dump) -> Iterator[tuple[str, DatabaseRow]]:
    """Yield each row that only one of the two has, with the name of its table."""
    for name, rows in before.items():
        for row in (rows - after[name]) + (after[name] - rows):
            yield name, row


class Whose:
    """Says whom a row is about: by itself, or by the rows whose ids it has."""

    def __init__(self, people: Collection[str], rows: Iterable[DatabaseRow]) -> None:
        self._people = people
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row and isinstance(row[0], str):
                self._of[row[0]] |= self._named(row)

    def __call__(self, row: DatabaseRow) -> set[str]:
        cells = [cell for cell in row if isinstance(cell, str)]
        return self._named(row).union(*(self._of.get(cell, set()) for cell in cells))

    def _named(self, row: DatabaseRow) -> set[str]:
        cells = [cell for cell in row if isinstance(cell, str)]
        return {one for one in self._people if any(one in cell for cell in cells)}
