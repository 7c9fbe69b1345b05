"""Writing and sending notes to moderators: concerns about a version, and suggestions."""

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import DRAFTS_AT_MOST, NotYours, TooMany, TooManyDrafts
from bot.ids import PersonId, ServerId, new_id
from bot.norms import note_store, store, timers
from bot.norms.ballots import Ballots
from bot.norms.errors import NobodyReads, NotWritten
from bot.norms.models import Version
from bot.norms.moderator_inbox import MOST_READERS, ModeratorInbox
from bot.norms.note import KEPT_DRAFT, KEPT_NOTE, MOST_WAITING, Note, NoteKind, NoteState
from bot.norms.queries import Letter, NormQueries
from bot.norms.sealed import SealedNotes
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank


class Notes:
    """A draft names every moderator who would read it, and its author can untick any of them.

    It is sent to nobody who was not named when its author last saw it. On its first card each moderator is
    ticked but those with whom the author set a boundary; who is named later is ticked only by the author. A
    boundary that the moderator set changes nothing, to keep it private.
    """

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedNotes,
        queries: NormQueries,
        ballots: Ballots,
        inbox: ModeratorInbox,
        people: People,
        boundaries: Boundaries,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._sealed = sealed
        self._queries = queries
        self._ballots = ballots
        self._inbox = inbox
        self._people = people
        self._boundaries = boundaries

    @writes
    async def begin(
        self, tx: Tx, person: PersonId, server: ServerId, kind: NoteKind, version: str | None, now: datetime
    ) -> Letter:
        """Return the note that they have begun about this, or a new one for all moderators.

        A concern that was sent and still waits is returned too. Raises NotYours, StandsNoMore, TooMany or
        TooManyDrafts.
        """
        if server not in await self._people.servers(tx, person):
            raise NotYours
        going = (NoteState.DRAFT, NoteState.SENT) if kind is NoteKind.CONCERN else (NoteState.DRAFT,)
        note = await note_store.begun(tx, person, server, kind, version, *going)
        if note is None:
            if version is not None and (await self._queries.standing(tx, person, version)).server != server:
                raise NotYours
            if await note_store.how_many_wait(tx, person, server, kind) >= MOST_WAITING:
                raise TooMany(MOST_WAITING)
            await self._make_room(tx, person, now)
            note = Note(new_id(), server, kind, person, now, version)
            await note_store.add(tx, note)
            await self._agenda.put(tx, timers.NOTE_GOES, note.id, now + KEPT_DRAFT)
            await self._tick_first(tx, note)
        return await self._shown(tx, note)

    @writes
    async def open(self, tx: Tx, person: PersonId, id: str) -> Letter:
        """Return a note to its author. Raises NotYours."""
        return await self._shown(tx, await self._own(tx, person, id))

    @writes
    async def read_by(self, tx: Tx, person: PersonId, id: str, moderators: Collection[str]) -> Letter:
        """Choose the readers among those named. If none is left, nothing changes."""
        note = await self._own(tx, person, id)
        ticks = {one: one in moderators for one in await note_store.ticks(tx, id)}
        if note.state is NoteState.DRAFT and any(ticks.values()):
            await note_store.tick(tx, id, ticks)
        return await self._shown(tx, note)

    @writes
    async def write(self, tx: Tx, person: PersonId, id: str, text: str, now: datetime) -> Letter:
        """Store what they typed. A sent note doesn't change. Raises NotWritten if it is blank."""
        note = await self._own(tx, person, id)
        if note.state is not NoteState.DRAFT:
            return await self._shown(tx, note)
        if is_blank(text):
            raise NotWritten(id)
        note = replace(note, written=note.written + 1)
        await note_store.keep(tx, note, text=await self._sealed.seal(tx, note, text))
        await self._agenda.put(tx, timers.NOTE_GOES, id, now + KEPT_DRAFT)
        return await self._shown(tx, note)

    @writes
    async def send(self, tx: Tx, person: PersonId, id: str, now: datetime, *, text: bool = True) -> Letter:
        """Send the note, with its text or without. A concern also counts in the vote on its version.

        A second time returns what was sent. Raises NobodyReads, NotWritten or StandsNoMore.
        """
        note = await self._own(tx, person, id)
        if note.state is not NoteState.DRAFT:
            return await self._inbox.letter(tx, note)
        still = await self._inbox.moderators(tx, note)
        going = {
            one: True for one, reads in (await note_store.ticks(tx, id)).items() if reads and one in still
        }
        if not going:
            raise NobodyReads(id)
        if note.kind is NoteKind.SUGGESTION or text:
            if await note_store.text(tx, id) is None:
                raise NotWritten(id)
        else:
            await self._sealed.forget(tx, id)
            await note_store.keep(tx, note, text=None)
        if note.version is not None:
            await self._ballots.object(tx, person, note.version, now)
        note = note.sent(now)
        await note_store.keep(tx, note)
        await note_store.tick(tx, id, going)
        await self._agenda.put(tx, timers.NOTE_GOES, id, now + KEPT_NOTE)
        await self._inbox.announce(tx, note, going, now)
        return await self._inbox.letter(tx, note)

    @writes
    async def move(self, tx: Tx, person: PersonId, id: str) -> Letter:
        """Make a concern about an old version one about the current version, or else a suggestion."""
        note = await self._own(tx, person, id)
        letter = await self._inbox.letter(tx, note)
        if letter.outdated:
            note = replace(note, kind=NoteKind.SUGGESTION, version=None)
            if letter.newer is not None and not await self._has_one(tx, note, letter.newer):
                note = replace(note, kind=NoteKind.CONCERN, version=letter.newer.id)
            await note_store.keep(tx, note)
        return await self._shown(tx, note)

    @writes
    async def take_back(self, tx: Tx, person: PersonId, id: str, now: datetime) -> tuple[Note, bool]:
        """Delete the note, also for moderators. What they have read they may remember.

        Return it, and whether its author is in again, as they were before they sent it.
        """
        note = await self._own(tx, person, id)
        await self._inbox.remove(tx, [note], now)
        if note.version is None or note.state is NoteState.DRAFT:
            return note, False
        return note, await self._ballots.unobject(tx, person, note.version, now)

    @reads
    async def mine(
        self, tx: Tx, person: PersonId, server: ServerId | None = None
    ) -> list[tuple[Note, Version | None]]:
        """Return their notes, the newest first, each with its version. Drafts without text are left out."""
        found = await note_store.of_author(tx, person, server)
        shown = [note for note in found if note.written or note.state is not NoteState.DRAFT]
        return [(note, None if note.version is None else await store.get(tx, note.version)) for note in shown]

    # -- inside ---------------------------------------------------------------------------------

    async def _make_room(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete their oldest draft without text if they have ten. Raises TooManyDrafts if all have text."""
        drafts = [one for one in await note_store.of_author(tx, person) if one.state is NoteState.DRAFT]
        if len(drafts) < DRAFTS_AT_MOST:
            return
        empty = [one for one in drafts if not one.written]
        if not empty:
            raise TooManyDrafts
        await self._inbox.remove(tx, empty[-1:], now)

    async def _own(self, tx: Tx, person: PersonId, id: str) -> Note:
        note = await note_store.get(tx, id)
        if note is None or note.person != person:
            raise NotYours
        return note

    async def _has_one(self, tx: Tx, note: Note, version: Version) -> bool:
        states = (NoteState.DRAFT, NoteState.SENT)
        kind = NoteKind.CONCERN
        return await note_store.begun(tx, note.person, note.server, kind, version.id, *states) is not None

    async def _shown(self, tx: Tx, note: Note) -> Letter:
        """Return the note as its author sees it. A draft names every current moderator.

        Those whom it has named before stay as they are. Others are not ticked, because they may have been
        unticked before they left, lost the role or erased everything.
        """
        if note.state is NoteState.DRAFT:
            able, before = await self._inbox.moderators(tx, note), await note_store.ticks(tx, note.id)
            named = [*(one for one in before if one in able), *(one for one in able if one not in before)]
            now = {one: before.get(one, False) for one in named[:MOST_READERS]}
            if now != before:
                await note_store.tick(tx, note.id, now)
        return await self._inbox.letter(tx, note)

    async def _tick_first(self, tx: Tx, note: Note) -> None:
        able = (await self._inbox.moderators(tx, note))[:MOST_READERS]
        ticks = {one: not await self._boundaries.has(tx, note.person, one) for one in able}
        await note_store.tick(tx, note.id, ticks)
