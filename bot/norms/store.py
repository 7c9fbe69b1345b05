"""Versions, their ballots, and the draft. Rows become models here."""

import json
from collections.abc import Collection
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.ids import PersonId, ServerId
from bot.norms.models import IN_FORCE, Ballot, Norm, NormDraft, Version, VersionState
from bot.norms.tables import ballots, drafts, stands, versions
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_VERSION = select(versions).where(versions.c.id == bindparam("one"))
_BALLOT = select(ballots).where(ballots.c.version == bindparam("one"))
_OF_SERVER = (
    select(versions, ballots.c.state)
    .join(ballots, ballots.c.version == versions.c.id)
    .where(versions.c.server == bindparam("here"))
    .order_by(versions.c.number.desc())
)
_IN_FORCE = _OF_SERVER.where(ballots.c.state.in_(IN_FORCE))
_newest = (
    select(versions.c.server, func.max(versions.c.number).label("number"))
    .join(ballots, ballots.c.version == versions.c.id)
    .where(versions.c.server.in_(bindparam("here", expanding=True)), ballots.c.state.in_(IN_FORCE))
    .group_by(versions.c.server)
    .subquery()
)
_IN_FORCE_IN = select(versions).join(
    _newest, (_newest.c.server == versions.c.server) & (_newest.c.number == versions.c.number)
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
    """Return the number of the newest version; 0 if there is none."""
    return int(await tx.scalar(select(func.max(versions.c.number)).where(versions.c.server == server)) or 0)


async def in_force(tx: Tx, server: ServerId) -> Version | None:
    row = await tx.first(_IN_FORCE.limit(1), {"here": server})
    return None if row is None else _version(row)


async def in_force_in(tx: Tx, servers: Collection[ServerId]) -> dict[ServerId, Version]:
    """Return the version in force in each of these servers that has one."""
    rows = await tx.all(_IN_FORCE_IN, {"here": list(servers)})
    return {ServerId(row.server): _version(row) for row in rows}


async def every(tx: Tx, server: ServerId) -> list[Version]:
    """Return all versions, the newest first."""
    return [_version(row) for row in await tx.all(_OF_SERVER, {"here": server})]


async def in_force_before(tx: Tx, version: Version) -> Version | None:
    """Return the version that was in force when this one was put to the group."""
    before = _IN_FORCE.where(versions.c.number < version.number)
    row = await tx.first(before.limit(1), {"here": version.server})
    return None if row is None else _version(row)


async def in_place_of(tx: Tx, version: Version, state: VersionState) -> Version | None:
    """Return the version that replaced it while it was in force or proposed; None if none did."""
    if state in (VersionState.NOT_RATIFIED, VersionState.WITHDRAWN):
        return None
    taking = _OF_SERVER if state is VersionState.REPLACED else _IN_FORCE
    later = taking.where(versions.c.number > version.number).order_by(None).order_by(versions.c.number)
    row = await tx.first(later.limit(1), {"here": version.server})
    return None if row is None else _version(row)


async def ballot(tx: Tx, version: str) -> Ballot | None:
    row = await tx.first(_BALLOT, {"one": version})
    return None if row is None else _ballot(row)


async def open_ballot(tx: Tx, server: ServerId) -> Ballot | None:
    row = await tx.first(
        select(ballots).where(ballots.c.server == server, ballots.c.state == VersionState.OPEN)
    )
    return None if row is None else _ballot(row)


async def proposed(tx: Tx, server: ServerId) -> Version | None:
    row = await tx.first(_OF_SERVER.where(ballots.c.state == VersionState.OPEN), {"here": server})
    return None if row is None else _version(row)


async def keep(tx: Tx, kept: Ballot) -> None:
    await tx.execute(update(ballots).where(ballots.c.version == kept.version).values(**asdict(kept)))


# -- the draft -------------------------------------------------------------------------------------


async def draft(tx: Tx, server: ServerId) -> NormDraft | None:
    row = await tx.first(select(drafts).where(drafts.c.server == server))
    if row is None:
        return None
    return NormDraft(
        ServerId(row.server), _read(row.norms), row.changed_at, PersonId(row.changed_by), row.revision
    )


async def keep_draft(tx: Tx, kept: NormDraft) -> None:
    values = {**asdict(kept), "norms": _written(kept.norms)}
    new = upsert(drafts).values(**values)
    await tx.execute(new.on_conflict_do_update(index_elements=["server"], set_=values))


async def drop_draft(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(drafts).where(drafts.c.server == server))


async def forget(tx: Tx, server: ServerId) -> None:
    """Delete everything of a server. The database refuses it unless the bot was removed from there."""
    for table in (drafts, stands, ballots, versions):
        await tx.execute(delete(table).where(table.c.server == server))


async def unname(tx: Tx, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of whoever proposed a version or drafted norms."""
    await tx.execute(update(versions).where(versions.c.made_by == person).values(made_by=instead))
    await tx.execute(update(drafts).where(drafts.c.changed_by == person).values(changed_by=instead))


def _written(norms: tuple[Norm, ...]) -> str:
    return json.dumps([asdict(one) for one in norms], ensure_ascii=False)


def _read(written: str) -> tuple[Norm, ...]:
    return tuple(Norm(**one) for one in json.loads(written))


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id, ServerId(row.server), row.number, row.made_at, PersonId(row.made_by), _read(row.norms)
    )


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(**{**row._mapping, "state": VersionState(row.state), "server": ServerId(row.server)})
