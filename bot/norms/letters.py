"""Concerns and suggestions as moderators have them, and the neutral line that says that something waits."""

from collections.abc import Sequence
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.norms import kinds, note_store, store
from bot.norms.ballots import Ballots
from bot.norms.model import Version
from bot.norms.note import Note, NoteState
from bot.norms.view import Letter
from bot.people.service import Parting, People
from bot.posting.board import Board, Post
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda
from bot.vault.sealing import Cell, Vault

_MOST_READERS = 25
"""A select of Discord holds no more; those who moderated last are named."""


class Letters:
    """Read by those to whom they were sent. One line at most stands where moderators see it."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        ballots: Ballots,
        agenda: Agenda,
        board: Board,
    ) -> None:
        self.db = db
        self._vault = vault
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._ballots = ballots
        self._agenda = agenda
        self._board = board
        agenda.on(kinds.NOTE_GOES, self._go)
        people.on_parting(self._part)
        boundaries.on_set(self._set_apart)

    @reads
    async def waiting(self, tx: Tx, moderator: PersonId, server: ServerId) -> list[Letter]:
        """Those sent to them and not seen to, the oldest first."""
        return [await self._letter(tx, note) for note in await note_store.waiting(tx, server, moderator)]

    @writes
    async def done(self, tx: Tx, moderator: PersonId, server: ServerId, id: str, now: datetime) -> None:
        """A moderator to whom it was sent has seen to it: it waits for nobody any more."""
        note = await note_store.get(tx, id)
        if note is None or note.server != server or note.state is NoteState.DRAFT:
            raise NotYours
        if not (await note_store.ticks(tx, id)).get(moderator):
            raise NotYours
        if note.state is NoteState.SENT:
            await note_store.keep(tx, note.done(now))
            await self._settle(tx, server, now)

    async def anything_waits(self, tx: Tx, server: ServerId) -> bool:
        return await note_store.any_waiting(tx, server)

    async def forget(self, tx: Tx, server: ServerId) -> None:
        await self._remove(tx, await note_store.of_server(tx, server))

    # -- the neutral line -----------------------------------------------------------------------

    async def _tell(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """One that stands says it already, unless something was seen to since: a new one takes its place."""
        settings = await self._servers.get(tx, server)
        if settings.mods_channel is None or settings.gone_at is not None:
            return
        standing = await self._board.standing(tx, kinds.WAITS_POST, str(server))
        replaces = None
        if standing is not None and standing.channel == settings.mods_channel:
            seen = await note_store.last_done(tx, server)
            if seen is None or seen < standing.made_at:
                return
            replaces = standing.message_id
        post = Post.to(server, settings.mods_channel, kinds.WAITS_POST, str(server), now, replaces=replaces)
        await self._board.put(tx, post)

    async def _settle(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Where nothing waits any more, nothing says so."""
        if not await note_store.any_waiting(tx, server):
            await self._board.take_down(tx, kinds.WAITS_POST, str(server), now)

    # -- inside ---------------------------------------------------------------------------------

    async def _moderators(self, tx: Tx, note: Note) -> list[PersonId]:
        """Everybody who could read it: whoever writes it knows already."""
        known = await self._servers.moderators(tx, note.server)
        return [one for one in known if one != note.person][:_MOST_READERS]

    async def _letter(self, tx: Tx, note: Note) -> Letter:
        text = await self._vault.unseal(tx, cell(note), await note_store.text(tx, note.id)) or ""
        ticks = await note_store.ticks(tx, note.id)
        names = await self._people.names(tx, note.server, [*ticks, note.person])
        version = None if note.version is None else await store.get(tx, note.version)
        stands = (
            version is None or note.state is not NoteState.DRAFT or await self._ballots.stands(tx, version)
        )
        return Letter(
            note,
            text,
            {one: names.get(one, "") for one in ticks},
            frozenset(one for one, reads in ticks.items() if reads),
            names.get(note.person, ""),
            version,
            not stands,
            None if version is None or stands else await self._instead(tx, version),
        )

    async def _instead(self, tx: Tx, version: Version) -> Version | None:
        """The newer one that can be answered."""
        for one in (await store.proposed(tx, version.server), await store.in_force(tx, version.server)):
            if one is not None and one.number > version.number:
                return one
        return None

    async def _remove(self, tx: Tx, notes: Sequence[Note]) -> None:
        for note in notes:
            await self._vault.drop(tx, note.id)
            await self._agenda.drop(tx, kinds.NOTE_GOES, note.id)
        await note_store.remove(tx, [note.id for note in notes])

    async def _go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        found = [note for id in subjects if (note := await note_store.get(tx, id)) is not None]
        await self._remove(tx, found)
        for server in {note.server for note in found}:
            await self._settle(tx, server, now)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """What they wrote goes with them, and what was sent to them is theirs no more."""
        if parting.other is not None:
            return
        written = await note_store.of_author(tx, parting.one, parting.server)
        read = await note_store.read_where(tx, parting.one, parting.server)
        await self._remove(tx, written)
        await note_store.reads_no_more(tx, parting.one, parting.server)
        for server in {*(note.server for note in written), *read}:
            await self._settle(tx, server, now)

    async def _set_apart(self, tx: Tx, owner: PersonId, other: PersonId, _now: datetime) -> None:
        """What waits to be sent does not go to them any more, unless its author ticks them again."""
        await note_store.untick(tx, owner, other)


def cell(note: Note) -> Cell:
    return Cell(note.id, note.person, "norm_notes", "text", note.id, note.written)
