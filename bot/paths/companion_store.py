"""Statements about who accompanies a path."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.ids import PersonId, ServerId
from bot.paths.models import Companion
from bot.paths.tables import path_companions
from bot.storage.tx import Tx

_OF = (
    select(path_companions)
    .where(path_companions.c.path == bindparam("a_path"))
    .order_by(path_companions.c.since, path_companions.c.id)
)


async def add(tx: Tx, companion: Companion) -> Companion:
    await tx.execute(insert(path_companions).values(asdict(companion)))
    return companion


async def keep(tx: Tx, companion: Companion) -> None:
    kept = {"term_at": companion.term_at, "hushed_at": companion.hushed_at}
    await tx.execute(update(path_companions).where(path_companions.c.id == companion.id).values(kept))


async def get(tx: Tx, id: str) -> Companion | None:
    row = await tx.first(select(path_companions).where(path_companions.c.id == id))
    return None if row is None else _companion(row)


async def of(tx: Tx, path: str) -> list[Companion]:
    """Return who accompanies a path, longest first."""
    return [_companion(row) for row in await tx.all(_OF, {"a_path": path})]


async def of_paths(tx: Tx, ids: Sequence[str]) -> dict[str, list[Companion]]:
    found: dict[str, list[Companion]] = {id: [] for id in ids}
    wanted = select(path_companions).where(path_companions.c.path.in_(ids)).order_by(path_companions.c.id)
    for row in await tx.all(wanted):
        found[row.path].append(_companion(row))
    return found


async def of_person(tx: Tx, person: PersonId) -> Companion | None:
    """Return what they accompany: at most one path."""
    row = await tx.first(select(path_companions).where(path_companions.c.person == person))
    return None if row is None else _companion(row)


async def among(tx: Tx, persons: Collection[PersonId]) -> set[tuple[ServerId, PersonId]]:
    """Return which of these people accompany a path, and where."""
    wanted = select(path_companions.c.server, path_companions.c.person)
    rows = await tx.all(wanted.where(path_companions.c.person.in_(persons)))
    return {(ServerId(row.server), PersonId(row.person)) for row in rows}


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(path_companions).where(path_companions.c.id == id))


def _companion(row: Row[Any]) -> Companion:
    return Companion(**{name: getattr(row, name) for name in Companion.__struct_fields__})
