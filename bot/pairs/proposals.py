"""Before a pair runs: drafts, proposals, and the partner's answer."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import DRAFTS_AT_MOST, AlreadyDone, NotYours, TooManyDrafts
from bot.ids import PersonId, ServerId, new_id
from bot.pairs import notifications, side_store, store
from bot.pairs.eligibility import PairEligibility
from bot.pairs.errors import NoPartner, PairClosed, PairUnwritten, ZoneUnknown
from bot.pairs.models import SETTLES_IN, About, Pair, PairState, PairText
from bot.pairs.moves import PairMoves
from bot.pairs.queries import PairDraft
from bot.pairs.schedule import PairSchedule
from bot.pairs.sealed import SealedPairs
from bot.pairs.sheets import Sheets
from bot.pairs.timers import LAPSE
from bot.people.models import DiscordUser
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.reports.models import Passage, PassageKind, Start
from bot.reports.starts import Starts
from bot.scheduling.recurrence import known_zones
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Proposals:
    """Drafts, sends, accepts and declines proposals. Nothing is scheduled until both have sent theirs."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedPairs,
        moves: PairMoves,
        eligibility: PairEligibility,
        people: People,
        preferences: Preferences,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._moves = moves
        self._eligibility = eligibility
        self._sheets = Sheets(people, sealed)
        self._preferences = preferences
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts

    # -- for the starter ------------------------------------------------------------------------

    @writes
    async def begin(
        self,
        tx: Tx,
        by: PersonId,
        server: ServerId,
        schedule: PairSchedule,
        user: DiscordUser | None,
        now: datetime,
        aim: str = "",
        zone: str = "",
    ) -> PairDraft:
        """Create a draft, with a partner or without one yet. `aim` and `zone` fill in its form.

        Raises UnderEighteen, Barred, TooManyPairs, TooManyDrafts, Yourself, OwnBoundary or AlreadyPaired.
        """
        await self._servers.require_adult(tx, by, server)
        await self._starts.require_free(tx, server, by)
        await self._eligibility.room(tx, by)
        await self._make_room(tx, by, now)
        partner = None if user is None else await self._eligibility.partner(tx, by, server, user, now)
        pair = await store.add(tx, Pair(new_id(), server, by, partner, now, schedule))
        await self._agenda.put(tx, LAPSE, pair.id, pair.lapses_at)
        await self._sheets.write(tx, await self._sheets.side(tx, pair, by), PairText(aim, zone=zone))
        return await self._sheets.draft(tx, by, pair)

    @writes
    async def pick(self, tx: Tx, by: PersonId, id: str, user: DiscordUser, now: datetime) -> PairDraft:
        """Choose the partner. Raises Yourself, OwnBoundary or AlreadyPaired."""
        pair = (await self._pair(tx, id)).drafted_by(by)
        partner = await self._eligibility.partner(tx, by, pair.server, user, now)
        return await self._sheets.draft(tx, by, await store.keep(tx, replace(pair, partner=partner)))

    @writes
    async def choose(self, tx: Tx, by: PersonId, id: str, schedule: PairSchedule) -> PairDraft:
        """Choose the schedule."""
        pair = (await self._pair(tx, id)).drafted_by(by)
        return await self._sheets.draft(tx, by, await store.keep(tx, replace(pair, schedule=schedule)))

    @reads
    async def draft(self, tx: Tx, by: PersonId, id: str) -> PairDraft:
        """Return a draft of theirs, or a proposal that waits for them."""
        pair = await self._unanswered(tx, by, id)
        await self._servers.require_adult(tx, by, pair.server)
        return await self._sheets.draft(tx, by, pair)

    @writes
    async def write(
        self, tx: Tx, by: PersonId, id: str, words: PairText, zone: str, about: About | None = None
    ) -> None:
        """Keep what was typed, even if it is incomplete.

        `zone` is the time zone that the typed one stands for. Without `about`, what they chose before stays.
        """
        pair = await self._unanswered(tx, by, id)
        await self._servers.require_adult(tx, by, pair.server)
        side = await self._sheets.side(tx, pair, by)
        known = zone if zone in known_zones() else ""
        await self._sheets.write(tx, replace(side, zone=known, about=about or side.about), words)

    @reads
    async def sent(self, tx: Tx, by: PersonId, id: str, words: PairText) -> Pair | None:
        """Return the pair if this same form was sent before; otherwise None."""
        pair, side = await store.get(tx, id), await side_store.of(tx, id, by)
        if pair is None or side is None or await self._sealed.words(tx, side) != words:
            return None
        done = pair.state is PairState.RUNNING or (pair.state is PairState.PROPOSED and by == pair.starter)
        return pair if done else None

    @writes
    async def send(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Pair:
        """Propose the pair, or accept the proposal. Raises PairUnwritten and ZoneUnknown, among others."""
        pair = await self._unanswered(tx, by, id)
        await self._servers.require_adult(tx, by, pair.server)
        await self._require_complete(tx, pair, by)
        await self._eligibility.room(tx, by)
        return await (self._propose if by == pair.starter else self._accept)(tx, by, pair, now)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Pair:
        """Withdraw a proposal or delete a draft; return the pair as it was. Raises AlreadyDone if it runs."""
        pair = await self._pair(tx, id)
        if by != pair.starter:
            raise NotYours
        if pair.state is PairState.DRAFT:
            await self._moves.remove(tx, pair, now)
        elif pair.state is PairState.PROPOSED:
            await self._moves.end(tx, pair, (), now)
        elif pair.state is PairState.RUNNING:
            raise AlreadyDone
        return pair

    # -- for the partner ------------------------------------------------------------------------

    @writes
    async def decline(self, tx: Tx, by: PersonId, id: str) -> Pair:
        """Decline a proposal. To its starter it looks like no answer."""
        pair = await self._unanswered(tx, by, id)
        if by == pair.starter:
            raise NotYours
        await store.keep(tx, replace(pair, declined=True))
        await self._sealed.forget_words(tx, pair.id, by)
        return pair

    # -- in the caller's transaction ------------------------------------------------------------

    async def passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return a proposal, for a report by the person who was asked; otherwise None.

        Only somebody who has seen it knows its id, so it doesn't matter whether it is still shown.
        """
        pair = await store.get(tx, id)
        if pair is None or pair.partner != by or pair.asked_at is None:
            return None
        return Passage(PassageKind.PROPOSAL, id, pair.server, pair.starter, pair.asked_at)

    # -- inside ---------------------------------------------------------------------------------

    async def _make_room(self, tx: Tx, by: PersonId, now: datetime) -> None:
        """Delete their oldest draft without text if they have ten. Raises TooManyDrafts if all have text."""
        drafts = [one for one in await store.of(tx, by) if one.state is PairState.DRAFT and one.starter == by]
        if len(drafts) < DRAFTS_AT_MOST:
            return
        for draft in drafts:
            side = await side_store.of(tx, draft.id, by)
            if side is None or side.written <= 1:
                await self._moves.remove(tx, draft, now)
                return
        raise TooManyDrafts

    async def _propose(self, tx: Tx, by: PersonId, pair: Pair, now: datetime) -> Pair:
        partner = pair.partner
        if partner is None:
            raise NoPartner(pair.id)
        await self._eligibility.free(tx, by, pair.server, partner)
        await self._starts.begin(tx, Start.PROPOSAL, by, pair.server, [partner], now)
        apart = await self._boundaries.may_meet(tx, by, partner)
        # Checked also under a boundary, so that every proposal takes the same steps.
        lately = await self._eligibility.lately(tx, pair, now)
        lately = lately or await self._starts.quotas.rests(tx, Start.PROPOSAL, by, partner, now)
        asked = await store.keep(tx, pair.proposed(now, withheld=apart.withheld or lately))
        await self._agenda.put(tx, LAPSE, pair.id, asked.lapses_at)
        return asked

    async def _accept(self, tx: Tx, by: PersonId, pair: Pair, now: datetime) -> Pair:
        sides = (await side_store.of_pairs(tx, [pair.id]))[pair.id]
        starts_on = await self._moves.first_on(tx, pair.schedule, sides, now + SETTLES_IN)
        pair = await store.keep(
            tx, pair.running(starts_on, pair.schedule.last_on(starts_on, pair.schedule.rounds))
        )
        await self._agenda.drop(tx, LAPSE, pair.id)
        await self._moves.expect(tx, pair, now)
        await self._outbox.tell(
            tx, pair.starter, notifications.BEGUN, pair.id, now, other=by, server=pair.server
        )
        return pair

    async def _unanswered(self, tx: Tx, by: PersonId, id: str) -> Pair:
        """Return a draft or proposal of theirs. Under a boundary it looks as if it had lapsed: PairClosed."""
        pair = await self._pair(tx, id)
        if by == pair.starter:
            return pair.drafted_by(by)
        if by != pair.partner or pair.asked_at is None:
            raise NotYours
        if not pair.reaches(by) or (await self._boundaries.may_meet(tx, pair.starter, by)).withheld:
            raise PairClosed
        return pair

    async def _pair(self, tx: Tx, id: str) -> Pair:
        found = await store.get(tx, id)
        if found is None:
            raise NotYours
        return found

    async def _require_complete(self, tx: Tx, pair: Pair, by: PersonId) -> None:
        side = await self._sheets.side(tx, pair, by)
        if not (await self._sealed.words(tx, side)).complete:
            raise PairUnwritten(pair.id)
        if not side.zone or side.zone_lost:
            raise ZoneUnknown(pair.id)
        await self._preferences.settle_in(tx, by, side.zone)
