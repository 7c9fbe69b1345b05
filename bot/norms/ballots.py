"""A version put to the group: proposed or published, counted at its end, replaced by a newer one."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.norms import kinds, store
from bot.norms.model import (
    IN_FORCE,
    Ballot,
    NoChannel,
    NoNorms,
    NothingChanged,
    Stand,
    State,
    Version,
    changes,
)
from bot.norms.view import Put
from bot.people.service import Parting, People
from bot.posting.board import Board, Post
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


class Ballots:
    """Moderators put a version to the group; members say what they think of it."""

    def __init__(self, db: Database, people: People, servers: Servers, agenda: Agenda, board: Board) -> None:
        self.db = db
        self._servers = servers
        self._agenda = agenda
        self._board = board
        agenda.on(kinds.BALLOT_ENDS, self._ends)
        people.on_parting(self._part)

    # -- moderators -----------------------------------------------------------------------------

    @writes
    async def put(
        self, tx: Tx, person: PersonId, server: ServerId, now: datetime, *, direct: bool
    ) -> Version:
        """Put the draft to the members, or publish it; a proposal that stands is replaced by it.

        Raises NoChannel, NoNorms, NothingChanged.
        """
        settings = await self._servers.get(tx, server)
        draft, held = await store.draft(tx, server), await store.in_force(tx, server)
        if settings.norms_channel is None:
            raise NoChannel
        if draft is None or (held is not None and draft.norms == held.norms):
            raise NothingChanged
        if not draft.norms:
            raise NoNorms
        await self._replace(tx, server, now)
        number = await store.newest_number(tx, server) + 1
        version = Version(new_id(), server, number, now, person, draft.norms)
        ballot = Ballot.on(version, settings.ratifying, now, direct=direct)
        await store.add(tx, version, ballot)
        await store.drop_draft(tx, server)
        if ballot.ends_at is not None:
            await self._agenda.put(tx, kinds.BALLOT_ENDS, version.id, ballot.ends_at)
        channel = settings.norms_channel
        await self._board.put(tx, Post.to(server, channel, kinds.BALLOT_POST, version.id, now))
        what = "norms_published" if direct else "norms_proposed"
        was = "_" if held is None else str(held.number)
        await self._servers.log.note(tx, server, person, now, [(what, was, str(number))])
        return version

    @writes
    async def withdraw(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Version:
        """Take back the proposal that stands; raises NotYours where there is none."""
        ballot = await store.open_ballot(tx, server)
        version = None if ballot is None else await store.get(tx, ballot.version)
        if ballot is None or version is None:
            raise NotYours
        await self._close(tx, ballot, State.WITHDRAWN, now)
        await self._servers.log.note(tx, server, person, now, [("norms_withdrawn", str(version.number), "_")])
        return version

    # -- members --------------------------------------------------------------------------------

    @writes
    async def be_in(self, tx: Tx, person: PersonId, version: str, now: datetime) -> Version:
        """`I'm in`, for this version and no other; raises NotYours for one that stands no more."""
        return await self.say(tx, person, version, Stand.IN, now)

    @writes
    async def be_out(self, tx: Tx, person: PersonId, version: str, now: datetime) -> Version:
        """They are not in any more; what they said otherwise stays."""
        found = await self._standing(tx, version)
        if await store.stand(tx, version, person) is Stand.IN:
            await store.untake(tx, version, person)
            await self._board.renew(tx, kinds.BALLOT_POST, version, now)
        return found

    async def say(self, tx: Tx, person: PersonId, version: str, said: Stand, now: datetime) -> Version:
        """What they say to a version: one thing each, the last one."""
        found = await self._standing(tx, version)
        if await store.stand(tx, version, person) is not said:
            await store.take(tx, found, person, said, now)
            await self._board.renew(tx, kinds.BALLOT_POST, version, now)
        return found

    @reads
    async def shown(self, tx: Tx, version: str) -> Put:
        """A version as it was put; raises NotYours for none."""
        return await self.look(tx, version)

    async def look(self, tx: Tx, version: str) -> Put:
        found, ballot = await store.get(tx, version), await store.ballot(tx, version)
        if found is None or ballot is None:
            raise NotYours
        before = await self._before(tx, found)
        differs = changes(() if before is None else before.norms, found.norms)
        counted = (ballot.yes, ballot.concerns)
        if ballot.state in (State.OPEN, State.PUBLISHED):
            counted = await store.count(tx, version)
        return Put(found, ballot, before, tuple(differs), *counted)

    # -- inside ---------------------------------------------------------------------------------

    async def _standing(self, tx: Tx, version: str) -> Version:
        """A version that can still be answered: proposed, or in force."""
        found, ballot = await store.get(tx, version), await store.ballot(tx, version)
        if found is None or ballot is None:
            raise NotYours
        held = await store.in_force(tx, found.server)
        if ballot.state is State.OPEN or (held is not None and held.id == version):
            return found
        raise NotYours

    async def _before(self, tx: Tx, version: Version) -> Version | None:
        """The newest one before it that came into force."""
        for one in await store.every(tx, version.server):
            ballot = await store.ballot(tx, one.id)
            if one.number < version.number and ballot is not None and ballot.state in IN_FORCE:
                return one
        return None

    async def _replace(self, tx: Tx, server: ServerId, now: datetime) -> None:
        standing = await store.open_ballot(tx, server)
        if standing is not None:
            await self._close(tx, standing, State.REPLACED, now)

    async def _close(self, tx: Tx, ballot: Ballot, state: State, now: datetime) -> None:
        await store.keep(tx, ballot.closed(state, *await store.count(tx, ballot.version), now))
        await self._agenda.drop(tx, kinds.BALLOT_ENDS, ballot.version)
        await self._board.renew(tx, kinds.BALLOT_POST, ballot.version, now)

    async def _ends(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for version in subjects:
            ballot = await store.ballot(tx, version)
            if ballot is None or ballot.state is not State.OPEN:
                continue
            await store.keep(tx, ballot.counted(*await store.count(tx, version), now))
            await self._board.renew(tx, kinds.BALLOT_POST, version, now)
            channel = (await self._servers.get(tx, ballot.server)).norms_channel
            if channel is not None:
                post = Post.to(ballot.server, channel, kinds.RESULT_POST, version, now)
                await self._board.put(tx, post)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Whoever has left is not counted any more."""
        if parting.other is not None:
            return
        said = await store.of_person(tx, parting.one, parting.server)
        await store.leave(tx, parting.one, parting.server)
        for version in said:
            await self._board.renew(tx, kinds.BALLOT_POST, version, now)
