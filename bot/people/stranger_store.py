"""Statements about people who never used the bot, and about names that only others have given."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select, union

from bot.ids import PersonId, ServerId
from bot.people.tables import NAMED, names, strangers
from bot.storage.tx import Tx

_PAGE = union(
    select(strangers.c.id.label("person")).where(strangers.c.id > bindparam("after")),
    select(names.c.person).where(NAMED, names.c.person > bindparam("after")),
)
_GIVEN = select(names.c.server, names.c.person).where(
    NAMED, names.c.person.in_(bindparam("these", expanding=True))
)


async def page(tx: Tx, after: str, most: int) -> list[PersonId]:
    """Return people after this id, in the order of their ids, of whom there is something that others made."""
    rows = await tx.all(_PAGE.order_by("person").limit(most), {"after": after})
    return [PersonId(row.person) for row in rows]


async def names_given(tx: Tx, persons: Collection[PersonId]) -> list[tuple[ServerId, PersonId]]:
    """Return where others have named these people, in servers where they never used the bot."""
    rows = await tx.all(_GIVEN, {"these": list(persons)})
    return [(ServerId(row.server), PersonId(row.person)) for row in rows]


async def forget_names(tx: Tx, gone: Collection[tuple[ServerId, PersonId]]) -> None:
    for server, person in sorted(gone):
        await tx.execute(delete(names).where(names.c.person == person, names.c.server == server, NAMED))


async def strangers_among(tx: Tx, persons: Collection[PersonId]) -> set[PersonId]:
    """Return those of these people who never used the bot."""
    found = await tx.all(select(strangers.c.id).where(strangers.c.id.in_(persons)))
    return {PersonId(row.id) for row in found}


async def remove(tx: Tx, persons: Collection[PersonId]) -> None:
    await tx.execute(delete(strangers).where(strangers.c.id.in_(persons)))
