"""The offer to plan a night together before a server's events: off by default, one line, and a plan."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.reminders.models import ReminderKind
from cogs.manage.reminders import strings
from cogs.night import strings as night_words
from tests.discord.going_out import at_home
from tests.discord.reminding import begun, event, here, home, on, person, standing, started, until
from tests.unit.pods.fixtures import utc

NIGHT = strings.TITLES["night"]


async def offered(demo: DemoClient, member: MemberActor) -> Screen:
    """Let a moderator switch it on, and the offer come two hours before an event at seven in the evening."""
    await on(demo, ReminderKind.NIGHT, before=120)
    event(demo, "Karaoke", 2026, 1, 9, 18)
    await demo.settle()
    await until(demo, utc(2026, 1, 9, 16))
    [post] = standing(demo, member)
    return post


async def test_it_is_off_until_a_moderator_adds_it(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    event(demo, "Karaoke", 2026, 1, 9, 18)
    await demo.settle()
    await until(demo, utc(2026, 1, 9, 19))

    assert not standing(demo, ana)


async def test_it_needs_no_norms_and_comes_a_day_before_unless_chosen_otherwise(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    card = await begun(demo, mo, NIGHT)
    assert "24 hours before each event" in card
    shown = await card.press("Start")
    assert NIGHT in shown
    assert strings.NO_NORMS not in shown
    preview = await shown.press("Preview")
    assert strings.PLAN_TOGETHER in preview.buttons


async def test_the_offer_is_one_line_that_names_the_event_and_nobody(demo: DemoClient) -> None:
    post = await offered(demo, await demo.member("ana"))

    assert post.text == strings.NIGHT_OFFER.format(event="\u2068Karaoke\u2069")
    assert post.buttons[0] == strings.PLAN_TOGETHER


async def test_whoever_presses_plans_a_night_that_begins_with_the_event(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    post = await offered(demo, ana)
    plan = await post.press(strings.PLAN_TOGETHER)
    assert night_words.PLAN_TITLE in plan
    night = await plan.press(night_words.ITS_A_PLAN)

    assert f"From <t:{int(utc(2026, 1, 9, 18).timestamp())}:f>" in night
    assert standing(demo, ana), "the offer stays for the others"


async def test_somebody_whose_time_zone_is_unknown_is_asked_for_it_first(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    post = await offered(demo, ana)
    asked = await post.press(strings.PLAN_TOGETHER)
    assert night_words.NO_ZONE in asked
    plan = await (await asked.press(night_words.SET_ZONE)).submit({"zone": "Berlin"})
    night = await plan.press(night_words.ITS_A_PLAN)

    assert f"From <t:{int(utc(2026, 1, 9, 18).timestamp())}:f>" in night


async def test_it_does_not_come_where_nights_are_closed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    mo = await demo.member("mo", moderator=True)
    await on(demo, ReminderKind.NIGHT, before=120)
    event(demo, "Karaoke", 2026, 1, 9, 18)
    await demo.bot.services.servers.change(here(demo), await person(demo, mo), demo.now, {"minors": True})
    await demo.settle()
    await until(demo, utc(2026, 1, 9, 19))

    assert not standing(demo, ana)


async def test_it_can_be_skipped_and_removed_like_any_reminder(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    event(demo, "Karaoke", 2026, 1, 9, 18)
    await demo.settle()
    card = await started(demo, mo, NIGHT)
    assert strings.SKIP in card.buttons
    card = await card.press(strings.SKIP)
    assert strings.SKIP not in card.buttons
    removing = await card.press(strings.REMOVE)
    await removing.press(strings.REMOVE_SURE)

    assert NIGHT not in await home(demo, mo)
