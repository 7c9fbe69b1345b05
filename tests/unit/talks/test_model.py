"""The moves of a talk, without a database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.talks.errors import TalkClosed
from bot.talks.models import Did, Reply, Request, Talk, TalkAbout, TalkState

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
ANA, BO, CY = PersonId("ana"), PersonId("bo"), PersonId("cy")
WAITING = Talk("t", ANA, ServerId(1), TalkState.WAITING, (Request("r", BO, NOW),))
AGREED = WAITING.answered(Reply.TODAY, NOW)
TALKED = AGREED.told(Did.YES, NOW)


@pytest.mark.parametrize(
    "move",
    [
        lambda: WAITING.asking(Request("s", CY, NOW), TalkAbout.DID),
        lambda: WAITING.lost(NOW).asking(Request("s", BO, NOW), TalkAbout.DID),
        lambda: AGREED.answered(Reply.TODAY, NOW),
        lambda: TALKED.lost(NOW),
        lambda: AGREED.taken_back(ANA, NOW),
        lambda: WAITING.followed(),
        lambda: WAITING.told(Did.YES, NOW),
    ],
)
def test_a_move_that_does_not_fit_the_state_of_a_talk_is_refused(move: Callable[[], Talk]) -> None:
    with pytest.raises(AlreadyDone):
        move()


def test_an_answer_to_a_closed_talk_is_refused() -> None:
    with pytest.raises(TalkClosed):
        replace(WAITING, state=TalkState.CLOSED).answered(Reply.TODAY, NOW)


def test_only_the_asker_can_take_a_talk_back() -> None:
    with pytest.raises(NotYours):
        WAITING.taken_back(BO, NOW)


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 22), ("Asia/Tokyo", 13), ("America/New_York", 24)])
def test_the_asker_is_asked_the_next_morning_but_at_most_a_day_after_the_answer(
    zone: str, hours: int
) -> None:
    assert AGREED.follows_at(ZoneInfo(zone), NOW) == NOW + timedelta(hours=hours)
