"""The cards for somebody who reports something: what a report is, the draft, and what was sent."""

from bot.reports.models import KEPT, Passage, Report, ReportState
from bot.reports.queries import ReportView
from bot.text import is_blank
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, Choice, Option, Row, Tone, pages
from bot.ui.custom_id import to
from cogs.norms.wording import names
from cogs.report import strings
from cogs.shared.reporting import strings as shared
from cogs.shared.reporting.parts import heading, spoken, what

_ROOM = 2000
"""Room for the passage and the reason after escaping, beside the rest of the card."""


def begin(passage: Passage, author: str, server: str) -> Card:
    """Say what a report is for and what it isn't for, before anything is stored. `server`: its name."""
    name = labels.name(author)
    parts = (strings.BEGIN, strings.NOT_FOR, strings.LESS, strings.TO_DISCORD)
    row = [Button(strings.GO_ON, to("reports.go", passage.row, passage.kind), Tone.CHIEF)]
    text = "\n\n".join(parts).format(name=name, server=server_name(server))
    return Card(strings.BEGIN_TITLE, text, rows=(row,), close=True)


def server_name(server: str) -> str:
    """Return what a server is called, since in a direct message "this server" would say nothing."""
    name = plain.name(server, "")
    return f"**{name}**" if name else strings.THIS_SERVER


def report(view: ReportView, notice: str = "", number: int = 0) -> Card:
    """Show a report to its reporter: a draft with which they can go on, or what was sent."""
    if not view.report.draft:
        return _sent(view, number)
    return _gone(view) if view.gone else _draft(view, notice, number)


def taken_back(report: Report) -> Card:
    if report.draft:
        return Card(strings.DISCARDED_TITLE, strings.DISCARDED, close=True)
    return Card(strings.TAKEN_TITLE, strings.TAKEN, close=True)


def too_late(view: ReportView, typed: str) -> Card:
    """Say that the report was sent meanwhile, and show what was typed, because that is not stored."""
    [said] = pages([(shared.YOUR_REASON, typed)], _ROOM)
    return Card(strings.TOO_LATE_TITLE, strings.TOO_LATE, said=said, rows=([_take_back(view)],), close=True)


def to_write(report: str) -> Card:
    """Say that the report has no reason."""
    row = [
        Button(strings.WRITE, to("reports.write", report), Tone.CHIEF),
        Button(strings.BACK, to("reports.draft", report)),
    ]
    return Card(strings.NOT_WRITTEN_TITLE, strings.NOT_WRITTEN, rows=(row,), close=True)


def nobody(report: str) -> Card:
    """Say that every moderator who was ticked has left."""
    row = [Button(strings.OPEN_AGAIN, to("reports.draft", report), Tone.CHIEF)]
    return Card(strings.NOBODY_TITLE, strings.NOBODY, rows=(row,), close=True)


# -- parts ------------------------------------------------------------------------------------------


def _draft(view: ReportView, notice: str, number: int) -> Card:
    report, content = view.report, view.content
    laid = pages(spoken(content, view.texts, shared.YOUR_REASON), _ROOM)
    number = min(number, len(laid) - 1)
    about = strings.ABOUT.format(what=what(content, view.author))
    parts = [notice, f"{about} {_goes(view)}", strings.KNOWN if view.readers else ""]
    if is_blank(content.reason):
        parts.append(strings.NO_REASON)
    rows: list[Row] = [*_texts(view), *_readers(view), _turning(report, len(laid), number), _verbs(view)]
    small = [_page(number, len(laid)), strings.DRAFT_SMALL]
    return Card(
        strings.TITLE,
        "\n\n".join(part for part in parts if part),
        said=laid[number],
        rows=rows,
        small="\n".join(part for part in small if part),
        close=True,
    )


def _goes(view: ReportView) -> str:
    if not view.readers:
        return strings.NOBODY_KNOWN
    if not view.ticked:
        return strings.GOES_TO_NOBODY
    return strings.GOES_TO.format(names=_names(view), author=labels.name(view.author))


def _gone(view: ReportView) -> Card:
    """Show a draft whose passage was deleted meanwhile, with what the reporter wrote themselves."""
    [said] = pages([(shared.YOUR_REASON, view.content.reason)], _ROOM)
    row = [Button(strings.DISCARD, to("reports.discard", view.report.id))]
    return Card(strings.GONE_TITLE, strings.GONE, said=said, rows=(row,), close=True)


def _sent(view: ReportView, number: int) -> Card:
    report = view.report
    laid = pages(spoken(view.content, view.texts, shared.YOUR_REASON), _ROOM)
    number = min(number, len(laid) - 1)
    told = [
        strings.SENT.format(names=_names(view), author=labels.name(view.author))
        if view.ticked
        else strings.SENT_NOBODY
    ]
    if report.state is ReportState.DONE:
        told.append(strings.SENT_DONE)
    told.append(strings.SENT_NEXT)
    day = "" if report.sent_at is None else when.day(report.sent_at + KEPT)
    small = [_page(number, len(laid)), strings.SENT_SMALL.format(day=day)]
    return Card(
        strings.SENT_TITLE,
        "\n\n".join(told),
        said=laid[number],
        rows=(_turning(report, len(laid), number), [_take_back(view)]),
        small="\n".join(part for part in small if part),
        close=True,
    )


def _names(view: ReportView) -> str:
    return names([name for one, name in view.readers.items() if one in view.ticked])


def _texts(view: ReportView) -> list[Choice]:
    """Return the select of the texts, if there are several."""
    passage, content = view.passage, view.content
    if passage is None or len(passage.texts) < 2:
        return []
    options = [
        Option(heading(content.kind, key), key, chosen=key in content.keys) for key, _ in passage.texts
    ]
    prompt = strings.TEXTS_PROMPT
    return [Choice(prompt, to("reports.pick", view.report.id), options, least=0, most=len(options))]


def _readers(view: ReportView) -> list[Choice]:
    options = [
        Option(labels.option(name), one, chosen=one in view.ticked) for one, name in view.readers.items()
    ]
    if not options:
        return []
    prompt = strings.READERS_PROMPT
    return [Choice(prompt, to("reports.readers", view.report.id), options, least=0, most=len(options))]


def _verbs(view: ReportView) -> list[Button]:
    id, written = view.report.id, not is_blank(view.content.reason)
    tone = Tone.QUIET if written else Tone.CHIEF
    row = [Button(strings.EDIT if written else strings.WRITE, to("reports.write", id), tone)]
    if written and view.ticked:
        row.insert(0, Button(strings.SEND, to("reports.send", id), Tone.CHIEF))
    return [*row, Button(strings.DISCARD, to("reports.discard", id))]


def _take_back(view: ReportView) -> Button:
    return Button(strings.TAKE_BACK, to("reports.discard", view.report.id))


def _turning(report: Report, count: int, number: int) -> list[Button]:
    back = [Button(strings.BACK, to("reports.draft", report.id, str(number - 1)))] if number else []
    further = number + 1 < count
    ahead = [Button(strings.NEXT, to("reports.draft", report.id, str(number + 1)))] if further else []
    return [*back, *ahead]


def _page(number: int, count: int) -> str:
    return strings.PAGE.format(page=number + 1, pages=count) if count > 1 else ""
