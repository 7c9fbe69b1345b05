"""Preferences: what somebody set for themselves, and what follows from it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import PersonRested
from bot.ids import PersonId
from bot.people.errors import NotYet, UnknownZone
from bot.people.models import FOREVER, Person, Quiet
from tests.unit.pods.fixtures import NOON, Harness

ANA = PersonId("ana")
moments = st.timedeltas(timedelta(0), timedelta(days=730)).map(lambda gone: NOON + gone)
hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


async def test_time_zone_and_quiet_hours_are_kept_after_a_restart(harness: Harness) -> None:
    ana = await harness.person("ana")
    await harness.preferences.live_in(ana, "Pacific/Auckland")
    await harness.preferences.keep_quiet(ana, Quiet(time(22), time(7, 30)))
    await harness.restart()
    person = await harness.preferences.of(ana)
    assert person.tz.key == "Pacific/Auckland"
    assert person.quiet == Quiet(time(22), time(7, 30))
    await harness.preferences.keep_quiet(ana, None)
    assert (await harness.preferences.of(ana)).quiet is None


async def test_an_unknown_time_zone_is_refused(harness: Harness) -> None:
    ana = await harness.person("ana")
    with pytest.raises(UnknownZone):
        await harness.preferences.live_in(ana, "Atlantis")
    assert (await harness.preferences.of(ana)).zone is None


async def test_the_beginning_of_a_rest_is_published_and_a_rest_can_be_ended(harness: Harness) -> None:
    ana = await harness.person("ana")
    told = harness.heard(PersonRested)

    await harness.preferences.rest(ana, FOREVER, harness.now)
    assert told == [PersonRested(harness.now, ana)]
    person = await harness.preferences.of(ana)
    assert person.resting_until == FOREVER
    assert person.resting(harness.now + timedelta(days=36500))
    await harness.preferences.rest(ana, None, harness.now)
    assert len(told) == 1
    assert not (await harness.preferences.of(ana)).resting(harness.now)


async def test_somebody_can_take_back_after_a_day_that_they_are_under_18(harness: Harness) -> None:
    ana = await harness.person("ana")
    await harness.preferences.say_minor(ana, harness.now)
    assert (await harness.preferences.of(ana)).minor
    with pytest.raises(NotYet) as early:
        await harness.preferences.say_adult(ana, harness.now + timedelta(hours=23))
    assert early.value.at == harness.now + timedelta(days=1)
    await harness.preferences.say_adult(ana, harness.now + timedelta(days=1))
    assert not (await harness.preferences.of(ana)).minor


async def test_consent_counts_for_one_version_of_one_text(harness: Harness) -> None:
    ana = await harness.person("ana")
    for _ in range(2):
        await harness.db.write(lambda tx: harness.preferences.consent(tx, ana, "before", 2, harness.now))
    assert await harness.db.read(lambda tx: harness.preferences.consented(tx, ana, "before", 2))
    assert not await harness.db.read(lambda tx: harness.preferences.consented(tx, ana, "before", 3))
    assert not await harness.db.read(lambda tx: harness.preferences.consented(tx, ana, "other", 2))
    assert await harness.preferences.consented_ever(ana, "before")
    assert not await harness.preferences.consented_ever(ana, "other")


@pytest.mark.parametrize(
    ("at", "covered"),
    [(time(22), True), (time(3), True), (time(6, 59), True), (time(7), False), (time(12), False)],
)
def test_quiet_hours_can_last_past_midnight(at: time, covered: bool) -> None:
    assert Quiet(time(22), time(7)).covers(at) == covered


def test_quiet_hours_are_in_the_time_zone_of_the_person() -> None:
    berlin = Person(ANA, "Europe/Berlin", Quiet(time(22), time(7)))
    late = datetime(2026, 1, 7, 21, 30, tzinfo=UTC)
    assert berlin.quiet_until(late) == datetime(2026, 1, 8, 6, tzinfo=UTC)
    assert berlin.quiet_until(NOON) is None
    assert Person(ANA, "UTC", Quiet(time(7), time(7))).quiet_until(NOON.replace(hour=7)) is None
    assert Person(ANA, "UTC", Quiet(time(11), time(13))).quiet_until(NOON) == NOON.replace(hour=13)


@given(st.sampled_from(sorted(available_timezones())), hours, hours, moments)
def test_quiet_hours_end_within_a_day_and_then_are_over(
    zone: str, start: time, end: time, now: datetime
) -> None:
    person = Person(ANA, zone, Quiet(start, end))
    until = person.quiet_until(now)
    if until is not None:
        assert now < until <= now + timedelta(hours=26)
        assert person.quiet_until(until) is None or until < now + timedelta(hours=2)


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    berlin = Person(ANA, "Europe/Berlin", Quiet(time(1), time(2, 45)))
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert berlin.quiet_until(second) == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
