"""When each partner is asked: on the same days, at the same hour in their own time zone, all year."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ids import PersonId, ServerId
from bot.pairs import due_times
from bot.pairs.models import Pair, PairState
from bot.pairs.schedule import LAST, Cadence, PairSchedule
from tests.unit.pairs.test_schedule import schedules

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
zones = st.sampled_from(ZONES)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minute: NEW_YEAR + timedelta(minutes=minute))


def running(agreed: PairSchedule, starts_on: date) -> Pair:
    return Pair(
        "p", ServerId(1), PersonId("ana"), PersonId("bo"), NEW_YEAR, agreed, PairState.RUNNING,
        starts_on=starts_on, ends_on=agreed.last_on(starts_on, agreed.rounds),
    )  # fmt: skip


def asked(pair: Pair, zone: str, after: datetime) -> list[tuple[date, datetime]]:
    """Return every check-in in the zone after a moment, each computed from the one before it."""
    found = []
    following = due_times.following(pair, zone, after)
    while following is not None:
        found.append(following)
        following = due_times.following(pair, zone, following[1])
    return found


def shows(at: datetime, zone: str, day: date, clock: time) -> bool:
    """Return whether a moment is that clock time on that day in the zone.

    If the clocks skip that time, the moment must be the first one after the gap.
    """
    naive = datetime.combine(day, clock)
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if local == naive:
        return True
    before = (at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return before < naive < local


@given(agreed=schedules, one=zones, other=zones, after=moments)
@example(
    PairSchedule(minute=2 * 60 + 30), "Europe/Berlin", "America/New_York", datetime(2026, 3, 1, tzinfo=UTC)
)
@example(PairSchedule(minute=0), "Asia/Beirut", "Africa/Cairo", datetime(2026, 3, 1, tzinfo=UTC))
@example(PairSchedule(day=5, minute=23 * 60 + 30), "America/Nuuk", "UTC", datetime(2026, 3, 1, tzinfo=UTC))
@example(PairSchedule(minute=0), "America/Santiago", "America/Havana", datetime(2026, 8, 1, tzinfo=UTC))
@example(PairSchedule(minute=60), "Europe/Berlin", "America/Havana", datetime(2026, 10, 1, tzinfo=UTC))
@example(
    PairSchedule(Cadence.MONTHLY, LAST, 2 * 60, 52), "Europe/Berlin", "Pacific/Auckland",
    NEW_YEAR,
)  # fmt: skip
def test_both_are_asked_on_the_same_days_at_the_same_hour_in_their_own_zones(
    agreed: PairSchedule, one: str, other: str, after: datetime
) -> None:
    starts_on = due_times.first_on(agreed, (one, other), after)
    pair = running(agreed, starts_on)
    for zone in (one, other):
        every = asked(pair, zone, after)
        assert pair.ends_on is not None
        assert [day for day, _ in every] == agreed.days(starts_on, pair.ends_on)
        assert len(every) == agreed.rounds
        assert all(shows(at, zone, day, agreed.clock) for day, at in every)
        assert every[0][1] > after


@given(agreed=schedules, one=zones, other=zones, after=moments)
def test_the_first_day_is_the_first_on_which_the_hour_is_still_to_come_for_both(
    agreed: PairSchedule, one: str, other: str, after: datetime
) -> None:
    first = due_times.first_on(agreed, (one, other), after)
    assert all(due_times.at(agreed, zone, first) > after for zone in (one, other))
    yesterday = after.date() - timedelta(days=2)
    for day in agreed.every(Cadence.WEEKLY if agreed.cadence is Cadence.FORTNIGHT else agreed.cadence).days(
        yesterday, first - timedelta(days=1)
    ):
        assert any(due_times.at(agreed, zone, day) <= after for zone in (one, other))


@given(agreed=schedules, one=zones, other=zones, after=moments)
def test_a_round_closes_within_26_hours_after_both_were_asked_again(
    agreed: PairSchedule, one: str, other: str, after: datetime
) -> None:
    pair = running(agreed, due_times.first_on(agreed, (one, other), after))
    first, second = asked(pair, one, after), asked(pair, other, after)
    closes = [due_times.closes(pair, day) for day, _ in first]
    for closed, a, b in zip(closes, first[1:], second[1:], strict=False):
        assert max(a[1], b[1]) <= closed <= max(a[1], b[1]) + timedelta(hours=26)
    assert closes == sorted(closes)
    # The last round is as long as any other: it closes when a next check-in would be due.
    assert closes[-1] >= max(first[-1][1], second[-1][1]) + timedelta(days=2)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("minute", [0, 1, 30, 60, 119, 2 * 60, 150, 3 * 60, 18 * 60, 23 * 60, 23 * 60 + 59])
def test_a_change_of_the_clocks_neither_repeats_nor_skips_a_check_in(zone: str, minute: int) -> None:
    agreed = PairSchedule(Cadence.TWICE, 6, minute, 52)
    after = NEW_YEAR
    pair = running(agreed, due_times.first_on(agreed, (zone,), after))
    every = asked(pair, zone, after)
    assert len({day for day, _ in every}) == len(every) == 104
    gaps = [later[1] - earlier[1] for earlier, later in pairwise(every)]
    assert min(gaps) >= timedelta(days=3, hours=-2)
    assert max(gaps) <= timedelta(days=4, hours=2)


def test_no_check_in_follows_the_last_one() -> None:
    agreed = PairSchedule(weeks=4)
    pair = running(agreed, date(2026, 1, 4))
    last = due_times.at(agreed, "UTC", date(2026, 1, 25))
    assert due_times.following(pair, "UTC", last - timedelta(seconds=1)) == (date(2026, 1, 25), last)
    assert due_times.following(pair, "UTC", last) is None


def test_before_a_pair_starts_its_first_day_is_next_and_for_a_draft_nothing_is() -> None:
    pair = running(PairSchedule(), date(2026, 6, 7))
    assert due_times.following(pair, "UTC", NEW_YEAR) == (
        date(2026, 6, 7), datetime(2026, 6, 7, 18, tzinfo=UTC),
    )  # fmt: skip
    draft = Pair("p", ServerId(1), PersonId("ana"), None, NEW_YEAR, PairSchedule())
    assert due_times.following(draft, "UTC", NEW_YEAR) is None


def test_across_the_date_line_the_zone_that_is_ahead_decides_the_first_day() -> None:
    """When it is Sunday noon in Pago Pago, Sunday is already over in Auckland."""
    noon = datetime(2026, 1, 4, 23, tzinfo=UTC)
    assert due_times.first_on(PairSchedule(), ("Pacific/Pago_Pago",), noon) == date(2026, 1, 4)
    assert due_times.first_on(PairSchedule(), ("Pacific/Pago_Pago", "Pacific/Auckland"), noon) == date(
        2026, 1, 11
    )
