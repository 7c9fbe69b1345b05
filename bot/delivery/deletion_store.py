"""Statements about direct messages that are to be deleted."""

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import delete, insert, select, update

from bot.delivery.tables import deletions
from bot.ids import PersonId
from bot.storage.tx import Tx


class Deletion(Struct, frozen=True):
    """One message of a person that closed long ago, or every message in a channel.

    person, message: of the one message. channel: sealed, of all messages. before: the id of the message
    where the next page of the channel's history ends. tries: how often it could not go on.
    """

    id: str
    person: PersonId | None = None
    message: int | None = None
    channel: bytes | None = None
    before: int | None = None
    tries: int = 0


async def add(tx: Tx, one: Deletion) -> None:
    await tx.execute(insert(deletions).values(**asdict(one)))


async def get(tx: Tx, id: str) -> Deletion | None:
    row = await tx.first(select(deletions).where(deletions.c.id == id))
    return None if row is None else Deletion(**row._mapping)


async def of(tx: Tx, person: PersonId) -> list[str]:
    """Return the ids of the single messages of a person that are to be deleted."""
    return [row.id for row in await tx.all(select(deletions.c.id).where(deletions.c.person == person))]


async def went_on(tx: Tx, id: str, before: int) -> None:
    """Record that everything from this message on is deleted."""
    await tx.execute(update(deletions).where(deletions.c.id == id).values(before=before, tries=0))


async def failed(tx: Tx, id: str) -> None:
    """Count a try that could not go on."""
    await tx.execute(update(deletions).where(deletions.c.id == id).values(tries=deletions.c.tries + 1))


async def remove(tx: Tx, ids: list[str]) -> None:
    await tx.execute(delete(deletions).where(deletions.c.id.in_(ids)))
