"""Statements about who carries whose terms."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.storage.schema import NO_TIME
from bot.storage.tx import Tx
from bot.terms.models import Carrying, CarryState, Outcome
from bot.terms.tables import carryings

KNOWN = (
    select(carryings.c.server, carryings.c.carrier.label("person"), NO_TIME.label("at")).where(
        carryings.c.author == bindparam("reader"), carryings.c.state != CarryState.ENDED.value
    ),
    select(carryings.c.server, carryings.c.author, NO_TIME).where(
        carryings.c.carrier == bindparam("reader"), carryings.c.state == CarryState.AGREED.value
    ),
)
"""The people whom the reader asked to carry something, and those whose terms they carry, with the server.

Whoever carried something for the reader before is nobody to them, as after an erasing.
"""
_GET = select(carryings).where(carryings.c.id == bindparam("one"))
_ASKED = (
    select(carryings)
    .where(carryings.c.author == bindparam("whose"))
    .order_by(carryings.c.asked_at.desc(), carryings.c.id)
)
_RECEIVED = (
    select(carryings)
    .where(
        carryings.c.carrier == bindparam("whom"),
        carryings.c.state.in_((CarryState.OPEN.value, CarryState.AGREED.value)),
    )
    .order_by(carryings.c.asked_at, carryings.c.id)
)


async def add(tx: Tx, carrying: Carrying) -> None:
    fixed = {"id": carrying.id, "author": carrying.author, "carrier": carrying.carrier, "revision": 0}
    await tx.execute(insert(carryings).values({**fixed, **_changing(carrying)}))


async def keep(tx: Tx, carrying: Carrying) -> Carrying:
    """Store a carrying if its row is still as it was read; otherwise raise AlreadyDone."""
    here = (carryings.c.id == carrying.id, carryings.c.revision == carrying.revision)
    values = {"revision": carrying.revision + 1, **_changing(carrying)}
    if (await tx.execute(update(carryings).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, carrying.id)
    if found is None:
        raise AlreadyDone
    return found


async def give(tx: Tx, id: str, content: bytes | None) -> None:
    """Store the copy that the carrier can read, or delete it."""
    await tx.execute(update(carryings).where(carryings.c.id == id).values(content=content))


async def content(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(carryings.c.content).where(carryings.c.id == id))
    return sealed


async def get(tx: Tx, id: str) -> Carrying | None:
    row = await tx.first(_GET, {"one": id})
    return None if row is None else to_carrying(row)


async def asked_by(tx: Tx, author: PersonId) -> list[Carrying]:
    """Return everybody whom this person asked, the last one first."""
    return [to_carrying(row) for row in await tx.all(_ASKED, {"whose": author})]


async def received(tx: Tx, carrier: PersonId) -> list[Carrying]:
    """Return what waits for this person's answer, and what they carry."""
    return [to_carrying(row) for row in await tx.all(_RECEIVED, {"whom": carrier})]


async def of(tx: Tx, one: PersonId, other: PersonId | None = None) -> list[Carrying]:
    """Return every carrying of `one` on either side, with `other` or with anyone."""
    author, carrier = carryings.c.author, carryings.c.carrier
    if other is None:
        wanted = select(carryings).where(or_(author == one, carrier == one))
    else:
        pair = (one, other)
        wanted = select(carryings).where(author.in_(pair), carrier.in_(pair))
    return [to_carrying(row) for row in await tx.all(wanted.order_by(carryings.c.id))]


async def in_server(tx: Tx, server: ServerId) -> list[Carrying]:
    rows = await tx.all(select(carryings).where(carryings.c.server == server).order_by(carryings.c.id))
    return [to_carrying(row) for row in rows]


async def with_carriers(tx: Tx, persons: Collection[PersonId]) -> list[Carrying]:
    """Return everything that any of these people was asked to carry."""
    rows = await tx.all(select(carryings).where(carryings.c.carrier.in_(persons)))
    return [to_carrying(row) for row in rows]


async def agreed(tx: Tx) -> list[Carrying]:
    """Return everything that is being carried."""
    rows = await tx.all(select(carryings).where(carryings.c.state == CarryState.AGREED.value))
    return [to_carrying(row) for row in rows]


async def unname(tx: Tx, id: str, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person, whichever of the two they are."""
    for side in (carryings.c.author, carryings.c.carrier):
        there = update(carryings).where(carryings.c.id == id, side == person)
        await tx.execute(there.values({side.key: instead}))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(carryings).where(carryings.c.id == id))


def to_carrying(row: Row[Any]) -> Carrying:
    return Carrying(
        row.id,
        ServerId(row.server),
        PersonId(row.author),
        PersonId(row.carrier),
        row.asked_at,
        row.shown_until,
        CarryState(row.state),
        row.withheld,
        row.rests_until,
        row.let,
        row.given,
        row.stale,
        row.seen,
        None if row.said is None else Outcome(row.said),
        None if row.came is None else Outcome(row.came),
        row.came_at,
        row.came_seen,
        row.ended_at,
        row.revision,
    )


def _changing(carrying: Carrying) -> dict[str, object]:
    return {
        "server": carrying.server,
        "asked_at": carrying.asked_at,
        # Always the same. Its column can't be empty, and only a new table could do without it.
        "made_at": carrying.asked_at,
        "shown_until": carrying.shown_until,
        "state": carrying.state.value,
        "withheld": carrying.withheld,
        "rests_until": carrying.rests_until,
        "let": carrying.let,
        "given": carrying.given,
        "stale": carrying.stale,
        "seen": carrying.seen,
        "said": None if carrying.said is None else carrying.said.value,
        "came": None if carrying.came is None else carrying.came.value,
        "came_at": carrying.came_at,
        "came_seen": carrying.came_seen,
        "ended_at": carrying.ended_at,
    }
