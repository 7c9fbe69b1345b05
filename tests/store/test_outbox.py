"""The outbox on a real file: messages are written, closed, withheld and listed."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery import channel_post_store, claims_store, store
from bot.delivery.outbox import Outbox
from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.delivery.tables import outbox as table
from bot.ids import PersonId, ServerId
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.store.conftest import plans

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROBIN, KIM, ALEX = PersonId("robin"), PersonId("kim"), PersonId("alex")


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


async def tell(
    db: Database,
    outbox: Outbox,
    person: PersonId = ROBIN,
    kind: str = "asked",
    subject: str = "ask",
    **how: Any,
) -> str:
    return await db.write(lambda tx: outbox.tell(tx, person, kind, subject, NOON, **how))


async def get(db: Database, outbox: Outbox, outbox_id: str) -> OutboxMessage | None:
    return await db.read(lambda tx: outbox.get(tx, outbox_id))


async def listed(db: Database, outbox: Outbox, person: PersonId = ROBIN) -> list[str]:
    return [message.id for message in await db.read(lambda tx: outbox.listed(tx, person))]


async def become(db: Database, outbox: Outbox, outbox_id: str, state: MessageState) -> None:
    """Bring a message to the state to which the dispatcher would bring it."""
    message = await get(db, outbox, outbox_id)
    assert message is not None
    moved = {
        MessageState.SENT: lambda: message.tried(NOON).sent(1),
        MessageState.DMS_CLOSED: lambda: message.tried(NOON).dms_closed(NOON),
        MessageState.UNREACHABLE: lambda: message.unreachable(NOON),
        MessageState.CLOSED: lambda: message.closed(NOON),
        MessageState.WAITING: lambda: message.tried(NOON),
    }[state]()
    await db.write(lambda tx: store.save(tx, [moved]))


async def test_a_message_is_stored_as_it_was_given(db: Database, outbox: Outbox) -> None:
    outbox_id = await tell(db, outbox, other=KIM, server=ServerId(7), question=True)
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert (message.person, message.kind, message.subject, message.other, message.server) == (
        ROBIN,
        "asked",
        "ask",
        KIM,
        7,
    )
    assert (message.state, message.lane, message.made_at, message.due_at) == (
        MessageState.WAITING,
        Lane.QUESTION,
        NOON,
        NOON,
    )
    assert (message.tried_at, message.message_id, message.tries) == (None, None, 0)
    assert 16 <= len(message.nonce) <= 25


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.SENT, MessageState.DMS_CLOSED])
async def test_telling_the_same_again_makes_no_second_message(
    db: Database, outbox: Outbox, state: MessageState
) -> None:
    first = await tell(db, outbox)
    await become(db, outbox, first, state)

    assert await tell(db, outbox) == first
    assert await listed(db, outbox) == [first]


@pytest.mark.parametrize("state", [MessageState.UNREACHABLE, MessageState.CLOSED])
async def test_after_a_message_has_ended_the_same_can_be_told_again(
    db: Database, outbox: Outbox, state: MessageState
) -> None:
    first = await tell(db, outbox)
    await become(db, outbox, first, state)
    second = await tell(db, outbox)

    assert second != first
    assert await listed(db, outbox) == [second]


async def test_another_person_kind_or_subject_is_another_message(db: Database, outbox: Outbox) -> None:
    messages = {
        await tell(db, outbox),
        await tell(db, outbox, person=KIM),
        await tell(db, outbox, kind="reminded"),
        await tell(db, outbox, subject="another"),
    }

    assert len(messages) == 4


async def test_many_messages_are_written_at_once_without_repeats(db: Database, outbox: Outbox) -> None:
    await tell(db, outbox)
    messages = [OutboxMessage.to(person, "asked", "ask", NOON) for person in (ROBIN, KIM, ALEX)]
    await db.write(lambda tx: outbox.tell_all(tx, messages))
    await db.write(lambda tx: outbox.tell_all(tx, []))

    assert [len(await listed(db, outbox, person)) for person in (ROBIN, KIM, ALEX)] == [1, 1, 1]


async def test_the_newest_message_is_listed_first(db: Database, outbox: Outbox) -> None:
    old = await tell(db, outbox, subject="old")
    new = await db.write(lambda tx: outbox.tell(tx, ROBIN, "asked", "new", NOON + HOUR))

    assert await listed(db, outbox) == [new, old]


async def test_a_withheld_message_is_neither_listed_nor_sent(db: Database, outbox: Outbox) -> None:
    heard: list[datetime] = []
    outbox.on_waiting = heard.append
    outbox_id = await tell(db, outbox, withheld=True)
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert (message.state, message.lane) == (MessageState.WITHHELD, None)
    assert await listed(db, outbox) == []
    assert heard == []


async def test_a_message_for_later_is_not_listed_until_its_time_has_come(
    db: Database, outbox: Outbox
) -> None:
    outbox_id = await tell(db, outbox, not_before=NOON + HOUR)
    assert await listed(db, outbox) == []

    message = await get(db, outbox, outbox_id)
    assert message is not None
    assert message.due_at == NOON + HOUR
    await db.write(lambda tx: store.save(tx, [message.put_off(NOON + 8 * HOUR)]))
    assert await listed(db, outbox) == [outbox_id]


async def test_a_message_whose_time_has_already_passed_is_due_now(db: Database, outbox: Outbox) -> None:
    outbox_id = await tell(db, outbox, not_before=NOON - HOUR)
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert message.due_at == NOON
    assert await listed(db, outbox) == [outbox_id]


async def test_the_dispatcher_hears_of_a_message_only_if_it_was_committed(
    db: Database, outbox: Outbox
) -> None:
    heard: list[datetime] = []
    outbox.on_waiting = heard.append

    async def broken(tx: Tx) -> None:
        await outbox.tell(tx, KIM, "asked", "ask", NOON)
        raise RuntimeError

    await tell(db, outbox, not_before=NOON + HOUR)
    with pytest.raises(RuntimeError):
        await db.write(broken)

    assert heard == [NOON + HOUR]


async def test_closing_deletes_messages_that_were_not_sent_and_marks_those_that_may_have_been(
    db: Database, outbox: Outbox
) -> None:
    waiting, dms_closed, sent, uncertain = [
        await tell(db, outbox, person=PersonId(name)) for name in ("waiting", "shut", "sent", "uncertain")
    ]
    withheld = await tell(db, outbox, person=PersonId("held"), withheld=True)
    await become(db, outbox, dms_closed, MessageState.DMS_CLOSED)
    await become(db, outbox, sent, MessageState.SENT)
    await become(db, outbox, uncertain, MessageState.WAITING)
    await db.write(lambda tx: outbox.close(tx, "ask", NOON + HOUR))

    assert [await get(db, outbox, one) for one in (waiting, dms_closed, withheld)] == [None, None, None]
    for one in (sent, uncertain):
        message = await get(db, outbox, one)
        assert message is not None
        assert (message.state, message.lane, message.due_at) == (
            MessageState.CLOSING,
            Lane.NOTICE,
            NOON + HOUR,
        )
    assert await listed(db, outbox, PersonId("sent")) == []


async def test_closing_can_be_limited_to_some_kinds_and_one_person(db: Database, outbox: Outbox) -> None:
    kept = [await tell(db, outbox, person=KIM), await tell(db, outbox, kind="reminded", subject="other")]
    await tell(db, outbox)
    reminded = await tell(db, outbox, kind="reminded")
    await db.write(lambda tx: outbox.close(tx, "ask", NOON, kinds=["asked"], person=ROBIN))

    assert await listed(db, outbox, KIM) == kept[:1]
    assert set(await listed(db, outbox)) == {kept[1], reminded}


async def test_closing_wakes_the_dispatcher_only_when_something_must_be_edited(
    db: Database, outbox: Outbox
) -> None:
    outbox_id = await tell(db, outbox)
    heard: list[datetime] = []
    outbox.on_waiting = heard.append
    await db.write(lambda tx: outbox.close(tx, "another", NOON))
    assert heard == []

    await become(db, outbox, outbox_id, MessageState.SENT)
    await db.write(lambda tx: outbox.close(tx, "ask", NOON))
    assert heard == [NOON]


async def test_closing_a_closed_message_again_changes_nothing(db: Database, outbox: Outbox) -> None:
    outbox_id = await tell(db, outbox)
    await become(db, outbox, outbox_id, MessageState.SENT)
    await db.write(lambda tx: outbox.close(tx, "ask", NOON))
    await become(db, outbox, outbox_id, MessageState.CLOSED)
    await db.write(lambda tx: outbox.close(tx, "ask", NOON + HOUR))
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert message.state is MessageState.CLOSED


async def test_withholding_affects_waiting_messages_between_the_two_in_both_directions(
    db: Database, outbox: Outbox
) -> None:
    there, back = await tell(db, outbox, other=KIM), await tell(db, outbox, person=KIM, other=ROBIN)
    elsewhere = [await tell(db, outbox, other=ALEX, subject="b"), await tell(db, outbox, subject="c")]
    sent = await tell(db, outbox, other=KIM, subject="d")
    await become(db, outbox, sent, MessageState.SENT)
    await db.write(lambda tx: outbox.withhold(tx, ROBIN, KIM))

    for one in (there, back):
        message = await get(db, outbox, one)
        assert message is not None
        assert (message.state, message.lane) == (MessageState.WITHHELD, None)
    assert set(await listed(db, outbox)) == {*elsewhere, sent}


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ({}, False),
        ({"opened_at": NOON}, True),
        ({"tried_at": NOON}, True),
        ({"message_id": 1}, True),
        ({"tried_at": NOON, "holder": "me", "held_until": NOON + HOUR}, False),
    ],
)
async def test_what_somebody_was_told_of_stays_in_their_inbox_when_it_is_withheld(
    db: Database, outbox: Outbox, marks: dict[str, object], told: bool
) -> None:
    outbox_id = await tell(db, outbox, other=KIM, subject="d")
    marked = update(table).where(table.c.id == outbox_id).values(**marks) if marks else None
    if marked is not None:
        await db.write(lambda tx: tx.execute(marked))
    await db.write(lambda tx: outbox.withhold(tx, ROBIN, KIM))
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert (message.state, message.lane) == (
        MessageState.DMS_CLOSED if told else MessageState.WITHHELD,
        None,
    )
    assert await listed(db, outbox) == ([outbox_id] if told else [])
    assert await db.read(lambda tx: outbox.told(tx, ROBIN, (message.kind,), "d")) is told
    assert not await db.read(lambda tx: outbox.told(tx, KIM, (message.kind,), "d"))


async def test_only_the_first_opening_of_a_message_is_stored_and_it_stays_listed(
    db: Database, outbox: Outbox
) -> None:
    outbox_id = await tell(db, outbox)
    for later in (HOUR, 2 * HOUR):
        await db.write(partial(_open, outbox, outbox_id, NOON + later))
    message = await get(db, outbox, outbox_id)

    assert message is not None
    assert message.opened_at == NOON + HOUR
    assert await listed(db, outbox) == [outbox_id]


async def _open(outbox: Outbox, outbox_id: str, at: datetime, tx: Tx) -> None:
    await outbox.opened(tx, [outbox_id], at)


async def test_a_message_that_ended_a_day_ago_is_deleted(db: Database, outbox: Outbox) -> None:
    outbox_id, open_one = await tell(db, outbox), await tell(db, outbox, subject="open")
    await become(db, outbox, outbox_id, MessageState.CLOSED)
    await db.write(lambda tx: store.forget(tx, NOON + 23 * HOUR))
    assert await get(db, outbox, outbox_id) is not None

    await db.write(lambda tx: store.forget(tx, NOON + 25 * HOUR))
    assert await get(db, outbox, outbox_id) is None
    assert await get(db, outbox, open_one) is not None


@pytest.mark.sqlite("it looks at query plans")
async def test_every_query_of_the_dispatcher_uses_an_index(db: Database, outbox: Outbox) -> None:
    async def work(tx: Tx) -> None:
        await store.due(tx, Lane.QUESTION, NOON, 8)
        await store.next_due(tx, Lane.NOTICE, NOON)
        await store.next_due(tx, Lane.NEW_NOTICE)
        for claims in (claims_store.MESSAGES, claims_store.POSTS):
            await claims.next_free(tx, NOON)
            await claims.free(tx, "somebody")
        await channel_post_store.failing(tx, ServerId(7))
        await channel_post_store.try_again(tx, ServerId(7), NOON)
        await store.reached(tx, ROBIN)
        await store.forget(tx, NOON)
        await outbox.listed(tx, ROBIN)
        await outbox.withhold(tx, ROBIN, KIM)
        await outbox.close(tx, "ask", NOON)

    steps = await plans(db, work)
    looked_at = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    assert [step for step in looked_at if step.startswith("SCAN") or " USING " not in step] == []
    assert any("ix_outbox_held_until" in step for step in steps)
