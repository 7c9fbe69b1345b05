"""In every zone whose clocks change in 2026 or 2027, each date of every cadence comes once and in time.

Zones whose clocks always agree with each other are represented by one of them, which leaves thirty of two
hundred. Each zone has ten to thirty times worth trying (around midnight and around its own changes), and
there are fifty rules. To try all of that over two years would take many minutes. So over the two years each
zone is tried with each rule at one of its times, in turn. Around each of its changes it is tried at all its
times, with every rule that has a date on that day. Hypothesis chooses among all other combinations.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain, cycle, islice, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.recurrence import next_after
from tests.unit.scheduling.zones import CHANGING, DAY, DIFFERENT, FIRST, LAST, MINUTE, changes, span, wall

pytestmark = pytest.mark.uncounted

SECOND = timedelta(seconds=1)
EARLY, LATE = (datetime.combine(day, time()) for day in (FIRST - 60 * DAY, LAST + 30 * DAY))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AROUND_MIDNIGHT = (time(0), time(0, 1), time(0, 30), time(23, 30), time(23, 59))


@dataclass(frozen=True)
class Rule:
    """A rule as the bot reads it, and the same rule in plain date arithmetic."""

    text: str
    falls_on: Callable[[date, date], bool]
    """Return, for the date from which the rule is counted and a day, whether that day is one of its dates."""

    def dates(self, start: date, last: date) -> list[date]:
        return [day for day in span(start, last) if self.falls_on(start, day)]


def weekly(weekday: int) -> Rule:
    return Rule(f"FREQ=WEEKLY;BYDAY={WEEKDAYS[weekday]}", lambda _, day: day.weekday() == weekday)


def twice(weekday: int) -> Rule:
    both = (weekday, (weekday + 3) % 7)
    names = ",".join(WEEKDAYS[one] for one in both)
    return Rule(f"FREQ=WEEKLY;BYDAY={names}", lambda _, day: day.weekday() in both)


def fortnightly(weekday: int) -> Rule:
    def falls_on(start: date, day: date) -> bool:
        monday = start - start.weekday() * DAY
        return day.weekday() == weekday and (day - monday).days // 7 % 2 == 0

    return Rule(f"FREQ=WEEKLY;INTERVAL=2;BYDAY={WEEKDAYS[weekday]}", falls_on)


def monthly(number: int) -> Rule:
    return Rule(f"FREQ=MONTHLY;BYMONTHDAY={number}", lambda _, day: day.day == number)


AT_THE_END = Rule("FREQ=MONTHLY;BYMONTHDAY=-1", lambda _, day: (day + DAY).day == 1)
RULES = [
    *(cadence(weekday) for cadence in (weekly, twice, fortnightly) for weekday in range(7)),
    *(monthly(number) for number in range(1, 29)),
    AT_THE_END,
]


@cache
def clocks(name: str) -> list[time]:
    """Return the times that are worth trying in a zone."""
    around_changes = chain.from_iterable(change.times for change in changes(name))
    return sorted({*AROUND_MIDNIGHT, *(one.time() for one in around_changes)})


def following(rule: Rule, start: date, name: str, clock: time) -> Iterator[datetime]:
    """Compute each time from the one before, as the bot does."""
    moment = next_after(rule.text, start, name, clock, datetime.combine(start, clock, UTC) - 2 * DAY)
    while moment is not None:
        yield moment
        moment = next_after(rule.text, start, name, clock, moment)


def is_when(zone: ZoneInfo, day: date, clock: time, moment: datetime) -> bool:
    """Return whether clocks there first show that time at this moment, or skip it until this moment."""
    told = datetime.combine(day, clock)
    return wall(zone, moment - SECOND) < told <= wall(zone, moment) and not moment.astimezone(zone).fold


def meets(rule: Rule, start: date, last: date, name: str, clock: time) -> bool:
    """Return whether each date of the rule comes once, in order and in time, and nothing else comes."""
    dates, zone = rule.dates(start, last), ZoneInfo(name)
    found = islice(following(rule, start, name, clock), len(dates))
    return all(is_when(zone, day, clock, moment) for day, moment in zip(dates, found, strict=True))


def test_the_zones_are_those_whose_clocks_change() -> None:
    assert {"Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"} <= {*CHANGING}
    assert len(CHANGING) > 150
    assert changes("Europe/Berlin")[0].days == [date(2026, 3, 29)]
    assert changes("Africa/Cairo")[0].days == [date(2026, 4, 23), date(2026, 4, 24)]
    assert clocks("Europe/Berlin") == [
        *(time(0), time(0, 1), time(0, 30)),
        *(time(1, 59), time(2), time(2, 30), time(2, 59), time(3)),
        *(time(23, 30), time(23, 59)),
    ]


@pytest.mark.parametrize("name", DIFFERENT)
def test_each_date_of_every_rule_comes_once_and_in_time_over_two_years(name: str) -> None:
    turn = DIFFERENT.index(name)
    times = islice(cycle(clocks(name)), turn, turn + len(RULES))
    for rule, clock in zip(RULES, times, strict=True):
        # A month more is tried, so that a date that came twice at the very end would be noticed.
        assert meets(rule, FIRST, LAST + 31 * DAY, name, clock), (rule.text, clock)


@pytest.mark.parametrize("name", DIFFERENT)
def test_every_cadence_is_in_time_on_and_around_days_on_which_the_clocks_change(name: str) -> None:
    for day in chain.from_iterable(change.days for change in changes(name)):
        start, last = day - 14 * DAY, day + 15 * DAY
        rules = [rule for rule in RULES if rule.falls_on(start, day)]
        assert len(rules) >= 4, "a weekly one, both of two dates a week, one every two weeks"
        for rule, clock in product(rules, clocks(name)):
            assert meets(rule, start, last, name, clock), (rule.text, clock, day)


def oracle(rule: Rule, start: date, zone: ZoneInfo, clock: time, after: datetime) -> datetime:
    """Return the first minute after that moment in which a date of the rule comes, by trying each minute."""
    begin = max(start, wall(zone, after).date() - 2 * DAY)
    dates = (day for day in span(begin, begin + 70 * DAY) if rule.falls_on(start, day))
    return next(moment for day in dates if (moment := first_minute(zone, day, clock)) > after)


def first_minute(zone: ZoneInfo, day: date, clock: time) -> datetime:
    told = datetime.combine(day, clock)
    # No zone is further ahead of UTC than this.
    begin = told.replace(tzinfo=UTC) - timedelta(hours=15)
    return next(begin + n * MINUTE for n in range(40 * 60) if wall(zone, begin + n * MINUTE) >= told)


minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
zones_and_clocks = st.sampled_from(CHANGING).flatmap(
    lambda name: st.tuples(st.just(name), st.one_of(st.sampled_from(clocks(name)), minutes))
)


@given(
    there=zones_and_clocks,
    rule=st.sampled_from(RULES),
    start=st.dates(FIRST, LAST),
    after=st.datetimes(EARLY, LATE, timezones=st.just(UTC)),
)
def test_the_next_time_is_the_first_time_of_the_rule_after_a_given_moment(
    there: tuple[str, time], rule: Rule, start: date, after: datetime
) -> None:
    name, clock = there

    assert next_after(rule.text, start, name, clock, after) == oracle(
        rule, start, ZoneInfo(name), clock, after
    )


@given(
    there=zones_and_clocks,
    rule=st.sampled_from(RULES),
    start=st.dates(FIRST, LAST),
    later=st.integers(0, 40),
    beside=st.sampled_from([-1, 0, 1]),
)
def test_at_a_moment_on_which_the_rule_falls_the_next_time_is_strictly_later(
    there: tuple[str, time], rule: Rule, start: date, later: int, beside: int
) -> None:
    name, clock = there
    zone = ZoneInfo(name)
    due = oracle(rule, start, zone, clock, datetime.combine(start, clock, UTC) + later * DAY)
    found = next_after(rule.text, start, name, clock, due + timedelta(microseconds=beside))

    assert found == (due if beside < 0 else oracle(rule, start, zone, clock, due))


@given(there=zones_and_clocks, rule=st.sampled_from(RULES), start=st.dates(FIRST, LAST))
def test_each_date_of_a_rule_comes_once_whatever_its_start(
    there: tuple[str, time], rule: Rule, start: date
) -> None:
    name, clock = there

    assert meets(rule, start, start + 120 * DAY, name, clock)
