"""The next version, worked on by moderators together: adopted, written, edited, ordered, retired."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.norms import note_store, store
from bot.norms.model import Draft, Norm, OverTaken, changes
from bot.norms.view import Desk
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

Edit = Callable[[Draft], Draft]


class Drafting:
    """One draft a server. It begins as what is in force, and is kept with the first change."""

    def __init__(self, db: Database) -> None:
        self.db = db

    @reads
    async def desk(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Desk:
        return await self._desk(tx, person, server, now)

    @writes
    async def adopt(
        self, tx: Tx, person: PersonId, server: ServerId, norms: Sequence[Norm], now: datetime
    ) -> Desk:
        """Begin from these in place of what the draft held."""
        return await self._edit(tx, person, server, now, None, lambda d: d.with_norms(norms, person, now))

    @writes
    async def write(self, tx: Tx, person: PersonId, server: ServerId, norm: Norm, now: datetime) -> Desk:
        """Add a norm, or let the one of its key say this."""
        return await self._edit(tx, person, server, now, None, lambda d: d.edited(norm, person, now))

    @writes
    async def move(
        self, tx: Tx, person: PersonId, server: ServerId, key: str, now: datetime, *, up: bool, seen: int
    ) -> Desk:
        """One place up or down in the draft as they saw it; raises OverTaken if it has changed since."""
        return await self._edit(tx, person, server, now, seen, lambda d: d.moved(key, up, person, now))

    @writes
    async def retire(self, tx: Tx, person: PersonId, server: ServerId, key: str, now: datetime) -> Desk:
        """Leave it out of the next version; what is in force stays."""
        return await self._edit(tx, person, server, now, None, lambda d: d.retired(key, person, now))

    @writes
    async def discard(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Desk:
        """Back to what is in force."""
        await store.drop_draft(tx, server)
        return await self._desk(tx, person, server, now)

    @reads
    async def norm(self, tx: Tx, server: ServerId, key: str, now: datetime) -> Norm:
        """A norm of the draft; raises NotYours for one that is not in it."""
        draft = await self._draft(tx, server, now)
        found = next((one for one in draft.norms if one.key == key), None)
        if found is None:
            raise NotYours
        return found

    # -- inside ---------------------------------------------------------------------------------

    async def _draft(self, tx: Tx, server: ServerId, now: datetime) -> Draft:
        kept = await store.draft(tx, server)
        if kept is not None:
            return kept
        held = await store.in_force(tx, server)
        return Draft(server, () if held is None else held.norms, now, PersonId(""))

    async def _edit(
        self, tx: Tx, person: PersonId, server: ServerId, now: datetime, seen: int | None, edit: Edit
    ) -> Desk:
        before = await self._draft(tx, server, now)
        if seen is not None and seen != before.revision:
            raise OverTaken
        after = edit(before)
        if after != before:
            await store.keep_draft(tx, after)
        return await self._desk(tx, person, server, now)

    async def _desk(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Desk:
        draft = await self._draft(tx, server, now)
        held, ballot = await store.in_force(tx, server), await store.open_ballot(tx, server)
        return Desk(
            draft,
            held,
            tuple(changes(() if held is None else held.norms, draft.norms)),
            None if ballot is None else await store.get(tx, ballot.version),
            ballot,
            *((0, 0) if ballot is None else await store.count(tx, ballot.version)),
            len(await note_store.waiting(tx, server, person)),
            await store.draft(tx, server) is not None,
        )
