"""`plumbline outbox`: what waits to be delivered, what did not arrive, and why."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from bot import strings
from bot.delivery import report_store
from bot.delivery.report_store import Report, Stuck, StuckState
from bot.storage.source import Source

CLOSED_DMS = (50007, 50278)
"""Ordinary: they take no direct messages. The message is in their /inbox, and nobody has to do anything."""
_MOST = 50
"""How many deliveries each part shows."""


def how_many_need_a_look(source: Source, now: datetime) -> int | None:
    """Return how many deliveries fail or did not arrive, without closed DMs; None if the file is damaged."""
    report = report_store.read(source, now)
    if report is None:
        return None
    failing = [one for one in report.waiting if one.state in (StuckState.FAILING, StuckState.OUTDATED)]
    return len(failing) + sum(one.code not in CLOSED_DMS for one in report.failed)


def kinds(source: Source, now: datetime) -> list[str] | None:
    """Return the kinds of deliveries that there are or were.

    None if it is not a whole database of this version.
    """
    from bot.storage.migrate import HEAD

    health = source.health()
    report = report_store.read(source, now) if health.whole and health.revision == HEAD else None
    if report is None:
        return None
    found = {one.kind for part in (report.counts, report.waiting, report.failed) for one in part}
    return sorted({*found, *(one.kind for one in health.parked)})


def lines(source: Source, now: datetime, kind: str | None, server: int | None) -> list[str]:
    """Return the lines of `plumbline outbox`. Ask for `kinds` first, which says whether all is whole."""
    health, report = source.health(), report_store.read(source, now) or Report()
    waiting, failed = (
        [one for one in part if kind in (None, one.kind) and server in (None, one.server)]
        for part in (report.waiting, report.failed)
    )
    parked = [one for one in health.parked if kind in (None, one.kind)]
    return [
        strings.OUTBOX_FAILED,
        *_shown(failed),
        *(f"  {strings.PARKED.format(count=one.count, kind=one.kind, error=one.error)}" for one in parked),
        strings.OUTBOX_WAITING,
        *_shown(waiting),
        *_counted(waiting),
        strings.OUTBOX_COUNTS,
        *_or_nothing(
            strings.OUTBOX_COUNT.format(
                kind=one.kind, outcome=one.outcome, code=one.code or "", many=one.many
            )
            for one in report.counts
            if kind in (None, one.kind)
        ),
        strings.OUTBOX_MEANS,
    ]


def _shown(found: list[Stuck]) -> list[str]:
    more = len(found) - _MOST
    rest = [strings.OUTBOX_MORE.format(count=more)] if more > 0 else []
    return [*_or_nothing(_two_lines(one) for one in found[:_MOST]), *rest]


def _counted(waiting: list[Stuck]) -> list[str]:
    """Count what waits by kind. The waiting are in order, the oldest first."""
    many = Counter(one.kind for one in waiting)
    oldest = {one.kind: one.made_at for one in reversed(waiting)}
    return [
        strings.OUTBOX_WAITS.format(kind=kind, many=many[kind], oldest=_at(oldest[kind]))
        for kind in sorted(many)
    ]


def _or_nothing(lines: Iterable[str]) -> list[str]:
    return list(lines) or [f"  {strings.OUTBOX_NONE}"]


def _two_lines(one: Stuck) -> str:
    where = "" if one.server is None else strings.OUTBOX_IN_SERVER.format(server=one.server)
    first = strings.OUTBOX_ONE.format(
        made_at=_at(one.made_at), what=one.what, kind=one.kind, id=one.id, server=where
    )
    return f"{first}\n    {' '.join(_said(one))}"


def _said(one: Stuck) -> list[str]:
    """Return the sentences about one delivery."""
    ended = one.state in (StuckState.REFUSED, StuckState.MISSING)
    said = [strings.OUTBOX_STATES[one.state]]
    if one.state is StuckState.REFUSED and one.what == "direct message":
        said = [strings.OUTBOX_IN_INBOX]
    if ended or one.tries:
        said.append(_why(one.code))
    if one.tries:
        tries = strings.OUTBOX_TRIED_ONCE if one.tries == 1 else strings.OUTBOX_TRIED.format(tries=one.tries)
        said.append(tries)
    if one.hindered_since is not None:
        since = strings.OUTBOX_ENDED if ended else strings.OUTBOX_SINCE
        said.append(since.format(since=_at(one.hindered_since)))
    if one.due_at is not None and one.state is not StuckState.DUE:
        said.append(strings.OUTBOX_NEXT.format(at=_at(one.due_at)))
    return said


def _why(code: int | None) -> str:
    if code is None:
        return strings.NO_ANSWER
    return strings.CODES.get(code, strings.CODE_UNKNOWN.format(code=code))


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
