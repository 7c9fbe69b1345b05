"""The form for the reason of a report. Its wording is in `data/forms/report.toml`."""

from bot.content.library import Library
from bot.content.models import FormName
from bot.reports.queries import ReportView
from bot.ui.custom_id import to
from bot.ui.form import Form, filled

REASON = "reason"


def reason(library: Library, view: ReportView) -> Form:
    """Return the form, filled in with what they have written so far."""
    values = {REASON: view.content.reason}
    return filled(library.form(FormName.REPORT), to("reports.written", view.report.id), values)
