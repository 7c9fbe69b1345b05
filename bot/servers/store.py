"""Statements about settings and moderators. A server without a row has the defaults."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, or_, select, union, update

from bot.ids import PersonId, ServerId
from bot.servers.models import Ratifying, Server
from bot.servers.tables import moderators, servers
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_RATIFY = "ratify_"


_ONE = select(servers).where(servers.c.id == bindparam("one"))
_MODERATORS = (
    select(moderators.c.person)
    .where(moderators.c.server == bindparam("one"))
    .order_by(moderators.c.seen_at.desc(), moderators.c.person)
)


async def get(tx: Tx, server: ServerId) -> Server:
    row = await tx.first(_ONE, {"one": server})
    return Server(server) if row is None else _server(row)


async def every(tx: Tx) -> list[Server]:
    return [_server(row) for row in await tx.all(select(servers))]


async def away(tx: Tx, these: Collection[ServerId]) -> set[ServerId]:
    """Return those of these servers that have removed the bot."""
    found = select(servers.c.id).where(servers.c.gone_at.is_not(None), servers.c.id.in_(these))
    return {ServerId(row.id) for row in await tx.all(found)}


async def known(tx: Tx) -> set[ServerId]:
    """Return the servers that have settings or known moderators."""
    rows = await tx.all(union(select(servers.c.id.label("one")), select(moderators.c.server.label("one"))))
    return {ServerId(row.one) for row in rows}


async def keep(tx: Tx, server: Server) -> None:
    values = {**asdict(server), **{_RATIFY + name: value for name, value in asdict(server.ratifying).items()}}
    del values["ratifying"]
    kept = upsert(servers).values(**values)
    await tx.execute(kept.on_conflict_do_update(index_elements=[servers.c.id], set_=values))


async def forget(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(moderators).where(moderators.c.server == server))
    await tx.execute(delete(servers).where(servers.c.id == server))


async def moderates(tx: Tx, server: ServerId, person: PersonId, now: datetime) -> None:
    """Record that they moderate there."""
    seen = upsert(moderators).values(server=server, person=person, seen_at=now)
    await tx.execute(
        seen.on_conflict_do_update(
            index_elements=["server", "person"], set_={"seen_at": seen.excluded.seen_at}
        )
    )


async def moderator_since(tx: Tx, server: ServerId, person: PersonId) -> datetime | None:
    """Return when they were last known to moderate there; None if never."""
    at: datetime | None = await tx.scalar(
        select(moderators.c.seen_at).where(moderators.c.server == server, moderators.c.person == person)
    )
    return at


async def unasked(tx: Tx, server: ServerId, persons: Collection[PersonId], since: datetime) -> list[PersonId]:
    """Return those of these moderators who didn't use `/manage`, and weren't asked about, since then."""
    c = moderators.c
    found = select(c.person).where(c.server == server, c.person.in_(persons), c.seen_at < since)
    rows = await tx.all(found.where(or_(c.asked_at.is_(None), c.asked_at < since)).order_by(c.person))
    return [PersonId(row.person) for row in rows]


async def asked_about(tx: Tx, server: ServerId, persons: Collection[PersonId], now: datetime) -> None:
    here = (moderators.c.server == server) & moderators.c.person.in_(persons)
    await tx.execute(update(moderators).where(here).values(asked_at=now))


async def moderates_no_more(tx: Tx, person: PersonId, server: ServerId | None) -> None:
    """Forget that they moderate, in that server or in all."""
    gone = delete(moderators).where(moderators.c.person == person)
    await tx.execute(gone if server is None else gone.where(moderators.c.server == server))


async def who_moderates(tx: Tx, server: ServerId) -> list[PersonId]:
    """Return the moderators, beginning with whoever was active most recently."""
    return [PersonId(row.person) for row in await tx.all(_MODERATORS, {"one": server})]


def _server(row: Row[Any]) -> Server:
    values = dict(row._mapping)
    ratifying = Ratifying(**{one: values.pop(_RATIFY + one) for one in Ratifying.__struct_fields__})
    return Server(**values, ratifying=ratifying)
