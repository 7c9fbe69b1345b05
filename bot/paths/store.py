"""Statements about paths."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, bindparam, delete, insert, select, union, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.paths.models import Path, PathState, Step
from bot.paths.schedule import MeetingSchedule
from bot.paths.tables import path_companions, path_invitations, paths
from bot.scheduling.cadence import Cadence
from bot.storage.schema import NO_TIME
from bot.storage.tx import Tx

_FIELDS = tuple(one for one in Path.__struct_fields__ if one != "schedule")
_ONE = select(paths).where(paths.c.id == bindparam("one"))
_OPEN_OF = select(paths).where(
    paths.c.owner == bindparam("whose"),
    paths.c.server == bindparam("here"),
    paths.c.state == PathState.OPEN.value,
)
_KEEP = update(paths).where(paths.c.id == bindparam("was_id"), paths.c.revision == bindparam("was_revision"))
_NEXT = update(paths).where(paths.c.id == bindparam("was_id"))
_mine, _theirs = path_companions.alias("mine"), path_companions.alias("theirs")
KNOWN = (
    select(path_companions.c.server, path_companions.c.person, NO_TIME.label("at"))
    .join(paths, paths.c.id == path_companions.c.path)
    .where(paths.c.owner == bindparam("reader")),
    select(paths.c.server, paths.c.owner.label("person"), NO_TIME)
    .join(path_companions, path_companions.c.path == paths.c.id)
    .where(path_companions.c.person == bindparam("reader")),
    select(_theirs.c.server, _theirs.c.person, NO_TIME)
    .join(_mine, _mine.c.path == _theirs.c.path)
    .where(_mine.c.person == bindparam("reader"), _theirs.c.person != bindparam("reader")),
    select(path_invitations.c.server, path_invitations.c.member.label("person"), NO_TIME).where(
        path_invitations.c.owner == bindparam("reader")
    ),
)
"""The people of the reader's paths, and those whom they invited to one, each with the server."""


async def add(tx: Tx, path: Path) -> Path:
    await tx.execute(insert(paths).values(**_columns(path)))
    return path


async def get(tx: Tx, id: str) -> Path | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_path(row)


async def these(tx: Tx, ids: Sequence[str]) -> dict[str, Path]:
    rows = await tx.all(select(paths).where(paths.c.id.in_(ids)))
    return {row.id: to_path(row) for row in rows}


async def keep(tx: Tx, path: Path) -> Path:
    """Store a path if its row is still as it was read; otherwise raise AlreadyDone."""
    moved = replace(path, revision=path.revision + 1)
    values = {"was_id": path.id, "was_revision": path.revision, **_columns(moved)}
    if (await tx.execute(_KEEP, [values])).rowcount != 1:
        raise AlreadyDone
    return moved


async def keep_next(tx: Tx, moved: Sequence[Path]) -> None:
    """Store when these meet next, and whether what was said about moving on still holds."""
    rows = [
        {
            "was_id": one.id, "next_at": one.next_at, "number": one.number, "ready_at": one.ready_at,
            "revision": one.revision + 1,
        }
        for one in moved
    ]  # fmt: skip
    if rows:
        await tx.execute_all(_NEXT, rows)


async def open_of(tx: Tx, owner: PersonId, server: ServerId) -> Path | None:
    row = await tx.first(_OPEN_OF, {"whose": owner, "here": server})
    return None if row is None else to_path(row)


async def of_owner(tx: Tx, owner: PersonId, server: ServerId | None = None) -> list[Path]:
    """Return their paths, also closed ones, the newest first; in all servers if `server` is None."""
    rows = await tx.all(
        select(paths).where(paths.c.owner == owner).order_by(paths.c.made_at.desc(), paths.c.id)
    )
    return [to_path(row) for row in rows if server in (None, row.server)]


async def in_server(tx: Tx, server: ServerId) -> list[Path]:
    return [to_path(row) for row in await tx.all(select(paths).where(paths.c.server == server))]


async def expecting(tx: Tx) -> list[Path]:
    """Return the paths that have a next meeting."""
    return [to_path(row) for row in await tx.all(select(paths).where(paths.c.next_at.is_not(None)))]


async def everyone(tx: Tx) -> set[tuple[ServerId, PersonId]]:
    """Return everybody on an open path and everybody who accompanies one, each with the server."""
    on = select(paths.c.server, paths.c.owner.label("person")).where(paths.c.state == PathState.OPEN.value)
    beside = select(path_companions.c.server, path_companions.c.person)
    return {(ServerId(row.server), PersonId(row.person)) for row in await tx.all(union(on, beside))}


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(paths).where(paths.c.id == id))


async def ended_before(tx: Tx, owner: PersonId, server: ServerId) -> datetime | None:
    """Return when their last path with companions closed there."""
    closed = select(paths.c.closed_at).where(
        paths.c.owner == owner,
        paths.c.server == server,
        paths.c.begun_at.is_not(None),
        paths.c.closed_at.is_not(None),
    )
    found: datetime | None = await tx.scalar(closed.order_by(paths.c.closed_at.desc()).limit(1))
    return found


def _columns(path: Path) -> dict[str, Any]:
    schedule = path.schedule
    told = {
        "zone": schedule and schedule.zone,
        "cadence": schedule and schedule.cadence.value,
        "day": None if schedule is None else schedule.day,
        "minute": None if schedule is None else schedule.minute,
    }
    return {**{name: getattr(path, name) for name in _FIELDS}, **told}


def to_path(row: Row[Any]) -> Path:
    values = {name: getattr(row, name) for name in _FIELDS}
    schedule = (
        None if row.cadence is None else MeetingSchedule(row.zone, Cadence(row.cadence), row.day, row.minute)
    )
    told = {"step": Step(row.step), "state": PathState(row.state), "schedule": schedule}
    return Path(**{**values, **told})
