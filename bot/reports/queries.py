"""What reporters and moderators get to see of a report."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId
from bot.people.service import People
from bot.reports import store
from bot.reports.models import Content, Passage, Report, Words
from bot.reports.passages import Passages
from bot.reports.sealed import SealedReports
from bot.storage.tx import Tx


class ReportView(Struct, frozen=True):
    """A report as its reporter sees it.

    author: the name of who wrote the passage; empty if they have left. passage: what can be reported now;
    None if it was deleted, or if the report was sent. readers: the names of the moderators who were shown.
    ticked: those of them who read it.
    """

    report: Report
    content: Content
    author: str
    passage: Passage | None
    readers: Mapping[PersonId, str]
    ticked: frozenset[PersonId]

    @property
    def texts(self) -> Words:
        """What is sent, or was sent."""
        if self.passage is None:
            return self.content.texts
        return tuple((key, text) for key, text in self.passage.texts if key in self.content.keys)

    @property
    def gone(self) -> bool:
        """Whether it can't be sent, because the passage was deleted meanwhile."""
        return self.report.draft and self.passage is None


class FiledReport(Struct, frozen=True):
    """A report as a moderator sees it to whom it was sent. Names are empty for people who have left.

    others: the other moderators to whom it was sent.
    """

    report: Report
    content: Content
    reporter: str
    author: str
    others: tuple[str, ...]


class ReportQueries:
    """Reads reports for their reporters, and for moderators."""

    def __init__(self, sealed: SealedReports, passages: Passages, people: People) -> None:
        self._sealed = sealed
        self._passages = passages
        self._people = people

    async def view(self, tx: Tx, report: Report) -> ReportView:
        """Return a report as its reporter sees it."""
        content = await self.content(tx, report)
        passage = None
        if report.draft:
            passage = await self._passages.read(tx, report.reporter, content.kind, content.row)
        ticks = await store.ticks(tx, report.id)
        people: dict[PersonId, datetime | None] = dict.fromkeys(ticks)
        people[content.author] = report.made_at if passage is None else passage.at
        called = await self._people.labels(tx, report.reporter, report.server, people)
        return ReportView(
            report,
            content,
            called.get(content.author, ""),
            passage,
            {one: called.get(one, "") for one in ticks},
            frozenset(one for one, reads in ticks.items() if reads),
        )

    async def filed(self, tx: Tx, report: Report, moderator: PersonId) -> FiledReport:
        """Return a report as this moderator sees it."""
        content = await self.content(tx, report)
        others = [one for one, reads in (await store.ticks(tx, report.id)).items() if reads]
        others = [one for one in others if one != moderator]
        people = [report.reporter, content.author, *others]
        # A moderator may know nothing of these people but their labels.
        called = await self._people.labels_in_full(tx, report.server, people)
        return FiledReport(
            report,
            content,
            called.get(report.reporter, ""),
            called.get(content.author, ""),
            tuple(called.get(one, "") for one in others),
        )

    async def content(self, tx: Tx, report: Report) -> Content:
        """Return what the report contains. Raises NotYours if its key was dropped."""
        found = await self._sealed.content(tx, report)
        if found is None:
            raise NotYours
        return found


def chosen(content: Content, passage: Passage, keys: tuple[str, ...]) -> Content:
    """Return the content with these of the passage's texts; if none of them is there, it stays as it is."""
    known = tuple(key for key, _ in passage.texts if key in keys)
    return replace(content, keys=known) if known else content
