"""What a table holds about people, column by column, for what `/privacy` shows, exports and erases."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, Table

__all__ = ["AnyRow", "Condition", "Ledger", "Table"]

AnyRow = Row[Any]
"""A row of any table."""
Condition = ColumnElement[bool]
"""A condition on the rows of a table."""


class Ledger(Struct, frozen=True):
    """The columns of one table. Every column is in exactly one of the three lists.

    subjects: columns with the `PersonId` of somebody the row is about. Erasing that person deletes the row
        or their part of it.
    exported: columns about that person, shown to them and exported (sealed ones are opened first).
    internal: columns that say nothing about anyone (random ids, revisions, a server's settings), and states
        from which they could read what a boundary of somebody else keeps from them.
    """

    table: str
    subjects: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.subjects, *self.exported, *self.internal))
