"""How long an ask waits, in every time zone and through both clock changes."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.asks.wait import AT_LEAST, MORNING, Wait, after_quiet, counted, ends
from bot.ids import PersonId
from bot.people.models import Person, Quiet

ZONES = sorted(available_timezones() - {"localtime"})
HOURS = {Wait.NOON: time(12), Wait.TONIGHT: time(22), Wait.DAYS: time(22)}
MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@cache
def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """For each change of a zone's clocks in two years, return a time at most six hours before it."""
    hours = [FIRST + timedelta(hours=hour) for hour in range(0, 2 * 365 * 24, 6)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return tuple(hour for hour, one, next in zip(hours, offsets, offsets[1:], strict=False) if one != next)


def near(zone: ZoneInfo) -> st.SearchStrategy[datetime]:
    """Generate minutes of two years. If the clocks of the zone change, many are near a change."""
    anywhen = st.integers(0, 2 * 365 * 1440).map(lambda at: FIRST + at * MINUTE)
    if not changes(zone):
        return anywhen
    about = st.builds(
        lambda at, by: at + by * MINUTE, st.sampled_from(changes(zone)), st.integers(-5760, 1440)
    )
    return about | anywhen


def moments() -> st.SearchStrategy[tuple[datetime, ZoneInfo]]:
    zones = st.sampled_from(ZONES).map(ZoneInfo)
    return zones.flatmap(lambda zone: st.tuples(near(zone), st.just(zone)))


def by_day(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Return how much of the time between the two is not night, by looking at every minute."""
    minutes = int((end - start) / MINUTE)
    return MINUTE * sum(8 <= (start + at * MINUTE).astimezone(zone).hour < 23 for at in range(minutes))


@pytest.mark.slow
@given(moments(), st.sampled_from(Wait))
@example((datetime(2026, 3, 28, 19, tzinfo=UTC), BERLIN), Wait.NOON)
@example((datetime(2026, 10, 24, 20, 30, tzinfo=UTC), BERLIN), Wait.TONIGHT)
@example((datetime(2026, 10, 24, 21, tzinfo=UTC), ZoneInfo("Asia/Beirut")), Wait.TONIGHT)
@example((datetime(2026, 4, 4, 8, tzinfo=UTC), ZoneInfo("Australia/Lord_Howe")), Wait.NOON)
@example((datetime(2026, 9, 6, tzinfo=UTC), ZoneInfo("Pacific/Easter")), Wait.TONIGHT)
def test_a_wait_ends_at_the_first_time_of_its_kind_that_leaves_three_counted_hours(
    moment: tuple[datetime, ZoneInfo], wait: Wait
) -> None:
    now, zone = moment
    end = ends(wait, now, zone)

    assert end > now
    # If the clocks skip that hour, the wait still ends at that moment, and the clocks show an hour more.
    assert end == datetime.combine(end.astimezone(zone).date(), HOURS[wait], zone).astimezone(UTC)
    assert by_day(now, end, zone) >= AT_LEAST
    first = now.astimezone(zone).date() + timedelta(days=3 if wait is Wait.DAYS else 0)
    day = end.astimezone(zone).date()
    assert day >= first
    if day > first:
        earlier = datetime.combine(day - timedelta(days=1), HOURS[wait], zone).astimezone(UTC)
        assert by_day(now, earlier, zone) < AT_LEAST


@given(moments(), st.integers(0, 3 * 1440))
@pytest.mark.slow
def test_only_minutes_that_are_not_night_are_counted(moment: tuple[datetime, ZoneInfo], minutes: int) -> None:
    start, zone = moment
    end = start + minutes * MINUTE

    assert counted(start, end, zone) == by_day(start, end, zone)


@pytest.mark.slow
@given(moments(), st.sampled_from(Wait))
def test_a_wait_that_begins_an_hour_later_never_ends_sooner(
    moment: tuple[datetime, ZoneInfo], wait: Wait
) -> None:
    now, zone = moment

    assert ends(wait, now + timedelta(hours=1), zone) >= ends(wait, now, zone)


@pytest.mark.parametrize(
    ("wait", "asked", "ends_at"),
    [
        (Wait.NOON, (7, 9, 0), (7, 12)),
        (Wait.NOON, (7, 9, 1), (8, 12)),
        (Wait.NOON, (7, 3, 0), (7, 12)),
        (Wait.NOON, (7, 23, 30), (8, 12)),
        (Wait.TONIGHT, (7, 19, 0), (7, 22)),
        (Wait.TONIGHT, (7, 19, 1), (8, 22)),
        (Wait.TONIGHT, (7, 23, 59), (8, 22)),
        (Wait.DAYS, (7, 0, 0), (10, 22)),
        (Wait.DAYS, (7, 23, 59), (10, 22)),
    ],
)
def test_a_wait_in_january_in_berlin_ends_at_the_expected_time(
    wait: Wait, asked: tuple[int, int, int], ends_at: tuple[int, int]
) -> None:
    day, hour, minute = asked
    now = datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)

    assert ends(wait, now, BERLIN) == datetime(2026, 1, *ends_at, tzinfo=BERLIN)


def test_a_clock_change_at_night_does_not_change_how_much_is_counted() -> None:
    """On the 29th of March the clocks of Berlin go from 2:00 to 3:00, and only 8:00 to 23:00 is counted."""
    night = datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)

    assert counted(night, datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN), BERLIN) == timedelta(hours=5)


HALF_HOURS = st.integers(0, 47).map(lambda half: time(half // 2, 30 * (half % 2)))
SOMEBODY = st.builds(
    Person,
    st.just(PersonId("bo")),
    st.sampled_from(ZONES),
    st.builds(Quiet, HALF_HOURS, HALF_HOURS),
)


ALWAYS_QUIET = [
    Person(PersonId(name), "UTC", Quiet(time(start), time(end)))
    for name, start, end in (("di", 0, 12), ("ed", 12, 0))
]


@given(moments(), st.lists(SOMEBODY, max_size=3))
@pytest.mark.slow
def test_the_end_tells_of_quiet_hours_only_that_there_are_some(
    moment: tuple[datetime, ZoneInfo], asked: list[Person]
) -> None:
    end, zone = moment
    late = after_quiet(asked, end, zone)
    if any(one.quiet_until(end) for one in asked):
        assert late == after_quiet(ALWAYS_QUIET, end, zone)
        assert end < late <= end + timedelta(days=1, hours=3)
        assert late.astimezone(zone).time() == MORNING
    else:
        assert late == end
