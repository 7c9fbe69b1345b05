"""The moves of a talk, without a database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.talks.errors import TalkClosed
from bot.talks.models import Did, Reply, Request, Talk, TalkState

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
ANA, BO, CY = PersonId("ana"), PersonId("bo"), PersonId("cy")
WAITING = Talk("t", ANA, ServerId(1), TalkState.WAITING, (Request("r", BO, NOW),))
AGREED = WAITING.answered(Reply.TODAY, NOW)
TALKED = AGREED.told(Did.YES, NOW)


@pytest.mark.parametrize(
    "move",
    [
        lambda: WAITING.asking(Request("s", CY, NOW)),
        lambda: WAITING.lost(NOW).asking(Request("s", BO, NOW)),
        lambda: AGREED.answered(Reply.TODAY, NOW),
        lambda: TALKED.lost(NOW),
        lambda: AGREED.taken_back(ANA, NOW),
        lambda: WAITING.followed(),
        lambda: WAITING.told(Did.YES, NOW),
    ],
)
def test_what_has_moved_on_is_not_moved_again(move: Callable[[], Talk]) -> None:
    with pytest.raises(AlreadyDone):
        move()


def test_a_late_answer_finds_it_closed() -> None:
    with pytest.raises(TalkClosed):
        replace(WAITING, state=TalkState.CLOSED).answered(Reply.TODAY, NOW)


def test_only_the_asker_takes_it_back() -> None:
    with pytest.raises(NotYours):
        WAITING.taken_back(BO, NOW)


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 22), ("Asia/Tokyo", 13), ("America/New_York", 24)])
def test_the_question_comes_on_the_next_morning_or_a_day_later(zone: str, hours: int) -> None:
    assert AGREED.follows_at(ZoneInfo(zone), NOW) == NOW + timedelta(hours=hours)
