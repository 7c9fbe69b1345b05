"""Concerns and suggestions, sealed, and which moderators read each."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.ids import PersonId, ServerId
from bot.norms.note import Note, NoteKind, NoteState
from bot.norms.tables import notes, readers
from bot.storage.tx import Tx


async def add(tx: Tx, note: Note) -> None:
    await tx.execute(insert(notes).values(**asdict(note)))


async def get(tx: Tx, id: str) -> Note | None:
    row = await tx.first(select(notes).where(notes.c.id == id))
    return None if row is None else _note(row)


async def keep(tx: Tx, note: Note, **sealed: bytes | None) -> None:
    await tx.execute(update(notes).where(notes.c.id == note.id).values(**asdict(note), **sealed))


async def text(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(notes.c.text).where(notes.c.id == id))
    return sealed


async def of_author(tx: Tx, person: PersonId, server: ServerId | None = None) -> list[Note]:
    """Theirs, the newest first."""
    found = select(notes).where(notes.c.person == person)
    found = found if server is None else found.where(notes.c.server == server)
    return [_note(row) for row in await tx.all(found.order_by(notes.c.made_at.desc()))]


async def draft_about(
    tx: Tx, person: PersonId, server: ServerId, kind: NoteKind, version: str | None
) -> Note | None:
    """The one they have begun about this and not sent."""
    row = await tx.first(
        select(notes).where(
            notes.c.person == person,
            notes.c.server == server,
            notes.c.kind == kind,
            notes.c.version.is_(None) if version is None else notes.c.version == version,
            notes.c.state == NoteState.DRAFT,
        )
    )
    return None if row is None else _note(row)


async def waiting(tx: Tx, server: ServerId, moderator: PersonId) -> list[Note]:
    """Those sent to this moderator and not seen to, the oldest first."""
    found = await tx.all(
        select(notes)
        .join(readers, readers.c.note == notes.c.id)
        .where(notes.c.server == server, notes.c.state == NoteState.SENT, readers.c.moderator == moderator)
        .order_by(notes.c.sent_at)
    )
    return [_note(row) for row in found]


async def who_reads(tx: Tx, id: str) -> list[PersonId]:
    found = await tx.all(select(readers.c.moderator).where(readers.c.note == id))
    return [PersonId(row.moderator) for row in found]


async def read_by(tx: Tx, id: str, moderators: Collection[PersonId]) -> None:
    """These, and nobody else."""
    await tx.execute(delete(readers).where(readers.c.note == id))
    for moderator in moderators:
        await tx.execute(insert(readers).values(note=id, moderator=moderator))


async def remove(tx: Tx, ids: Collection[str]) -> None:
    await tx.execute(delete(notes).where(notes.c.id.in_(ids)))


async def of_server(tx: Tx, server: ServerId) -> list[Note]:
    return [_note(row) for row in await tx.all(select(notes).where(notes.c.server == server))]


def _note(row: Row[Any]) -> Note:
    return Note(
        row.id, ServerId(row.server), NoteKind(row.kind), PersonId(row.person), row.made_at, row.version,
        NoteState(row.state), row.sent_at, row.written,
    )  # fmt: skip
