"""Statements about who was seen with the adults' role of a server, and who without it."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select

from bot.ids import PersonId, ServerId
from bot.servers.tables import adults
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_ONE = select(adults.c.holds).where(
    adults.c.server == bindparam("server"), adults.c.person == bindparam("person")
)


async def holds(tx: Tx, server: ServerId, person: PersonId) -> bool | None:
    """Whether they have the role; None if they weren't seen since it was chosen."""
    row = await tx.first(_ONE, {"server": server, "person": person})
    return None if row is None else bool(row.holds)


async def without(tx: Tx, server: ServerId, persons: Collection[PersonId]) -> set[PersonId]:
    """Return those of these people who were last seen without the role."""
    wanted = select(adults.c.person).where(
        adults.c.server == server, adults.c.person.in_(persons), adults.c.holds.is_(False)
    )
    return {PersonId(row.person) for row in await tx.all(wanted)}


async def keep(tx: Tx, server: ServerId, person: PersonId, *, holds: bool) -> None:
    new = upsert(adults).values(server=server, person=person, holds=holds)
    await tx.execute(
        new.on_conflict_do_update(index_elements=["server", "person"], set_={"holds": new.excluded.holds})
    )


async def remove(tx: Tx, person: PersonId, server: ServerId | None) -> None:
    """Forget what was seen of them, in that server or in all."""
    gone = delete(adults).where(adults.c.person == person)
    await tx.execute(gone if server is None else gone.where(adults.c.server == server))


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(adults).where(adults.c.server == server))
