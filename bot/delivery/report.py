"""`plumbline outbox`: what waits to be delivered, what did not arrive, and why."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot import strings
from bot.delivery import report_store
from bot.delivery.report_store import Stuck
from bot.storage import copies


def how_many_stuck(path: Path) -> int | None:
    """Return how many deliveries wait for another try or did not arrive; None if the file is damaged."""
    report = report_store.read(path)
    return None if report is None else len(report.stuck)


def lines(path: Path, kind: str | None, server: int | None) -> list[str] | None:
    """Return the lines of `plumbline outbox`; None if the file is not a whole database of this version."""
    from bot.storage.migrate import HEAD

    health = copies.look_at(path)
    report = report_store.read(path) if health.whole and health.revision == HEAD else None
    if report is None:
        return None
    stuck = [one for one in report.stuck if kind in (None, one.kind) and server in (None, one.server)]
    parked = [one for one in health.parked if kind in (None, one.kind)]
    return [
        strings.OUTBOX_STUCK,
        *(_stuck(one) for one in stuck),
        *(f"  {strings.PARKED.format(count=one.count, kind=one.kind, error=one.error)}" for one in parked),
        *([] if stuck or parked else [f"  {strings.OUTBOX_NONE}"]),
        strings.OUTBOX_WAITING,
        *_rows(
            strings.OUTBOX_WAITS.format(kind=one, many=many)
            for one, many in report.waiting
            if kind in (None, one)
        ),
        strings.OUTBOX_COUNTS,
        *_rows(
            strings.OUTBOX_COUNT.format(
                kind=one.kind, outcome=one.outcome, code=one.code or "", many=one.many
            )
            for one in report.counts
            if kind in (None, one.kind)
        ),
    ]


def _rows(lines: Iterable[str]) -> list[str]:
    return list(lines) or [f"  {strings.OUTBOX_NONE}"]


def _stuck(one: Stuck) -> str:
    """Return two lines about a delivery that waits for another try, or did not arrive."""
    where = "" if one.server is None else strings.OUTBOX_IN_SERVER.format(server=one.server)
    first = strings.OUTBOX_ONE.format(
        made_at=_at(one.made_at), what=one.what, kind=one.kind, id=one.id, server=where
    )
    why = _why(one.code)
    second = strings.OUTBOX_WHY.format(state=strings.OUTBOX_STATES[one.state], why=why)
    if one.tries:
        since = "" if one.failing_since is None else strings.OUTBOX_SINCE.format(since=_at(one.failing_since))
        second += strings.OUTBOX_TRIES.format(tries=one.tries, since=since)
    if one.due_at is not None:
        second += strings.OUTBOX_NEXT.format(at=_at(one.due_at))
    return f"{first}\n{second}"


def _why(code: int | None) -> str:
    if code is None:
        return strings.NO_ANSWER
    return strings.CODES.get(code, strings.CODE_UNKNOWN.format(code=code))


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
