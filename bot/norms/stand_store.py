"""Statements about members' answers to versions."""

from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from bot.ids import PersonId, ServerId
from bot.norms.models import IN_FORCE, Stand, Version
from bot.norms.tables import ballots, stands, versions
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_SHOWN_IN = or_(stands.c.stand == Stand.IN, stands.c.shown_in)
"""Who counts as in while a vote goes on: also somebody who was in before they sent a concern."""
_SHOWN = select(func.count()).where(stands.c.version == bindparam("one"), _SHOWN_IN)
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


async def shown_in(tx: Tx, version: str, person: PersonId) -> bool:
    """Whether they are shown as in."""
    mine = select(stands.c.person).where(stands.c.version == version, stands.c.person == person, _SHOWN_IN)
    return await tx.scalar(mine) is not None


async def take(
    tx: Tx, version: Version, person: PersonId, said: Stand, now: datetime, *, shown_in: bool = False
) -> None:
    """Store their answer. `shown_in`: their concern came after they were in, and nobody may see that yet."""
    values = {"stand": said, "at": now, "shown_in": shown_in}
    new = upsert(stands).values(version=version.id, person=person, server=version.server, **values)
    await tx.execute(new.on_conflict_do_update(index_elements=["version", "person"], set_=values))


async def untake(tx: Tx, version: str, person: PersonId) -> None:
    await tx.execute(delete(stands).where(stands.c.version == version, stands.c.person == person))


async def count(tx: Tx, version: str) -> tuple[int, int]:
    """Return how many members are in, and how many have a concern."""
    found = {row.stand: int(row.people) for row in await tx.all(_COUNT, {"one": version})}
    return found.get(Stand.IN, 0), found.get(Stand.CONCERN, 0)


async def shown(tx: Tx, version: str) -> int:
    """Return how many members are in, as everybody sees it. A concern changes nothing in it."""
    return int(await tx.scalar(_SHOWN, {"one": version}))


async def settle(tx: Tx, version: str) -> None:
    """Let the concerns show, because the vote has ended: who has one is no longer shown as in."""
    await tx.execute(update(stands).where(stands.c.version == version).values(shown_in=False))


async def counting(tx: Tx, person: PersonId, server: ServerId | None) -> list[str]:
    """Return the ids of the versions in whose count they are shown, in that server or in all."""
    said = select(stands.c.version).where(stands.c.person == person, _SHOWN_IN)
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
        .join(stands, and_(stands.c.version == versions.c.id, _SHOWN_IN))
        .group_by(versions.c.server)
    )
    return {ServerId(row.server): int(row.people) for row in found}
