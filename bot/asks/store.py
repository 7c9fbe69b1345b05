"""Statements about asks, including drafts."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.asks.models import Ask, AskState
from bot.asks.tables import OPEN, askings, asks, columns, to_ask
from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx
from bot.vault.sealing import SealedText, with_key

_ONE = select(asks).where(asks.c.id == bindparam("one"))
_TEXTS = with_key(select(asks.c.words, asks.c.message), asks.c.id, asks.c.asker).where(
    asks.c.id == bindparam("one")
)
_others = asks.alias()
_OPEN_COUNT = select(func.count()).where(_others.c.asker == asks.c.asker, _others.c.state.in_(OPEN))
_TO_SEND = with_key(
    select(asks, _OPEN_COUNT.correlate(asks).scalar_subquery().label("open")), asks.c.id, asks.c.asker
).where(asks.c.id == bindparam("one"))
_DRAFTS = (
    select(asks)
    .where(asks.c.asker == bindparam("whose"), asks.c.state == AskState.DRAFT)
    .order_by(asks.c.made_at.desc())
)
_OF = (
    select(asks)
    .where(asks.c.asker == bindparam("whose"), asks.c.state.in_(bindparam("states", expanding=True)))
    .order_by(asks.c.made_at.desc())
)
_MOVE = update(asks).where(
    asks.c.id == bindparam("was_id"),
    asks.c.state == bindparam("was_state"),
    asks.c.revision == bindparam("was_revision"),
)


async def add(tx: Tx, ask: Ask) -> Ask:
    await tx.execute(insert(asks).values(**columns(ask), id=ask.id))
    return ask


class ToSend(Struct, frozen=True):
    """What decides whether a draft can be sent. `open`: how many asks its asker has open."""

    ask: Ask
    words: SealedText
    open: int


async def to_send(tx: Tx, id: str) -> ToSend | None:
    """Return what decides whether a draft can be sent, with one statement."""
    row = await tx.first(_TO_SEND, {"one": id})
    return None if row is None else ToSend(to_ask(row), SealedText.of(row, "words"), row.open)


async def get(tx: Tx, id: str) -> Ask | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_ask(row)


async def move(tx: Tx, was: Ask, now: Ask, **sealed: bytes | None) -> Ask:
    """Update the row if it is still as it was read; otherwise raise AlreadyDone."""
    read = {"was_id": was.id, "was_state": was.state, "was_revision": was.revision}
    values = {**columns(now), "revision": was.revision + 1, **sealed}
    if (await tx.execute(_MOVE, [{**read, **values}])).rowcount != 1:
        raise AlreadyDone
    return replace(now, revision=was.revision + 1)


async def sealed(tx: Tx, id: str) -> tuple[SealedText, SealedText]:
    """Return the text of the ask and that of the message that it began with."""
    row = await tx.first(_TEXTS, {"one": id})
    if row is None:
        return SealedText(None, None), SealedText(None, None)
    return SealedText.of(row, "words"), SealedText.of(row, "message")


async def keep_message(tx: Tx, id: str, sealed: bytes | None) -> None:
    """Store the sealed message that the draft begins with; None deletes it."""
    await tx.execute(update(asks).where(asks.c.id == id).values(message=sealed))


async def drafts(tx: Tx, asker: PersonId, server: ServerId | None = None) -> list[tuple[Ask, bool]]:
    """Return their drafts, newest first, each with whether it has text."""
    rows = await tx.all(_DRAFTS, {"whose": asker})
    return [(to_ask(row), row.words is not None) for row in rows if server in (None, row.server)]


async def of(tx: Tx, asker: PersonId, *states: AskState) -> list[Ask]:
    """Return the person's asks in one of these states, newest first."""
    return [to_ask(row) for row in await tx.all(_OF, {"whose": asker, "states": states})]


async def sent_since(tx: Tx, asker: PersonId, server: ServerId, since: datetime) -> list[Ask]:
    """Return what they sent there since then and is still kept, newest first."""
    mine = select(asks).where(asks.c.asker == asker, asks.c.server == server, asks.c.sent_at >= since)
    return [to_ask(row) for row in await tx.all(mine.order_by(asks.c.sent_at.desc()))]


async def destroy(tx: Tx, id: str) -> None:
    await tx.execute(delete(askings).where(askings.c.ask == id))
    await tx.execute(delete(asks).where(asks.c.id == id))


async def unname(tx: Tx, id: str, instead: PersonId) -> None:
    """Put another id in the place of the asker, and delete their text and what it is about."""
    nothing = {"kind": None, "chosen": "", "words": None, "message": None}
    await tx.execute(update(asks).where(asks.c.id == id).values(asker=instead, **nothing))


async def unpick(tx: Tx, person: PersonId) -> None:
    """Remove a person from the drafts for which they were picked."""
    drafted = select(asks.c.id, asks.c.chosen).where(asks.c.chosen.contains(person, autoescape=True))
    for row in await tx.all(drafted):
        left = " ".join(one for one in row.chosen.split() if one != person)
        await tx.execute(update(asks).where(asks.c.id == row.id).values(chosen=left))


async def in_server(tx: Tx, server: ServerId) -> list[str]:
    """Return the ids of all asks there."""
    return [row.id for row in await tx.all(select(asks.c.id).where(asks.c.server == server))]


async def keep_shorter(tx: Tx, server: ServerId, days: int) -> list[Ask]:
    """Lower to these days how long the texts of asks there are kept. Return those that were kept longer."""
    shorter = update(asks).where(asks.c.server == server, asks.c.kept_days > days).values(kept_days=days)
    return [to_ask(row) for row in await tx.all(shorter.returning(asks))]


async def open_in(tx: Tx, asker: PersonId, server: ServerId | None) -> list[Ask]:
    """Return their asks that have not closed, including drafts; in all servers if `server` is None."""
    mine = select(asks).where(asks.c.asker == asker, asks.c.state != AskState.CLOSED)
    return [
        to_ask(row) for row in await tx.all(mine if server is None else mine.where(asks.c.server == server))
    ]
