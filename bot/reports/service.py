"""Writing and sending a report, and the construction of the other parts of the slice."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.people.service import People
from bot.reports import store
from bot.reports.bars import Bars
from bot.reports.errors import NobodyReads, PassageGone, ReasonUnwritten, TooManyDrafts
from bot.reports.lifecycle import ReportLifecycle
from bot.reports.models import DRAFTS_AT_MOST, READERS_AT_MOST, Content, Passage, PassageKind, Report, Start
from bot.reports.moderator_queue import ReportQueue
from bot.reports.moves import ReportMoves
from bot.reports.notifications import WAITS
from bot.reports.passages import Passages
from bot.reports.queries import ReportQueries, ReportView, chosen
from bot.reports.quotas import Quotas
from bot.reports.sealed import SealedReports
from bot.reports.starts import Starts
from bot.reports.timer_handlers import ReportTimers
from bot.reports.timers import GOES
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank


class Reports:
    """Lets somebody report a passage to moderators of their choice. Its author is told nothing of it.

    A draft names every moderator who would read it, without the passage's author. On its first card each is
    ticked but those with whom the reporter set a boundary; who is named later is ticked only by the reporter.
    A boundary that the moderator set changes nothing, to keep it private.

    The author is recognised by their account, which the draft knows from its beginning: whoever erases what
    the bot holds of them and comes back has another PersonId.
    """

    def __init__(
        self, context: SliceContext, people: People, servers: Servers, boundaries: Boundaries
    ) -> None:
        self._db = context.db
        self._vault = context.vault
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._sealed = sealed = SealedReports(context.vault)
        self.passages = Passages()
        self._queries = queries = ReportQueries(sealed, self.passages, people)
        self.bars = Bars(context, sealed, people, servers)
        self.quotas = Quotas(context, people)
        self.starts = Starts(self.bars, self.quotas)
        self._moves = moves = ReportMoves(context, sealed, self.bars)
        self.queue = ReportQueue(context, queries)
        self.timers = ReportTimers(moves, self.bars, self.quotas)
        self.lifecycle = ReportLifecycle(moves, self.bars)

    @reads
    async def look(self, tx: Tx, by: PersonId, kind: PassageKind, row: str) -> Passage | ReportView:
        """Return what they could report, or their report of it. Raises NotYours if they can't report it."""
        report = await store.about(tx, self._about(by, kind, row))
        if report is not None:
            return await self._queries.view(tx, report)
        return await self._passage(tx, by, kind, row)

    @writes
    async def begin(self, tx: Tx, by: PersonId, kind: PassageKind, row: str, now: datetime) -> ReportView:
        """Return the report of this passage that they have begun or sent, or a new one with all its texts.

        Raises NotYours if it can't be reported, also because its author has erased everything, or
        TooManyDrafts.
        """
        about = self._about(by, kind, row)
        report = await store.about(tx, about)
        if report is None:
            passage = await self._passage(tx, by, kind, row)
            if await store.drafts(tx, by) >= DRAFTS_AT_MOST:
                raise TooManyDrafts(DRAFTS_AT_MOST)
            author = await self.bars.account(tx, passage.author)
            report = Report(new_id(), passage.server, by, about, now, author=author)
            await store.add(tx, report)
            content = Content(kind, row, passage.author, tuple(key for key, _ in passage.texts))
            report = await self._keep(tx, report, content, now)
            await self._tick_first(tx, report, content)
        return await self._shown(tx, report)

    @writes
    async def open(self, tx: Tx, by: PersonId, id: str) -> ReportView:
        """Return a report to its reporter. Raises NotYours."""
        return await self._shown(tx, await self._own(tx, by, id))

    @writes
    async def pick(self, tx: Tx, by: PersonId, id: str, keys: Collection[str], now: datetime) -> ReportView:
        """Choose which of the passage's texts are reported. If none is left, nothing changes."""
        report = await self._own(tx, by, id)
        view = await self._queries.view(tx, report)
        if view.passage is not None:
            content = chosen(view.content, view.passage, tuple(keys))
            report = await self._keep(tx, report, content, now)
        return await self._shown(tx, report)

    @writes
    async def read_by(self, tx: Tx, by: PersonId, id: str, moderators: Collection[str]) -> ReportView:
        """Choose the readers among those named. If none is left, nothing changes."""
        report = await self._own(tx, by, id)
        ticks = {one: one in moderators for one in await store.ticks(tx, id)}
        if report.draft and any(ticks.values()):
            await store.tick(tx, id, ticks)
        return await self._shown(tx, report)

    @writes
    async def write(self, tx: Tx, by: PersonId, id: str, reason: str, now: datetime) -> ReportView:
        """Store the reason that they typed. A sent report doesn't change. Raises ReasonUnwritten if blank."""
        report = await self._own(tx, by, id)
        if report.draft:
            if is_blank(reason):
                raise ReasonUnwritten(id)
            content = replace(await self._queries.content(tx, report), reason=reason)
            report = await self._keep(tx, report, content, now)
        return await self._shown(tx, report)

    @writes
    async def send(self, tx: Tx, by: PersonId, id: str, now: datetime) -> ReportView:
        """Send the report with a copy of what it reports. A second time returns what was sent.

        Its readers are those who were named and ticked and moderate now, for good. Raises PassageGone,
        ReasonUnwritten, NobodyReads or StartedTooMuch.
        """
        report = await self._own(tx, by, id)
        if not report.draft:
            return await self._queries.view(tx, report)
        view = await self._queries.view(tx, report)
        if view.passage is None:
            raise PassageGone(id)
        if is_blank(view.content.reason):
            raise ReasonUnwritten(id)
        still = await self._moderators(tx, report, view.content)
        going = [one for one in view.readers if one in view.ticked and one in still]
        if not going:
            raise NobodyReads(id)
        await self.quotas.count(tx, Start.REPORT, by, (), now)
        report = report.sent(await self._author(tx, report, view.content), now)
        report = await self._keep(tx, report, replace(view.content, texts=view.texts), now)
        await store.tick(tx, id, dict.fromkeys(going, True))
        people = await self._people.these(tx, going)
        for one in going:
            resting = people[one].resting(now)
            await self._outbox.tell(tx, one, WAITS, id, now, server=report.server, quietly=resting)
        return await self._queries.view(tx, report)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Report:
        """Delete the report, also for moderators; return it as it was. What they read they may remember."""
        report = await self._own(tx, by, id)
        await self._moves.remove(tx, [report], now)
        return report

    @reads
    async def unsent(self, tx: Tx, by: PersonId) -> Sequence[Report]:
        """Return their reports that they haven't sent, for /inbox."""
        return [report for report in await store.of_reporter(tx, by) if report.draft]

    # -- in the caller's transaction ------------------------------------------------------------

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Erase what they have reported, and their part as a moderator.

        What others have reported of theirs is the copy of whoever reported it. It stays for its 30 days.
        Otherwise the author of a threat could make the report and a bar vanish, and the reporter would see
        it.
        """
        await self._moves.remove(tx, await store.of_reporter(tx, person), now)
        await self._moves.stop_reading(tx, person, None, now)
        await self.bars.forget_moderator(tx, person, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _passage(self, tx: Tx, by: PersonId, kind: PassageKind, row: str) -> Passage:
        """Return what they can report. Raises NotYours, also if nobody knows its author's account any more.

        Otherwise the author could be one of the moderators who would read the report.
        """
        passage = await self.passages.read(tx, by, kind, row)
        if passage is None or passage.server not in await self._people.servers(tx, by):
            raise NotYours
        if await self.bars.account(tx, passage.author) is None:
            raise NotYours
        return passage

    async def _own(self, tx: Tx, by: PersonId, id: str) -> Report:
        report = await store.get(tx, id)
        if report is None or report.reporter != by:
            raise NotYours
        return report

    async def _keep(self, tx: Tx, report: Report, content: Content, now: datetime) -> Report:
        report = report.rewritten()
        await store.keep(tx, report, content=await self._sealed.seal(tx, report, content))
        await self._agenda.put(tx, GOES, report.id, report.goes_at(now))
        return report

    async def _shown(self, tx: Tx, report: Report) -> ReportView:
        """Return the report as its reporter sees it. A draft names every moderator who could read it now.

        Those whom it has named before stay as they are. Others are not ticked, because they may have been
        unticked before they left, lost the role or erased everything.
        """
        if report.draft:
            able = await self._moderators(tx, report, await self._queries.content(tx, report))
            before = await store.ticks(tx, report.id)
            named = [*(one for one in before if one in able), *(one for one in able if one not in before)]
            now = {one: before.get(one, False) for one in named[:READERS_AT_MOST]}
            if now != before:
                await store.tick(tx, report.id, now)
        return await self._queries.view(tx, report)

    async def _tick_first(self, tx: Tx, report: Report, content: Content) -> None:
        able = (await self._moderators(tx, report, content))[:READERS_AT_MOST]
        ticks = {one: not await self._boundaries.has(tx, report.reporter, one) for one in able}
        await store.tick(tx, report.id, ticks)

    async def _moderators(self, tx: Tx, report: Report, content: Content) -> list[PersonId]:
        """Return the moderators who could read it: neither its reporter nor the author of the passage.

        There are none if nobody knows the author's account: each of them could be the author.
        """
        author = await self._author(tx, report, content)
        if author is None:
            return []
        known = await self._servers.moderators(tx, report.server)
        accounts = await self.bars.accounts(tx, known)
        return [one for one in known if one != report.reporter and accounts.get(one) not in (None, author)]

    async def _author(self, tx: Tx, report: Report, content: Content) -> bytes | None:
        """Return the hash of the author's account, which drafts of older versions didn't keep."""
        return report.author or await self.bars.account(tx, content.author)

    def _about(self, by: PersonId, kind: PassageKind, row: str) -> bytes:
        return self._vault.finger("passage", by, kind, row)
