"""A year of weekly check-ins on the pretend clock: always at the same local hour, in summer and winter."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord import MemberActor

from bot.demo.client.client import demo_client
from tests.discord.asking import received
from tests.discord.pairing import GONE, READY, opened, paired, told

pytestmark = pytest.mark.uncounted

WEEKS = 52
BERLIN, NEW_YORK, AUCKLAND = "Europe/Berlin", "America/New_York", "Pacific/Auckland"
# Both starts are well before the clocks change, which happens on a different day in each zone.
STARTS = {NEW_YORK: datetime(2026, 1, 7, 12, tzinfo=UTC), AUCKLAND: datetime(2026, 2, 4, 12, tzinfo=UTC)}


@pytest.mark.parametrize("elsewhere", [NEW_YORK, AUCKLAND])
async def test_each_partner_is_asked_every_sunday_at_six_in_their_own_time_zone_for_a_year(
    elsewhere: str,
) -> None:
    async with demo_client(now=STARTS[elsewhere]) as demo:
        ana, bo = await paired(demo, zones=(BERLIN, elsewhere), weeks=WEEKS)
        first = demo.now.date() + timedelta(days=6 - demo.now.weekday())
        heard: dict[MemberActor, list[datetime]] = {ana: [], bo: []}
        zones = {ana: BERLIN, bo: elsewhere}
        for at, member in _agreed(first, zones):
            before = {one: received(demo, one) for one in zones}
            await demo.skip(seconds=(at - demo.now).total_seconds() + 1)
            assert {one: len(received(demo, one) - before[one]) for one in zones} == {
                one: int(one is member) for one in zones
            }
            line = demo.dms(member)[-1]
            assert line.text == READY
            sent_at = discord.utils.snowflake_time(line.message.id)
            # The clock first moves a second past that moment, and only then is what is due sent.
            assert at <= sent_at < at + timedelta(seconds=2)
            heard[member].append(sent_at)
            question = await line.press("Open")
            assert ("This is your last check-in." in question) == (len(heard[member]) == WEEKS)
            await question.press("On track")
        for member, moments in heard.items():
            local = [moment.astimezone(ZoneInfo(zones[member])) for moment in moments]
            assert len(local) == WEEKS
            assert {(one.hour, one.minute, one.weekday()) for one in local} == {(18, 0, 6)}
            assert len({one.utcoffset() for one in local}) == 2, "on both sides of the clock's changes"
            assert sum(one.dst() != two.dst() for one, two in pairwise(local)) == 2
        await demo.skip(days=9)
        for member in zones:
            # Closed messages go after 30 days, so four or five of the check-ins are left, and the end.
            lines = told(demo, member)
            assert len(lines) in (5, 6)
            assert set(lines[:-1]) == {GONE}
            assert "has ended" in await opened(demo, member)


def _agreed(first: date, zones: dict[MemberActor, str]) -> list[tuple[datetime, MemberActor]]:
    """Return every moment at which somebody is asked: at six each Sunday evening, in their time zone."""
    every = [
        (datetime(day.year, day.month, day.day, 18, tzinfo=ZoneInfo(zone)).astimezone(UTC), member)
        for day in (first + timedelta(weeks=week) for week in range(WEEKS))
        for member, zone in zones.items()
    ]
    return sorted(every, key=lambda one: one[0])
