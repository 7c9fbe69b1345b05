"""Statements about the messages to people. Rows become messages here."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Delete, Row, Update, bindparam, delete, func, not_, select, update

from bot.delivery.claims_store import unclaimed
from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.delivery.tables import ONE_OPEN, OPEN, TOLD, outbox
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

KEPT_AFTER_END = timedelta(days=1)
"""How long a message that has ended is kept, so that its button still works."""

_THESE = select(outbox).where(outbox.c.id.in_(bindparam("these", expanding=True)))
_OPENED = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("these", expanding=True)), outbox.c.opened_at.is_(None))
    .values(opened_at=bindparam("now"))
)
_LISTED = (
    select(outbox)
    .where(
        outbox.c.person == bindparam("whose"),
        OPEN,
        outbox.c.state.in_((MessageState.WAITING, MessageState.SENT, MessageState.DMS_CLOSED)),
        outbox.c.early.is_(False),
    )
    .order_by(outbox.c.made_at.desc(), outbox.c.id)
)
_SAVE = update(outbox).where(outbox.c.id == bindparam("was_id"))
_LANE = outbox.c.lane == bindparam("a_lane")
_FREE = unclaimed(outbox)
_WAITING = select(outbox).where(_LANE, outbox.c.due_at <= bindparam("now"), _FREE)
_DUE = _WAITING.order_by(outbox.c.due_at, outbox.c.id).limit(bindparam("most"))
_NEXT = select(func.min(outbox.c.due_at)).where(_LANE)
_NEXT_AFTER = _NEXT.where(outbox.c.due_at > bindparam("after"))

_UNSENT = outbox.c.state.in_(
    (MessageState.WAITING, MessageState.WITHHELD, MessageState.DMS_CLOSED)
) & outbox.c.tried_at.is_(None)
_OVER = (MessageState.UNREACHABLE, MessageState.CLOSED)
_new = upsert(outbox)
# If such a message is open already, this changes nothing, but still returns the id of the open one.
_TELL = _new.on_conflict_do_update(
    index_elements=ONE_OPEN, index_where=OPEN, set_={"kind": outbox.c.kind}
).returning(outbox.c.id)
_TELL_ALL = _new.on_conflict_do_nothing(index_elements=ONE_OPEN, index_where=OPEN)


async def tell(tx: Tx, message: OutboxMessage) -> str:
    """Add a message, unless the person has an open one of the same kind and subject.

    Return the id of the open one.
    """
    return str((await tx.execute(_TELL, [message._asdict()])).scalar_one())


async def tell_all(tx: Tx, messages: Sequence[OutboxMessage]) -> None:
    await tx.execute_all(_TELL_ALL, [message._asdict() for message in messages])


async def close(
    tx: Tx, subject: str, now: datetime, kinds: Sequence[str] | None, person: PersonId | None
) -> bool:
    """Delete what was not sent, and mark what was sent or may have been; return whether any was marked."""
    drop, mark = _closes(of_kinds=kinds is not None, of_person=person is not None)
    about = {"a_subject": subject, "kinds": list(kinds or ()), "whose": person}
    await tx.execute(drop, [about])
    return bool((await tx.execute(mark, [{**about, **_closing(now)}])).rowcount)


@cache
def _closes(*, of_kinds: bool, of_person: bool) -> tuple[Delete, Update]:
    about = [outbox.c.subject == bindparam("a_subject"), OPEN]
    about += [outbox.c.kind.in_(bindparam("kinds", expanding=True))] if of_kinds else []
    about += [outbox.c.person == bindparam("whose")] if of_person else []
    return delete(outbox).where(*about, _UNSENT), update(outbox).where(*about)


async def forget_server(tx: Tx, server: ServerId, now: datetime) -> bool:
    """Close everything about a server.

    Messages that are still to be edited lose their server and other person.
    Return whether there are any.
    """
    about = outbox.c.server == server
    await tx.execute(delete(outbox).where(about, outbox.c.state.in_(_OVER) | _UNSENT))
    unnamed = {**_closing(now), "server": None, "other": None}
    return bool((await tx.execute(update(outbox).where(about).values(unnamed))).rowcount)


async def erase(tx: Tx, person: PersonId, now: datetime) -> bool:
    """Delete what is for this person. Close what is about them; return whether anything is to be edited."""
    await tx.execute(delete(outbox).where(outbox.c.person == person))
    about = outbox.c.other == person
    await tx.execute(delete(outbox).where(about, OPEN, _UNSENT))
    closing = await tx.execute(update(outbox).where(about, OPEN).values(_closing(now)))
    await tx.execute(update(outbox).where(about).values(other=None))
    return bool(closing.rowcount)


async def withhold(tx: Tx, person: PersonId, about: PersonId) -> None:
    """Withhold what waits for `person`, is about the person `about`, and was not told in /inbox."""
    unsent = (MessageState.WAITING, MessageState.DMS_CLOSED)
    theirs = update(outbox).where(
        outbox.c.person == person, outbox.c.other == about, OPEN, outbox.c.state.in_(unsent), not_(TOLD)
    )
    await tx.execute(theirs.values(state=MessageState.WITHHELD, lane=None))


async def keep_to_inbox(tx: Tx, person: PersonId, about: PersonId) -> None:
    """Send no message to `person` about the person `about`. What was told in /inbox stays there."""
    theirs = (outbox.c.person == person, outbox.c.other == about, OPEN)
    waits = (*theirs, outbox.c.state == MessageState.WAITING, TOLD)
    await tx.execute(update(outbox).where(*waits).values(state=MessageState.DMS_CLOSED, lane=None))


async def about(tx: Tx, person: PersonId, subjects: Collection[str]) -> list[OutboxMessage]:
    theirs = select(outbox).where(outbox.c.person == person, outbox.c.subject.in_(subjects), OPEN)
    return [_message(row) for row in await tx.all(theirs.order_by(outbox.c.made_at, outbox.c.id))]


async def release(tx: Tx, message_ids: Collection[str]) -> None:
    these = outbox.c.id.in_(message_ids) & (outbox.c.state == MessageState.WITHHELD)
    await tx.execute(update(outbox).where(these).values(state=MessageState.WAITING, lane=Lane.NOTICE))


async def replace(tx: Tx, subject: str, kind: str, instead: str, made_at: datetime) -> None:
    about = (outbox.c.subject == subject, outbox.c.kind == kind, OPEN, not_(TOLD))
    await tx.execute(update(outbox).where(*about).values(kind=instead, made_at=made_at))


async def told(tx: Tx, person: PersonId, kinds: Collection[str], subjects: Collection[str]) -> bool:
    about = (outbox.c.subject.in_(subjects), outbox.c.person == person, outbox.c.kind.in_(kinds))
    return await tx.scalar(select(outbox.c.id).where(*about, TOLD).limit(1)) is not None


async def untold(tx: Tx, person: PersonId, kinds: Collection[str], subject: str) -> bool:
    about = (outbox.c.subject == subject, outbox.c.person == person, outbox.c.kind.in_(kinds))
    return await tx.scalar(select(outbox.c.id).where(*about, OPEN, not_(TOLD)).limit(1)) is not None


async def listed(tx: Tx, person: PersonId) -> list[OutboxMessage]:
    return [_message(row) for row in await tx.all(_LISTED, {"whose": person})]


async def these(tx: Tx, message_ids: Collection[str]) -> dict[str, OutboxMessage]:
    return {row.id: _message(row) for row in await tx.all(_THESE, {"these": list(message_ids)})}


async def opened(tx: Tx, message_ids: Collection[str], now: datetime) -> None:
    await tx.execute(_OPENED, [{"these": list(message_ids), "now": now}])


async def due(tx: Tx, lane: Lane, now: datetime, most: int) -> list[OutboxMessage]:
    """Return at most `most` messages of a lane that are due, the earliest first."""
    return [_message(row) for row in await tx.all(_DUE, {"a_lane": lane, "now": now, "most": most})]


async def next_due(tx: Tx, lane: Lane, after: datetime | None = None) -> datetime | None:
    """When the first message of this lane is due, or the first one that is due after `after`."""
    at: datetime | None = await (
        tx.scalar(_NEXT, {"a_lane": lane})
        if after is None
        else tx.scalar(_NEXT_AFTER, {"a_lane": lane, "after": after})
    )
    return at


async def save(tx: Tx, messages: Iterable[OutboxMessage]) -> None:
    """Store the messages as they are now."""
    for message in messages:
        await tx.execute(_SAVE, [{"was_id": message.id, **message._asdict()}])


async def reached(tx: Tx, person: PersonId) -> None:
    """Record that a DM channel to them is open, so that their messages leave the lanes for new channels."""
    for lane in (Lane.NEW_QUESTION, Lane.NEW_NOTICE):
        await tx.execute(
            update(outbox)
            .where(outbox.c.person == person, OPEN, outbox.c.lane == lane)
            .values(lane=lane.to_known)
        )


async def forget(tx: Tx, now: datetime) -> None:
    """Delete the messages that ended more than KEPT_AFTER_END ago."""
    await tx.sweep(delete(outbox).where(outbox.c.ended_at < now - KEPT_AFTER_END))


async def may_have_been_sent(tx: Tx, now: datetime) -> None:
    """Mark what is due and was not tried as if it had been sent when it was made."""
    due = (outbox.c.state == MessageState.WAITING, outbox.c.tried_at.is_(None), outbox.c.due_at <= now)
    await tx.sweep(update(outbox).where(*due).values(tried_at=outbox.c.made_at))


def _closing(now: datetime) -> dict[str, object]:
    return {
        "state": MessageState.CLOSING,
        "lane": Lane.NOTICE,
        "due_at": now,
        "ended_at": now,
        "tries": 0,
        "hindered_since": None,
    }


def _message(row: Row[Any]) -> OutboxMessage:
    fields = dict(row._mapping)
    fields["state"] = MessageState(row.state)
    fields["lane"] = None if row.lane is None else Lane(row.lane)
    return OutboxMessage(**fields)
