"""Statements about invitations to accompany a path."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, or_, select, update

from bot.ids import PersonId, ServerId
from bot.paths.tables import path_invitations
from bot.pods.models import Invitation, InvitationState
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_new = upsert(path_invitations)
_KEEP = _new.on_conflict_do_update(
    index_elements=[path_invitations.c.id],
    set_={name: _new.excluded[name] for name in ("made_at", "shown_until", "state", "withheld")},
)


async def keep(tx: Tx, invitation: Invitation) -> None:
    """Insert or update an invitation."""
    await tx.execute(_KEEP, [asdict(invitation)])


async def get(tx: Tx, id: str) -> Invitation | None:
    row = await tx.first(select(path_invitations).where(path_invitations.c.id == id))
    return None if row is None else _invitation(row)


async def invited(tx: Tx, owner: PersonId, member: PersonId, server: ServerId) -> Invitation | None:
    i = path_invitations.c
    row = await tx.first(
        select(path_invitations).where(i.owner == owner, i.member == member, i.server == server)
    )
    return None if row is None else _invitation(row)


async def sent(tx: Tx, owner: PersonId, server: ServerId) -> list[Invitation]:
    i = path_invitations.c
    return await _some(tx, select(path_invitations).where(i.owner == owner, i.server == server))


async def received(tx: Tx, member: PersonId) -> list[Invitation]:
    """Return the open invitations to the person, in every server."""
    i = path_invitations.c
    there = select(path_invitations).where(i.member == member, i.state == InvitationState.OPEN.value)
    return await _some(tx, there)


async def of(
    tx: Tx, one: PersonId, other: PersonId | None = None, server: ServerId | None = None
) -> list[Invitation]:
    """Return every invitation of `one`, made or received, with `other` or anyone, in one server or all."""
    i = path_invitations.c
    wanted = select(path_invitations)
    if other is None:
        wanted = wanted.where(or_(i.owner == one, i.member == one))
    else:
        wanted = wanted.where(i.owner.in_((one, other)), i.member.in_((one, other)))
    return await _some(tx, wanted if server is None else wanted.where(i.server == server))


async def to(tx: Tx, members: Collection[PersonId]) -> list[Invitation]:
    """Return every invitation to any of these people, whatever became of it."""
    return await _some(tx, select(path_invitations).where(path_invitations.c.member.in_(members)))


async def forget(tx: Tx, id: str) -> None:
    await tx.execute(delete(path_invitations).where(path_invitations.c.id == id))


async def forget_server(tx: Tx, server: ServerId) -> list[str]:
    gone = (
        delete(path_invitations).where(path_invitations.c.server == server).returning(path_invitations.c.id)
    )
    return [row.id for row in await tx.all(gone)]


async def unname(tx: Tx, id: str, person: PersonId, instead: PersonId) -> None:
    """Put another id in the place of this person, whether they invited or were invited."""
    for side in ("owner", "member"):
        there = update(path_invitations).where(
            path_invitations.c.id == id, path_invitations.c[side] == person
        )
        await tx.execute(there.values({side: instead}))


async def _some(tx: Tx, wanted: Any) -> list[Invitation]:
    rows = await tx.all(wanted.order_by(path_invitations.c.made_at, path_invitations.c.id))
    return [_invitation(row) for row in rows]


def _invitation(row: Row[Any]) -> Invitation:
    values = {name: getattr(row, name) for name in Invitation.__struct_fields__}
    return Invitation(**{**values, "state": InvitationState(row.state)})
