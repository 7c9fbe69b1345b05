"""What each slice says about its rows: which are whose, how they are exported, and how they are erased."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.storage.ledger import AnyRow, Condition, Ledger, Table
from bot.storage.tx import Tx
from bot.vault.sealing import Cell

Mine = Callable[[PersonId], Condition]
"""Returns the condition on a table's rows under which they are exported to this person."""


class Sealed(Struct, frozen=True):
    """A sealed column: where each row's text belongs, and how its parts are read from the opened text."""

    cell: Callable[[AnyRow], Cell]
    read: Callable[[str], object] = str


class HeldTable(Struct, frozen=True):
    """A table with rows about people.

    mine: which rows are exported to a person: those that are theirs to see. None if none is.
    asked_for: its rows are exported, and shown on the screen, only if they are asked for.
    """

    table: Table
    ledger: Ledger
    mine: Mine | None = None
    sealed: Mapping[str, Sealed] = field(default_factory=dict)
    asked_for: bool = False

    @property
    def name(self) -> str:
        return self.table.name


class SlicePrivacy(Protocol):
    """What a slice holds about people. `bot/wiring.py` registers each slice's, in the order of erasing."""

    @property
    def tables(self) -> Sequence[HeldTable]:
        """Return every table of the slice whose ledger has subjects."""
        ...

    async def consequences(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Consequence]:
        """Return what others will notice when this person is erased."""
        ...

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Remove every trace of the person from the slice's tables, with its timers, messages and keys.

        They have parted from everybody before. What belongs to others stays, without a name.
        """
        ...


def ledger_of(ledgers: Sequence[Ledger], table: Table) -> Ledger:
    """Return the ledger of a table. Raises StopIteration if it has none."""
    return next(ledger for ledger in ledgers if ledger.table == table.name)


def owned(table: Table, column: str) -> Mine:
    """Return the condition that the person stands in this column."""
    return lambda person: table.c[column] == person
