"""The cards of `/manage reports`: the queue, one report, and bars."""

from collections.abc import Sequence

from bot.reports.bars import BarView
from bot.reports.models import KEPT, ReportState
from bot.reports.moderator_queue import Queued
from bot.reports.queries import FiledReport
from bot.ui import labels, plain, when
from bot.ui.components import Beside, Button, Card, PersonChoice, Row, Tone, pages
from bot.ui.custom_id import to
from cogs.manage.reports import strings
from cogs.norms.wording import many, names
from cogs.shared.reporting import strings as shared
from cogs.shared.reporting.parts import spoken, what

ON_A_PAGE = 5
DONE = "done"
"""The argument of the card that lists the reports that are done."""
_ROOM = 2400


def home(queue: Queued, argument: str, word: str) -> Card:
    """Show the open reports, or those that are done, five on each page."""
    done = argument == DONE
    listed = queue.done if done else queue.open
    if not queue.open and not queue.done:
        return Card(strings.NOTHING_TITLE, strings.NOTHING, rows=(_bars(),))
    last = max(0, (len(listed) - 1) // ON_A_PAGE)
    page = min(int(word) if word.isdecimal() else 0, last)
    rows: list[Row] = [
        Beside(_entry(one), Button(strings.OPEN, to("manage.report", one.report.id)))
        for one in listed[page * ON_A_PAGE :][:ON_A_PAGE]
    ]
    other = (
        Button(strings.SHOW_OPEN, to("manage.reports"))
        if done
        else Button(strings.SHOW_DONE, to("manage.reports", DONE))
    )
    shown = DONE if done else ""
    back = [Button(strings.BACK, to("manage.reports", shown, str(page - 1)))] if page else []
    ahead = [Button(strings.NEXT, to("manage.reports", shown, str(page + 1)))] if page < last else []
    count = strings.DONE_COUNT if done else strings.OPEN_COUNT
    none = strings.NOTHING_DONE if done else strings.NOTHING_OPEN
    return Card(
        strings.TITLE,
        many(count, len(listed)) if listed else none,
        rows=[*rows, [*back, *ahead, other], _bars()],
        small="\n".join(part for part in (_page(page, last + 1), strings.HOME_SMALL) if part),
    )


def report(filed: FiledReport, number: str = "") -> Card:
    """Show one report: what was reported, why, by whom, and who else can read it."""
    one, reporter = filed.report, labels.name(filed.reporter)
    laid = pages(spoken(filed.content, filed.content.texts, shared.REASON), _ROOM)
    page = min(int(number) if number.isdecimal() else 0, len(laid) - 1)
    sent = one.sent_at or one.made_at
    told = [
        strings.REPORT.format(
            reporter=labels.name_first(filed.reporter),
            day=when.day(sent),
            what=what(filed.content, filed.author),
        ),
        strings.OTHERS.format(names=names(filed.others)) if filed.others else strings.NO_OTHERS,
    ]
    done = one.state is ReportState.DONE
    if done:
        told.append(strings.MARKED_DONE)
    verbs = [
        Button(strings.OPEN_AGAIN, to("manage.report_again", one.id))
        if done
        else Button(strings.DONE, to("manage.report_done", one.id), Tone.CHIEF),
        Button(strings.BAR_AUTHOR, to("manage.bar", one.id)),
        Button(strings.BACK, to("manage.reports", DONE if done else "")),
    ]
    return Card(
        strings.REPORT_TITLE.format(reporter=reporter),
        " ".join(told),
        said=laid[page],
        rows=(_turning(one.id, len(laid), page), verbs),
        small="\n".join(
            part
            for part in (_page(page, len(laid)), strings.REPORT_SMALL.format(day=when.day(sent + KEPT)))
            if part
        ),
    )


def waits(title: str, server: str) -> Card:
    """Say where a report or a bar can be read, to somebody who opened the message elsewhere."""
    name = plain.name(server, "")
    return Card(title, strings.WAITS_IN.format(server=name) if name else strings.WAITS_HERE)


# -- bars -------------------------------------------------------------------------------------------


def pick() -> Card:
    choice = PersonChoice(strings.PICK_PROMPT, to("manage.bar_picked"))
    return Card(strings.PICK_TITLE, strings.PICK, rows=(choice, [_home()]))


def before(view: BarView, argument: str, word: str) -> Card:
    """Say what a bar does and who confirms it, before it is proposed. The form comes next."""
    name = labels.name(view.name)
    needs = strings.NEEDS.format(names=names(view.waits_for)) if view.waits_for else strings.ALONE
    row = [
        Button(strings.WRITE, to("manage.bar_write", argument, word), Tone.CHIEF),
        Button(strings.BACK, to("manage.report", argument)) if word == REPORT else _home(),
    ]
    text = "\n\n".join((strings.BEFORE.format(name=name), needs, strings.IN_LOG.format(name=name)))
    return Card(strings.BEFORE_TITLE.format(name=name), text, rows=(row,))


REPORT, MEMBER = "report", "member"
"""The words that say whether a bar begins from a report, or from a member who was picked."""


def bar(view: BarView) -> Card:
    """Show one bar, with what this moderator can do about it."""
    name, id, by = labels.name(view.name), view.bar.id, labels.name(view.by)
    until = when.day(view.bar.until)
    does: list[Button] = []
    if view.bar.holds:
        text = strings.HOLDS.format(name=name, until=until, by=by)
        does = [Button(strings.LIFT, to("manage.bar_lift", id))]
    else:
        sentence = strings.PROPOSED if view.waits_for else strings.PROPOSED_ALONE
        waiting = names(view.waits_for) if view.waits_for else ""
        text = sentence.format(by=by, day=when.day(view.bar.made_at), names=waiting, until=until)
        label = strings.CONFIRM if view.waits_for else strings.START
        does += [Button(label, to("manage.bar_confirm", id), Tone.CHIEF)] if view.may_confirm else []
        does += [Button(strings.TAKE_BACK, to("manage.bar_lift", id))] if view.own else []
    [said] = pages([(strings.REASON, view.reason)], _ROOM)
    row = [*does, _list()]
    return Card(strings.BAR_TITLE.format(name=name), text, said=said, rows=(row,))


def lifted(view: BarView) -> Card:
    rows = ([_list(), _home()],)
    if not view.bar.holds:
        return Card(strings.TAKEN_TITLE, strings.TAKEN, rows=rows)
    return Card(strings.LIFTED_TITLE, strings.LIFTED.format(name=labels.name_first(view.name)), rows=rows)


def bars(views: Sequence[BarView], number: str = "") -> Card:
    """List the bars of the server, five on each page."""
    row = [Button(strings.BAR_SOMEBODY, to("manage.bar_pick")), _home()]
    if not views:
        return Card(strings.LIST_TITLE, strings.LIST_NONE, rows=(row,))
    last = (len(views) - 1) // ON_A_PAGE
    page = min(int(number) if number.isdecimal() else 0, last)
    rows: list[Row] = [
        Beside(_line(one), Button(strings.OPEN, to("manage.bar_show", one.bar.id)))
        for one in views[page * ON_A_PAGE :][:ON_A_PAGE]
    ]
    back = [Button(strings.BACK, to("manage.bars", "", str(page - 1)))] if page else []
    ahead = [Button(strings.NEXT, to("manage.bars", "", str(page + 1)))] if page < last else []
    small = "\n".join(part for part in (_page(page, last + 1), strings.LIST_SMALL) if part)
    return Card(strings.LIST_TITLE, rows=[*rows, [*back, *ahead], row], small=small)


def unwritten(argument: str, word: str) -> Card:
    """Say that a bar needs a reason."""
    row = [Button(strings.WRITE, to("manage.bar_write", argument, word), Tone.CHIEF), _home()]
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=(row,))


def told(title: str, text: str) -> Card:
    return Card(title, text, rows=([_home()],))


def already(bar: str) -> Card:
    row = [Button(strings.OPEN, to("manage.bar_show", bar), Tone.CHIEF), _list()]
    return Card(strings.ALREADY_TITLE, strings.ALREADY, rows=(row,))


def gone() -> Card:
    return Card(strings.GONE_TITLE, strings.GONE, rows=([_list()],))


# -- parts ------------------------------------------------------------------------------------------


def _entry(one: FiledReport) -> str:
    sent = one.report.sent_at or one.report.made_at
    reporter = labels.name(one.reporter)
    return strings.ENTRY.format(reporter=reporter, what=what(one.content, one.author), day=when.day(sent))


def _line(one: BarView) -> str:
    sentence = strings.A_BAR if one.bar.holds else strings.A_PROPOSAL
    return sentence.format(name=labels.name(one.name), until=when.day(one.bar.until))


def _bars() -> list[Button]:
    return [_list(), Button(strings.BAR_SOMEBODY, to("manage.bar_pick"))]


def _list() -> Button:
    return Button(strings.SHOW_BARS, to("manage.bars"))


def _home() -> Button:
    return Button(strings.TITLE, to("manage.reports"))


def _turning(id: str, count: int, page: int) -> list[Button]:
    back = [Button(strings.BACK, to("manage.report", id, str(page - 1)))] if page else []
    ahead = [Button(strings.NEXT, to("manage.report", id, str(page + 1)))] if page + 1 < count else []
    return [*back, *ahead]


def _page(page: int, count: int) -> str:
    return strings.PAGE.format(page=page + 1, pages=count) if count > 1 else ""
