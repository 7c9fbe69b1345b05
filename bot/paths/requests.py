"""What was asked of the person on a path, entered by a companion to whom somebody brought it out loud."""

from datetime import datetime

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, new_id
from bot.paths import companion_store, notifications, request_store, vote_store
from bot.paths.errors import RequestUnwritten, TooManyRequests
from bot.paths.models import Path
from bot.paths.moves import PathMoves
from bot.paths.queries import PathQueries
from bot.paths.request import REQUESTS_AT_MOST, Request, RequestKind
from bot.paths.sealed import SealedPaths
from bot.paths.vote import Said, Vote
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.text import is_blank


class Requests:
    """Enters requests and asks the other companions about them. The bot never knows who asked."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPaths,
        queries: PathQueries,
        moves: PathMoves,
        people: People,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries
        self._moves = moves
        self._people = people

    @writes
    async def enter(
        self, tx: Tx, by: PersonId, id: str, kind: RequestKind, text: str, now: datetime
    ) -> Request:
        """Enter a request. Distance reaches the person at once. The same one sent twice is entered once.

        Raises RequestUnwritten, TooManyRequests or NotYours.
        """
        path, _ = await self._queries.accompanied(tx, by, id)
        if is_blank(text):
            raise RequestUnwritten(id, kind)
        known = await request_store.of(tx, id)
        for one, sealed in known:
            if (one.by, one.kind) == (by, kind) and await self._sealed.request(tx, one, sealed) == text:
                return one
        if sum(one.kind.at_once is kind.at_once for one, _ in known) >= REQUESTS_AT_MOST:
            raise TooManyRequests(REQUESTS_AT_MOST)
        request = Request(new_id(), id, by, kind, now)
        await request_store.add(tx, request, await self._sealed.seal_request(tx, request, text))
        await self._ask_others(tx, path, request, now)
        await self._moves.releasing.if_it_can(tx, path, request, now)
        return request

    @writes
    async def agree(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Request:
        """Agree that a request reaches the person, when it is time. A second time changes nothing."""
        return await self._say(tx, by, id, Said.YES, now)

    @writes
    async def not_yet(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Request:
        """Don't agree yet, without a reason."""
        return await self._say(tx, by, id, Said.NOT_YET, now)

    @writes
    async def hand_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Request:
        """Take a request off the path: it asks for too much, or it doesn't hold any more.

        The other companions are told that something changed, and the person too if it had reached them.
        """
        path, request = await self._theirs(tx, by, id)
        await self._moves.remove_request(tx, path.id, id, now)
        whom = [one.person for one in await companion_store.of(tx, path.id) if one.person != by]
        if request.reached:
            whom.append(path.owner)
        for person in whom:
            await self._outbox.tell(tx, person, notifications.CHANGED, path.id, now, server=path.server)
        return request

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> str:
        """Close a message about a request, because it was opened; return the path's id. Raises NotYours."""
        request = await request_store.get(tx, id)
        if request is None:
            raise NotYours
        path = await self._queries.either(tx, by, request.path)
        if path.owner == by and not request.reached:
            raise NotYours
        await self._outbox.close(tx, id, now, person=by)
        return path.id

    # -- inside ---------------------------------------------------------------------------------

    async def _ask_others(self, tx: Tx, path: Path, request: Request, now: datetime) -> None:
        """Keep whom a boundary sets apart from its author, and ask the others, unless it is at once."""
        others = [one.person for one in await companion_store.of(tx, path.id) if one.person != request.by]
        hidden = await self._moves.releasing.hidden_from(tx, request, others)
        people = await self._people.these(tx, others)
        await vote_store.keep(tx, Vote(path.id, request.id, request.by, Said.YES, now))
        for other in others:
            if other in hidden:
                await vote_store.keep(tx, Vote(path.id, request.id, other, Said.HIDDEN, now))
            elif not request.kind.at_once and not people[other].resting(now):
                await self._outbox.tell(
                    tx, other, notifications.ENTERED, request.id, now, server=path.server, question=True
                )

    async def _say(self, tx: Tx, by: PersonId, id: str, said: Said, now: datetime) -> Request:
        path, request = await self._theirs(tx, by, id)
        if request.released_at is not None:
            raise AlreadyDone
        await self._outbox.close(tx, id, now, person=by)
        await vote_store.keep(tx, Vote(path.id, id, by, said, now))
        await self._moves.releasing.if_it_can(tx, path, request, now)
        return request

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> tuple[Path, Request]:
        """Return a request of a path that they accompany. Raises NotYours, also if it is hidden from them."""
        request = await request_store.get(tx, id)
        if request is None:
            raise NotYours
        path, _ = await self._queries.accompanied(tx, by, request.path)
        hidden = [
            one for one in await vote_store.of(tx, path.id)
            if (one.about, one.person, one.said) == (id, by, Said.HIDDEN)
        ]  # fmt: skip
        if hidden:
            raise NotYours
        return path, request
