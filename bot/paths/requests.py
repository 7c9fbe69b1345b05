"""What was asked of the person on a path, entered by a companion to whom somebody brought it out loud."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, new_id
from bot.paths import companion_store, request_store, vote_store
from bot.paths.errors import EnteredTooMuch, RequestUnwritten, TakesItOff, TooManyOfOwn, TooManyRequests
from bot.paths.models import Path
from bot.paths.moves import PathMoves
from bot.paths.queries import PathQueries
from bot.paths.request import OWN_REQUESTS_AT_MOST, REQUESTS_AT_MOST, Request, RequestKind
from bot.paths.sealed import SealedPaths
from bot.paths.vote import HANDING_BACK_TAKES, Said, Vote
from bot.reports.errors import StartedTooMuch
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
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
        quotas: Quotas,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._sealed = sealed
        self._queries = queries
        self._moves = moves
        self._quotas = quotas

    @writes
    async def enter(
        self, tx: Tx, by: PersonId, id: str, kind: RequestKind, text: str, now: datetime
    ) -> Request:
        """Enter a request. Distance reaches the person at once. The same one sent twice is entered once.

        Entering it agrees to it only if it's time: later, it may not be wanted any more.
        Raises RequestUnwritten, TooManyRequests, TooManyOfOwn, EnteredTooMuch or NotYours.
        """
        path, _ = await self._queries.accompanied(tx, by, id)
        if is_blank(text):
            raise RequestUnwritten(id, kind)
        known = await request_store.of(tx, id)
        for one, sealed in known:
            if (one.by, one.kind) == (by, kind) and await self._sealed.request(tx, one, sealed) == text:
                return one
        _require_room(by, kind, [one for one, _ in known])
        request = Request(new_id(), id, by, kind, now)
        await request_store.add(tx, request, await self._sealed.seal_request(tx, request, text))
        await self._hide(tx, path, request)
        if kind.reaches_at(path.step):
            await vote_store.keep(tx, Vote(id, request.id, by, Said.YES, now))
        await self._moves.releasing.if_it_can(tx, path, request, now)
        await self._moves.releasing.ask(tx, path, request, now, but=[by])
        try:
            await self._quotas.count(tx, _start(kind), by, [path.owner], now)
        except StartedTooMuch as refused:
            raise EnteredTooMuch(refused.at) from None
        return request

    @reads
    async def require_room(self, tx: Tx, by: PersonId, id: str, kind: RequestKind, now: datetime) -> None:
        """Raises what `enter` would raise, so that nobody types what couldn't be entered."""
        path, _ = await self._queries.accompanied(tx, by, id)
        _require_room(by, kind, [one for one, _ in await request_store.of(tx, id)])
        try:
            await self._quotas.require_left(tx, _start(kind), by, [path.owner], now)
        except StartedTooMuch as refused:
            raise EnteredTooMuch(refused.at) from None

    @writes
    async def agree(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Request:
        """Agree that a request reaches the person, when it is time. A second time changes nothing."""
        return await self._say(tx, by, id, Said.YES, now)

    @writes
    async def not_yet(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Request:
        """Don't agree yet, without a reason."""
        return await self._say(tx, by, id, Said.NOT_YET, now)

    @writes
    async def hand_back(
        self, tx: Tx, by: PersonId, id: str, now: datetime, *, sure: bool = True
    ) -> tuple[Request, bool]:
        """Hand a request back: it asks for too much, or it doesn't hold any more. Return whether it is gone.

        Whoever entered it takes it off the path at once. Of the others it takes two, so that a friend of the
        person can't make what was asked of them disappear alone. After the first, the others are asked. If
        the first has said so too often, they see it without being written to.

        sure: whether they were asked once more. Raises TakesItOff if not, and this would take it off.
        """
        path, request = await self._theirs(tx, by, id)
        if not sure:
            await self._require_more(tx, path, request, by)
        await self._outbox.close(tx, id, now, person=by)
        if by != request.by:
            before = await self._handing_back(tx, path, request)
            await vote_store.keep(tx, Vote(path.id, id, by, Said.HAND_BACK, now))
            if len(before | {by}) < HANDING_BACK_TAKES:
                if by not in before and await self._moves.may_ask(tx, by, now):
                    await self._moves.releasing.ask(tx, path, request, now, but=[by])
                return request, False
        await self._moves.hand_back(tx, path, request, now, but=by)
        return request, True

    @writes
    async def keep(self, tx: Tx, by: PersonId, id: str) -> Request:
        """Take back that a request should be handed back. A second time changes nothing."""
        path, request = await self._theirs(tx, by, id)
        if by in await self._handing_back(tx, path, request):
            await vote_store.remove(tx, path.id, about=[id], person=by)
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

    async def _hide(self, tx: Tx, path: Path, request: Request) -> None:
        """Hide a request from each companion whom a boundary sets apart from whoever entered it."""
        others = [one.person for one in await companion_store.of(tx, path.id) if one.person != request.by]
        hidden = await self._moves.releasing.hidden_from(tx, request, others)
        await vote_store.keep(
            tx, *(Vote(path.id, request.id, one, Said.HIDDEN, request.made_at) for one in hidden)
        )

    async def _handing_back(self, tx: Tx, path: Path, request: Request) -> set[PersonId]:
        """Return the companions who say that a request should be handed back."""
        votes = await vote_store.of(tx, path.id)
        return {one.person for one in votes if (one.about, one.said) == (request.id, Said.HAND_BACK)}

    async def _require_more(self, tx: Tx, path: Path, request: Request, by: PersonId) -> None:
        """Raises TakesItOff if the request is gone once `by` hands it back."""
        mine = by == request.by
        if mine or len(await self._handing_back(tx, path, request) | {by}) >= HANDING_BACK_TAKES:
            raise TakesItOff(request.id, mine=mine)

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
        if by in await vote_store.hidden_from(tx, path.id, id):
            raise NotYours
        return path, request


def _require_room(by: PersonId, kind: RequestKind, known: Sequence[Request]) -> None:
    like_it = [one for one in known if one.kind.at_once is kind.at_once]
    if len(like_it) >= REQUESTS_AT_MOST:
        raise TooManyRequests(REQUESTS_AT_MOST)
    if sum(one.by == by for one in like_it) >= OWN_REQUESTS_AT_MOST:
        raise TooManyOfOwn(OWN_REQUESTS_AT_MOST)


def _start(kind: RequestKind) -> Start:
    return Start.DISTANCE if kind.at_once else Start.REQUEST
