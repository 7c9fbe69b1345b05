"""What each partner gets to see of their pairs."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.check_in import CheckIn
from bot.pairs.eligibility import PairEligibility
from bot.pairs.errors import PairClosed
from bot.pairs.models import About, Pair, PairState, PairText, ScheduleChange, Side
from bot.pairs.sealed import SealedPairs
from bot.people.service import People
from bot.people.strangers import Named
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class PairDraft(Struct, frozen=True):
    """A pair before it runs, as one partner sees it.

    `name` is the other partner's name; `words` are their own.
    """

    pair: Pair
    name: str
    words: PairText
    mine: bool
    """Whether the person who sees it started it."""
    about: About | None = None
    """What their own aim is about, once they have chosen."""


class PairView(Struct, frozen=True):
    """A running pair as one of the two sees it. `side` is their own, `name` the partner's."""

    pair: Pair
    side: Side
    name: str
    mine: PairText
    theirs: PairText
    change: ScheduleChange | None = None
    """Their own schedule change, suggested or still a draft."""
    offered: ScheduleChange | None = None
    """The schedule change that the partner has suggested."""
    open_check_in: CheckIn | None = None
    shared: int = 0
    """How many check-ins the partner has shared that they can read."""
    unread: bool = False
    """Whether they have not seen yet what the partner wrote for them."""

    @property
    def paused_until(self) -> datetime | None:
        """When the pause ends, as this person sees it; None if there is none."""
        both = (self.pair.paused_until, self.side.hushed_until)
        return max((until for until in both if until is not None), default=None)


class CheckInView(Struct, frozen=True):
    """A check-in as the person who is asked sees it. `next_at`: their next one; None after the last.

    `aim` is what they are working on, and `about` what that is about.
    """

    check_in: CheckIn
    name: str
    note: str
    next_at: datetime | None
    renewing: bool = False
    """Whether they have suggested to go on after the last check-in."""
    aim: str = ""
    about: About | None = None
    tonight: datetime | None = None
    """The time of this evening to which they can move it; None if it can't be moved."""
    untold: bool = False
    """Whether the partner has answered their wish to talk, and they were not told of that before."""


class Shared(Struct, frozen=True):
    """A check-in that the partner shared, with its note. `number` counts from 0, the newest first.

    `about` is what the partner's aim is about.
    """

    check_in: CheckIn
    name: str
    note: str
    number: int
    count: int
    about: About | None = None


class Wished(Struct, frozen=True):
    """The partner would like to talk. `name` is the partner's."""

    check_in: CheckIn
    name: str


class Noted(Struct, frozen=True):
    """A person's own check-in with a note or shared. `number` counts from 0, the newest first."""

    check_in: CheckIn
    name: str
    note: str
    number: int
    count: int
    running: bool
    about: About | None = None


class Months(Struct, frozen=True):
    """A person's own check-ins of some months, in order. `earlier`, `later`: whether there are more pages."""

    pair: Pair
    name: str
    first_month: tuple[int, int]
    """Year and month."""
    count: int
    check_ins: Sequence[CheckIn]
    earlier: bool
    later: bool
    about: About | None = None


class PairQueries:
    """Reads pairs for one of the partners."""

    circle = store.KNOWN
    """Selects the reader's partners, and the people whom they asked to be one, for labels."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPairs,
        eligibility: PairEligibility,
        people: People,
        boundaries: Boundaries,
    ) -> None:
        self._db = context.db
        self._eligibility = eligibility
        self._sealed = sealed
        self._people = people
        self._boundaries = boundaries

    @reads
    async def between(self, tx: Tx, by: PersonId, other: PersonId) -> tuple[bool, bool]:
        """Return whether they are partners, and whether `by` suggested it and seems to have no answer.

        A boundary that the other person set changes nothing in it.
        """
        shared = [pair for pair in await store.of(tx, by) if other in (pair.starter, pair.partner)]
        suggested = [pair for pair in shared if pair.state is PairState.PROPOSED and pair.starter == by]
        return any(pair.state is PairState.RUNNING for pair in shared), bool(suggested)

    @reads
    async def of(self, tx: Tx, by: PersonId, server: ServerId | None) -> list[tuple[Pair, str]]:
        """Return what they can open, with names: running pairs, their proposals, and proposals to them."""
        found = [pair for pair in await store.of(tx, by, server) if await self._theirs_to_see(tx, pair, by)]
        return [(pair, await self.name(tx, pair, by)) for pair in found]

    @reads
    async def waiting(self, tx: Tx, by: PersonId) -> tuple[list[Pair], list[tuple[Pair, str]]]:
        """Return their drafts with text, and the proposals to them with names, in every server."""
        every = await store.of(tx, by)
        begun = [pair for pair in every if pair.state is PairState.DRAFT and pair.starter == by]
        written = [(pair, await side_store.of(tx, pair.id, by)) for pair in begun]
        drafts = [pair for pair, side in written if side is not None and side.written > 1]
        proposed = [
            pair
            for pair in every
            if pair.state is PairState.PROPOSED
            and pair.starter != by
            and await self._theirs_to_see(tx, pair, by)
        ]
        return drafts, [(pair, await self.name(tx, pair, by)) for pair in proposed]

    @reads
    async def past(self, tx: Tx, by: PersonId, server: ServerId | None) -> list[tuple[Pair, str]]:
        """Return pairs in which they had check-ins that are still kept, with the partners' names."""
        ran = [pair for pair in await store.of(tx, by, server) if pair.starts_on is not None]
        asked = [pair for pair in ran if await check_in_store.any_of(tx, pair.id, by)]
        return [(pair, await self.name(tx, pair, by)) for pair in asked]

    @reads
    async def show(self, tx: Tx, by: PersonId, id: str, now: datetime) -> PairView:
        """Return a running pair as they see it. Raises PairClosed or NotYours."""
        return await self.view(tx, by, await self.running(tx, by, id), now)

    @reads
    async def of_side(self, tx: Tx, by: PersonId, side: str, now: datetime) -> PairView:
        """Return the running pair that has this side, as they see it. Raises PairClosed or NotYours."""
        found = await side_store.get(tx, side)
        if found is None or found.person != by:
            raise NotYours
        return await self.view(tx, by, await self.running(tx, by, found.pair), now)

    @reads
    async def ended_with(self, tx: Tx, by: PersonId, id: str) -> str:
        """Return the name of the person with whom they were this pair; empty if it is not known any more."""
        pair = await store.get(tx, id)
        if pair is None or by not in (pair.starter, pair.partner) or pair.partner is None:
            return ""
        return await self.name(tx, pair, by)

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everybody in a running pair, for the daily check of who has left."""
        return {(server, one) for server, *both in await store.running(tx) for one in both}

    # -- in the caller's transaction ------------------------------------------------------------

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return which of these people were asked to be a partner, and where."""
        pairs = await store.with_partners(tx, persons)
        return Named.here({(pair.server, pair.partner) for pair in pairs if pair.partner is not None})

    async def running(self, tx: Tx, by: PersonId, id: str) -> Pair:
        """Return a running pair of theirs. Raises PairClosed if it has ended, NotYours for any other."""
        pair = await store.get(tx, id)
        if pair is None or by not in (pair.starter, pair.partner) or pair.starts_on is None:
            raise NotYours
        if pair.state is not PairState.RUNNING:
            raise PairClosed
        return pair

    async def view(self, tx: Tx, by: PersonId, pair: Pair, now: datetime) -> PairView:
        """Return a running pair as one partner sees it."""
        other = pair.other(by)
        side, theirs = await side_store.of(tx, pair.id, by), await side_store.of(tx, pair.id, other)
        if side is None or theirs is None:
            raise NotYours
        latest = await check_in_store.latest(tx, side.id)
        offered = await store.change(tx, pair.id, other)
        there = offered is not None and offered.proposed and not offered.withheld
        shared = await check_in_store.shared_by(tx, pair.id, other)
        return PairView(
            pair.seen_from(side),
            side,
            await self.name(tx, pair, by),
            await self._sealed.words(tx, side),
            await self._sealed.words(tx, theirs),
            await store.change(tx, pair.id, by),
            offered if there else None,
            latest if latest is not None and latest.takes(now) else None,
            len(shared),
            unread=not theirs.seen,
        )

    async def name(self, tx: Tx, pair: Pair, by: PersonId) -> str:
        """Return the partner's name in that server; empty if they have left, also if they came back since."""
        other = pair.other(by)
        return (await self._people.labels(tx, by, pair.server, {other: pair.asked_at})).get(other, "")

    async def apart(self, tx: Tx, pair: Pair) -> bool:
        """Whether there is a boundary between the two."""
        return (await self._boundaries.may_meet(tx, pair.starter, pair.other(pair.starter))).withheld

    async def _theirs_to_see(self, tx: Tx, pair: Pair, by: PersonId) -> bool:
        if pair.state is PairState.RUNNING or (pair.state is PairState.PROPOSED and pair.starter == by):
            return True
        reached = pair.reaches(by) and not await self.apart(tx, pair)
        return reached and await self._eligibility.of_age(tx, by, pair.server)
