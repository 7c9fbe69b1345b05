"""What reports and bars contain, encrypted with a separate key for each."""

import json

from msgspec.structs import asdict

from bot.ids import PersonId
from bot.reports import bar_store, store
from bot.reports.models import Bar, Content, PassageKind, Report
from bot.storage.tx import Tx
from bot.vault.sealing import Cell, Vault


class SealedReports:
    """Seals and opens the contents of reports and the reasons of bars. A case is the report's or bar's id."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, tx: Tx, report: Report, content: Content) -> bytes:
        """Seal a content. `report.written` must already count this writing."""
        return await self._vault.seal(tx, content_cell(report), json.dumps(asdict(content)))

    async def content(self, tx: Tx, report: Report) -> Content | None:
        """Return what the report contains; None if its key was dropped."""
        text = await self._vault.unseal(tx, content_cell(report), await store.content(tx, report.id))
        if text is None:
            return None
        stored = json.loads(text)
        return Content(
            PassageKind(stored["kind"]),
            stored["row"],
            PersonId(stored["author"]),
            tuple(stored["keys"]),
            stored["reason"],
            tuple((key, words) for key, words in stored["texts"]),
        )

    async def seal_reason(self, tx: Tx, bar: Bar, text: str) -> bytes:
        return await self._vault.seal(tx, reason_cell(bar), text)

    async def reason(self, tx: Tx, bar: Bar) -> str:
        """Return why a moderator proposed the bar; empty if its key was dropped."""
        return await self._vault.unseal(tx, reason_cell(bar), await bar_store.reason(tx, bar.id)) or ""

    async def forget(self, tx: Tx, id: str) -> None:
        """Destroy the key of a report or of a bar, so that its text can never be opened again."""
        await self._vault.drop(tx, id)


def content_cell(report: Report) -> Cell:
    """Return the place of what a report contains."""
    return Cell(report.id, report.reporter, "reports", "content", report.id, report.written)


def reason_cell(bar: Bar) -> Cell:
    """Return the place of why a bar was proposed."""
    return Cell(bar.id, bar.by, "bars", "reason", bar.id)
