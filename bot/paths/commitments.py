"""What the person on a path stays away from and does: written, looked at again, and ended by them alone."""

from datetime import datetime

from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.paths import commitment_store, store, timers
from bot.paths.commitment import COMMITMENTS_AT_MOST, LOOKED_AT_AFTER, About, Commitment
from bot.paths.errors import CommitmentUnwritten, PathClosed, TooManyCommitments
from bot.paths.models import Path
from bot.paths.moves import PathMoves
from bot.paths.sealed import SealedPaths
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank


class Commitments:
    """Keeps one person's commitments. Companions read the sentences, and never what is said of them."""

    def __init__(
        self, context: SliceContext, sealed: SealedPaths, moves: PathMoves, people: People, servers: Servers
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._moves = moves
        self._people = people
        self._servers = servers

    @writes
    async def add(
        self, tx: Tx, by: PersonId, path_id: str, about: About, text: str, now: datetime
    ) -> Commitment:
        """Write one down. It is looked at after a week unless another day is chosen.

        The same sentence sent twice makes one. Raises CommitmentUnwritten, TooManyCommitments or PathClosed.
        """
        path = await self._open(tx, by, path_id)
        if is_blank(text):
            raise CommitmentUnwritten(path_id, about)
        known = await commitment_store.of(tx, path_id)
        for one, sealed in known:
            if one.about is about and await self._sealed.commitment(tx, one, sealed) == text:
                return one
        if len(known) >= COMMITMENTS_AT_MOST:
            raise TooManyCommitments(COMMITMENTS_AT_MOST)
        fresh = Commitment(new_id(), path_id, by, path.step, about, now, now)
        fresh = fresh.look_on(LOOKED_AT_AFTER, (await self._people.get(tx, by)).tz, now)
        made = await commitment_store.add(tx, fresh, await self._sealed.seal_commitment(tx, fresh, text))
        await self._look_later(tx, made)
        return made

    @writes
    async def rewrite(self, tx: Tx, by: PersonId, id: str, text: str, now: datetime) -> Commitment:
        """Write the sentence again. Raises CommitmentUnwritten."""
        one = await self._theirs(tx, by, id)
        if is_blank(text):
            raise CommitmentUnwritten(one.path, one.about, id)
        again = one.rewritten(now)
        return await commitment_store.keep(tx, again, await self._sealed.seal_commitment(tx, again, text))

    @reads
    async def show(self, tx: Tx, by: PersonId, id: str) -> tuple[Commitment, str]:
        """Return one of theirs with its sentence. Raises NotYours or PathClosed."""
        one = await self._theirs(tx, by, id)
        sealed = {found.id: text for found, text in await commitment_store.of(tx, one.path)}[id]
        return one, await self._sealed.commitment(tx, one, sealed)

    @writes
    async def look_on(self, tx: Tx, by: PersonId, id: str, days: int, now: datetime) -> Commitment:
        """Choose the day on which they are asked to look at it again. Raises NoSuchDay."""
        one = await self._theirs(tx, by, id)
        later = one.look_on(days, (await self._people.get(tx, by)).tz, now)
        await self._outbox.close(tx, id, now)
        await self._look_later(tx, await commitment_store.keep(tx, later))
        return later

    @writes
    async def end(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Commitment:
        """End it. Its sentence is destroyed at once."""
        one = await self._theirs(tx, by, id)
        await self._moves.remove_commitment(tx, one, now)
        return one

    # -- inside ---------------------------------------------------------------------------------

    async def _look_later(self, tx: Tx, one: Commitment) -> None:
        if one.look_at is not None:
            await self._agenda.put(tx, timers.LOOK, one.id, one.look_at)

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> Commitment:
        one = await commitment_store.get(tx, id)
        if one is None or one.owner != by:
            raise NotYours
        await self._open(tx, by, one.path)
        return one

    async def _open(self, tx: Tx, by: PersonId, path_id: str) -> Path:
        path = await store.get(tx, path_id)
        if path is None or path.owner != by:
            raise NotYours
        if not path.open:
            raise PathClosed
        await self._servers.require_of_age(tx, by, path.server)
        return path
