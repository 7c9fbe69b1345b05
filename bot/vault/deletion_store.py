"""Statements about how far this database has come in the deletion log, and about all of its data keys."""

import os
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from bot.storage.tx import Tx
from bot.storage.upsert import upsert
from bot.vault.deletion_file import ID_BYTES
from bot.vault.store import DataKey, data_key
from bot.vault.tables import data_keys, deletion_marks

_new = upsert(deletion_marks)
_SET = _new.on_conflict_do_update(index_elements=["id"], set_={"entry": _new.excluded.entry})
_MARK = select(deletion_marks.c.entry).where(deletion_marks.c.id == bindparam("log"))
_DELETE = delete(data_keys).where(
    data_keys.c.case == bindparam("a_case"), data_keys.c.author == bindparam("an_author")
)


def new_id() -> bytes:
    return os.urandom(ID_BYTES)


async def mark(tx: Tx, log: int) -> bytes | None:
    """Return the id of the last batch of this log that this database knows; None if it knows none."""
    found: bytes | None = await tx.scalar(_MARK, {"log": log})
    return found


async def marks(tx: Tx) -> dict[int, bytes]:
    """Return the last batch of each log that this database knows."""
    return {row.id: row.entry for row in await tx.all(select(deletion_marks))}


async def set_mark(tx: Tx, log: int, batch: bytes) -> None:
    await tx.execute(_SET, [{"id": log, "entry": batch}])


async def forget_marks(tx: Tx) -> None:
    await tx.execute(delete(deletion_marks))


async def every_key(tx: Tx) -> list[DataKey]:
    return [data_key(row) for row in await tx.all(select(data_keys))]


async def delete_keys(tx: Tx, keys: Sequence[DataKey]) -> None:
    await tx.execute_all(_DELETE, [{"a_case": one.case, "an_author": one.author} for one in keys])
