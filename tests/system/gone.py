"""What must be true after somebody was erased, of rows, of what they wrote, and of what others are shown."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from bot.ids import PersonId
from bot.storage.schema import metadata
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault
from tests.system.fixtures import Harness
from tests.system.readings import Fact

Seal = Callable[[Vault, Tx, Cell, str], Awaitable[bytes]]
_ENDING = (
    "SELECT id FROM asks WHERE asker = ?1 UNION ALL SELECT id FROM pairs WHERE ?1 IN (starter, partner)"
    " UNION ALL SELECT 'terms:' || id FROM carryings WHERE carrier = ?1"
)
"""The cases in the vault that end with a person: of others, only what they wrote in these may be lost.

A carrier's copy of what somebody wants goes with its carrier. Its author still has their terms.
"""


@dataclass(frozen=True)
class Written:
    """A text with its place in the database, and its bytes as they were stored there."""

    cell: Cell
    sealed: bytes
    text: str


class Writing:
    """Keeps whatever is sealed. Put `seal` in the place of `Vault.seal`."""

    def __init__(self, before: "Writing | None" = None) -> None:
        self.texts: list[Written] = [] if before is None else list(before.texts)

    def recording(self, seal: Seal) -> Seal:
        async def recorded(vault: Vault, tx: Tx, cell: Cell, text: str) -> bytes:
            sealed = await seal(vault, tx, cell, text)
            self.texts.append(Written(cell, sealed, text))
            return sealed

        return recorded

    def by(self, authors: set[PersonId]) -> list[Written]:
        return [one for one in self.texts if one.cell.author in authors]

    def opening(self, harness: Harness) -> set[int]:
        """Return the numbers of the texts that can be opened, from the bytes that were stored first."""

        async def tried(tx: Tx) -> set[int]:
            vault, found = harness.services.vault, set()
            for number, one in enumerate(self.texts):
                # After a backup was restored, the same place can have another key than it had.
                with suppress(InvalidTag):
                    if await vault.unseal(tx, one.cell, one.sealed) is not None:
                        found.add(number)
            return found

        return harness.run(harness.bot.db.read(tried))


class Gone:
    """The ids of the people who were erased, and what must be true of them."""

    def __init__(self, harness: Harness, writing: Writing) -> None:
        self._harness = harness
        self.writing = writing
        self._brought = 0
        self.ids: set[PersonId] = set()

    def erase(self, name: str) -> Iterator[str]:
        """Erase them, and find what others have lost by it."""
        person = self._harness.meet(name)
        ending = {row["id"] for row in self._harness.rows(_ENDING, person)}
        before = self.writing.opening(self._harness)
        self.ids.add(self._harness.erase(name))
        self.forget_deliveries()
        for number in before - self.writing.opening(self._harness):
            cell = self.writing.texts[number].cell
            if cell.author != person and cell.case not in ending:
                yield f"somebody else lost what they wrote in {cell.table}.{cell.column}"

    def forget_deliveries(self) -> None:
        """Messages that have arrived until now may be about anybody."""
        self._brought = len(self._harness.post.brought)

    def found_wrong(self) -> Iterator[str]:
        """Find what is left of them in the database, and messages that came afterwards."""
        for table in metadata.tables:
            for row in self._harness.rows(f'SELECT * FROM "{table}"'):
                for column, value in dict(row).items():
                    if self._names_one(value):
                        yield f"somebody who was erased is in {table}.{column}"
        for message in self._harness.post.brought[self._brought :]:
            if self.ids & {message.person, message.other}:
                yield f"{message.kind} was brought to somebody who was erased, or names them"
        self.forget_deliveries()

    def openable(self) -> Iterator[str]:
        """Find what they wrote that can still be opened."""
        for number in self.writing.opening(self._harness):
            cell = self.writing.texts[number].cell
            if cell.author in self.ids:
                yield f"what an erased person wrote in {cell.table}.{cell.column} can be opened"

    def shown(self, facts: set[Fact]) -> Iterator[str]:
        """Find what somebody else can read of them."""
        there = {PersonId(id) for id in self._harness.people.values()}
        theirs = {one.text for one in self.writing.by(self.ids)}
        others = {one.text for one in self.writing.by(there)}
        for fact in facts:
            written = any(fact.text in text for text in theirs - others)
            if fact.of in self.ids or (fact.text and written):
                yield f"{fact.kind} tells of somebody who was erased"

    def _names_one(self, value: object) -> bool:
        if isinstance(value, str):
            return any(id in value for id in self.ids)
        return isinstance(value, bytes) and any(id.encode() in value for id in self.ids)
