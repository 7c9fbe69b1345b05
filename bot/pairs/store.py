"""Statements about pairs and about changes of their schedules."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, union, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.pairs.models import Pair, PairState, ScheduleChange
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import changes, check_ins, pairs
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_PAIR = tuple(one for one in Pair.__struct_fields__ if one != "schedule")
_CHANGE = tuple(one for one in ScheduleChange.__struct_fields__ if one != "schedule")
_ONE = select(pairs).where(pairs.c.id == bindparam("one"))
_OF = (
    select(pairs)
    .where(or_(pairs.c.starter == bindparam("whose"), pairs.c.partner == bindparam("whose")))
    .order_by(pairs.c.made_at, pairs.c.id)
)
KNOWN = (
    select(pairs.c.server, pairs.c.partner.label("person"), pairs.c.asked_at.label("at")).where(
        pairs.c.starter == bindparam("reader"), pairs.c.partner.is_not(None)
    ),
    select(pairs.c.server, pairs.c.starter, pairs.c.asked_at).where(
        pairs.c.partner == bindparam("reader"), pairs.c.state == PairState.RUNNING
    ),
)
"""The partners of the reader, and the people whom they asked to be one, with the servers of the pairs."""
_KEEP = update(pairs).where(pairs.c.id == bindparam("was_id"), pairs.c.revision == bindparam("was_revision"))
_CHANGE_BY = select(changes).where(changes.c.pair == bindparam("a_pair"), changes.c.by == bindparam("whose"))


# -- pairs ------------------------------------------------------------------------------------------


async def add(tx: Tx, pair: Pair) -> Pair:
    await tx.execute(insert(pairs).values(**_columns(pair)))
    return pair


async def get(tx: Tx, id: str) -> Pair | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else _pair(row)


async def these(tx: Tx, ids: Sequence[str]) -> dict[str, Pair]:
    rows = await tx.all(select(pairs).where(pairs.c.id.in_(ids)))
    return {row.id: _pair(row) for row in rows}


async def keep(tx: Tx, pair: Pair) -> Pair:
    """Store a pair if its row is still as it was read; otherwise raise AlreadyDone."""
    moved = replace(pair, revision=pair.revision + 1)
    values = {"was_id": pair.id, "was_revision": pair.revision, **_columns(moved)}
    if (await tx.execute(_KEEP, [values])).rowcount != 1:
        raise AlreadyDone
    return moved


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(pairs).where(pairs.c.id == id))


async def of(tx: Tx, person: PersonId, server: ServerId | None = None) -> list[Pair]:
    """Return every pair of theirs, the oldest first; in all servers if `server` is None."""
    rows = await tx.all(_OF, {"whose": person})
    return [_pair(row) for row in rows if server in (None, row.server)]


async def with_partners(tx: Tx, partners: Collection[PersonId]) -> list[Pair]:
    """Return every pair, draft and proposal in which one of these people is the partner."""
    return [_pair(row) for row in await tx.all(select(pairs).where(pairs.c.partner.in_(partners)))]


async def in_server(tx: Tx, server: ServerId) -> list[Pair]:
    return [_pair(row) for row in await tx.all(select(pairs).where(pairs.c.server == server))]


async def people_in_running(tx: Tx) -> dict[ServerId, int]:
    """Return how many people are in a running pair in each server."""
    running = pairs.c.state == PairState.RUNNING
    both = union(
        select(pairs.c.server, pairs.c.starter.label("person")).where(running),
        select(pairs.c.server, pairs.c.partner).where(running),
    ).subquery()
    counted = select(both.c.server, func.count().label("many")).group_by(both.c.server)
    return {ServerId(row.server): row.many for row in await tx.all(counted)}


async def running(tx: Tx) -> list[tuple[ServerId, PersonId, PersonId]]:
    """Return the server and the two partners of every running pair."""
    rows = await tx.all(
        select(pairs.c.server, pairs.c.starter, pairs.c.partner).where(pairs.c.state == PairState.RUNNING)
    )
    return [(ServerId(row.server), PersonId(row.starter), PersonId(row.partner)) for row in rows]


async def unpick(tx: Tx, id: str) -> None:
    """Remove the partner who was picked for a draft."""
    await tx.execute(update(pairs).where(pairs.c.id == id).values(partner=None))


async def unname(tx: Tx, id: str, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person, also in the check-ins of the pair."""
    for table, column in (
        (pairs, "starter"),
        (pairs, "partner"),
        (pairs, "paused_by"),
        (check_ins, "person"),
        (check_ins, "partner"),
    ):
        key = table.c.id if table is pairs else table.c.pair
        there = update(table).where(key == id, table.c[column] == person)
        await tx.execute(there.values({column: instead}))


# -- changes ----------------------------------------------------------------------------------------


async def keep_change(tx: Tx, change: ScheduleChange) -> ScheduleChange:
    values = {**{name: getattr(change, name) for name in _CHANGE}, **_schedule_columns(change.schedule)}
    written = upsert(changes).values(values)
    await tx.execute(written.on_conflict_do_update(index_elements=["pair", "by"], set_=values))
    return change


async def change(tx: Tx, pair: str, by: PersonId) -> ScheduleChange | None:
    row = await tx.first(_CHANGE_BY, {"a_pair": pair, "whose": by})
    return None if row is None else _change(row)


async def drop_changes(tx: Tx, pair: str, by: PersonId | None = None) -> None:
    gone = delete(changes).where(changes.c.pair == pair)
    await tx.execute(gone if by is None else gone.where(changes.c.by == by))


# -- rows -------------------------------------------------------------------------------------------


def _columns(pair: Pair) -> dict[str, Any]:
    return {**{name: getattr(pair, name) for name in _PAIR}, **_schedule_columns(pair.schedule)}


def _schedule_columns(schedule: PairSchedule) -> dict[str, Any]:
    return {
        "cadence": schedule.cadence,
        "day": schedule.day,
        "minute": schedule.minute,
        "weeks": schedule.weeks,
    }


def _schedule(row: Row[Any]) -> PairSchedule:
    return PairSchedule(Cadence(row.cadence), row.day, row.minute, row.weeks)


def _pair(row: Row[Any]) -> Pair:
    values = {name: getattr(row, name) for name in _PAIR}
    return Pair(**{**values, "schedule": _schedule(row), "state": PairState(row.state)})


def _change(row: Row[Any]) -> ScheduleChange:
    return ScheduleChange(**{name: getattr(row, name) for name in _CHANGE}, schedule=_schedule(row))
