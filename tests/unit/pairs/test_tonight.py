"""`Ask me tonight`: a check-in can be moved to later the same day, once a round."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs.check_in import CheckInStatus
from bot.pairs.errors import PairClosed, TooLateTonight
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tonight import EVENING, tonight
from bot.people.models import Person, Quiet
from tests.unit.pairs.fixtures import BERLIN, SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

NEVER = datetime(2030, 1, 1, tzinfo=UTC)
ZONES = (BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")


def at(zone: str, hour: int, minute: int = 0) -> datetime:
    """Return this local time on 11 January 2026."""
    return datetime(2026, 1, 11, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def ana(zone: str | None = BERLIN, quiet: Quiet | None = None) -> Person:
    return Person(PersonId("ana"), zone, quiet)


# -- the hour -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((0, 0), (20, 0)), ((18, 0), (20, 0)), ((19, 30), (20, 0)), ((19, 31), (20, 30)),
        ((20, 0), (20, 30)), ((20, 45), (21, 30)), ((21, 30), (22, 0)),
    ],
)  # fmt: skip
def test_the_first_half_hour_of_the_evening_that_is_half_an_hour_away_is_taken(
    zone: str, now: tuple[int, int], then: tuple[int, int]
) -> None:
    assert tonight(ana(zone), "UTC", at(zone, *now), NEVER) == at(zone, *then)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("now", [(21, 31), (22, 0), (23, 59)])
def test_late_in_the_evening_no_hour_is_left(zone: str, now: tuple[int, int]) -> None:
    assert tonight(ana(zone), "UTC", at(zone, *now), NEVER) is None


def test_the_zone_of_the_check_in_counts_for_somebody_whose_own_is_not_known() -> None:
    for zone in (None, "Mars/Olympus"):
        assert tonight(ana(zone), "Asia/Tokyo", at("Asia/Tokyo", 18), NEVER) == at("Asia/Tokyo", 20)


def test_quiet_hours_leave_only_the_hours_before_and_after_them() -> None:
    now = at(BERLIN, 18)
    for start, end, then in (
        (time(22), time(8), at(BERLIN, 20)),
        (time(20), time(21), at(BERLIN, 21)),
        (time(19), time(20, 15), at(BERLIN, 20, 30)),
        (time(20), time(8), None),
        (time(19, 59), time(22, 1), None),
    ):
        assert tonight(ana(quiet=Quiet(start, end)), BERLIN, now, NEVER) == then, (start, end)


def test_the_hour_is_before_the_next_check_in() -> None:
    assert tonight(ana(), BERLIN, at(BERLIN, 18), at(BERLIN, 20, 1)) == at(BERLIN, 20)
    assert tonight(ana(), BERLIN, at(BERLIN, 18), at(BERLIN, 20)) is None


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25), (2026, 4, 5), (2026, 9, 27)])
@pytest.mark.parametrize("zone", ZONES)
def test_on_the_day_of_a_clock_change_it_is_still_an_hour_of_the_local_evening(
    zone: str, day: tuple[int, int, int]
) -> None:
    for hour in range(24):
        now = datetime(*day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        found = tonight(ana(zone), zone, now, NEVER)
        if found is not None:
            local = found.astimezone(ZoneInfo(zone))
            assert (local.timetuple()[:3], local.time() in EVENING) == (day, True)
        assert (found is None) == (hour > 21)


# -- the check-in -------------------------------------------------------------------------------------


async def test_it_is_asked_again_at_eight_and_the_partner_hears_nothing(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    partner = await harness.messages("Bo")
    shown = await harness.reopen("Ana", one)
    assert shown.tonight == utc(2026, 1, 11, 19)
    moved = await harness.tonight("Ana", one)
    assert (moved.check_in.moved_to, moved.tonight) == (utc(2026, 1, 11, 19), None)
    assert moved.check_in.waits_until(harness.now) == utc(2026, 1, 11, 19)
    assert await harness.kinds("Ana") == [], "nothing waits before that hour"
    [message] = [one for one in await harness.standing() if one.person == moved.check_in.person]
    assert (message.kind, message.due_at) == ("pairs.check_in", utc(2026, 1, 11, 19))
    assert await harness.messages("Bo") == partner
    await harness.wait_until(utc(2026, 1, 11, 19))
    assert (await harness.reopen("Ana", one)).check_in.waits_until(harness.now) is None
    assert (await harness.mark("Ana", one)).check_in.status is CheckInStatus.HARD
    assert (await harness.side("Ana", id)).missed == 0


async def test_a_second_time_in_a_round_changes_nothing(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    first = await harness.tonight("Ana", one)
    await harness.wait(minutes=50)
    assert await harness.tonight("Ana", one) == first
    await harness.wait_until(utc(2026, 1, 11, 19))
    assert (await harness.tonight("Ana", one)).check_in == first.check_in
    assert len([line for line in await harness.standing() if line.subject == one.id]) == 1


async def test_the_next_round_can_be_moved_again(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.tonight("Ana", await harness.wait_for_check_in("Ana", id))
    again = await harness.wait_for_check_in("Ana", id)
    assert (await harness.tonight("Ana", again)).check_in.moved_to == utc(2026, 1, 18, 19)


async def test_when_the_evening_is_over_it_is_refused_and_the_check_in_stays_open(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.wait_until(utc(2026, 1, 11, 20, 31))
    assert (await harness.reopen("Ana", one)).tonight is None
    with pytest.raises(TooLateTonight) as refused:
        await harness.tonight("Ana", one)
    assert refused.value.check_in == one.id
    assert await harness.kinds("Ana") == ["check_in"]
    await harness.wait_until(utc(2026, 1, 12, 9))
    assert (await harness.tonight("Ana", one)).check_in.moved_to == utc(2026, 1, 12, 19)


async def test_an_answer_given_before_that_hour_stops_the_second_question(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.tonight("Ana", one)
    await harness.mark("Ana", one, CheckInStatus.ON_TRACK)
    assert [line for line in await harness.standing() if line.subject == one.id] == []
    answered = await harness.tonight("Ana", one)
    assert (answered.check_in.status, answered.tonight) == (CheckInStatus.ON_TRACK, None)
    assert [line for line in await harness.standing() if line.subject == one.id] == []


async def test_an_answered_check_in_is_not_moved(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.mark("Ana", one)
    assert (await harness.tonight("Ana", one)).check_in.moved_to is None
    assert await harness.kinds("Ana") == ["check_in"]


async def test_only_the_person_who_is_asked_can_move_it_while_its_round_is_open(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    for other in ("Bo", "Cy"):
        with pytest.raises(NotYours):
            await harness.tonight(other, one)
    await harness.wait_until(one.closes_at)
    with pytest.raises(PairClosed):
        await harness.tonight("Ana", one)


async def test_a_moved_check_in_that_is_not_answered_counts_as_missed_like_any_other(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.tonight("Ana", one)
    await harness.wait_until(one.closes_at)
    assert (await harness.side("Ana", id)).missed == 1
    assert [line for line in await harness.standing() if line.subject == one.id] == []


@pytest.mark.parametrize("by", ["Ana", "Bo"])
async def test_nobody_is_asked_tonight_once_the_pair_pauses(harness: Harness, by: str) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.tonight("Ana", one)
    await harness.pause(by, id)
    assert [line for line in await harness.standing() if line.subject == one.id] == []


async def test_nobody_is_asked_tonight_after_a_pause_that_a_boundary_hides(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one, other = await harness.wait_for_check_in("Ana", id), await harness.check_in("Bo", id)
    await harness.tonight("Ana", one)
    await harness.tonight("Bo", other)
    await harness.apart("Ana", "Bo")
    await harness.pause("Ana", id)
    subjects = {line.subject for line in await harness.standing()}
    assert one.id not in subjects
    assert other.id in subjects, "the partner notices nothing"


async def test_nobody_is_asked_tonight_once_the_pair_has_ended(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    one = await harness.wait_for_check_in("Ana", id)
    await harness.tonight("Ana", one)
    await harness.end("Bo", id)
    assert [line for line in await harness.standing() if line.subject == one.id] == []
    with pytest.raises(PairClosed):
        await harness.tonight("Ana", one)


async def test_a_check_in_at_ten_in_the_evening_cannot_be_moved_that_day(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", PairSchedule(Cadence.WEEKLY, 6, 22 * 60, 12))
    one = await harness.wait_for_check_in("Ana", id)
    assert (await harness.reopen("Ana", one)).tonight is None


async def test_a_pair_that_checks_in_twice_a_week_is_never_asked_at_or_after_the_next_time(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo", PairSchedule(Cadence.TWICE, 6, 20 * 60 + 30, 12))
    one = await harness.wait_for_check_in("Ana", id)
    await harness.wait_until(utc(2026, 1, 14, 18))
    assert (await harness.reopen("Ana", one)).tonight == utc(2026, 1, 14, 19)
    await harness.wait_until(utc(2026, 1, 14, 18, 45))
    assert (await harness.reopen("Ana", one)).tonight is None


async def test_an_evening_hour_is_at_most_a_day_away(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", SUNDAYS, ("Pacific/Auckland", BERLIN))
    one = await harness.wait_for_check_in("Ana", id)
    for _ in range(24):
        found = (await harness.reopen("Ana", one)).tonight
        assert found is None or timedelta() < found - harness.now < timedelta(days=1)
        await harness.wait(hours=1)
