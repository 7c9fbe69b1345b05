"""Concerns and suggestions for moderators, and the message that tells their readers of them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.norms import note_store, notifications, store, timers
from bot.norms.models import Version
from bot.norms.note import Note, NoteState
from bot.norms.queries import Letter, NormQueries
from bot.norms.sealed import SealedNotes
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

MOST_READERS = 25
"""The most options of a Discord select. A draft names the moderators who were active last first."""


class Letters(Struct, frozen=True):
    """The notes that were sent to one moderator, the oldest first."""

    waiting: Sequence[Letter]
    done: Sequence[Letter]


class ModeratorInbox:
    """Shows notes to the moderators they were sent to, and tells these and nobody else that one waits.

    A line in the moderators' channel would be seen by those who can't read the note, and one of them may be
    whom it is about.
    """

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedNotes,
        queries: NormQueries,
        people: People,
        servers: Servers,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries
        self._people = people
        self._servers = servers

    @reads
    async def letters(self, tx: Tx, moderator: PersonId, server: ServerId) -> Letters:
        """Return the notes sent to this moderator, the oldest first: those that wait, and those done."""
        found = [await self.letter(tx, note) for note in await note_store.sent_to(tx, server, moderator)]
        return Letters(
            [one for one in found if one.note.state is NoteState.SENT],
            [one for one in found if one.note.state is NoteState.DONE],
        )

    @writes
    async def done(self, tx: Tx, moderator: PersonId, server: ServerId, id: str, now: datetime) -> None:
        """Mark a note as done, by a moderator it was sent to. A second time changes nothing.

        Its other readers keep the message about it until they have opened it, and find it among what is done:
        otherwise one of them could take it away before the others have read it.
        """
        note = await self._theirs(tx, moderator, server, id)
        if note.state is NoteState.SENT:
            await note_store.keep(tx, note.done(now))
            await self.settle(tx, server, [moderator], now)

    @writes
    async def open_again(self, tx: Tx, moderator: PersonId, server: ServerId, id: str) -> None:
        """Undo `done`. A second time changes nothing."""
        note = await self._theirs(tx, moderator, server, id)
        if note.state is NoteState.DONE:
            await note_store.keep(tx, note.opened_again())

    @writes
    async def heard(self, tx: Tx, moderator: PersonId, server: str, now: datetime) -> None:
        """Record that a moderator has opened the message that something waits. The next one is told again."""
        await self._outbox.close(tx, server, now, kinds=(notifications.WAITS,), person=moderator)

    # -- the message, in the caller's transaction -----------------------------------------------

    async def announce(self, tx: Tx, note: Note, moderators: Collection[PersonId], now: datetime) -> None:
        """Tell these moderators, its readers, that a note waits. Who knows it already isn't told again."""
        for one in moderators:
            await self._outbox.tell(tx, one, notifications.WAITS, str(note.server), now, server=note.server)

    async def settle(self, tx: Tx, server: ServerId, moderators: Collection[PersonId], now: datetime) -> None:
        """Close the message to those of these moderators for whom nothing waits there any more."""
        for one in set(moderators) - await note_store.waited_for(tx, server):
            await self._outbox.close(tx, str(server), now, kinds=(notifications.WAITS,), person=one)

    # -- in the caller's transaction ------------------------------------------------------------

    async def moderators(self, tx: Tx, note: Note) -> list[PersonId]:
        """Return the moderators who could read it, without its author. The latest one is the first."""
        return [one for one in await self._servers.moderators(tx, note.server) if one != note.person]

    async def letter(self, tx: Tx, note: Note) -> Letter:
        """Return the note with its text, its readers, and the version that it is about."""
        text = await self._sealed.text(tx, note)
        ticks = await note_store.ticks(tx, note.id)
        readers = await self._people.labels(tx, note.person, note.server, dict.fromkeys(ticks))
        # A moderator may know nothing of the author but this label.
        author = await self._people.labels_in_full(tx, note.server, [note.person])
        version = None if note.version is None else await store.get(tx, note.version)
        stands = (
            version is None or note.state is not NoteState.DRAFT or await self._queries.stands(tx, version)
        )
        return Letter(
            note,
            text,
            {one: readers.get(one, "") for one in ticks},
            frozenset(one for one, reads in ticks.items() if reads),
            author.get(note.person, ""),
            version,
            not stands,
            None if version is None or stands else await self._instead(tx, version),
            version is not None and await self._queries.voting(tx, version),
        )

    async def remove(self, tx: Tx, notes: Sequence[Note], now: datetime) -> None:
        """Delete these notes with their keys and timers, and close the messages that told of them."""
        told = await note_store.readers_of(tx, [note.id for note in notes])
        for note in notes:
            await self._sealed.forget(tx, note.id)
            await self._agenda.drop(tx, timers.NOTE_GOES, note.id)
        await note_store.remove(tx, [note.id for note in notes])
        for server in {note.server for note in notes}:
            await self.settle(tx, server, told, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _theirs(self, tx: Tx, moderator: PersonId, server: ServerId, id: str) -> Note:
        """Return a note that was sent to this moderator in this server. Raises NotYours."""
        note = await note_store.get(tx, id)
        if note is None or note.server != server or note.state is NoteState.DRAFT:
            raise NotYours
        if not (await note_store.ticks(tx, id)).get(moderator):
            raise NotYours
        return note

    async def _instead(self, tx: Tx, version: Version) -> Version | None:
        """Return the newer version that can be answered instead."""
        for one in (await store.proposed(tx, version.server), await store.in_force(tx, version.server)):
            if one is not None and one.number > version.number:
                return one
        return None
