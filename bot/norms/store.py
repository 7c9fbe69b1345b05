"""Versions, ballots and what members said to them. Rows become models at the door."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.ids import PersonId, ServerId
from bot.norms.model import IN_FORCE, Ballot, Draft, Norm, Stand, State, Version
from bot.norms.tables import ballots, drafts, stands, versions
from bot.storage.tx import Tx

_VERSION = select(versions).where(versions.c.id == bindparam("one"))
_BALLOT = select(ballots).where(ballots.c.version == bindparam("one"))
_OF_SERVER = (
    select(versions, ballots.c.state)
    .join(ballots, ballots.c.version == versions.c.id)
    .where(versions.c.server == bindparam("here"))
    .order_by(versions.c.number.desc())
)
_COUNT = (
    select(stands.c.stand, func.count()).where(stands.c.version == bindparam("one")).group_by(stands.c.stand)
)


async def add(tx: Tx, version: Version, ballot: Ballot) -> None:
    await tx.execute(
        insert(versions).values(
            id=version.id, server=version.server, number=version.number, made_at=version.made_at,
            made_by=version.made_by, norms=_written(version.norms),
        )
    )  # fmt: skip
    await tx.execute(insert(ballots).values(**asdict(ballot)))


async def get(tx: Tx, id: str) -> Version | None:
    row = await tx.first(_VERSION, {"one": id})
    return None if row is None else _version(row)


async def newest_number(tx: Tx, server: ServerId) -> int:
    """0 where there is none yet."""
    return int(await tx.scalar(select(func.max(versions.c.number)).where(versions.c.server == server)) or 0)


async def in_force(tx: Tx, server: ServerId) -> Version | None:
    row = await tx.first(_OF_SERVER.where(ballots.c.state.in_(IN_FORCE)).limit(1), {"here": server})
    return None if row is None else _version(row)


async def every(tx: Tx, server: ServerId) -> list[Version]:
    """All versions, the newest first."""
    return [_version(row) for row in await tx.all(_OF_SERVER, {"here": server})]


async def ballot(tx: Tx, version: str) -> Ballot | None:
    row = await tx.first(_BALLOT, {"one": version})
    return None if row is None else _ballot(row)


async def open_ballot(tx: Tx, server: ServerId) -> Ballot | None:
    row = await tx.first(select(ballots).where(ballots.c.server == server, ballots.c.state == State.OPEN))
    return None if row is None else _ballot(row)


async def keep(tx: Tx, kept: Ballot) -> None:
    await tx.execute(update(ballots).where(ballots.c.version == kept.version).values(**asdict(kept)))


# -- what members said -----------------------------------------------------------------------------


async def stand(tx: Tx, version: str, person: PersonId) -> Stand | None:
    found = await tx.scalar(
        select(stands.c.stand).where(stands.c.version == version, stands.c.person == person)
    )
    return None if found is None else Stand(found)


async def take(tx: Tx, version: Version, person: PersonId, said: Stand, now: Any) -> None:
    new = upsert(stands).values(version=version.id, person=person, server=version.server, stand=said, at=now)
    await tx.execute(
        new.on_conflict_do_update(index_elements=["version", "person"], set_={"stand": said, "at": now})
    )


async def untake(tx: Tx, version: str, person: PersonId) -> None:
    await tx.execute(delete(stands).where(stands.c.version == version, stands.c.person == person))


async def count(tx: Tx, version: str) -> tuple[int, int]:
    """How many are in, and how many have a concern."""
    found = {row.stand: int(row.people) for row in await tx.all(_COUNT, {"one": version})}
    return found.get(Stand.IN, 0), found.get(Stand.CONCERN, 0)


async def of_person(tx: Tx, person: PersonId, server: ServerId | None) -> list[str]:
    """The versions to which they said something, in that server or in any."""
    said = select(stands.c.version).where(stands.c.person == person)
    found = await tx.all(said if server is None else said.where(stands.c.server == server))
    return [row.version for row in found]


async def leave(tx: Tx, person: PersonId, server: ServerId | None) -> None:
    """What they said counts no more."""
    gone = delete(stands).where(stands.c.person == person)
    await tx.execute(gone if server is None else gone.where(stands.c.server == server))


async def members_in(tx: Tx) -> dict[ServerId, int]:
    """For every server, how many are in for the version in force."""
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


# -- the draft -------------------------------------------------------------------------------------


async def draft(tx: Tx, server: ServerId) -> Draft | None:
    row = await tx.first(select(drafts).where(drafts.c.server == server))
    if row is None:
        return None
    return Draft(
        ServerId(row.server), _read(row.norms), row.changed_at, PersonId(row.changed_by), row.revision
    )


async def keep_draft(tx: Tx, kept: Draft) -> None:
    values = {**asdict(kept), "norms": _written(kept.norms)}
    new = upsert(drafts).values(**values)
    await tx.execute(new.on_conflict_do_update(index_elements=["server"], set_=values))


async def drop_draft(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(drafts).where(drafts.c.server == server))


async def forget(tx: Tx, server: ServerId) -> None:
    """All of a server that has gone; refused by the database for any other."""
    for table in (drafts, stands, ballots, versions):
        await tx.execute(delete(table).where(table.c.server == server))


def _written(norms: tuple[Norm, ...]) -> str:
    return json.dumps([asdict(one) for one in norms], ensure_ascii=False)


def _read(written: str) -> tuple[Norm, ...]:
    return tuple(Norm(**one) for one in json.loads(written))


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id, ServerId(row.server), row.number, row.made_at, PersonId(row.made_by), _read(row.norms)
    )


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(**{**row._mapping, "state": State(row.state), "server": ServerId(row.server)})
