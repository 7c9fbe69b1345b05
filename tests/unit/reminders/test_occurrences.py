"""When a recurring event takes place: as its rule says, but for what was cancelled or moved."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.reminders.models import Occurrence, Recurrence, ScheduledEvent
from bot.reminders.occurrences import AHEAD, coming, occurrence_id, ruled_start
from tests.unit.pods.fixtures import utc

FRIDAY = utc(2026, 1, 9, 18)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
NOW = FRIDAY - 2 * DAY
YEARLY, MONTHLY, WEEKLY, DAILY = range(4)
GAMES = ScheduledEvent(5, FRIDAY, recurrence=Recurrence(FRIDAY - 10 * WEEK, WEEKLY))


def starts(event: ScheduledEvent, now: datetime = NOW) -> list[datetime]:
    return [one.starts_at for one in coming(event, now)]


def fridays(*weeks: int) -> list[datetime]:
    return [FRIDAY + week * WEEK for week in weeks]


def test_an_occurrence_has_the_id_that_discord_gives_it() -> None:
    """The id is the one that Discord sent to somebody, in its issue 8009."""
    starts_at = datetime(2025, 12, 12, 20, tzinfo=UTC)
    assert occurrence_id(starts_at) == 1449128676556800000
    assert ruled_start(1449128676556800000) == starts_at
    assert occurrence_id(starts_at + timedelta(milliseconds=900)) == 1449128676556800000


def test_an_event_that_takes_place_once_has_one_occurrence_until_it_begins() -> None:
    once = replace(GAMES, recurrence=None)
    assert coming(once, NOW) == [Occurrence(0, FRIDAY)]
    assert coming(replace(once, waits=False), NOW) == []


def test_a_recurring_event_has_its_next_occurrences_with_the_ids_of_their_starts() -> None:
    assert starts(GAMES) == fridays(*range(AHEAD))
    assert [ruled_start(one.id) for one in coming(GAMES, NOW)] == starts(GAMES)
    assert coming(replace(GAMES, waits=False), NOW) == []


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Recurrence(FRIDAY, DAILY), [0, 1, 2, 3, 4]),
        (Recurrence(FRIDAY, DAILY, weekdays=(0, 1, 2, 3, 4)), [0, 3, 4, 5, 6]),
        (Recurrence(FRIDAY, WEEKLY, 2), [0, 14, 28, 42, 56]),
        (Recurrence(FRIDAY, WEEKLY, weekdays=(4,)), [0, 7, 14, 21, 28]),
        (Recurrence(FRIDAY, MONTHLY, nth_weekdays=((4, 2),)), [0, 35, 63, 91, 119]),
        (Recurrence(FRIDAY, YEARLY, months=(1,), month_days=(9,)), [0, 365, 730, 1096, 1461]),
        (Recurrence(FRIDAY, WEEKLY, end=FRIDAY + 8 * DAY), [0, 7]),
        (Recurrence(FRIDAY, 9), [0]),
    ],
)
def test_every_rule_that_discord_has_gives_its_days(rule: Recurrence, days: list[int]) -> None:
    assert starts(replace(GAMES, recurrence=rule)) == [FRIDAY + day * DAY for day in days]


def test_a_cancelled_occurrence_is_passed_over() -> None:
    for week in (0, 2):
        event = replace(GAMES, exceptions={occurrence_id(FRIDAY + week * WEEK): None})
        assert starts(event) == [at for at in fridays(*range(AHEAD + 1)) if at != FRIDAY + week * WEEK]


def test_a_moved_occurrence_keeps_its_id_and_has_its_new_start() -> None:
    second = occurrence_id(FRIDAY + WEEK)
    event = replace(GAMES, exceptions={second: FRIDAY + 3 * HOUR})
    assert coming(event, NOW)[:3] == [
        Occurrence(occurrence_id(FRIDAY), FRIDAY),
        Occurrence(second, FRIDAY + 3 * HOUR),
        Occurrence(occurrence_id(FRIDAY + 2 * WEEK), FRIDAY + 2 * WEEK),
    ]


def test_an_occurrence_that_was_moved_past_the_next_one_still_takes_place() -> None:
    """Discord has moved the event on to the next start by then."""
    last = FRIDAY - WEEK
    event = replace(GAMES, exceptions={occurrence_id(last): FRIDAY + DAY})
    assert starts(event)[:3] == [FRIDAY, FRIDAY + DAY, FRIDAY + WEEK]
    assert starts(event, FRIDAY + 2 * DAY) == fridays(*range(1, AHEAD + 1))


def test_an_exception_from_before_the_rule_was_changed_is_left_out() -> None:
    event = replace(GAMES, exceptions={occurrence_id(FRIDAY - 3 * HOUR): FRIDAY + DAY})
    assert starts(event) == fridays(*range(AHEAD))


def test_an_occurrence_that_has_begun_is_not_to_come_but_the_next_ones_are() -> None:
    assert starts(replace(GAMES, begun=True)) == fridays(*range(1, AHEAD + 1))
    assert starts(GAMES, FRIDAY + HOUR) == fridays(*range(1, AHEAD + 1))
    moved = replace(GAMES, begun=True, exceptions={occurrence_id(FRIDAY): FRIDAY + DAY})
    assert starts(moved, FRIDAY)[:2] == [FRIDAY + DAY, FRIDAY + WEEK]


def test_the_start_that_discord_names_counts_even_if_the_rule_does_not_give_it() -> None:
    rule = Recurrence(FRIDAY, WEEKLY, weekdays=(4,))
    assert starts(replace(GAMES, starts_at=FRIDAY + DAY, recurrence=rule))[:2] == [
        FRIDAY + DAY,
        FRIDAY + WEEK,
    ]
