"""The calendar file of somebody's own check-ins."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from bot.pairs import due_times
from bot.pairs.schedule import LAST, Cadence, PairSchedule
from cogs.pair import calendar_file
from tests.unit.cogs_pair.conftest import NOW, View_

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "UTC")
EVERY = (
    PairSchedule(),
    PairSchedule(Cadence.WEEKLY, 0, 1, 52),
    PairSchedule(Cadence.TWICE, 5, 7 * 60 + 30, 9),
    PairSchedule(Cadence.FORTNIGHT, 4, 23 * 60 + 59, 25),
    PairSchedule(Cadence.MONTHLY, 28, weeks=52),
    PairSchedule(Cadence.MONTHLY, LAST, weeks=52),
)


def event_in(content: bytes) -> Any:
    """Return the only event; icalendar gives the values of its properties no types."""
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event


def written(made: bytes | None) -> bytes:
    assert made is not None
    return made


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("schedule", EVERY)
def test_the_calendar_event_is_at_every_check_in_and_at_no_other_time(
    view: View_, schedule: PairSchedule, zone: str
) -> None:
    shown = view(schedule, zone)
    event = event_in(written(calendar_file.schedule(shown, NOW)))
    starts: datetime = event["DTSTART"].dt
    assert starts.astimezone(UTC) == shown.side.next_at
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=starts.replace(tzinfo=None))
    rings = [one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in rule]
    first, last = shown.side.next_day, shown.pair.ends_on
    assert first is not None
    assert last is not None
    assert rings == [due_times.at(schedule, zone, day) for day in schedule.days(first, last)]
    assert len(rings) == schedule.rounds
    assert event["DURATION"].dt == timedelta(minutes=15)


@pytest.mark.parametrize("zone", ZONES)
def test_the_calendar_file_does_not_say_what_it_is_about(view: View_, zone: str) -> None:
    content = written(calendar_file.schedule(view(PairSchedule(), zone), NOW))
    assert event_in(content)["SUMMARY"] == "Reminder"
    for telling in (b"plumbline", b"discord", b"pair", b"check", b"ana", b"bo\r", b"aim", b"side-id"):
        assert telling not in content.lower(), telling
    assert not event_in(content).get("DESCRIPTION")


def test_calendar_files_cannot_be_linked_by_their_ids(view: View_) -> None:
    ids = {str(event_in(written(calendar_file.schedule(view(PairSchedule()), NOW)))["UID"]) for _ in range(3)}
    assert len(ids) == 3


def test_there_is_no_calendar_file_when_no_check_in_is_due(view: View_) -> None:
    assert calendar_file.schedule(view(PairSchedule(), scheduled=False), NOW) is None


def test_the_calendar_file_contains_the_clock_changes_of_its_zone(view: View_) -> None:
    calendar = Calendar.from_ical(written(calendar_file.schedule(view(PairSchedule(weeks=52)), NOW)))
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    assert {type(part).__name__ for part in zone.subcomponents} == {"TimezoneStandard", "TimezoneDaylight"}
