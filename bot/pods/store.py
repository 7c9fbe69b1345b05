"""Statements about ties and invitations."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    union,
    update,
)

from bot.ids import PersonId, ServerId
from bot.pods.models import Invitation, InvitationState, Tie
from bot.pods.tables import invitations, ties
from bot.storage.schema import NO_TIME
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_MEMBERS = (
    select(ties)
    .where(ties.c.owner == bindparam("owned_by"), ties.c.server == bindparam("here"))
    .order_by(ties.c.since, ties.c.id)
)
_BETWEEN = select(ties).where(
    ties.c.owner == bindparam("owned_by"),
    ties.c.server == bindparam("here"),
    ties.c.member == bindparam("whom"),
)
KNOWN = (
    select(ties.c.server, ties.c.member.label("person"), NO_TIME.label("at")).where(
        ties.c.owner == bindparam("reader")
    ),
    select(ties.c.server, ties.c.owner, NO_TIME).where(ties.c.member == bindparam("reader")),
    select(invitations.c.server, invitations.c.member, NO_TIME).where(
        invitations.c.owner == bindparam("reader")
    ),
)
"""The people with whom the reader has a tie, and those whom they invited, each with the server."""
_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_TIED = union(
    select(ties.c.server, ties.c.member.label("person")).where(ties.c.member.in_(_THESE)),
    select(ties.c.server, ties.c.owner).where(ties.c.owner.in_(_THESE)),
)
_RECEIVED = (
    select(invitations)
    .where(invitations.c.member == bindparam("whom"), invitations.c.state == InvitationState.OPEN.value)
    .order_by(invitations.c.made_at, invitations.c.id)
)
_INVITATION = select(invitations).where(invitations.c.id == bindparam("one"))
_INVITED = select(invitations).where(
    invitations.c.owner == bindparam("owned_by"),
    invitations.c.server == bindparam("here"),
    invitations.c.member == bindparam("whom"),
)
_new = upsert(invitations)
_KEEP = _new.on_conflict_do_update(
    index_elements=[invitations.c.id],
    set_={name: _new.excluded[name] for name in ("made_at", "shown_until", "state", "withheld")},
)


async def add_tie(tx: Tx, tie: Tie) -> None:
    await tx.execute(insert(ties).values(asdict(tie)))


async def tie(tx: Tx, id: str) -> Tie | None:
    row = await tx.first(select(ties).where(ties.c.id == id))
    return None if row is None else _tie(row)


async def between(tx: Tx, owner: PersonId, member: PersonId, server: ServerId) -> Tie | None:
    row = await tx.first(_BETWEEN, {"owned_by": owner, "here": server, "whom": member})
    return None if row is None else _tie(row)


async def members(tx: Tx, owner: PersonId, server: ServerId) -> list[Tie]:
    return [_tie(row) for row in await tx.all(_MEMBERS, {"owned_by": owner, "here": server})]


async def owners(tx: Tx, member: PersonId, server: ServerId) -> list[Tie]:
    return await _ties(tx, select(ties).where(ties.c.member == member, ties.c.server == server))


async def ties_of(tx: Tx, one: PersonId, other: PersonId | None, server: ServerId | None) -> list[Tie]:
    """Return every tie of `one` in both directions, with `other` or anyone, in one server or all."""
    return await _ties(tx, _of(select(ties), ties, one, other, server))


async def everyone(tx: Tx) -> set[tuple[ServerId, PersonId]]:
    """Return the owners and members of all ties, each with the server."""
    rows = await tx.all(select(ties.c.server, ties.c.owner, ties.c.member))
    return {(ServerId(row.server), PersonId(who)) for row in rows for who in (row.owner, row.member)}


async def end_tie(tx: Tx, id: str) -> None:
    await tx.execute(delete(ties).where(ties.c.id == id))


async def keep(tx: Tx, invitation: Invitation) -> None:
    """Insert or update an invitation."""
    await tx.execute(_KEEP, [asdict(invitation)])


async def invitation(tx: Tx, id: str) -> Invitation | None:
    row = await tx.first(_INVITATION, {"one": id})
    return None if row is None else _invitation(row)


async def invited(tx: Tx, owner: PersonId, member: PersonId, server: ServerId) -> Invitation | None:
    row = await tx.first(_INVITED, {"owned_by": owner, "here": server, "whom": member})
    return None if row is None else _invitation(row)


async def sent(tx: Tx, owner: PersonId, server: ServerId) -> list[Invitation]:
    i = invitations.c
    return await _invitations(tx, select(invitations).where(i.owner == owner, i.server == server))


async def received(tx: Tx, member: PersonId) -> list[Invitation]:
    """Return the open invitations to the person, in every server."""
    return [_invitation(row) for row in await tx.all(_RECEIVED, {"whom": member})]


async def invitations_of(
    tx: Tx, one: PersonId, other: PersonId | None, server: ServerId | None
) -> list[Invitation]:
    """Return every invitation of `one`, like `ties_of`."""
    return await _invitations(tx, _of(select(invitations), invitations, one, other, server))


async def tied_among(tx: Tx, persons: Collection[PersonId]) -> set[tuple[ServerId, PersonId]]:
    """Return which of these people have a tie, and where."""
    rows = await tx.all(_TIED, {"these": list(persons)})
    return {(ServerId(row.server), PersonId(row.person)) for row in rows}


async def invitations_to(tx: Tx, members: Collection[PersonId]) -> list[Invitation]:
    """Return every invitation to any of these people, whatever became of it."""
    return await _invitations(tx, select(invitations).where(invitations.c.member.in_(members)))


async def forget(tx: Tx, id: str) -> None:
    await tx.execute(delete(invitations).where(invitations.c.id == id))


async def unname(tx: Tx, id: str, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person, whether they invited or were invited."""
    for side in ("owner", "member"):
        there = update(invitations).where(invitations.c.id == id, invitations.c[side] == person)
        await tx.execute(there.values({side: instead}))


async def forget_server(tx: Tx, server: ServerId) -> list[str]:
    """Delete every tie and invitation of the server; return their ids."""
    gone = []
    for table in (ties, invitations):
        deleted = delete(table).where(table.c.server == server).returning(table.c.id)
        gone += [row.id for row in await tx.all(deleted)]
    return gone


def _of(
    wanted: Select[Any], table: Table, one: PersonId, other: PersonId | None, server: ServerId | None
) -> Select[Any]:
    owner, member = table.c.owner, table.c.member
    if other is None:
        wanted = wanted.where(or_(owner == one, member == one))
    else:
        pair = (one, other)
        wanted = wanted.where(owner.in_(pair), member.in_(pair))
    return wanted if server is None else wanted.where(table.c.server == server)


async def _ties(tx: Tx, wanted: Select[Any]) -> list[Tie]:
    return [_tie(row) for row in await tx.all(wanted.order_by(ties.c.since, ties.c.id))]


async def _invitations(tx: Tx, wanted: Select[Any]) -> list[Invitation]:
    rows = await tx.all(wanted.order_by(invitations.c.made_at, invitations.c.id))
    return [_invitation(row) for row in rows]


def _tie(row: Row[Any]) -> Tie:
    return Tie(row.id, ServerId(row.server), PersonId(row.owner), PersonId(row.member), row.since)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.id,
        ServerId(row.server),
        PersonId(row.owner),
        PersonId(row.member),
        row.made_at,
        row.shown_until,
        InvitationState(row.state),
        row.withheld,
    )
