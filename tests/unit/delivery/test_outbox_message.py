"""The moves of an OutboxMessage: a withheld or closed message stays so, whatever the result of a try."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.delivery.outcome import Retry, Uncertain
from bot.ids import PersonId

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def message(state: MessageState = MessageState.WAITING, **how: Any) -> OutboxMessage:
    made = OutboxMessage.to(PersonId("robin"), "asked", "ask", NOON, question=True).tried(NOON)
    lane = (
        Lane.QUESTION
        if state is MessageState.WAITING
        else Lane.NOTICE
        if state is MessageState.CLOSING
        else None
    )
    return made._replace(state=state, lane=lane, **how)


def test_a_nonce_is_new_each_time_and_not_longer_than_discord_allows() -> None:
    assert all(len(message().nonce) <= 25 for _ in range(50))
    assert message().nonce != message().nonce


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MessageState.WAITING, MessageState.SENT),
        (MessageState.WITHHELD, MessageState.WITHHELD),
        (MessageState.CLOSING, MessageState.CLOSING),
    ],
)
def test_a_message_that_arrived_has_its_discord_id(before: MessageState, after: MessageState) -> None:
    sent = message(before).sent(5)

    assert (sent.state, sent.message_id) == (after, 5)
    assert (sent.lane is None) == (after is not MessageState.CLOSING)


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        (OutboxMessage.dms_closed, MessageState.WAITING, MessageState.DMS_CLOSED),
        (OutboxMessage.dms_closed, MessageState.WITHHELD, MessageState.WITHHELD),
        (OutboxMessage.dms_closed, MessageState.CLOSING, MessageState.CLOSED),
        (OutboxMessage.unreachable, MessageState.WAITING, MessageState.UNREACHABLE),
        (OutboxMessage.unreachable, MessageState.WITHHELD, MessageState.UNREACHABLE),
        (OutboxMessage.unreachable, MessageState.CLOSING, MessageState.CLOSED),
        (OutboxMessage.closed, MessageState.CLOSING, MessageState.CLOSED),
    ],
)
def test_a_message_that_cannot_arrive_is_in_no_lane(
    move: Callable[[OutboxMessage, datetime], OutboxMessage], before: MessageState, after: MessageState
) -> None:
    moved = move(message(before), LATER)

    assert (moved.state, moved.lane) == (after, None)
    assert (moved.ended_at is not None) == (after in (MessageState.UNREACHABLE, MessageState.CLOSED))


def test_only_a_first_try_that_sent_nothing_forgets_the_time_at_which_it_was_made() -> None:
    unsent = Retry(unsent=True)

    assert message().failed(LATER, NOON, unsent, first=True).tried_at is None
    assert message().failed(LATER, NOON, unsent).tried_at == NOON
    assert message().failed(LATER, NOON, Retry(), first=True).tried_at == NOON
    assert message().failed(LATER, NOON, Uncertain(), first=True).tried_at == NOON
    assert message().failed(LATER, NOON, Uncertain()).tries == 1


def test_a_message_knows_since_when_it_has_been_hindered_without_a_break() -> None:
    hindered = Retry(code=50001, lasting_after=timedelta(days=1))
    once = message().failed(LATER, NOON, hindered)
    twice = once.failed(LATER, LATER, hindered)

    assert (twice.hindered_since, twice.last_code) == (NOON, 50001)
    assert twice.failed(LATER, LATER, Uncertain(503)).hindered_since is None
    assert (twice.sent(5).hindered_since, twice.sent(5).last_code) == (None, None)


@pytest.mark.parametrize("lane", [Lane.URGENT, Lane.ALARM])
def test_an_urgent_message_has_a_lane_of_its_own_that_needs_no_open_channel(lane: Lane) -> None:
    alarm = lane is Lane.ALARM
    made = OutboxMessage.to(PersonId("robin"), "help", "night", NOON, urgent=not alarm, alarm=alarm)

    assert made.urgent
    assert made.lane is lane
    assert made.among_new().lane is lane


@pytest.mark.parametrize("lane", [one for one in Lane if one not in (Lane.URGENT, Lane.ALARM)])
def test_the_lane_for_a_new_channel_leads_back_to_the_same_lane_for_a_known_channel(lane: Lane) -> None:
    assert lane.to_new.new
    assert not lane.to_known.new
    assert lane.to_new.to_known == lane.to_known


def test_a_message_in_no_lane_gets_no_lane_for_new_channels() -> None:
    assert message(MessageState.WITHHELD).among_new().lane is None
