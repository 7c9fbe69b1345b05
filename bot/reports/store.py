"""Statements about reports and their readers."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.ids import PersonId, ServerId
from bot.reports.models import Report, ReportState
from bot.reports.tables import readers, reports
from bot.storage.tx import Tx

_ONE = select(reports).where(reports.c.id == bindparam("one"))
_ABOUT = select(reports).where(reports.c.about == bindparam("of_passage"))
_OF = (
    select(reports)
    .where(reports.c.reporter == bindparam("whose"))
    .order_by(reports.c.made_at.desc(), reports.c.id)
)
_TICKS = select(readers).where(readers.c.report == bindparam("one"))
_READ = reports.join(readers, (readers.c.report == reports.c.id) & readers.c.reads)
SENT_IDS = select(reports.c.id).where(reports.c.state != ReportState.DRAFT)
"""The ids of all reports that were sent."""


async def add(tx: Tx, report: Report) -> None:
    await tx.execute(insert(reports).values(**asdict(report)))


async def get(tx: Tx, id: str) -> Report | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_report(row)


async def about(tx: Tx, passage: bytes) -> Report | None:
    """Return the report of this passage by this person, from the keyed hash of both."""
    row = await tx.first(_ABOUT, {"of_passage": passage})
    return None if row is None else to_report(row)


async def keep(tx: Tx, report: Report, **sealed: bytes) -> None:
    await tx.execute(update(reports).where(reports.c.id == report.id).values(**asdict(report), **sealed))


async def content(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(reports.c.content).where(reports.c.id == id))
    return sealed


async def of_reporter(tx: Tx, person: PersonId, server: ServerId | None = None) -> list[Report]:
    """Return their reports, the newest first."""
    rows = await tx.all(_OF, {"whose": person})
    return [to_report(row) for row in rows if server in (None, row.server)]


async def drafts(tx: Tx, person: PersonId) -> int:
    """Return how many reports they haven't sent."""
    found = select(func.count()).where(reports.c.reporter == person, reports.c.state == ReportState.DRAFT)
    return int(await tx.scalar(found))


async def in_server(tx: Tx, server: ServerId) -> list[Report]:
    return [to_report(row) for row in await tx.all(select(reports).where(reports.c.server == server))]


async def remove(tx: Tx, ids: Collection[str]) -> None:
    await tx.execute(delete(reports).where(reports.c.id.in_(ids)))


# -- who reads -------------------------------------------------------------------------------------


async def sent_to(tx: Tx, server: ServerId, moderator: PersonId) -> list[Report]:
    """Return the reports there that were sent to this moderator, the oldest first."""
    found = await tx.all(
        select(reports)
        .select_from(_READ)
        .where(
            reports.c.server == server,
            reports.c.state != ReportState.DRAFT,
            readers.c.moderator == moderator,
        )
        .order_by(reports.c.sent_at, reports.c.id)
    )
    return [to_report(row) for row in found]


async def ticks(tx: Tx, id: str) -> dict[PersonId, bool]:
    """Return every moderator whom the reporter was shown, and whether they are to read the report."""
    return {PersonId(row.moderator): row.reads for row in await tx.all(_TICKS, {"one": id})}


async def tick(tx: Tx, id: str, ticked: Mapping[PersonId, bool]) -> None:
    """Replace the readers of a report with these."""
    await tx.execute(delete(readers).where(readers.c.report == id))
    for moderator, reads in ticked.items():
        await tx.execute(insert(readers).values(report=id, moderator=moderator, reads=reads))


async def untick(tx: Tx, reporter: PersonId, moderator: PersonId) -> None:
    """Untick this moderator in all unsent reports of this reporter."""
    unsent = select(reports.c.id).where(reports.c.reporter == reporter, reports.c.state == ReportState.DRAFT)
    theirs = update(readers).where(readers.c.moderator == moderator, readers.c.report.in_(unsent))
    await tx.execute(theirs.values(reads=False))


async def read_by(tx: Tx, moderator: PersonId, server: ServerId | None) -> list[str]:
    """Return the ids of the reports that name this moderator, there or in all servers."""
    found = select(readers.c.report).join(reports, reports.c.id == readers.c.report)
    found = found.where(readers.c.moderator == moderator)
    found = found if server is None else found.where(reports.c.server == server)
    return [row.report for row in await tx.all(found)]


async def reads_no_more(tx: Tx, moderator: PersonId, ids: Collection[str]) -> None:
    """Remove this moderator as a reader of these reports."""
    theirs = delete(readers).where(readers.c.moderator == moderator, readers.c.report.in_(ids))
    await tx.execute(theirs)


def to_report(row: Row[Any]) -> Report:
    return Report(
        row.id, ServerId(row.server), PersonId(row.reporter), row.about, row.made_at,
        ReportState(row.state), row.author, row.sent_at, row.done_at, row.written,
    )  # fmt: skip
