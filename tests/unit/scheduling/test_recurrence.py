"""Wall-clock times: the moment that a person means by a time of day, on every day in every zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.recurrence import at, next_after
from tests.unit.scheduling.zones import DIFFERENT, FIRST, LAST, span

ZONES = sorted(available_timezones())
DAYS = span(FIRST, LAST)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        ("UTC", date(2026, 11, 22), time(20), "2026-11-22 20:00"),
        ("Europe/Berlin", date(2026, 7, 1), time(20), "2026-07-01 18:00"),
        ("Asia/Kathmandu", date(2026, 7, 1), time(20), "2026-07-01 14:15"),
        # A time in the gap means the gap's end, 03:00 summer time.
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29 01:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(2), "2026-03-29 01:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(3), "2026-03-29 01:00"),
        ("America/New_York", date(2026, 3, 8), time(2, 59), "2026-03-08 07:00"),
        # This gap is half an hour long.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-03 15:30"),
        # A time that comes twice means the first one.
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25 00:30"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 05:30"),
        # This day begins at 01:00, so midnight means that time.
        ("Africa/Cairo", date(2026, 4, 24), time(0), "2026-04-23 22:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23 22:00"),
        # A time on a day that did not exist there means the beginning of the next day.
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30 10:00"),
    ],
)
def test_a_time_of_day_in_a_zone_is_the_expected_moment(
    zone: str, day: date, clock: time, moment: str
) -> None:
    assert at(zone, day, clock) == utc(moment)


@pytest.mark.parametrize("zone", DIFFERENT)
def test_every_day_has_each_time_once_and_never_earlier_than_clocks_show_it(zone: str) -> None:
    for clock in (time(0), time(0, 30), time(1), time(2, 30), time(3), time(12), time(23, 30)):
        moments = [at(zone, day, clock) for day in DAYS]
        shown = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in moments]

        assert all(earlier < later for earlier, later in pairwise(moments))
        assert all(
            timedelta(0) <= local - datetime.combine(day, clock) <= timedelta(hours=2)
            for day, local in zip(DAYS, shown, strict=True)
        )


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2000, 1, 1), date(2037, 12, 31)),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_clocks_show_the_time_at_its_moment_unless_they_skip_that_time(
    zone: str, day: date, clock: time
) -> None:
    naive = datetime.combine(day, clock)
    local = at(zone, day, clock).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert local >= naive
    if local != naive:
        a_moment_before = at(zone, day, clock) - timedelta(seconds=1)
        assert a_moment_before.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < naive


MONDAYS = "FREQ=WEEKLY;BYDAY=MO"


@pytest.mark.parametrize(
    ("rule", "after", "moments"),
    [
        (MONDAYS, "2026-11-22 12:00", ["2026-11-23 19:00", "2026-11-30 19:00"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23 19:00", ["2026-11-26 19:00", "2026-11-30 19:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-03 12:00", ["2026-11-16 19:00", "2026-11-30 19:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2026-11-28 19:00", ["2026-12-28 19:00", "2027-01-28 19:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:59", ["2026-11-30 19:00", "2026-12-31 19:00"]),
    ],
)
def test_each_cadence_has_the_expected_next_times(rule: str, after: str, moments: list[str]) -> None:
    found = []
    moment: datetime | None = utc(after)
    for _ in moments:
        assert moment is not None
        moment = next_after(rule, date(2026, 11, 2), "Europe/Berlin", time(20), moment)
        found.append(moment)

    assert found == [utc(moment) for moment in moments]


def test_a_rule_that_has_ended_has_no_next_time() -> None:
    assert (
        next_after(f"{MONDAYS};COUNT=2", date(2026, 11, 2), "UTC", time(20), utc("2026-11-30 00:00")) is None
    )


def test_after_a_year_of_downtime_the_next_time_is_in_the_future() -> None:
    assert next_after(MONDAYS, date(2026, 11, 2), "UTC", time(20), utc("2028-01-01 00:00")) == utc(
        "2028-01-03 20:00"
    )


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Havana", "Europe/Berlin", "Australia/Lord_Howe"])
@pytest.mark.parametrize("clock", [time(0), time(0, 30), time(2, 30), time(23, 45)])
def test_each_date_of_a_daily_rule_comes_exactly_once(zone: str, clock: time) -> None:
    found: list[datetime] = []
    moment = next_after("FREQ=DAILY", FIRST, zone, clock, utc("2025-12-30 00:00"))
    while moment is not None and len(found) < len(DAYS):
        found.append(moment)
        moment = next_after("FREQ=DAILY", FIRST, zone, clock, moment)

    assert found == [at(zone, day, clock) for day in DAYS]
