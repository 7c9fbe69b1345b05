"""Statements about who is in a night, or invited to it."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, bindparam, delete, insert, or_, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.nights.models import Member, MemberState
from bot.nights.tables import night_members
from bot.storage.schema import NO_TIME
from bot.storage.tx import Tx

_MEMBERS = night_members.c
_mine = night_members.alias("mine")
_IN_ONE = _mine.c.night == _MEMBERS.night
_I_AM_IN = (_mine.c.person == bindparam("reader")) & (_mine.c.state == MemberState.IN.value)
KNOWN = (
    # Those who are in a night with the reader, and whoever invited them.
    select(_MEMBERS.server, _MEMBERS.person.label("person"), NO_TIME.label("at"))
    .select_from(night_members.join(_mine, _IN_ONE))
    .where(_I_AM_IN, _MEMBERS.state == MemberState.IN.value),
    select(_MEMBERS.server, _MEMBERS.asked_by, NO_TIME).where(
        _MEMBERS.person == bindparam("reader"),
        _MEMBERS.state == MemberState.INVITED.value,
        _MEMBERS.asked_by.is_not(None),
    ),
)
"""The people whom the reader has to do with by a night, with the server."""


async def add(tx: Tx, member: Member) -> None:
    await tx.execute(insert(night_members).values(asdict(member)))


async def keep(tx: Tx, member: Member, content: bytes | None = None) -> Member:
    """Store a member, and another card if there is one, if the row is still as it was read.

    Otherwise raise AlreadyDone.
    """
    here = (_MEMBERS.id == member.id, _MEMBERS.revision == member.revision)
    values: dict[str, object] = {**asdict(member), "revision": member.revision + 1}
    if content is not None:
        values["content"] = content
    if (await tx.execute(update(night_members).where(*here).values(values))).rowcount != 1:
        raise AlreadyDone
    found = await get(tx, member.id)
    if found is None:
        raise AlreadyDone
    return found


async def content(tx: Tx, id: str) -> bytes | None:
    sealed: bytes | None = await tx.scalar(select(_MEMBERS.content).where(_MEMBERS.id == id))
    return sealed


async def empty(tx: Tx, id: str) -> None:
    """Delete the card of somebody who isn't in the night any more."""
    await tx.execute(update(night_members).where(_MEMBERS.id == id).values(content=None))


async def get(tx: Tx, id: str) -> Member | None:
    row = await tx.first(select(night_members).where(_MEMBERS.id == id))
    return None if row is None else to_member(row)


async def of(tx: Tx, night: str) -> list[Member]:
    """Return everybody who has to do with a night, whatever became of them, in the order of joining."""
    rows = select(night_members).where(_MEMBERS.night == night).order_by(_MEMBERS.made_at, _MEMBERS.id)
    return [to_member(row) for row in await tx.all(rows)]


async def place(tx: Tx, night: str, person: PersonId) -> Member | None:
    """Return the row of one person in one night."""
    row = await tx.first(select(night_members).where(_MEMBERS.night == night, _MEMBERS.person == person))
    return None if row is None else to_member(row)


async def of_person(tx: Tx, person: PersonId) -> list[Member]:
    """Return every row of this person, whatever its state."""
    rows = select(night_members).where(_MEMBERS.person == person)
    return [to_member(row) for row in await tx.all(rows.order_by(_MEMBERS.made_at, _MEMBERS.id))]


async def asked_by(tx: Tx, person: PersonId) -> list[Member]:
    """Return everybody whom this person invited."""
    rows = select(night_members).where(_MEMBERS.asked_by == person).order_by(_MEMBERS.id)
    return [to_member(row) for row in await tx.all(rows)]


async def between(tx: Tx, one: PersonId, other: PersonId) -> list[Member]:
    """Return each row of either whom the other invited."""
    rows = select(night_members).where(
        or_(
            (_MEMBERS.person == one) & (_MEMBERS.asked_by == other),
            (_MEMBERS.person == other) & (_MEMBERS.asked_by == one),
        )
    )
    return [to_member(row) for row in await tx.all(rows.order_by(_MEMBERS.id))]


async def with_people(tx: Tx, persons: Collection[PersonId]) -> list[Member]:
    """Return every row of these people that somebody else can see: they are in a night, or invited."""
    states = (MemberState.IN.value, MemberState.INVITED.value)
    rows = select(night_members).where(_MEMBERS.person.in_(persons), _MEMBERS.state.in_(states))
    return [to_member(row) for row in await tx.all(rows)]


async def everybody(tx: Tx) -> list[Member]:
    """Return everybody who is in a night."""
    rows = select(night_members).where(_MEMBERS.state == MemberState.IN.value)
    return [to_member(row) for row in await tx.all(rows)]


async def unask(tx: Tx, person: PersonId) -> None:
    """Let no invitation name this person any more."""
    await tx.execute(update(night_members).where(_MEMBERS.asked_by == person).values(asked_by=None))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(night_members).where(_MEMBERS.id == id))


def to_member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.night,
        ServerId(row.server),
        PersonId(row.person),
        row.made_at,
        MemberState(row.state),
        None if row.asked_by is None else PersonId(row.asked_by),
        row.withheld,
        row.home_at,
        row.check_at,
        row.home_asked_at,
        row.missed_at,
        row.home_said_at,
        row.thanked_at,
        row.written,
        row.revision,
    )
