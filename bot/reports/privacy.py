"""What is held about a person's reports: those that they made, those that they read, the bars they set."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, Sealed, ledger_of, owned
from bot.reports import store
from bot.reports.bar_store import to_bar
from bot.reports.sealed import content_cell, reason_cell
from bot.reports.store import to_report
from bot.reports.tables import LEDGER, bars, readers, reports
from bot.storage.tx import Tx

if TYPE_CHECKING:
    from bot.reports.service import Reports


def _own_words(content: str) -> object:
    """Return why they reported it. The passage is somebody else's."""
    return {"reason": json.loads(content)["reason"]}


class ReportPrivacy:
    """Shows, and erases, one person's part in reports and bars."""

    # A moderator must not learn of a report that isn't sent, or not to them.
    tables: Sequence[HeldTable] = (
        HeldTable(
            reports,
            ledger_of(LEDGER, reports),
            mine=owned(reports, "reporter"),
            asked_for=True,
            sealed={"content": Sealed(lambda row: content_cell(to_report(row)), _own_words)},
        ),
        HeldTable(
            readers,
            ledger_of(LEDGER, readers),
            mine=lambda person: (
                (readers.c.moderator == person) & readers.c.reads & readers.c.report.in_(store.SENT_IDS)
            ),
        ),
        HeldTable(
            bars,
            ledger_of(LEDGER, bars),
            mine=owned(bars, "by"),
            sealed={"reason": Sealed(lambda row: reason_cell(to_bar(row)))},
        ),
    )

    def __init__(self, service: "Reports") -> None:
        self._reports = service

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        return [Consequence.REPORTS_GO] if await store.of_reporter(tx, person) else []

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Erase what they reported, and their part as a moderator.

        What others have reported of theirs stays with its readers until its 30 days are over. A bar that
        somebody set for them goes on: it keeps only a keyed hash of their account.
        """
        await self._reports.erase(tx, person, now)
