"""Drafts of asks: consent, the text, whom to ask, how long to wait."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.asks import store
from bot.asks.eligibility import AskEligibility
from bot.asks.models import DRAFT_KEPT, Ask, AskKind, AskState, AskText
from bot.asks.moves import AskMoves
from bot.asks.queries import AskQueries, Beginning, Opened, Preview
from bot.asks.sealed import SealedAsks
from bot.asks.timers import DRAFT_ENDS, MESSAGE_ENDS
from bot.asks.wait import Wait
from bot.errors import DRAFTS_AT_MOST, NotYours, TooManyDrafts
from bot.ids import PersonId, ServerId, new_id
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

CONSENT = "ask"
"""The name under which somebody's consent to the text before the first ask is stored."""
DAYS = "ask.days"
"""The name under which it is stored for how many days they agreed that their text is kept, as the version."""


class Drafts:
    """Everything before `Send`. A draft is an ask that nobody else has seen."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedAsks,
        moves: AskMoves,
        eligibility: AskEligibility,
        queries: AskQueries,
        people: People,
        preferences: Preferences,
        servers: Servers,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._sealed = sealed
        self._moves = moves
        self._eligibility = eligibility
        self._queries = queries
        self._people = people
        self._preferences = preferences
        self._servers = servers
        self._starts = starts

    @writes
    async def begin(
        self, tx: Tx, by: PersonId, server: ServerId, version: int, now: datetime, message: str = "",
        joined_at: datetime | None = None,
    ) -> Beginning:  # fmt: skip
        """Return an empty draft, new or left from before. `version` is that of the consent text.

        They are asked for their consent again if the server keeps text for longer than they agreed to.
        Raises UnderEighteen, Barred, TooManyDrafts, or NewHere if they joined the server too recently.
        """
        await self._servers.require_adult(tx, by, server)
        await self._eligibility.long_enough(tx, server, joined_at, now)
        await self._starts.require_free(tx, server, by)
        days = (await self._servers.get(tx, server)).retention_days
        consented = await self._agreed(tx, by, version, days)
        drafts = [(draft, written) for draft, written in await self._room(tx, by) if draft.server == server]
        ask = next((draft for draft, written in drafts if not written), None)
        if ask is None:
            ask = await store.add(tx, Ask(new_id(), by, server, AskState.DRAFT, now, kept_days=days))
        elif consented:
            ask = await self._keep_for(tx, ask, days)
        await self._agenda.put(tx, DRAFT_ENDS, ask.id, now + DRAFT_KEPT)
        await self._moves.take_along(tx, ask, message, now)
        return Beginning(
            ask,
            consented=consented,
            around=await self._eligibility.around(tx, by, server, now),
            days=days,
            written=next((draft for draft, written in drafts if written), None),
        )

    @writes
    async def agree(self, tx: Tx, by: PersonId, id: str, version: int, days: int, now: datetime) -> Opened:
        """Record that they agreed to the text before the first ask, which named these days.

        If the server keeps text for longer by now, this ask is kept for the days that they saw.
        Raises UnderEighteen.
        """
        ask = await self._draft(tx, by, id)
        await self._servers.require_adult(tx, by, ask.server)
        await self._preferences.consent(tx, by, CONSENT, version, now)
        await self._preferences.consent(tx, by, DAYS, days, now)
        most = (await self._servers.get(tx, ask.server)).retention_days
        return await self._opened(tx, await self._keep_for(tx, ask, min(days, most)), now)

    @writes
    async def lead_away(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Ask:
        """Delete the message that the draft began with, because this is nothing to ask friends in writing."""
        ask = await self._draft(tx, by, id)
        await self._moves.take_along(tx, ask, "", now)
        return ask

    @reads
    async def open(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Opened:
        return await self._opened(tx, await self._draft(tx, by, id), now)

    @writes
    async def write(
        self, tx: Tx, by: PersonId, id: str, kind: AskKind, words: AskText, now: datetime
    ) -> Preview:
        """Keep what was typed into a form that opened empty, even if it is incomplete.

        If another form was sent from the same card meanwhile, this becomes a new draft, so that both are
        kept. Raises TooManyDrafts if it would be one too many with text.
        """
        ask = await store.get(tx, id)
        if ask is None or ask.asker != by:
            raise NotYours
        if (kind, words) == (ask.kind, await self._sealed.words(tx, ask)):
            ask.drafted_by(by)  # the same form was sent a second time
        elif ask.written:
            await self._room(tx, by)
            new = Ask(new_id(), by, ask.server, AskState.DRAFT, now, kept_days=ask.kept_days)
            ask = await store.add(tx, new)
        return await self._write(tx, ask, kind, words, now)

    @writes
    async def rewrite(
        self, tx: Tx, by: PersonId, id: str, kind: AskKind, words: AskText, now: datetime
    ) -> Preview:
        """Keep what was typed into a form that was filled in with the earlier text."""
        return await self._write(tx, await self._draft(tx, by, id), kind, words, now)

    @writes
    async def preview(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Preview:
        """Return the draft as it would be sent, without picked people who can no longer be asked."""
        ask = await self._draft(tx, by, id)
        return await self._preview(tx, await self._picked(tx, ask, ask.chosen, now), now)

    @writes
    async def pick(self, tx: Tx, by: PersonId, id: str, chosen: Sequence[str], now: datetime) -> Preview:
        """Choose whom to ask. People who can't be asked are left out."""
        ask = await self._draft(tx, by, id)
        return await self._preview(tx, await self._picked(tx, ask, chosen, now), now)

    @reads
    async def picked(self, tx: Tx, by: PersonId, id: str) -> tuple[ServerId, Sequence[PersonId]]:
        """Return the server and the people who are picked.

        Once the draft is sent, nobody is picked any more.
        """
        ask = await store.get(tx, id)
        if ask is None or ask.asker != by:
            raise NotYours
        return ask.server, ask.chosen

    @writes
    async def wait(self, tx: Tx, by: PersonId, id: str, wait: Wait, now: datetime) -> Preview:
        """Choose how long to wait for answers."""
        ask = await self._draft(tx, by, id)
        return await self._preview(tx, await store.move(tx, ask, replace(ask, wait=wait)), now)

    @writes
    async def discard(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Delete the draft and everything in it."""
        await self._draft(tx, by, id)
        await self._moves.destroy(tx, id, now)

    @reads
    async def written(self, tx: Tx, by: PersonId) -> list[tuple[Ask, datetime | None]]:
        """Return their drafts with text in every server, each with the time until which it is kept."""
        drafts = [draft for draft, written in await store.drafts(tx, by) if written]
        return [(draft, await self._agenda.due_at(tx, DRAFT_ENDS, draft.id)) for draft in drafts]

    # -- inside ---------------------------------------------------------------------------------

    async def _room(self, tx: Tx, by: PersonId) -> list[tuple[Ask, bool]]:
        """Return their drafts, each with whether it has text. Raises TooManyDrafts if they can't add one."""
        drafts = await store.drafts(tx, by)
        if sum(written for _, written in drafts) >= DRAFTS_AT_MOST:
            raise TooManyDrafts
        return drafts

    async def _agreed(self, tx: Tx, by: PersonId, version: int, days: int) -> bool:
        """Whether they agreed to this text, and that their words are kept for so many days or more."""
        read = await self._preferences.consented(tx, by, CONSENT, version)
        return read and await self._preferences.newest_consent(tx, by, DAYS) >= days

    async def _keep_for(self, tx: Tx, ask: Ask, days: int) -> Ask:
        return ask if ask.kept_days == days else await store.move(tx, ask, replace(ask, kept_days=days))

    async def _draft(self, tx: Tx, by: PersonId, id: str) -> Ask:
        ask = await store.get(tx, id)
        if ask is None:
            raise NotYours
        ask.drafted_by(by)
        return ask

    async def _write(self, tx: Tx, ask: Ask, kind: AskKind, words: AskText, now: datetime) -> Preview:
        await self._servers.require_adult(tx, ask.asker, ask.server)
        if not ask.written:
            await self._room(tx, ask.asker)
        written = replace(ask, kind=kind, made_at=now, written=ask.written + 1)
        sealed = await self._sealed.seal_words(tx, written, words)
        moved = await store.move(tx, ask, written, words=sealed, message=None)
        await self._agenda.drop(tx, MESSAGE_ENDS, ask.id)
        await self._agenda.put(tx, DRAFT_ENDS, ask.id, now + DRAFT_KEPT)
        return await self._preview(tx, moved, now)

    async def _picked(self, tx: Tx, ask: Ask, chosen: Sequence[str], now: datetime) -> Ask:
        can = {person for person, _ in await self._eligibility.able(tx, ask, now)}
        picked = tuple(PersonId(one) for one in dict.fromkeys(chosen) if one in can)
        return ask if picked == ask.chosen else await store.move(tx, ask, replace(ask, chosen=picked))

    async def _opened(self, tx: Tx, ask: Ask, now: datetime) -> Opened:
        return Opened(
            ask,
            await self._sealed.words(tx, ask),
            await self._sealed.message(tx, ask),
            await self._eligibility.around(tx, ask.asker, ask.server, now),
        )

    async def _preview(self, tx: Tx, ask: Ask, now: datetime) -> Preview:
        return Preview(
            ask,
            await self._sealed.words(tx, ask),
            await self._eligibility.able(tx, ask, now),
            await self._eligibility.end(tx, ask, now),
            (await self._people.get(tx, ask.asker)).zone_known,
            await self._agenda.due_at(tx, DRAFT_ENDS, ask.id),
            await self._queries.earlier(tx, ask, now),
        )
