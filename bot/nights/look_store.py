"""Statements about who looks out for whom."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, insert, or_, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.nights.models import Look, LookState
from bot.nights.tables import night_looks
from bot.storage.tx import Tx

_LOOKS = night_looks.c


async def add(tx: Tx, look: Look) -> None:
    await tx.execute(insert(night_looks).values(asdict(look)))


async def keep(tx: Tx, look: Look) -> Look:
    """Store a look if its row is still as it was read; otherwise raise AlreadyDone."""
    here = (_LOOKS.id == look.id, _LOOKS.revision == look.revision)
    values = {**asdict(look), "revision": look.revision + 1}
    if (await tx.execute(update(night_looks).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, look.id)
    if found is None:
        raise AlreadyDone
    return found


async def get(tx: Tx, id: str) -> Look | None:
    row = await tx.first(select(night_looks).where(_LOOKS.id == id))
    return None if row is None else to_look(row)


async def between(tx: Tx, night: str, owner: PersonId, looker: PersonId) -> Look | None:
    where = (_LOOKS.night == night, _LOOKS.owner == owner, _LOOKS.looker == looker)
    row = await tx.first(select(night_looks).where(*where))
    return None if row is None else to_look(row)


async def for_owner(tx: Tx, night: str, owner: PersonId) -> list[Look]:
    """Return everybody whom this person asked in a night, whatever became of it, in the order of asking."""
    return await _all(tx, _LOOKS.night == night, _LOOKS.owner == owner)


async def by_looker(tx: Tx, night: str, looker: PersonId) -> list[Look]:
    return await _all(tx, _LOOKS.night == night, _LOOKS.looker == looker)


async def looking_out(tx: Tx, night: str, owner: PersonId) -> list[Look]:
    """Return those who look out for this person."""
    return [one for one in await for_owner(tx, night, owner) if one.agreed]


async def waiting(tx: Tx, looker: PersonId) -> list[Look]:
    """Return what waits for this person's answer, also what a boundary withholds."""
    return await _all(tx, _LOOKS.looker == looker, _LOOKS.state == LookState.OPEN.value)


async def of_night(tx: Tx, night: str) -> list[Look]:
    return await _all(tx, _LOOKS.night == night)


async def of_person(tx: Tx, person: PersonId, night: str | None = None) -> list[Look]:
    """Return every look of this person, on either side."""
    either = or_(_LOOKS.owner == person, _LOOKS.looker == person)
    return await (_all(tx, either) if night is None else _all(tx, either, _LOOKS.night == night))


async def of_two(tx: Tx, one: PersonId, other: PersonId) -> list[Look]:
    pair = (one, other)
    return await _all(tx, _LOOKS.owner.in_(pair), _LOOKS.looker.in_(pair))


async def unname(tx: Tx, id: str, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person, whichever of the two they are."""
    for side in (_LOOKS.owner, _LOOKS.looker):
        there = update(night_looks).where(_LOOKS.id == id, side == person)
        await tx.execute(there.values({side.key: instead}))


async def _all(tx: Tx, *where: Any) -> list[Look]:
    rows = select(night_looks).where(*where).order_by(_LOOKS.asked_at, _LOOKS.id)
    return [to_look(row) for row in await tx.all(rows)]


def to_look(row: Row[Any]) -> Look:
    return Look(
        row.id,
        row.night,
        ServerId(row.server),
        PersonId(row.owner),
        PersonId(row.looker),
        row.asked_at,
        LookState(row.state),
        row.shown,
        row.withheld,
        row.ended_at,
        row.revision,
    )
