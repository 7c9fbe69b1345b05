"""`/settings`, as people press it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.people.models import FOREVER, DiscordUser, Person
from cogs.help import strings as help_words
from cogs.me.settings import strings
from cogs.shared import zones


async def of(demo: DemoClient, member: MemberActor) -> Person:
    services = demo.bot.services
    person = await services.people.meet(DiscordUser(member.id, str(member.user.global_name)), demo.now)
    found: Person = await services.preferences.of(person)
    return found


async def test_settings_shows_time_zone_quiet_hours_rest_and_age(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for dm in (False, True):
        shown = await demo.slash(ana, "settings", dm=dm)
        assert shown.ephemeral
        for what in ("Time zone", "Quiet hours", "Rest", "Age"):
            assert f"**{what}**" in shown
            assert what in shown.buttons


async def test_a_zone_is_offered_while_it_is_typed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert (await demo.complete(ana, "settings", "zone", "berl"))[0] == "Europe/Berlin"
    assert "America/New York" in await demo.complete(ana, "settings", "zone", "new y")
    assert len(await demo.complete(ana, "settings", "zone", "")) == 25
    assert await demo.complete(ana, "settings", "zone", "nowhere at all") == []


@pytest.mark.parametrize("typed", ["Pacific/Auckland", "auckland", "  Auckland ", "pacific/AUCKLAND"])
async def test_a_time_zone_is_saved_and_shown_with_its_local_time(demo: DemoClient, typed: str) -> None:
    ana = await demo.member("ana")
    shown = await demo.slash(ana, "settings", zone=typed)
    assert strings.ZONE_KEPT.format(zone="Pacific/Auckland") in shown
    assert "01:00" in shown
    assert (await of(demo, ana)).zone == "Pacific/Auckland"


async def test_an_unknown_time_zone_changes_nothing(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for typed in ("Atlantis", "Europe", "a" * 1000):
        assert help_words.ZONE_TITLE in await demo.slash(ana, "settings", zone=typed)
    assert (await of(demo, ana)).zone is None
    assert "option" in await (await demo.slash(ana, "settings")).press("Time zone")


def test_every_zone_of_the_time_zone_database_can_be_typed() -> None:
    assert {zones.meant(zone) for zone in zones.every()} == set(zones.every())


async def test_quiet_hours_can_be_chosen_and_removed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    card = await (await demo.slash(ana, "settings")).press("Quiet hours")
    assert card.chosen == ["They begin at 22:00", "They end at 07:00"]
    assert "I won't send you anything from **22:00** to **07:00**" in card
    card = await card.choose("They begin at 23:00", which="quiet_from")
    card = await card.choose("They end at 09:00", which="quiet_to")
    shown = await card.press("Keep these hours")
    assert "23:00 to 09:00" in shown
    quiet = (await of(demo, ana)).quiet
    assert quiet is not None
    assert (quiet.start, quiet.end) == (time(23), time(9))
    again = await shown.press("Quiet hours")
    assert again.chosen == ["They begin at 23:00", "They end at 09:00"]
    assert strings.NO_QUIET_LINE in await again.press("No quiet hours")
    assert (await of(demo, ana)).quiet is None


async def test_quiet_hours_cannot_begin_and_end_at_the_same_hour(demo: DemoClient) -> None:
    card = await (await demo.slash(await demo.member("ana"), "settings")).press("Quiet hours")
    card = await card.choose("They begin at 07:00", which="quiet_from")
    assert "two different times" in card
    assert "Keep these hours" not in card.buttons
    assert "Keep these hours" in (await card.choose("They end at 08:00", which="quiet_to")).buttons


@pytest.mark.parametrize(
    ("label", "until"),
    [
        ("A day", datetime(2026, 1, 8, 12, tzinfo=UTC)),
        ("A week", datetime(2026, 1, 14, 12, tzinfo=UTC)),
        ("A month", datetime(2026, 2, 7, 12, tzinfo=UTC)),
        ("Until I say", FOREVER),
    ],
)
async def test_rest_begins_and_ends(demo: DemoClient, label: str, until: datetime) -> None:
    ana = await demo.member("ana")
    shown = await (await (await demo.slash(ana, "settings")).press("Rest")).press(label)
    assert "**Rest** · until" in shown
    held = (await of(demo, ana)).resting_until
    assert held is not None
    assert abs(held - until) < timedelta(minutes=1)
    ended = await (await shown.press("Rest")).press("End my rest")
    assert strings.REST_ENDED in ended
    assert (await of(demo, ana)).resting_until is None
    assert "End my rest" not in (await ended.press("Rest")).buttons


async def test_whoever_said_under_18_can_say_18_or_over_only_a_day_later(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    said = await (await (await demo.slash(ana, "settings")).press("Age")).press("I'm under 18")
    assert "What brought you here still matters" in said
    lines = await said.press("Who can help")
    assert lines.text != said.text
    age = await (await demo.slash(ana, "settings")).press("Age")
    early = await age.press("I'm 18 or over")
    assert help_words.NOT_YET_TITLE in early
    assert (await of(demo, ana)).minor
    await demo.skip(days=1)
    said = await age.press("I'm 18 or over")
    assert strings.GROWN_KEPT in said
    for shown in (said, await demo.slash(ana, "settings")):
        assert strings.GROWN_LINE in shown
        assert strings.AGE_LINE not in shown
    assert not (await of(demo, ana)).minor


async def test_settings_shows_that_somebody_said_in_ask_that_they_are_18_or_over(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert strings.AGE_LINE in await demo.slash(ana, "settings")
    await (await demo.slash(ana, "ask")).press("Continue, I'm 18+")
    said = await demo.slash(ana, "settings")
    assert strings.GROWN_LINE in said
    assert strings.AGE_LINE not in said
    await (await said.press("Age")).press("I'm under 18")
    assert strings.MINOR_LINE in await demo.slash(ana, "settings")


async def test_quiet_hours_can_be_kept_after_a_restart_and_with_two_presses_at_once(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    card = await (await demo.slash(ana, "settings")).press("Quiet hours")
    await demo.restart()
    for shown in await card.press_twice("Keep these hours"):
        assert "22:00 to 07:00" in shown
    assert "22:00 to 07:00" in await (await card.press("Rest")).press("Back")


@pytest.mark.parametrize(
    ("custom_id", "values"),
    [
        ("v1:settings.quiet_keep:2507", None),
        ("v1:settings.quiet_keep:", None),
        ("v1:settings.quiet_from:2207", ["99"]),
        ("v1:settings.quiet_to:2207", []),
        ("v1:settings.quiet_to:xx07", ["01"]),
        ("v1:settings.rest_for:year", None),
        ("v1:settings.nothing:", None),
        ("v2:settings.show:", None),
    ],
)
async def test_a_forged_press_that_no_card_offers_is_refused(
    demo: DemoClient, custom_id: str, values: Any
) -> None:
    ana = await demo.member("ana")
    assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, custom_id, values)


async def test_a_forged_press_changes_only_the_settings_of_whoever_pressed(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    rest = await (await demo.slash(ana, "settings")).press("Rest")
    await demo.forge(bo, rest.custom_id("Until I say"))
    assert (await of(demo, ana)).resting_until is None
    assert (await of(demo, bo)).resting_until == FOREVER
