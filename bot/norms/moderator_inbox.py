"""Concerns and suggestions for moderators, and the short notice in their channel that something waits."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.channel_post import ChannelPost
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.norms import note_store, posts, store, timers
from bot.norms.models import Version
from bot.norms.note import Note, NoteState
from bot.norms.queries import Letter, NormQueries
from bot.norms.sealed import SealedNotes
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

_MOST_READERS = 25
"""The most options of a Discord select. The moderators who were active last are named."""


class ModeratorInbox:
    """Shows notes to the moderators they were sent to. There is one notice at most in their channel."""

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
        self._channel_posts = context.channel_posts
        self._sealed = sealed
        self._queries = queries
        self._people = people
        self._servers = servers

    @reads
    async def waiting(self, tx: Tx, moderator: PersonId, server: ServerId) -> list[Letter]:
        """Return the notes sent to this moderator that are not done, the oldest first."""
        return [await self.letter(tx, note) for note in await note_store.waiting(tx, server, moderator)]

    @writes
    async def done(self, tx: Tx, moderator: PersonId, server: ServerId, id: str, now: datetime) -> None:
        """Mark a note as done, by a moderator it was sent to. It then waits for nobody."""
        note = await note_store.get(tx, id)
        if note is None or note.server != server or note.state is NoteState.DRAFT:
            raise NotYours
        if not (await note_store.ticks(tx, id)).get(moderator):
            raise NotYours
        if note.state is NoteState.SENT:
            await note_store.keep(tx, note.done(now))
            await self.settle(tx, server, now)

    @reads
    async def anything_waits(self, tx: Tx, server: ServerId) -> bool:
        """Whether a note waits for any moderator there."""
        return await note_store.any_waiting(tx, server)

    # -- the notice, in the caller's transaction ------------------------------------------------

    async def announce(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Post the notice, unless one is posted already and nothing was marked as done since then."""
        settings = await self._servers.get(tx, server)
        if settings.mods_channel is None or settings.gone_at is not None:
            return
        notice = await self._channel_posts.standing(tx, posts.WAITS, str(server))
        replaces = None
        if notice is not None and notice.channel == settings.mods_channel:
            seen = await note_store.last_done(tx, server)
            if seen is None or seen < notice.made_at:
                return
            replaces = notice.message_id
        post = ChannelPost.to(server, settings.mods_channel, posts.WAITS, str(server), now, replaces=replaces)
        await self._channel_posts.put(tx, post)

    async def settle(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Delete the notice if nothing waits any more."""
        if not await note_store.any_waiting(tx, server):
            await self._channel_posts.take_down(tx, posts.WAITS, str(server), now)

    # -- in the caller's transaction ------------------------------------------------------------

    async def moderators(self, tx: Tx, note: Note) -> list[PersonId]:
        """Return the moderators who could read it, without its author."""
        known = await self._servers.moderators(tx, note.server)
        return [one for one in known if one != note.person][:_MOST_READERS]

    async def letter(self, tx: Tx, note: Note) -> Letter:
        """Return the note with its text, its readers, and the version that it is about."""
        text = await self._sealed.text(tx, note)
        ticks = await note_store.ticks(tx, note.id)
        readers = await self._people.labels(tx, note.person, note.server, [*ticks])
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
        )

    async def remove(self, tx: Tx, notes: Sequence[Note]) -> None:
        """Delete these notes with their keys and timers."""
        for note in notes:
            await self._sealed.forget(tx, note.id)
            await self._agenda.drop(tx, timers.NOTE_GOES, note.id)
        await note_store.remove(tx, [note.id for note in notes])

    # -- inside ---------------------------------------------------------------------------------

    async def _instead(self, tx: Tx, version: Version) -> Version | None:
        """Return the newer version that can be answered instead."""
        for one in (await store.proposed(tx, version.server), await store.in_force(tx, version.server)):
            if one is not None and one.number > version.number:
                return one
        return None
