"""When a night is: over midnight, across a change of clocks, planned late, and in two zones at once."""

from datetime import date, time, timedelta

import pytest

from bot.nights.errors import NoSuchHours
from bot.nights.hours import CHOICES_AT_MOST, hours, times
from tests.unit.pods.fixtures import utc

NOON = utc(2026, 1, 7, 12)
DAY = date(2026, 1, 7)


def test_an_end_that_is_not_later_than_the_start_is_the_next_days() -> None:
    found = hours("Europe/Berlin", DAY, time(20), time(3), NOON)

    assert (found.starts_at, found.ends_at) == (utc(2026, 1, 7, 19), utc(2026, 1, 8, 2))
    assert found.noon_at == utc(2026, 1, 8, 11), "it is noon where the night is"


def test_an_evening_that_ends_before_midnight_is_asked_about_the_next_noon() -> None:
    found = hours("UTC", DAY, time(18), time(23), NOON)

    assert (found.ends_at, found.noon_at) == (utc(2026, 1, 7, 23), utc(2026, 1, 8, 12))


def test_an_afternoon_is_asked_about_while_six_hours_are_left_to_answer() -> None:
    found = hours("UTC", DAY, time(12, 30), time(14), NOON)

    assert found.noon_at == utc(2026, 1, 8, 8)


@pytest.mark.parametrize(
    ("begins", "ends"), [(time(20), time(20, 30)), (time(20), time(19)), (time(20), time(20))]
)
def test_a_night_is_neither_shorter_than_an_hour_nor_longer_than_eighteen(begins: time, ends: time) -> None:
    with pytest.raises(NoSuchHours):
        hours("UTC", DAY, begins, ends, NOON)


def test_a_night_can_be_planned_late_but_not_when_it_is_over() -> None:
    late = utc(2026, 1, 7, 23)
    assert hours("UTC", DAY, time(20), time(3), late).starts_at < late
    with pytest.raises(NoSuchHours):
        hours("UTC", DAY, time(16), time(22), late)
    with pytest.raises(NoSuchHours):
        hours("UTC", DAY, time(16), time(3), late)
    with pytest.raises(NoSuchHours):
        hours("UTC", DAY + timedelta(days=15), time(20), time(3), NOON)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(NoSuchHours):
        hours("Nowhere/Town", DAY, time(20), time(3), NOON)


def test_a_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    spring = hours("Europe/Berlin", date(2026, 3, 28), time(22), time(4), utc(2026, 3, 28, 12))
    assert spring.ends_at - spring.starts_at == timedelta(hours=5)
    clocks = [one.clock for one in times(spring, "Europe/Berlin", utc(2026, 3, 28, 12))]
    assert time(2) not in clocks
    assert time(2, 30) not in clocks


def test_a_time_that_occurs_twice_is_offered_twice_and_told_apart() -> None:
    autumn = hours("Europe/Berlin", date(2026, 10, 24), time(22), time(4), utc(2026, 10, 24, 12))
    assert autumn.ends_at - autumn.starts_at == timedelta(hours=7)
    twice = [one for one in times(autumn, "Europe/Berlin", utc(2026, 10, 24, 12)) if one.clock == time(2, 30)]
    assert [one.again for one in twice] == [False, True]
    assert twice[1].at - twice[0].at == timedelta(hours=1)


def test_two_zones_choose_among_the_same_moments() -> None:
    night = hours("Europe/Berlin", DAY, time(20), time(3), NOON)
    berlin = times(night, "Europe/Berlin", NOON)
    lisbon = times(night, "Europe/Lisbon", NOON)

    assert [one.at for one in berlin] == [one.at for one in lisbon]
    assert (berlin[0].clock, lisbon[0].clock) == (time(20, 30), time(19, 30))


@pytest.mark.parametrize("ends", [time(hour) for hour in (21, 0, 3, 8, 11, 13)])
def test_what_can_be_chosen_fits_a_list_and_is_not_after_the_question_of_the_next_day(ends: time) -> None:
    night = hours("UTC", DAY, time(20), ends, NOON)
    offered = times(night, "UTC", NOON)

    assert 1 <= len(offered) <= CHOICES_AT_MOST
    assert all(night.starts_at < one.at <= night.noon_at for one in offered)


def test_what_has_passed_is_not_offered() -> None:
    now = utc(2026, 1, 8, 1)
    night = hours("UTC", DAY, time(20), time(3), now)
    assert all(one.at > now for one in times(night, "UTC", now))
