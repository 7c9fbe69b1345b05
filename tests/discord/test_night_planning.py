"""`/night` while it is planned: when it is, one's own card, and when to be asked."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.ui.custom_id import to
from cogs.help import strings as help_words
from cogs.manage import strings as manage_words
from cogs.night import strings
from cogs.report import strings as report_words
from tests.discord.going_out import (
    CARD,
    ZONE,
    at,
    at_home,
    home_by,
    joined,
    met,
    option,
    planned,
    says_minor,
    sets_minors,
    until,
    views,
)
from tests.discord.stateless import fits

NOT_YOURS = help_words.NOT_YOURS_TITLE
OVER = "That night is over"


async def planning(demo: DemoClient, member: MemberActor) -> Screen:
    return await (await demo.slash(member, "night")).press(strings.PLAN)


async def wrote(demo: DemoClient, member: MemberActor) -> Screen:
    return await (await option(demo, member, "card")).submit(CARD)


async def test_somebody_who_is_in_none_reads_what_a_night_is(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    first = await demo.slash(ana, "night")
    assert "Nobody looks out for you until you choose them and they say yes." in first
    assert "I can't see you, and I can't come and get you." in first
    assert first.buttons == [strings.PLAN, "Support"]
    assert first.ephemeral


async def test_a_night_is_planned_with_two_presses(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await planned(demo, ana)
    [view] = await views(demo, ana)
    assert view.night.starts_at.astimezone(ZoneInfo(ZONE)).hour == 20
    assert view.night.ends_at - view.night.starts_at == timedelta(hours=7)
    assert at(view.night.starts_at) in shown
    for line in (strings.PLANNED, strings.ALONE, strings.NOBODY_LOOKS_OUT, strings.NO_CARD):
        assert line in shown
    assert shown.buttons == [strings.INVITE, strings.MY_CARD, strings.MORE, "Support"]


async def test_day_start_and_end_are_chosen_and_what_was_chosen_is_shown(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    await until(demo, 12)
    shown = await planning(demo, ana)
    assert shown.chosen == ["Tonight", "From 20:00", "Until about 03:00"]
    shown = await (await shown.choose("Tomorrow", which="nights.day")).choose(
        "From 22:00", which="nights.from"
    )
    assert shown.chosen == ["Tomorrow", "From 22:00", "Until about 03:00"]
    await demo.restart()
    shown = await (await shown.choose("Until about 05:00", which="nights.until")).press(strings.ITS_A_PLAN)
    [view] = await views(demo, ana)
    begins = view.night.starts_at.astimezone(ZoneInfo(ZONE))
    assert (begins.date() - demo.now.astimezone(ZoneInfo(ZONE)).date()).days == 1
    assert (begins.hour, view.night.ends_at - view.night.starts_at) == (22, timedelta(hours=7))


async def test_pressing_its_a_plan_twice_plans_one_night(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    for shown in await (await planning(demo, ana)).press_twice(strings.ITS_A_PLAN):
        assert strings.HOME_TITLE in shown
    assert len(await views(demo, ana)) == 1


async def test_a_second_night_at_the_same_time_is_refused_and_the_first_stays(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await (await option(demo, ana, "plan")).choose("From 21:00", which="nights.from")
    assert strings.ONE_AT_A_TIME_TITLE in await shown.press(strings.ITS_A_PLAN)
    assert len(await views(demo, ana)) == 1


async def test_of_two_nights_one_is_chosen(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await (await option(demo, ana, "plan")).choose("Tomorrow", which="nights.day")
    await shown.press(strings.ITS_A_PLAN)
    first, second = await views(demo, ana)
    which = await demo.slash(ana, "night")
    assert strings.WHICH in which
    assert [one.split(", ")[-1] for one in which.options] == ["20:00 to 03:00"] * 2
    assert strings.PLAN_TITLE in await which.press(strings.PLAN)
    for number, one in enumerate((first, second)):
        which = await demo.slash(ana, "night")
        assert at(one.night.starts_at) in await which.choose(which.options[number])


async def test_when_one_of_two_nights_is_on_it_is_shown_at_once(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await (await (await option(demo, ana, "plan")).choose("Tomorrow", which="nights.day")).press(
        strings.ITS_A_PLAN
    )
    await until(demo, 21)
    assert strings.TITLE_ON in await demo.slash(ana, "night")


async def test_a_night_that_has_begun_too_long_ago_is_refused(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    await until(demo, 12)
    shown = await (await planning(demo, ana)).choose("From 03:00", which="nights.from")
    assert strings.NO_SUCH_HOURS in await shown.press(strings.ITS_A_PLAN)
    assert await views(demo, ana) == []


async def test_after_midnight_tonight_is_the_night_that_has_begun(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    await until(demo, 1)
    shown = await planning(demo, ana)
    assert shown.chosen[0] == strings.LAST_NIGHT
    assert strings.TITLE_ON in await shown.press(strings.ITS_A_PLAN)
    await demo.skip(minutes=3)
    assert "How are you?" in await demo.dms(ana)[-1].press("Open")


async def test_without_a_time_zone_it_is_asked_for_first(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await planning(demo, ana)
    assert strings.NO_ZONE in shown
    assert shown.buttons == [strings.SET_ZONE, "Support"]
    refused = await (await shown.press(strings.SET_ZONE)).submit({"zone": "Atlantis"})
    assert help_words.ZONE_TITLE in refused
    assert "Atlantis" in refused
    form = await (await planning(demo, ana)).press(strings.SET_ZONE)
    assert strings.ZONE.format(zone="Europe/Berlin") in await form.submit({"zone": "Berlin"})


async def test_a_forged_plan_without_a_time_zone_plans_nothing(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await demo.forge(ana, to("nights.planned", "", "20260110-1200-7"))
    assert strings.NO_ZONE in shown
    assert await views(demo, ana) == []


@pytest.mark.parametrize(
    "word", ["99991231-1200-7", "00010101-0-7", "20260110-1200-0", "20250110-1200-7", "20270110-1200-7"]
)
async def test_days_that_no_list_offers_are_refused(demo: DemoClient, word: str) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    assert strings.NO_SUCH_HOURS in await demo.forge(ana, to("nights.planned", "", word))
    assert await views(demo, ana) == []


@pytest.mark.parametrize("word", ["", "x", "20260110", "20260110-x-7", "20260110-1440-7", "20260110-1200-19"])
async def test_words_that_no_button_has_are_refused(demo: DemoClient, word: str) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    for verb, values in (("planned", None), ("day", ["20260110"]), ("from", ["60"]), ("until", ["3"])):
        assert NOT_YOURS in await demo.forge(ana, to(f"nights.{verb}", "", word), values)


async def test_in_direct_messages_a_night_is_planned_in_the_only_server(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await demo.slash(ana, "night", dm=True)
    assert strings.HOME_TITLE in shown
    assert strings.INVITE_IN_SERVER in await shown.press(strings.INVITE)
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    shown = await (await demo.slash(ana, "night", dm=True)).press(strings.PLAN)
    assert strings.PLANNED in await shown.press(strings.ITS_A_PLAN)
    assert (await views(demo, ana))[0].night.server == ServerId(demo.server.id)


# -- one's card -------------------------------------------------------------------------------------------


async def test_a_card_is_written_and_changed_until_the_night_begins(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    assert strings.HAS_CARD in await wrote(demo, ana)
    shown = await option(demo, ana, "card")
    for words in CARD.values():
        assert words in shown
    await demo.restart()
    form = await shown.press(strings.CHANGE)
    assert form.form["way"].value == CARD["way"]
    await form.submit({"way": "A taxi."})
    assert "A taxi." in await option(demo, ana, "card")


async def test_once_the_night_has_begun_the_card_is_locked_and_what_is_typed_is_not_lost(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await wrote(demo, ana)
    form = await (await option(demo, ana, "card")).press(strings.CHANGE)
    await until(demo, 21)
    refused = await form.submit({"limit": "Ten beers."})
    assert strings.CARD_LOCKED in refused
    assert "Ten beers." in refused
    shown = await option(demo, ana, "card")
    assert CARD["limit"] in shown
    assert shown.buttons == [strings.TO_NIGHT, "Support"]
    assert "opens again" not in shown, "after noon nothing can be changed either"


async def test_a_card_that_is_still_empty_can_be_written_late(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await until(demo, 21)
    shown = await wrote(demo, ana)
    assert CARD["way"] in shown, "the way home stands on the card of the night"
    assert CARD["limit"] not in shown


async def test_nobody_else_opens_changes_or_writes_a_card(demo: DemoClient) -> None:
    ana, eve = await demo.member("ana"), await demo.member("eve")
    shown = await planned(demo, ana)
    card, more = shown.custom_id(strings.MY_CARD), shown.custom_id(strings.MORE)
    member = card.rsplit(":", 1)[-1]
    await wrote(demo, ana)
    for verb in ("card", "edit", "show", "keep", "invite", "choose", "more"):
        refused = await demo.forge(eve, f"v1:nights.{verb}:{member}")
        assert OVER in refused, verb
        assert "beers" not in refused
    for key in strings.MORE_OPTIONS.keys() - {"plan"}:
        assert OVER in await demo.forge(eve, f"v1:nights.pick:{member}", [key]), key
    assert NOT_YOURS in await demo.forge(eve, f"v1:nights.pick:{member}", ["x"])
    assert OVER in await demo.forge(eve, more)
    assert OVER in await demo.forge_form(eve, f"v1:nights.write:{member}", CARD)
    assert CARD["limit"] in await option(demo, ana, "card")


async def test_a_blank_form_is_a_card_that_is_empty(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    assert strings.NO_CARD in await (await option(demo, ana, "card")).submit(
        {"limit": " \n", "way": "\u200b"}
    )


async def test_words_that_may_mean_more_add_help_beside_them(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await (await option(demo, ana, "card")).submit({"notice": "I want to kill myself."})
    assert strings.HAS_CARD in shown
    assert len(shown.followups) == 1


async def test_the_longest_and_strangest_card_still_fits_and_stays_as_it_was(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    strange = {
        "limit": "*_~`|<>[]()#" * 16,
        "notice": "\u202eעברית عربي\u202c " + "🌿" * 200,
        "words": "```\ncode\n``` @everyone <@1> # head",
        "way": "x" * 300,
    }
    await (await option(demo, ana, "card")).submit(strange)
    shown = await option(demo, ana, "card")
    assert fits(shown)
    form = await shown.press(strings.CHANGE)
    assert {key: form.form[key].value for key in strange} == strange


# -- when to be asked -------------------------------------------------------------------------------------


async def test_they_choose_by_when_they_will_be_home(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await option(demo, ana, "home")
    assert strings.HOME_BY_NOBODY in shown
    assert shown.chosen == [strings.DONT_ASK]
    assert shown.options[0] == "20:30"
    after = await shown.choose("02:00")
    [view] = await views(demo, ana)
    assert view.member.home_at is not None
    assert strings.WAY_HOME.format(time=f"{at(view.member.home_at + timedelta(minutes=30))}:t>") in after
    again = await option(demo, ana, "home")
    assert again.chosen == ["02:00"]
    assert strings.NO_WAY_HOME in await again.choose(strings.DONT_ASK)


async def test_they_choose_when_they_are_asked_how_they_are(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    shown = await (await option(demo, ana, "check")).choose("23:00")
    [view] = await views(demo, ana)
    assert view.member.check_at is not None
    assert strings.CHECK_AT.format(time=f"{at(view.member.check_at)}:t>") in shown
    await (await option(demo, ana, "check")).choose(strings.DONT_ASK)
    assert (await views(demo, ana))[0].member.check_at is None


async def test_a_time_that_has_passed_or_was_not_offered_is_refused(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    choice = await option(demo, ana, "home")
    [view] = await views(demo, ana)
    for wrong in ("17", "x", "", "9" * 30, "-30", "never "):
        refused = await demo.forge(ana, f"v1:nights.home_at:{view.member.id}", [wrong])
        assert strings.HOME_PAST in refused, wrong
    await until(demo, 22)
    assert strings.HOME_PAST in await choice.choose("21:00")
    assert (await views(demo, ana))[0].member.home_at is None


async def test_once_the_night_has_begun_the_time_to_be_home_stays(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await home_by(demo, ana, "02:00")
    first, second = [await option(demo, ana, "home") for _ in range(2)]
    await until(demo, 21)
    menu = await (await demo.slash(ana, "night")).press(strings.MORE)
    assert strings.MORE_OPTIONS["home"] not in menu.options
    assert strings.NO_TIME_TITLE in await first.choose(strings.DONT_ASK)
    assert strings.NO_TIME_TITLE in await second.choose("03:00")


async def test_each_chooses_in_the_clock_of_their_own_zone_and_means_the_same_moment(
    demo: DemoClient,
) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await at_home(demo, bo)
    await planned(demo, ana)
    await joined(demo, ana, bo)
    await demo.bot.services.preferences.live_in(await met(demo, bo), "Europe/London")
    shown = await option(demo, bo, "home")
    assert shown.options[0] == "19:30"
    assert strings.ZONE.format(zone="Europe/London") in shown
    await shown.choose("01:00")
    await home_by(demo, ana, "02:00")
    assert [(await views(demo, one))[0].member.home_at for one in (ana, bo)] == [
        (await views(demo, ana))[0].night.starts_at + timedelta(hours=6)
    ] * 2


async def test_without_a_zone_of_their_own_the_zone_of_the_night_is_used(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await planned(demo, ana)
    await joined(demo, ana, bo)
    assert (await option(demo, bo, "home")).options[0] == "20:30"


# -- who may not ------------------------------------------------------------------------------------------


async def test_under_18_there_is_no_night(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    shown = await planning(demo, ana)
    await says_minor(demo, ana)
    assert help_words.MINOR_TITLE in await demo.slash(ana, "night")
    assert help_words.MINOR_TITLE in await shown.press(strings.ITS_A_PLAN)
    assert help_words.MINOR_TITLE in await demo.forge(ana, "v1:nights.pick:a", ["plan"])


async def test_saying_under_18_leaves_the_night(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await says_minor(demo, ana)
    assert await views(demo, ana) == []
    assert help_words.MINOR_TITLE in await demo.slash(ana, "night")


async def test_in_a_server_for_minors_no_night_is_planned_and_those_to_come_end(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await planned(demo, ana)
    await sets_minors(demo)
    assert await views(demo, ana) == []
    assert help_words.MINOR_TITLE in await demo.slash(ana, "night")
    assert help_words.MINOR_TITLE in await shown.press(strings.INVITE)


async def test_a_night_that_is_on_runs_out_when_its_server_is_set_for_minors(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await until(demo, 21)
    await sets_minors(demo)
    shown = await demo.slash(ana, "night")
    assert strings.TITLE_ON in shown
    assert help_words.MINOR_TITLE in await option(demo, ana, "plan")
    assert "You're home." in await shown.press(strings.HOME)


async def test_without_the_role_of_adults_nothing_is_planned(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    role = demo.server.create_role("grown-ups")
    services, server = demo.bot.services, ServerId(demo.server.id)
    await at_home(demo, ana)
    await services.servers.change(server, await met(demo, ana), demo.now, {"adult_role": role.id})
    shown = await planning(demo, ana)
    assert manage_words.WITHOUT_ROLE_TITLE in await shown.press(strings.ITS_A_PLAN)
    demo.env.backend.get_member(demo.server.id, ana.id).role_ids.append(role.id)
    assert strings.PLANNED in await shown.press(strings.ITS_A_PLAN)


async def test_six_nights_a_day_are_the_most(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await at_home(demo, ana)
    await until(demo, 12)
    for _ in range(6):
        await (await planning(demo, ana)).press(strings.ITS_A_PLAN)
        await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    assert report_words.TOO_MUCH_TITLE in await (await planning(demo, ana)).press(strings.ITS_A_PLAN)


# -- leaving ----------------------------------------------------------------------------------------------


async def test_leaving_asks_once_and_then_nothing_is_left(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await planned(demo, ana)
    await wrote(demo, ana)
    asked = await option(demo, ana, "leave")
    assert strings.LEAVING in asked
    assert strings.HOME_TITLE in await asked.press(strings.STAY)
    first, second = await (await option(demo, ana, "leave")).press_twice(strings.YES_LEAVE)
    assert strings.LEFT_TITLE in first
    assert strings.LEFT_TITLE in second or NOT_YOURS in second, "the last one's row is gone"
    assert strings.PLAN in (await demo.slash(ana, "night")).buttons


async def test_an_old_card_of_a_night_that_was_left_leads_back(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await planned(demo, ana)
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    over = await shown.press(strings.MORE)
    assert OVER in over
    assert strings.PLAN in (await over.press(strings.TO_NIGHTS)).buttons
