"""The tables of notes and their readers, and their statements."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.ids import PersonId, ServerId
from bot.norms.note import Note, NoteKind, NoteState
from bot.norms.tables import notes, readers
from bot.storage.tx import Tx

_OF_AUTHOR = (
    select(notes).where(notes.c.person == bindparam("whose")).order_by(notes.c.made_at.desc(), notes.c.id)
)
_READ = notes.join(readers, (readers.c.note == notes.c.id) & readers.c.reads)
_WAITS = notes.c.state == NoteState.SENT
SENT_IDS = select(notes.c.id).where(notes.c.state != NoteState.DRAFT)
"""The ids of all notes that were sent."""


async def add(tx: Tx, note: Note) -> None:
    await tx.execute(insert(notes).values(**asdict(note)))


async def get(tx: Tx, id: str) -> Note | None:
    row = await tx.first(select(notes).where(notes.c.id == id))
    return None if row is None else to_note(row)


async def keep(tx: Tx, note: Note, **sealed: bytes | None) -> None:
    await tx.execute(update(notes).where(notes.c.id == note.id).values(**asdict(note), **sealed))


async def text(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(notes.c.text).where(notes.c.id == id))
    return sealed


async def of_author(tx: Tx, person: PersonId, server: ServerId | None = None) -> list[Note]:
    """Return their notes, the newest first."""
    rows = await tx.all(_OF_AUTHOR, {"whose": person})
    return [to_note(row) for row in rows if server in (None, row.server)]


async def begun(
    tx: Tx, person: PersonId, server: ServerId, kind: NoteKind, version: str | None, *states: NoteState
) -> Note | None:
    """Return their newest note about this that is in one of these states."""
    row = await tx.first(
        select(notes)
        .where(
            notes.c.person == person,
            notes.c.server == server,
            notes.c.kind == kind,
            notes.c.version.is_(None) if version is None else notes.c.version == version,
            notes.c.state.in_(states),
        )
        .order_by(notes.c.made_at.desc())
    )
    return None if row is None else to_note(row)


async def concerned(tx: Tx, person: PersonId, version: str) -> bool:
    """Whether they have sent a concern about it and not taken it back."""
    found = select(notes.c.id).where(
        notes.c.person == person, notes.c.version == version, notes.c.state != NoteState.DRAFT
    )
    return await tx.scalar(found.limit(1)) is not None


async def how_many_wait(tx: Tx, person: PersonId, server: ServerId, kind: NoteKind) -> int:
    """Return how many notes of this kind by this member wait there."""
    found = select(func.count()).where(
        notes.c.person == person, notes.c.server == server, notes.c.kind == kind, _WAITS
    )
    return int(await tx.scalar(found))


# -- who reads -------------------------------------------------------------------------------------


async def sent_to(tx: Tx, server: ServerId, moderator: PersonId) -> list[Note]:
    """Return the notes sent to this moderator, the oldest first."""
    found = await tx.all(
        select(notes)
        .select_from(_READ)
        .where(notes.c.server == server, notes.c.state != NoteState.DRAFT, readers.c.moderator == moderator)
        .order_by(notes.c.sent_at, notes.c.id)
    )
    return [to_note(row) for row in found]


async def waited_for(tx: Tx, server: ServerId) -> set[PersonId]:
    """Return the moderators for whom a note waits there."""
    found = select(readers.c.moderator).select_from(_READ).where(notes.c.server == server, _WAITS)
    return {PersonId(row.moderator) for row in await tx.all(found.distinct())}


async def readers_of(tx: Tx, ids: Collection[str]) -> set[PersonId]:
    """Return the moderators to whom any of these notes was sent."""
    found = select(readers.c.moderator).where(readers.c.note.in_(ids), readers.c.reads)
    return {PersonId(row.moderator) for row in await tx.all(found.distinct())}


async def ticks(tx: Tx, id: str) -> dict[PersonId, bool]:
    """Return every moderator that the note's author was shown, and whether they are to read it."""
    found = await tx.all(select(readers).where(readers.c.note == id))
    return {PersonId(row.moderator): row.reads for row in found}


async def tick(tx: Tx, id: str, ticked: Mapping[PersonId, bool]) -> None:
    """Replace the readers of a note with these."""
    await tx.execute(delete(readers).where(readers.c.note == id))
    for moderator, reads in ticked.items():
        await tx.execute(insert(readers).values(note=id, moderator=moderator, reads=reads))


async def untick(tx: Tx, author: PersonId, moderator: PersonId) -> None:
    """Untick this moderator in all unsent notes of this author."""
    drafts = select(notes.c.id).where(notes.c.person == author, notes.c.state == NoteState.DRAFT)
    theirs = update(readers).where(readers.c.moderator == moderator, readers.c.note.in_(drafts))
    await tx.execute(theirs.values(reads=False))


async def read_where(tx: Tx, moderator: PersonId, server: ServerId | None) -> set[ServerId]:
    """Return the servers in which notes were sent to this moderator: all, or at most that one."""
    found = select(notes.c.server).select_from(_READ).where(readers.c.moderator == moderator).distinct()
    found = found if server is None else found.where(notes.c.server == server)
    return {ServerId(row.server) for row in await tx.all(found)}


async def reads_no_more(tx: Tx, moderator: PersonId, server: ServerId | None) -> None:
    """Remove this moderator as a reader, in that server or in all."""
    gone = delete(readers).where(readers.c.moderator == moderator)
    here = select(notes.c.id).where(notes.c.server == server)
    await tx.execute(gone if server is None else gone.where(readers.c.note.in_(here)))


# -- deleting --------------------------------------------------------------------------------------


async def remove(tx: Tx, ids: Collection[str]) -> None:
    await tx.execute(delete(notes).where(notes.c.id.in_(ids)))


async def of_server(tx: Tx, server: ServerId) -> list[Note]:
    return [to_note(row) for row in await tx.all(select(notes).where(notes.c.server == server))]


def to_note(row: Row[Any]) -> Note:
    return Note(
        row.id, ServerId(row.server), NoteKind(row.kind), PersonId(row.person), row.made_at, row.version,
        NoteState(row.state), row.sent_at, row.done_at, row.written,
    )  # fmt: skip
