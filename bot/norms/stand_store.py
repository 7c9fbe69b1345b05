"""Statements about members' answers to versions."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.ids import PersonId, ServerId
from bot.norms.models import IN_FORCE, Stand, Version
from bot.norms.tables import ballots, stands, versions
from bot.storage.tx import Tx

_COUNT = (
    select(stands.c.stand, func.count().label("people"))
    .where(stands.c.version == bindparam("one"))
    .group_by(stands.c.stand)
)


async def stand(tx: Tx, version: str, person: PersonId) -> Stand | None:
    found = await tx.scalar(
        select(stands.c.stand).where(stands.c.version == version, stands.c.person == person)
    )
    return None if found is None else Stand(found)


async def take(tx: Tx, version: Version, person: PersonId, said: Stand, now: datetime) -> None:
    new = upsert(stands).values(version=version.id, person=person, server=version.server, stand=said, at=now)
    await tx.execute(
        new.on_conflict_do_update(index_elements=["version", "person"], set_={"stand": said, "at": now})
    )


async def untake(tx: Tx, version: str, person: PersonId) -> None:
    await tx.execute(delete(stands).where(stands.c.version == version, stands.c.person == person))


async def count(tx: Tx, version: str) -> tuple[int, int]:
    """Return how many members are in, and how many have a concern."""
    found = {row.stand: int(row.people) for row in await tx.all(_COUNT, {"one": version})}
    return found.get(Stand.IN, 0), found.get(Stand.CONCERN, 0)


async def of_person(tx: Tx, person: PersonId, server: ServerId | None) -> list[str]:
    """Return the ids of the versions that they answered, in that server or in all."""
    said = select(stands.c.version).where(stands.c.person == person)
    found = await tx.all(said if server is None else said.where(stands.c.server == server))
    return [row.version for row in found]


async def last_in(tx: Tx, person: PersonId, server: ServerId) -> int | None:
    """Return the number of the newest version that they are in for."""
    found: int | None = await tx.scalar(
        select(func.max(versions.c.number))
        .join(stands, stands.c.version == versions.c.id)
        .where(stands.c.person == person, stands.c.server == server, stands.c.stand == Stand.IN)
    )
    return found


async def leave(tx: Tx, person: PersonId, server: ServerId | None) -> None:
    """Delete their answers, in that server or in all."""
    gone = delete(stands).where(stands.c.person == person)
    await tx.execute(gone if server is None else gone.where(stands.c.server == server))


async def members_in(tx: Tx) -> dict[ServerId, int]:
    """Return for every server how many members are in for the version in force."""
    newest = (
        select(func.max(versions.c.number).label("number"), versions.c.server)
        .join(ballots, ballots.c.version == versions.c.id)
        .where(ballots.c.state.in_(IN_FORCE))
        .group_by(versions.c.server)
        .subquery()
    )
    found = await tx.all(
        select(versions.c.server, func.count().label("people"))
        .join(newest, (newest.c.server == versions.c.server) & (newest.c.number == versions.c.number))
        .join(stands, (stands.c.version == versions.c.id) & (stands.c.stand == Stand.IN))
        .group_by(versions.c.server)
    )
    return {ServerId(row.server): int(row.people) for row in found}
