"""What members tell moderators by name: concerns about a version, and suggestions."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.norms import kinds, note_store, store
from bot.norms.ballots import Ballots
from bot.norms.model import Stand
from bot.norms.note import KEPT_NOTE, Note, NoteKind, NoteState
from bot.norms.view import Letter
from bot.people.service import Parting, People
from bot.posting.board import Board, Post
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda
from bot.vault.sealing import Cell, Vault


class Notes:
    """A draft names every moderator who would read it; any of them can be unticked before it is sent."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        people: People,
        servers: Servers,
        ballots: Ballots,
        agenda: Agenda,
        board: Board,
    ) -> None:
        self.db = db
        self._vault = vault
        self._people = people
        self._servers = servers
        self._ballots = ballots
        self._agenda = agenda
        self._board = board
        agenda.on(kinds.NOTE_GOES, self._go)
        people.on_parting(self._part)

    # -- who writes -----------------------------------------------------------------------------

    @writes
    async def begin(
        self, tx: Tx, person: PersonId, server: ServerId, kind: NoteKind, version: str | None, now: datetime
    ) -> Letter:
        """The one they have begun about this, or a new one that all moderators would read."""
        note = await note_store.draft_about(tx, person, server, kind, version)
        if note is None:
            note = Note(new_id(), server, kind, person, now, version)
            await note_store.add(tx, note)
            await note_store.read_by(tx, note.id, await self._moderators(tx, note))
            await self._agenda.put(tx, kinds.NOTE_GOES, note.id, now + KEPT_NOTE)
        return await self._letter(tx, note)

    @writes
    async def read_by(self, tx: Tx, person: PersonId, id: str, moderators: Collection[PersonId]) -> Letter:
        """Only these are to read it; whoever is no moderator is left out."""
        note = await self._own(tx, person, id)
        if note.state is NoteState.DRAFT:
            may = await self._moderators(tx, note)
            await note_store.read_by(tx, id, [one for one in may if one in moderators])
        return await self._letter(tx, note)

    @writes
    async def write(self, tx: Tx, person: PersonId, id: str, text: str) -> Letter:
        """Keep what they typed, sent or not."""
        note = await self._own(tx, person, id)
        note = replace(note, written=note.written + 1)
        await note_store.keep(tx, note, text=await self._vault.seal(tx, _cell(note), text))
        return await self._letter(tx, note)

    @writes
    async def send(self, tx: Tx, person: PersonId, id: str, now: datetime, *, text: bool = True) -> Letter:
        """Send it, with its text or without; about a version it is what they say to that version.

        A second press shows what was sent.
        """
        note = await self._own(tx, person, id)
        if note.state is not NoteState.DRAFT:
            return await self._letter(tx, note)
        if note.version is not None:
            await self._ballots.say(tx, person, note.version, Stand.CONCERN, now)
        note = note.sent(now)
        if text:
            await note_store.keep(tx, note)
        else:
            await self._vault.drop(tx, id)
            await note_store.keep(tx, note, text=None)
        await self._agenda.put(tx, kinds.NOTE_GOES, id, now + KEPT_NOTE)
        channel = (await self._servers.get(tx, note.server)).mods_channel
        if channel is not None and await note_store.who_reads(tx, id):
            await self._board.put(tx, Post.to(note.server, channel, kinds.WAITS_POST, str(note.server), now))
        return await self._letter(tx, note)

    @writes
    async def take_back(self, tx: Tx, person: PersonId, id: str) -> None:
        """It is gone, for moderators too; what was read can't be unread."""
        note = await self._own(tx, person, id)
        if note.version is not None and await store.stand(tx, note.version, person) is Stand.CONCERN:
            await store.untake(tx, note.version, person)
        await self._remove(tx, [note])

    @reads
    async def mine(self, tx: Tx, person: PersonId, server: ServerId | None = None) -> list[Note]:
        """What they began or sent, the newest first."""
        return await note_store.of_author(tx, person, server)

    @reads
    async def letter(self, tx: Tx, person: PersonId, id: str) -> Letter:
        """For its author."""
        return await self._letter(tx, await self._own(tx, person, id))

    # -- who reads ------------------------------------------------------------------------------

    @reads
    async def waiting(self, tx: Tx, moderator: PersonId, server: ServerId) -> list[Letter]:
        """Those sent to them and not seen to, the oldest first."""
        return [await self._letter(tx, note) for note in await note_store.waiting(tx, server, moderator)]

    @writes
    async def done(self, tx: Tx, moderator: PersonId, server: ServerId, id: str) -> None:
        """A moderator to whom it was sent has seen to it: it waits for nobody any more."""
        note = await note_store.get(tx, id)
        if note is None or note.server != server or moderator not in await note_store.who_reads(tx, id):
            raise NotYours
        if note.state is NoteState.SENT:
            await note_store.keep(tx, replace(note, state=NoteState.DONE))

    async def forget(self, tx: Tx, server: ServerId) -> None:
        await self._remove(tx, await note_store.of_server(tx, server))

    # -- inside ---------------------------------------------------------------------------------

    async def _own(self, tx: Tx, person: PersonId, id: str) -> Note:
        note = await note_store.get(tx, id)
        if note is None or note.person != person:
            raise NotYours
        return note

    async def _moderators(self, tx: Tx, note: Note) -> list[PersonId]:
        return [one for one in await self._servers.moderators(tx, note.server) if one != note.person]

    async def _letter(self, tx: Tx, note: Note) -> Letter:
        text = await self._vault.unseal(tx, _cell(note), await note_store.text(tx, note.id)) or ""
        ticked = frozenset(await note_store.who_reads(tx, note.id))
        readers = ticked if note.state is not NoteState.DRAFT else await self._moderators(tx, note)
        names = await self._people.names(tx, note.server, [*readers, note.person])
        version = None if note.version is None else await store.get(tx, note.version)
        named = {one: names.get(one, "") for one in readers}
        return Letter(note, text, named, ticked, names.get(note.person, ""), version)

    async def _remove(self, tx: Tx, notes: Sequence[Note]) -> None:
        for note in notes:
            await self._vault.drop(tx, note.id)
            await self._agenda.drop(tx, kinds.NOTE_GOES, note.id)
        await note_store.remove(tx, [note.id for note in notes])

    async def _go(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        found = [note for id in subjects if (note := await note_store.get(tx, id)) is not None]
        await self._remove(tx, found)

    async def _part(self, tx: Tx, parting: Parting, _now: datetime) -> None:
        if parting.other is None:
            await self._remove(tx, await note_store.of_author(tx, parting.one, parting.server))


def _cell(note: Note) -> Cell:
    return Cell(note.id, note.person, "norm_notes", "text", note.id, note.written)
