"""A version as it was put to the group: looked at by its members, and by the message in the channel."""

from bot.errors import NotYours
from bot.ids import PersonId
from bot.norms import stand_store, store
from bot.norms.changes import changes
from bot.norms.model import IN_FORCE, StandsNoMore, State, Version
from bot.norms.view import Put
from bot.people.service import People
from bot.posting.board import Board
from bot.storage.database import Database
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class Showing:
    """A member reaches what was put to a server where they are, and nothing of another."""

    def __init__(self, db: Database, people: People, board: Board) -> None:
        self.db = db
        self._people = people
        self._board = board

    @reads
    async def shown(self, tx: Tx, version: str) -> Put:
        """For the message in the channel, which is nobody's; raises NotYours for none."""
        return await self.look(tx, version)

    @reads
    async def see(self, tx: Tx, person: PersonId, version: str) -> Put:
        """For a member; raises NotYours for a version of a server where they are not."""
        await self.reached(tx, person, version)
        return await self.look(tx, version)

    @reads
    async def posted(self, tx: Tx, person: PersonId, post: str) -> Put:
        """The version that a message in the channel is about."""
        found = await self._board.get(tx, post)
        await self.reached(tx, person, subject := "" if found is None else found.subject)
        return await self.look(tx, subject)

    async def look(self, tx: Tx, version: str) -> Put:
        found, ballot = await store.get(tx, version), await store.ballot(tx, version)
        if found is None or ballot is None:
            raise NotYours
        before = await store.in_force_before(tx, found)
        differs = changes(() if before is None else before.norms, found.norms)
        newer = None if ballot.state is State.OPEN else await store.in_place_of(tx, found, ballot.state)
        lives = newer is None and ballot.state in (State.OPEN, *IN_FORCE)
        counted = await stand_store.count(tx, version) if lives else (ballot.yes, ballot.concerns)
        return Put(found, ballot, before, tuple(differs), *counted, newer=newer)

    async def reached(self, tx: Tx, person: PersonId, version: str) -> Version:
        """Raises NotYours unless it is of a server where they use the bot."""
        found = await store.get(tx, version)
        if found is None or found.server not in await self._people.servers(tx, person):
            raise NotYours
        return found

    async def standing(self, tx: Tx, person: PersonId, version: str) -> Version:
        """A version that they can still answer, proposed or in force; else raises StandsNoMore."""
        found = await self.reached(tx, person, version)
        if not await self.stands(tx, found):
            raise StandsNoMore
        return found

    async def stands(self, tx: Tx, version: Version) -> bool:
        held, ballot = await store.in_force(tx, version.server), await store.ballot(tx, version.id)
        return held == version or (ballot is not None and ballot.state is State.OPEN)
