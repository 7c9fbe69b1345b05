"""What a table holds about people, column by column: what `/privacy` shows, exports and erases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table's account of itself. Every column stands in exactly one of the three lists.

    whose: columns with the `PersonId` of somebody the row is about; their erasure takes it, or their part.
    told: columns about that person, shown to them and exported (sealed ones are opened first).
    plumbing: columns that say nothing about anyone (random ids, revisions, a server's settings).
    """

    table: str
    subjects: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.subjects, *self.exported, *self.internal))
