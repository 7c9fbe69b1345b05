"""Statements about data keys, which are wrapped by the keyring."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, insert, select, update

from bot.ids import PersonId
from bot.storage.tx import Tx
from bot.vault.tables import data_keys

_ONE = select(data_keys.c.ring_key, data_keys.c.wrapped).where(
    data_keys.c.case == bindparam("a_case"), data_keys.c.author == bindparam("an_author")
)

_ADD = insert(data_keys)
_DROP_ALL = delete(data_keys).where(data_keys.c.case == bindparam("a_case")).returning(data_keys)
_DROP = _DROP_ALL.where(data_keys.c.author == bindparam("an_author"))
_DROP_AUTHOR = delete(data_keys).where(data_keys.c.author == bindparam("an_author")).returning(data_keys)
_UNDER = (
    select(data_keys)
    .where(data_keys.c.ring_key.in_(bindparam("names", expanding=True)))
    .limit(bindparam("most"))
)
_COUNTED = select(data_keys.c.ring_key, func.count().label("many")).group_by(data_keys.c.ring_key)
_REWRAP = (
    update(data_keys)
    .where(data_keys.c.case == bindparam("a_case"), data_keys.c.author == bindparam("an_author"))
    .values(ring_key=bindparam("name"), wrapped=bindparam("bytes"))
)

Wrapped = tuple[str, bytes]
"""The name of the wrapping key, and the wrapped data key."""


class DataKey(NamedTuple):
    """One row: whose key it is, in which case, and the wrapped key."""

    case: str
    author: PersonId
    wrapped: Wrapped


class SealedText(NamedTuple):
    """A sealed text with its wrapped key, as one statement read them (see `with_key`)."""

    text: bytes | None
    key: Wrapped | None

    @classmethod
    def of(cls, row: Row[Any], column: str) -> "SealedText":
        """Return the text in that column of a row that has its key."""
        return cls(row._mapping[column], None if row.wrapped is None else (row.ring_key, row.wrapped))


def with_key(rows: Select[Any], case: ColumnElement[str], author: ColumnElement[str]) -> Select[Any]:
    """Add the wrapped key of each row's (case, author), so that a text and its key need one statement."""
    keys = data_keys.c
    return rows.outerjoin(data_keys, (keys.case == case) & (keys.author == author)).add_columns(
        keys.ring_key, keys.wrapped
    )


async def find(tx: Tx, case: str, author: PersonId) -> Wrapped | None:
    row = await tx.first(_ONE, {"a_case": case, "an_author": author})
    return None if row is None else (row.ring_key, row.wrapped)


async def add(tx: Tx, case: str, author: PersonId, wrapped: Wrapped) -> None:
    row = {"case": case, "author": author, "ring_key": wrapped[0], "wrapped": wrapped[1]}
    await tx.execute(_ADD, [row])


async def drop(tx: Tx, case: str, author: PersonId | None) -> list[DataKey]:
    """Delete the key of one author in a case, or the keys of all, and return them."""
    values = {"a_case": case} if author is None else {"a_case": case, "an_author": author}
    gone = await tx.execute(_DROP_ALL if author is None else _DROP, [values])
    return [data_key(row) for row in gone.all()]


async def drop_author(tx: Tx, author: PersonId) -> list[DataKey]:
    """Delete every key of this author, and return them."""
    gone = await tx.execute(_DROP_AUTHOR, [{"an_author": author}])
    return [data_key(row) for row in gone.all()]


async def under(tx: Tx, names: Sequence[str], most: int) -> list[DataKey]:
    """Return data keys that are wrapped with one of these keys of the keyring."""
    return [data_key(row) for row in await tx.all(_UNDER, {"names": list(names), "most": most})]


async def counted(tx: Tx) -> dict[str, int]:
    """Return how many data keys each key of the keyring wraps."""
    return {row.ring_key: row.many for row in await tx.all(_COUNTED)}


async def rewrap(tx: Tx, wrapped: Sequence[DataKey]) -> None:
    rows = [
        {"a_case": one.case, "an_author": one.author, "name": one.wrapped[0], "bytes": one.wrapped[1]}
        for one in wrapped
    ]
    await tx.execute_all(_REWRAP, rows)


def data_key(row: Row[Any]) -> DataKey:
    return DataKey(row.case, PersonId(row.author), (row.ring_key, row.wrapped))
