"""What each person sees of a path.

The person on the path sees their own words, who accompanies them, and the requests that reached them. What
companions have said, and a request that hasn't reached them, is in nothing that is made for them here.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec import Struct, field

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.paths import (
    answer_store,
    commitment_store,
    companion_store,
    invitation_store,
    request_store,
    store,
    vote_store,
)
from bot.paths.answer import Answer
from bot.paths.commitment import Commitment
from bot.paths.errors import PathClosed
from bot.paths.models import HELD_MEETINGS, Companion, Path
from bot.paths.request import Request
from bot.paths.sealed import SealedPaths
from bot.paths.vote import BACK, ON, Said, Vote
from bot.people.service import People
from bot.people.strangers import Named
from bot.pods.models import Sent
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class OwnView(Struct, frozen=True):
    """A path as the person on it sees it.

    can_go_on: whether they can say that they are ready, or go on to the second step for the first time.
    """

    path: Path
    commitments: tuple[tuple[Commitment, str], ...] = ()
    companions: tuple[Companion, ...] = ()
    sent: tuple[Sent, ...] = ()
    requests: tuple[tuple[Request, str], ...] = ()
    names: Mapping[PersonId, str] = field(default_factory=dict)
    zone: str = ""
    """The time zone that they have set; empty if there is none."""
    can_go_on: bool = False


class AskedFor(Struct, frozen=True):
    """A request as a companion sees it. said: what they said of it themselves; None before they do.

    mine: whether they entered it. doubted: whether another companion says that it should be handed back.
    due: whether it is time for it, once the companions agree.
    """

    request: Request
    text: str
    said: Said | None = None
    mine: bool = False
    doubted: bool = False
    due: bool = False


class BesideView(Struct, frozen=True):
    """A path as a companion sees it. `names` has the person on it and the other companions.

    ready: whether the person waits for their word. on, back: what they said themselves of going on or back.
    """

    path: Path
    me: Companion
    commitments: tuple[tuple[Commitment, str], ...] = ()
    others: tuple[Companion, ...] = ()
    requests: tuple[AskedFor, ...] = ()
    names: Mapping[PersonId, str] = field(default_factory=dict)
    ready: bool = False
    on: Said | None = None
    back: bool = False


class AnswerView(Struct, frozen=True):
    """What somebody is asked after a meeting. own: whether they are the person on the path.

    next: the first of their commitments of which they have said nothing since, with its sentence.
    """

    answer: Answer
    path: Path
    own: bool
    next: tuple[Commitment, str] | None = None


class ToldView(Struct, frozen=True):
    """What another companion told: who, and what they said."""

    answer: Answer
    name: str


class BetweenPaths(Struct, frozen=True):
    """What somebody can see of paths between them and another person."""

    accompanies: bool = False
    """They accompany the other person's path."""
    accompanied: bool = False
    """The other person accompanies theirs."""
    beside: bool = False
    """Both accompany the same path."""
    invited: bool = False
    """They invited the other person, who seems to have given no answer yet."""

    @property
    def met(self) -> bool:
        """Whether the other person may have read something of theirs."""
        return self.accompanies or self.accompanied or self.beside


class PathQueries:
    """Reads paths for one of the people concerned."""

    circle = store.KNOWN
    """Selects the people of the reader's paths, for labels."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPaths,
        people: People,
        servers: Servers,
    ) -> None:
        self._db = context.db
        self._sealed = sealed
        self._people = people
        self._servers = servers

    # -- cards ----------------------------------------------------------------------------------

    @reads
    async def open_in(self, tx: Tx, by: PersonId, server: ServerId) -> Path | None:
        """Return their open path there, if they have one."""
        return await store.open_of(tx, by, server)

    @reads
    async def closed_in(self, tx: Tx, by: PersonId, server: ServerId) -> Path | None:
        """Return their last path there if it closed and its sentences are still kept."""
        for path in await store.of_owner(tx, by, server):
            kept = await commitment_store.of(tx, path.id) or await request_store.of(tx, path.id)
            if not path.open and kept:
                return path
        return None

    @reads
    async def beside_what(self, tx: Tx, by: PersonId) -> Companion | None:
        """Return which path they accompany, if any."""
        return await companion_store.of_person(tx, by)

    @reads
    async def servers_of(self, tx: Tx, by: PersonId) -> list[ServerId]:
        """Return the servers in which they have an open path."""
        return sorted({path.server for path in await store.of_owner(tx, by) if path.open})

    @reads
    async def show(self, tx: Tx, by: PersonId, id: str, now: datetime) -> OwnView:
        """Return their own path, also if it has closed. Raises NotYours."""
        path = await self.mine(tx, by, id)
        found = [
            (one, await self._sealed.commitment(tx, one, text))
            for one, text in await commitment_store.of(tx, id)
        ]
        requests = [
            (one, await self._sealed.request(tx, one, text))
            for one, text in await request_store.of(tx, id)
            if one.reached
        ]
        companions = await companion_store.of(tx, id)
        shown = (
            [one.shown(now) for one in await invitation_store.sent(tx, by, path.server)] if path.open else []
        )
        sent = [one for one in shown if one is not None]
        whom = {*(one.person for one in companions), *(one.member for one in sent)}
        me = await self._people.get(tx, by)
        return OwnView(
            path, tuple(found), tuple(companions), tuple(sent), tuple(requests),
            await self._people.labels(tx, by, path.server, dict.fromkeys(whom)),
            me.zone if me.zone_known and me.zone is not None else "",
            await self._can_go_on(tx, path, len(companions)),
        )  # fmt: skip

    @reads
    async def show_beside(self, tx: Tx, by: PersonId, id: str) -> BesideView:
        """Return a path as its companion sees it. Raises NotYours."""
        path, me = await self.accompanied(tx, by, id)
        votes = await vote_store.of(tx, id)
        others = [one for one in await companion_store.of(tx, id) if one.person != by]
        whom = [path.owner, *(one.person for one in others)]
        return BesideView(
            path, me, await self._commitments_for(tx, me), tuple(others),
            await self._requests_for(tx, path, by, votes),
            await self._people.labels(tx, by, path.server, dict.fromkeys(whom)),
            ready=path.ready_at is not None and (me.hushed_at is None or path.ready_at <= me.hushed_at),
            on=_said(votes, ON, by), back=_said(votes, BACK, by) is not None,
        )  # fmt: skip

    @reads
    async def was_mine(self, tx: Tx, by: PersonId, id: str) -> bool:
        """Whether this is a path of theirs that is still kept."""
        path = await store.get(tx, id)
        return path is not None and path.owner == by

    @reads
    async def request(self, tx: Tx, by: PersonId, id: str) -> AskedFor:
        """Return a request of a path that they accompany. Raises NotYours, also if it is hidden from them."""
        found = await request_store.get(tx, id)
        if found is None:
            raise NotYours
        path, _ = await self.accompanied(tx, by, found.path)
        votes = await vote_store.of(tx, path.id)
        for one in await self._requests_for(tx, path, by, votes):
            if one.request.id == id:
                return one
        raise NotYours

    @reads
    async def look(self, tx: Tx, by: PersonId, id: str) -> Path:
        """Return an open path of theirs, or one that they accompany. Raises NotYours or PathClosed."""
        return await self.either(tx, by, id)

    @reads
    async def look_at_own(self, tx: Tx, by: PersonId, id: str) -> Path:
        """Return an open path of theirs. Raises NotYours or PathClosed."""
        return await self.own(tx, by, id)

    @reads
    async def asked(self, tx: Tx, by: PersonId, id: str) -> AnswerView:
        """Return what they are asked after a meeting. Raises NotYours, also when the next one has come."""
        return await self.answer_view(tx, by, await self.answer(tx, by, id))

    @reads
    async def told(self, tx: Tx, by: PersonId, id: str) -> ToldView:
        """Return what another companion told. Raises NotYours.

        It is opened by a message alone, which a boundary between the two withholds.
        """
        answer = await answer_store.get(tx, id)
        if answer is None or not answer.told or answer.person == by:
            raise NotYours
        path, _ = await self.accompanied(tx, by, answer.path)
        name = (await self._people.labels(tx, by, path.server, {answer.person: None})).get(answer.person, "")
        return ToldView(answer, name)

    @reads
    async def between(self, tx: Tx, by: PersonId, other: PersonId, now: datetime) -> BetweenPaths:
        """Return what they can see of paths between the two, whatever boundary the other set."""
        mine, theirs = await companion_store.of_person(tx, by), await companion_store.of_person(tx, other)
        of_mine = None if mine is None else await store.get(tx, mine.path)
        of_theirs = None if theirs is None else await store.get(tx, theirs.path)
        invited = [
            one for one in await invitation_store.of(tx, by, other) if one.owner == by and one.shown(now)
        ]
        return BetweenPaths(
            of_mine is not None and of_mine.owner == other,
            of_theirs is not None and of_theirs.owner == by,
            mine is not None and theirs is not None and mine.path == theirs.path,
            bool(invited),
        )

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everybody on a path or beside one, for the daily check of who has left."""
        return await store.everyone(tx)

    # -- in the caller's transaction ------------------------------------------------------------

    async def named(self, tx: Tx, persons: Collection[PersonId], now: datetime) -> Named:
        """Return which of these people accompany a path or were invited to one, and where."""
        invited = await invitation_store.to(tx, persons)
        beside = await companion_store.among(tx, persons)
        shown = {
            (one.server, one.member) for one in invited if one.shown(now) or one.reaches(one.member, now)
        }
        known = {*(one.member for one in invited), *(person for _, person in beside)}
        return Named(frozenset(known), frozenset(shown | beside))

    async def mine(self, tx: Tx, by: PersonId, id: str) -> Path:
        """Return a path of theirs, open or closed. Raises NotYours."""
        path = await store.get(tx, id)
        if path is None:
            raise NotYours
        return path.of(by)

    async def own(self, tx: Tx, by: PersonId, id: str) -> Path:
        """Return an open path of theirs. Raises NotYours, PathClosed or UnderEighteen."""
        path = await self.mine(tx, by, id)
        if not path.open:
            raise PathClosed
        await self._servers.require_of_age(tx, by, path.server)
        return path

    async def accompanied(self, tx: Tx, by: PersonId, id: str) -> tuple[Path, Companion]:
        """Return an open path that they accompany, and their place. Raises NotYours or UnderEighteen."""
        path, me = await store.get(tx, id), await companion_store.of_person(tx, by)
        if path is None or me is None or me.path != id:
            raise NotYours
        await self._servers.require_of_age(tx, by, path.server)
        return path, me

    async def either(self, tx: Tx, by: PersonId, id: str) -> Path:
        """Return an open path of theirs, or one that they accompany."""
        path = await store.get(tx, id)
        if path is not None and path.owner == by:
            return await self.own(tx, by, id)
        return (await self.accompanied(tx, by, id))[0]

    async def answer(self, tx: Tx, by: PersonId, id: str) -> Answer:
        """Return what they were asked after the last meeting. Raises NotYours, also for one before it."""
        answer = await answer_store.get(tx, id)
        if answer is None or answer.person != by:
            raise NotYours
        await self.either(tx, by, answer.path)
        if await answer_store.latest(tx, answer.path, by) != answer:
            raise NotYours
        return answer

    async def answer_view(self, tx: Tx, by: PersonId, answer: Answer) -> AnswerView:
        path = await store.get(tx, answer.path)
        if path is None:
            raise NotYours
        if path.owner != by:
            return AnswerView(answer, path, own=False)
        for one, sealed in await commitment_store.of(tx, path.id):
            if one.made_at < answer.asked_at and (one.said_at is None or one.said_at < answer.asked_at):
                return AnswerView(answer, path, True, (one, await self._sealed.commitment(tx, one, sealed)))
        return AnswerView(answer, path, own=True)

    # -- inside ---------------------------------------------------------------------------------

    async def _can_go_on(self, tx: Tx, path: Path, companions: int) -> bool:
        if not path.open or path.waits or path.ready_at is not None:
            return False
        if path.begun_at is None:
            return companions > 1
        held = await answer_store.held(tx, path.id, path.owner, path.step_since)
        return held >= HELD_MEETINGS and not path.last_step

    async def _commitments_for(self, tx: Tx, me: Companion) -> tuple[tuple[Commitment, str], ...]:
        """Return the commitments that a companion reads: with a boundary, those written before it."""
        return tuple(
            [
                (one, await self._sealed.commitment(tx, one, text))
                for one, text in await commitment_store.of(tx, me.path)
                if me.hushed_at is None or one.written_at <= me.hushed_at
            ]
        )

    async def _requests_for(
        self, tx: Tx, path: Path, by: PersonId, votes: list[Vote]
    ) -> tuple[AskedFor, ...]:
        doubts = {one.about for one in votes if one.person != by and one.said is Said.HAND_BACK}
        found = []
        for one, sealed in await request_store.of(tx, path.id):
            said = _said(votes, one.id, by)
            if said is not Said.HIDDEN:
                text = await self._sealed.request(tx, one, sealed)
                due = one.kind.reaches_at(path.step)
                found.append(AskedFor(one, text, said, one.by == by, one.id in doubts, due))
        return tuple(found)


def _said(votes: list[Vote], about: str, by: PersonId) -> Said | None:
    return next((one.said for one in votes if (one.about, one.person) == (about, by)), None)
