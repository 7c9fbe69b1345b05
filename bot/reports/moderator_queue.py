"""The moderators' queue: the reports that were sent to one moderator."""

from datetime import datetime

from msgspec import Struct

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.reports import store
from bot.reports.models import Report, ReportState
from bot.reports.notifications import WAITS
from bot.reports.queries import FiledReport, ReportQueries
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Queued(Struct, frozen=True):
    """The reports that were sent to a moderator, the oldest first: those that are open, and those done."""

    open: tuple[FiledReport, ...]
    done: tuple[FiledReport, ...]


class ReportQueue:
    """Shows a report only to the moderators to whom it was sent. Nobody else can open or count it."""

    def __init__(self, context: SliceContext, queries: ReportQueries) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._queries = queries

    @reads
    async def all(self, tx: Tx, moderator: PersonId, server: ServerId) -> Queued:
        """Return the reports that were sent to this moderator there."""
        found = [
            await self._queries.filed(tx, report, moderator)
            for report in await store.sent_to(tx, server, moderator)
        ]
        return Queued(
            tuple(one for one in found if one.report.state is ReportState.SENT),
            tuple(one for one in found if one.report.state is ReportState.DONE),
        )

    @writes
    async def read(
        self, tx: Tx, moderator: PersonId, server: ServerId, id: str, now: datetime
    ) -> FiledReport:
        """Return one report, and close the message about it. Raises NotYours."""
        report = await self._theirs(tx, moderator, server, id)
        await self._outbox.close(tx, id, now, kinds=(WAITS,), person=moderator)
        return await self._queries.filed(tx, report, moderator)

    @writes
    async def done(
        self, tx: Tx, moderator: PersonId, server: ServerId, id: str, now: datetime
    ) -> FiledReport:
        """Mark a report as done, for all its readers. A second time changes nothing.

        The others keep the message about it until they have opened it: whoever sent it chose each of them.
        """
        report = await self._theirs(tx, moderator, server, id)
        if report.state is ReportState.SENT:
            report = report.done(now)
            await store.keep(tx, report)
            await self._outbox.close(tx, id, now, kinds=(WAITS,), person=moderator)
        return await self._queries.filed(tx, report, moderator)

    @writes
    async def open_again(self, tx: Tx, moderator: PersonId, server: ServerId, id: str) -> FiledReport:
        """Undo `done`. A second time changes nothing."""
        report = await self._theirs(tx, moderator, server, id)
        if report.state is ReportState.DONE:
            report = report.opened_again()
            await store.keep(tx, report)
        return await self._queries.filed(tx, report, moderator)

    async def _theirs(self, tx: Tx, moderator: PersonId, server: ServerId, id: str) -> Report:
        """Return a report that was sent to this moderator in this server. Raises NotYours."""
        report = await store.get(tx, id)
        if report is None or report.server != server or report.draft:
            raise NotYours
        if not (await store.ticks(tx, id)).get(moderator):
            raise NotYours
        return report
