"""Statements about what companions say of a request, of moving on and of going back."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Row, delete, select

from bot.ids import PersonId
from bot.paths.tables import path_votes
from bot.paths.vote import BACK, ON, Said, Vote
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

_new = upsert(path_votes)
_KEEP = _new.on_conflict_do_update(
    index_elements=[path_votes.c.path, path_votes.c.about, path_votes.c.person],
    set_={name: _new.excluded[name] for name in ("said", "at")},
)


async def keep(tx: Tx, *votes: Vote) -> None:
    """Store what somebody says. It replaces what they said of the same before."""
    for vote in votes:
        await tx.execute(_KEEP, [asdict(vote)])


async def of(tx: Tx, path: str) -> list[Vote]:
    v = path_votes.c
    rows = await tx.all(select(path_votes).where(v.path == path).order_by(v.at, v.person))
    return [_vote(row) for row in rows]


async def hidden_from(tx: Tx, path: str, id: str) -> set[PersonId]:
    """Return from whom a boundary keeps a request."""
    return {one.person for one in await of(tx, path) if (one.about, one.said) == (id, Said.HIDDEN)}


async def clear_steps(tx: Tx, paths: Collection[str]) -> None:
    """Delete what was said about moving on and going back."""
    v = path_votes.c
    await tx.execute(delete(path_votes).where(v.path.in_(paths), v.about.in_((ON, BACK))))


async def remove(
    tx: Tx, path: str, *, about: Sequence[str] | None = None, person: PersonId | None = None
) -> None:
    """Delete the votes of a path, or only those about something or of one person."""
    v = path_votes.c
    gone = delete(path_votes).where(v.path == path)
    gone = gone if about is None else gone.where(v.about.in_(about))
    await tx.execute(gone if person is None else gone.where(v.person == person))


async def clear_agreement(tx: Tx, path: str, id: str) -> None:
    """Delete who agreed that a request reaches the person, and who didn't yet."""
    v = path_votes.c
    words = (Said.YES.value, Said.NOT_YET.value)
    await tx.execute(delete(path_votes).where(v.path == path, v.about == id, v.said.in_(words)))


async def clear_request(tx: Tx, path: str, id: str) -> None:
    """Delete what was said about a request. From whom it is hidden stays."""
    v = path_votes.c
    said = delete(path_votes).where(v.path == path, v.about == id, v.said != Said.HIDDEN.value)
    await tx.execute(said)


async def remove_of(tx: Tx, person: PersonId) -> None:
    await tx.execute(delete(path_votes).where(path_votes.c.person == person))


def _vote(row: Row[Any]) -> Vote:
    return Vote(row.path, row.about, PersonId(row.person), Said(row.said), row.at)
