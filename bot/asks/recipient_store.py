"""Statements about askings. Rows become AskRecipients here."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, insert, not_, or_, select, union_all, update

from bot.asks.models import AskRecipient, Reply
from bot.asks.tables import BOTH, OPEN, WAITED_FOR, askings, asks, to_asking
from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId, new_id
from bot.storage.tx import Tx

# A danger across a boundary needn't have paused the ask, so its asker may still wait.
_WAITED_FOR = or_(
    askings.c.reply.in_(WAITED_FOR), and_(askings.c.reply == Reply.DANGER, askings.c.withheld.is_(True))
)
_WAITS = and_(_WAITED_FOR, askings.c.parted.is_(False), asks.c.state.in_(OPEN))
_ADD = insert(askings)
_ONE = select(askings).where(askings.c.id == bindparam("one"))
_OF = select(askings).where(askings.c.ask == bindparam("of")).order_by(askings.c.asked_at, askings.c.id)
_BUSY = (
    select(asks.c.asker, askings.c.answerer)
    .select_from(BOTH)
    .where(asks.c.state.in_(OPEN), askings.c.reply != Reply.CANT, askings.c.parted.is_(False))
)
# Two queries that each use an index. With an OR across both tables SQLite would read every ask.
_BUSY_WITH = union_all(
    _BUSY.where(asks.c.asker == bindparam("one")),
    # An ask that a boundary keeps from them doesn't count: a shorter list of people would reveal the
    # boundary.
    _BUSY.where(
        askings.c.answerer == bindparam("one"), not_(and_(askings.c.withheld, askings.c.reply == Reply.ASKED))
    ),
)


async def add(tx: Tx, new: Sequence[AskRecipient]) -> None:
    rows = [
        {
            "id": one.id,
            "ask": one.ask,
            "answerer": one.answerer,
            "reply": one.reply,
            "revision": 0,
            "asked_at": one.asked_at,
            "withheld": one.withheld,
            "parted": False,
            "shown": False,
            "told": False,
            "opened": False,
            "written": 0,
        }
        for one in new
    ]
    await tx.execute_all(_ADD, rows)


async def get(tx: Tx, id: str) -> AskRecipient | None:
    row = await tx.first(_ONE, {"one": id})
    return None if row is None else to_asking(row)


async def of(tx: Tx, ask: str) -> list[AskRecipient]:
    """Return the recipients of an ask, in the order in which they were asked."""
    return [to_asking(row) for row in await tx.all(_OF, {"of": ask})]


async def move(tx: Tx, was: AskRecipient, now: AskRecipient, **sealed: bytes | None) -> AskRecipient:
    """Update the row if it is still as it was read; otherwise raise AlreadyDone."""
    moved = update(askings).where(
        askings.c.id == was.id, askings.c.reply == was.reply, askings.c.revision == was.revision
    )
    values = {
        "reply": now.reply,
        "revision": was.revision + 1,
        "written": now.written,
        "opened": now.opened,
        "parted": now.parted,
        **sealed,
    }
    if (await tx.execute(moved.values(**values))).rowcount != 1:
        raise AlreadyDone
    return replace(now, revision=was.revision + 1)


async def tell(tx: Tx, ids: Sequence[str]) -> None:
    """Record that the asker was told of these answers."""
    await tx.execute(update(askings).where(askings.c.id.in_(ids)).values(told=True))


async def show(tx: Tx, ids: Sequence[str]) -> None:
    """Record that the asker has read these answers."""
    await tx.execute(update(askings).where(askings.c.id.in_(ids)).values(shown=True, told=True))


async def withhold(tx: Tx, ids: Sequence[str]) -> None:
    """Withhold these people's parts in asks because of a boundary."""
    await tx.execute(update(askings).where(askings.c.id.in_(ids)).values(withheld=True))


async def sealed(tx: Tx, id: str) -> bytes | None:
    found: bytes | None = await tx.scalar(select(askings.c.words).where(askings.c.id == id))
    return found


async def waiting(tx: Tx, answerer: PersonId, server: ServerId | None) -> list[AskRecipient]:
    """Return what they were asked and have not replied to, and replies that the asker isn't told of yet.

    server: None means in every server.
    """
    found = select(askings).select_from(BOTH).where(askings.c.answerer == answerer, _WAITS)
    rows = await tx.all(found if server is None else found.where(asks.c.server == server))
    return [to_asking(row) for row in rows]


async def unsettled_between(tx: Tx, one: PersonId, other: PersonId) -> list[AskRecipient]:
    """Return the unanswered asks between the two, and answers that no card has shown, whoever asked."""
    between = or_(
        and_(asks.c.asker == one, askings.c.answerer == other),
        and_(asks.c.asker == other, askings.c.answerer == one),
    )
    # Answers to closed asks count too, because they can be read until the ask is destroyed.
    untold = and_(askings.c.reply == Reply.ANSWERED, askings.c.told.is_(False))
    found = select(askings).select_from(BOTH).where(between, or_(_WAITS, untold))
    return [to_asking(row) for row in await tx.all(found)]


async def open_between(tx: Tx, asker: PersonId, answerer: PersonId) -> list[AskRecipient]:
    """Return one person's parts in the open asks of another."""
    found = (
        select(askings)
        .select_from(BOTH)
        .where(asks.c.asker == asker, askings.c.answerer == answerer, asks.c.state.in_(OPEN))
    )
    return [to_asking(row) for row in await tx.all(found)]


async def answers(tx: Tx, answerer: PersonId, asker: PersonId) -> list[AskRecipient]:
    """Return the answers of one person to another that are still kept, whether or not they arrived."""
    found = (
        select(askings)
        .select_from(BOTH)
        .where(
            asks.c.asker == asker,
            askings.c.answerer == answerer,
            askings.c.reply.in_((Reply.ANSWERED, Reply.WITHHELD)),
        )
    )
    return [to_asking(row) for row in await tx.all(found)]


async def parts_of(tx: Tx, answerer: PersonId) -> list[AskRecipient]:
    """Return their part in every ask that is kept."""
    rows = await tx.all(select(askings).where(askings.c.answerer == answerer))
    return [to_asking(row) for row in rows]


async def unname(tx: Tx, answerer: PersonId) -> None:
    """Put a new id in the place of this person, a different one in each ask."""
    for one in await parts_of(tx, answerer):
        await tx.execute(update(askings).where(askings.c.id == one.id).values(answerer=new_id()))


async def people_in_open(tx: Tx) -> set[tuple[ServerId, PersonId]]:
    """Return everyone in an open ask, with its server, for the daily check of who has left."""
    found = select(asks.c.server, asks.c.asker, askings.c.answerer).select_from(BOTH)
    rows = await tx.all(found.where(asks.c.state.in_(OPEN)))
    return {(ServerId(row.server), PersonId(who)) for row in rows for who in (row.asker, row.answerer)}


async def asked_among(tx: Tx, persons: Collection[PersonId]) -> set[tuple[ServerId, PersonId]]:
    """Return which of these people were asked, and where, as long as the ask is kept."""
    found = select(asks.c.server, askings.c.answerer).select_from(BOTH)
    rows = await tx.all(found.where(askings.c.answerer.in_(persons)))
    return {(ServerId(row.server), PersonId(row.answerer)) for row in rows}


async def busy_with(tx: Tx, one: PersonId) -> set[PersonId]:
    """Return everybody with whom the person has an open ask that they know of, whoever asked."""
    rows = await tx.all(_BUSY_WITH, {"one": one})
    return {PersonId(who) for row in rows for who in row} - {one}
