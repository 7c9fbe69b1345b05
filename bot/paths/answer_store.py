"""Statements about what people are asked after meetings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.ids import PersonId
from bot.paths.answer import Answer, Sense
from bot.paths.tables import path_answers
from bot.storage.tx import Tx

_ADD = insert(path_answers)
_HELD = select(func.count()).where(
    path_answers.c.path == bindparam("a_path"),
    path_answers.c.person == bindparam("whose"),
    path_answers.c.met.is_(True),
    path_answers.c.asked_at >= bindparam("after"),
)


async def add_all(tx: Tx, asked: Sequence[Answer]) -> None:
    if asked:
        await tx.execute_all(_ADD, [asdict(one) for one in asked])


async def keep(tx: Tx, answer: Answer) -> Answer:
    said = {"met": answer.met, "sense": answer.sense, "told": answer.told}
    await tx.execute(update(path_answers).where(path_answers.c.id == answer.id).values(said))
    return answer


async def get(tx: Tx, id: str) -> Answer | None:
    row = await tx.first(select(path_answers).where(path_answers.c.id == id))
    return None if row is None else to_answer(row)


async def of_paths(tx: Tx, ids: Collection[str]) -> list[Answer]:
    a = path_answers.c
    rows = await tx.all(select(path_answers).where(a.path.in_(ids)).order_by(a.asked_at, a.id))
    return [to_answer(row) for row in rows]


async def latest(tx: Tx, path: str, person: PersonId) -> Answer | None:
    """Return the newest question to somebody."""
    a = path_answers.c
    mine = select(path_answers).where(a.path == path, a.person == person)
    row = await tx.first(mine.order_by(a.asked_at.desc()).limit(1))
    return None if row is None else to_answer(row)


async def held(tx: Tx, path: str, person: PersonId, after: datetime) -> int:
    """Return how many meetings were held since then, as this person says."""
    return int(await tx.scalar(_HELD, {"a_path": path, "whose": person, "after": after}) or 0)


async def remove(tx: Tx, ids: Collection[str]) -> None:
    if ids:
        await tx.execute(delete(path_answers).where(path_answers.c.id.in_(ids)))


async def of_person(tx: Tx, person: PersonId) -> list[Answer]:
    rows = await tx.all(select(path_answers).where(path_answers.c.person == person))
    return [to_answer(row) for row in rows]


def to_answer(row: Row[Any]) -> Answer:
    values = {name: getattr(row, name) for name in Answer.__struct_fields__}
    return Answer(**{**values, "sense": None if row.sense is None else Sense(row.sense)})
