"""A line's moves: what has been held or closed meanwhile stays so, whatever comes of a try."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.line import Lane, Line, State
from bot.ids import PersonId

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def line(state: State = State.WAITING, **how: Any) -> Line:
    made = Line.to(PersonId("robin"), "asked", "ask", NOON, question=True).tried(NOON)
    lane = Lane.QUESTION if state is State.WAITING else Lane.NOTICE if state is State.CLOSING else None
    return made._replace(state=state, lane=lane, **how)


def test_a_nonce_fits_where_discord_keeps_it() -> None:
    assert all(len(line().nonce) <= 25 for _ in range(50))
    assert line().nonce != line().nonce


@pytest.mark.parametrize(
    ("before", "after"),
    [(State.WAITING, State.SENT), (State.HELD, State.HELD), (State.CLOSING, State.CLOSING)],
)
def test_what_has_arrived_knows_its_message(before: State, after: State) -> None:
    sent = line(before).sent(5)

    assert (sent.state, sent.message_id) == (after, 5)
    assert (sent.lane is None) == (after is not State.CLOSING)


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        (Line.shut, State.WAITING, State.SHUT),
        (Line.shut, State.HELD, State.HELD),
        (Line.shut, State.CLOSING, State.CLOSED),
        (Line.gone, State.WAITING, State.GONE),
        (Line.gone, State.HELD, State.GONE),
        (Line.gone, State.CLOSING, State.CLOSED),
        (Line.closed, State.CLOSING, State.CLOSED),
    ],
)
def test_what_cannot_arrive_is_in_no_lane(
    move: Callable[[Line, datetime], Line], before: State, after: State
) -> None:
    moved = move(line(before), LATER)

    assert (moved.state, moved.lane) == (after, None)
    assert (moved.ended_at is not None) == (after in (State.GONE, State.CLOSED))


def test_what_surely_failed_was_not_sent_and_what_may_have_been_keeps_its_time() -> None:
    assert line().failed(LATER, surely=True).tried_at is None
    assert line().failed(LATER, surely=False).tried_at == NOON
    assert line().failed(LATER, surely=False).tries == 1


@pytest.mark.parametrize("lane", Lane)
def test_lanes_for_new_channels_keep_what_is_urgent(lane: Lane) -> None:
    assert lane.to_new.new
    assert not lane.to_known.new
    assert lane.to_new.to_known == lane.to_known


def test_a_line_in_no_lane_is_laid_among_no_others() -> None:
    assert line(State.HELD).among_new().lane is None
