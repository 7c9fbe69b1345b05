"""Statements about check-ins."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, bindparam, delete, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId
from bot.pairs.check_in import ANSWERS, CheckIn, CheckInStatus, Wish
from bot.pairs.tables import check_ins
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_COLUMNS = CheckIn.__struct_fields__
_ONE = select(check_ins).where(check_ins.c.id == bindparam("one"))
_NOTE = select(check_ins.c.note).where(check_ins.c.id == bindparam("one"))
_LATEST = (
    select(check_ins).where(check_ins.c.side == bindparam("a_side")).order_by(check_ins.c.day.desc()).limit(1)
)
_SHARED_BY = (
    select(check_ins)
    .where(
        check_ins.c.pair == bindparam("a_pair"),
        check_ins.c.person == bindparam("whose"),
        check_ins.c.shared_at.is_not(None),
        check_ins.c.withheld.is_(False),
    )
    .order_by(check_ins.c.day.desc())
)
_KEEP = update(check_ins).where(
    check_ins.c.id == bindparam("was_id"), check_ins.c.revision == bindparam("was_revision")
)
# A side has one check-in a day, so the same round is never asked twice.
_ADD = upsert(check_ins).on_conflict_do_nothing(index_elements=["side", "day"])


async def add_all(tx: Tx, asked: Sequence[CheckIn]) -> None:
    await tx.execute_all(_ADD, [_columns(one) for one in asked])


async def get(tx: Tx, id: str) -> CheckIn | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_check_in(row)


async def these(tx: Tx, ids: Sequence[str]) -> list[CheckIn]:
    return [to_check_in(row) for row in await tx.all(select(check_ins).where(check_ins.c.id.in_(ids)))]


async def keep(tx: Tx, moved: CheckIn, **sealed: bytes | None) -> CheckIn:
    """Store a check-in if its row is still as it was read; otherwise raise AlreadyDone."""
    now = replace(moved, revision=moved.revision + 1)
    values = {"was_id": moved.id, "was_revision": moved.revision, **_columns(now), **sealed}
    if (await tx.execute(_KEEP, [values])).rowcount != 1:
        raise AlreadyDone
    return now


async def see(tx: Tx, id: str) -> None:
    """Record that the partner has read what was shared."""
    await tx.execute(update(check_ins).where(check_ins.c.id == id).values(seen=True))


async def wishes(tx: Tx, pair: str) -> list[CheckIn]:
    """Return the check-ins of a pair with a wish to talk, without what is withheld."""
    wished = (check_ins.c.pair == pair, check_ins.c.wish.is_not(None), check_ins.c.wish_withheld.is_(False))
    return [to_check_in(row) for row in await tx.all(select(check_ins).where(*wished))]


async def note(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(_NOTE, {"one": id})
    return sealed


async def latest(tx: Tx, side: str) -> CheckIn | None:
    """Return the newest check-in of a side."""
    row = await tx.first(_LATEST, {"a_side": side})
    return None if row is None else to_check_in(row)


async def answered_since(tx: Tx, side: str, day: date) -> bool:
    """Whether a later check-in was answered already. Rounds overlap if the two live far apart."""
    later = select(check_ins.c.id).where(check_ins.c.side == side, check_ins.c.day > day)
    return await tx.scalar(later.where(check_ins.c.status.in_(ANSWERS)).limit(1)) is not None


async def between(tx: Tx, side: str, first: date, last: date) -> list[CheckIn]:
    """Return the check-ins of a side from `first` to `last`, in order."""
    mine = select(check_ins).where(check_ins.c.side == side, check_ins.c.day.between(first, last))
    return [to_check_in(row) for row in await tx.all(mine.order_by(check_ins.c.day))]


async def any_of(tx: Tx, pair: str, person: PersonId) -> bool:
    """Whether any check-in of this person in the pair is kept."""
    mine = select(check_ins.c.id).where(check_ins.c.pair == pair, check_ins.c.person == person)
    return await tx.scalar(mine.limit(1)) is not None


async def span(tx: Tx, side: str) -> tuple[date, date] | None:
    """Return the days of a side's first and last check-in; None if there are none."""
    days = [row.day for row in await tx.all(select(check_ins.c.day).where(check_ins.c.side == side))]
    return (min(days), max(days)) if days else None


async def shared_by(tx: Tx, pair: str, person: PersonId) -> list[CheckIn]:
    """Return what they shared in this pair, newest first, without what is withheld."""
    rows = await tx.all(_SHARED_BY, {"a_pair": pair, "whose": person})
    return [to_check_in(row) for row in rows]


async def noted(tx: Tx, side: str) -> list[CheckIn]:
    """Return a side's check-ins that have a note or were shared, newest first."""
    kept = check_ins.c.note.is_not(None) | check_ins.c.shared_at.is_not(None)
    mine = select(check_ins).where(check_ins.c.side == side, kept)
    return [to_check_in(row) for row in await tx.all(mine.order_by(check_ins.c.day.desc()))]


async def of_pair(tx: Tx, pair: str) -> list[CheckIn]:
    return [to_check_in(row) for row in await tx.all(select(check_ins).where(check_ins.c.pair == pair))]


async def remove(tx: Tx, pair: str, person: PersonId | None = None) -> None:
    """Delete the check-ins of a pair, or only those of one person."""
    gone = delete(check_ins).where(check_ins.c.pair == pair)
    await tx.execute(gone if person is None else gone.where(check_ins.c.person == person))


async def keep_wishes(tx: Tx, pair: str, person: PersonId) -> None:
    """Delete a person's check-ins, but for a wish to talk: the partner may still press its buttons."""
    theirs = (check_ins.c.pair == pair, check_ins.c.person == person)
    await tx.execute(delete(check_ins).where(*theirs, check_ins.c.wish.is_(None)))
    nothing = {"status": None, "note": None, "shared_at": None, "moved_to": None}
    await tx.execute(update(check_ins).where(*theirs).values(nothing))


def _columns(one: CheckIn) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COLUMNS}


def to_check_in(row: Row[Any]) -> CheckIn:
    values = {name: getattr(row, name) for name in _COLUMNS}
    status = None if row.status is None else CheckInStatus(row.status)
    wish = None if row.wish is None else Wish(row.wish)
    return CheckIn(**{**values, "status": status, "wish": wish})
