"""`/manage reminders`: a reminder is set, previewed, paused and removed."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.reminders.models import ReminderKind
from cogs.manage.reminders import strings
from tests.discord.reminding import (
    ASK,
    EVENT,
    NIGHT,
    NORM,
    NOT_A_MODERATOR,
    NOT_YOURS,
    STORY,
    agreed,
    begun,
    channel_without,
    event,
    here,
    home,
    moderator,
    on,
    person,
    stamp,
    standing,
    started,
    until,
)
from tests.unit.pods.fixtures import utc

FRIDAY = (2026, 1, 9, 18)
VERBS = ["Pause", "Pause for a month", "Skip the next", "The next five times"]
REST = ["Preview", "Change", "Remove", "Back", "Support"]


async def test_a_first_reminder_is_on_after_the_command_and_three_presses(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await home(demo, mo)
    assert card.ephemeral
    assert strings.HOME_EMPTY in card.text
    assert strings.NO_NORMS not in card.text
    assert card.buttons == ["Add", "Support"]
    kinds = await card.press("Add")
    assert kinds.options == [NORM, EVENT, NIGHT, STORY]
    card = await kinds.choose(NORM)
    assert "**When** · Every Friday at 18:00 (UTC)" in card
    assert "**Limits** · after 20 messages, never from 22:00 to 08:00" in card
    assert f"<#{demo.general.id}>" in card.text
    assert card.chosen == [
        "Every week", "Friday", "18:00"
    ]  # fmt: skip
    assert card.buttons == ["Start", "Preview", "Limits", "Time zone", "Discard", "Support"]
    assert len(card.placeholders) == 4
    card = await card.press("Start")
    assert f"Next: {stamp(*FRIDAY)}" in card.text
    assert card.buttons == [*VERBS, *REST]
    await until(demo, utc(*FRIDAY))
    [post] = standing(demo, mo)
    assert ASK.title in post
    listed = await card.press("Back")
    assert listed.buttons == ["Open", "Add", "Pause all for a month", "Support"]
    assert f"Next: {stamp(2026, 1, 16, 18)}" in listed.text


async def test_without_norms_a_reminder_says_why_it_posts_nothing(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await started(demo, mo)
    assert strings.NO_NORMS in card.text
    assert strings.NOTHING in (await card.press("Preview")).text
    assert strings.NO_NORMS in (await card.press("Back")).text
    await until(demo, utc(*FRIDAY))
    assert not standing(demo, mo)


async def test_a_reminder_uses_the_time_zone_of_the_moderator_who_sets_it(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await demo.slash(mo, "settings", zone="Auckland")
    assert "at 18:00 (Pacific/Auckland)" in await begun(demo, mo)


async def test_a_reminder_that_was_not_started_is_listed_and_can_be_discarded(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await begun(demo, mo)
    listed = await home(demo, mo)
    assert strings.STATE_NEW in listed.text
    shown = await listed.press("Open")
    assert shown.buttons == ["Start", "The next five times", *REST]
    start = shown.custom_id("Start")
    assert strings.TIMES_NONE in (await shown.press("The next five times")).text
    first, second = await card.press_twice("Discard")
    assert {strings.HOME_EMPTY in one.text for one in (first, second)} == {True, False}
    assert NOT_YOURS in (await demo.forge(mo, start)).text


# -- setting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "choice", "says"),
    [
        ("rem_cadence", "Every two weeks", "Every second Friday at 18:00"),
        ("rem_cadence", "Every month", "On day 1 of each month at 18:00"),
        ("rem_day", "Monday", "Every Monday at 18:00"),
        ("rem_at", "09:00", "Every Friday at 09:00"),
    ],
)
async def test_each_select_sets_one_thing_and_shows_it(
    demo: DemoClient, which: str, choice: str, says: str
) -> None:
    mo = await moderator(demo)
    card = await (await started(demo, mo)).press("Change")
    await demo.restart()
    card = await card.choose(choice, which=which)
    assert says in card
    assert choice in card.chosen
    assert card.buttons == ["Done", "Preview", "Limits", "Time zone", "Support"]
    assert says in (await card.press("Done")).text


@pytest.mark.parametrize(
    ("which", "choice", "says"),
    [
        ("rem_least", "Also when it's quiet", "even if nobody has written, never"),
        ("rem_least", "After 5 messages since its last one", "after 5 messages"),
        ("rem_quiet", "At any hour", "**Now** · after 20 messages"),
        ("rem_quiet", "Never from 23:00 to 07:00", "never from 23:00 to 07:00"),
    ],
)
async def test_how_quiet_it_may_be_is_set_on_a_card_of_its_own(
    demo: DemoClient, which: str, choice: str, says: str
) -> None:
    mo = await moderator(demo)
    card = await (await (await started(demo, mo)).press("Change")).press("Limits")
    await demo.restart()
    card = await card.choose(choice, which=which)
    assert says in card
    assert choice in card.chosen
    assert card.buttons == ["Back", "Time zone", "Support"]
    back = await card.press("Back")
    assert says.removeprefix("**Now** · ") in back


async def test_every_day_of_a_month_can_be_chosen(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await (await begun(demo, mo)).choose("Every month", which="rem_cadence")
    assert {"Day 1", "Day 28", "The last day"} <= set(card.options)
    assert "On day 15 of each month" in await card.choose("Day 15", which="rem_day")
    assert "On the last day of each month" in await card.choose("The last day", which="rem_late_day")


async def test_a_reminder_can_be_moved_to_another_channel(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic")
    card = await (await started(demo, mo)).press("Change")
    assert f"<#{attic.id}>" in (await card.choose([attic], which="rem_channel")).text
    await until(demo, utc(*FRIDAY))
    assert not standing(demo, mo)
    assert len(standing(demo, mo, attic)) == 1


async def test_the_time_zone_can_be_changed_by_typing_a_city(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await started(demo, mo)
    form = await (await (await card.press("Change")).press("Limits")).press("Time zone")
    assert form.is_form
    card = await form.submit({"City or zone": "berlin"})
    assert "at 18:00 (Europe/Berlin)" in card
    assert stamp(2026, 1, 9, 17) in (await card.press("Done")).text


async def test_a_name_that_fits_several_time_zones_shows_a_choice_of_them(demo: DemoClient) -> None:
    mo = await moderator(demo)
    form = await (await (await begun(demo, mo)).press("Limits")).press("Time zone")
    which = await form.submit({"City or zone": "buenos"})
    assert strings.ZONE_WHICH_TITLE in which
    assert "America/Argentina/Buenos Aires" in which.options
    await demo.restart()
    assert "(America/Argentina/Buenos_Aires)" in await which.choose("America/Argentina/Buenos Aires")


async def test_an_unknown_time_zone_is_refused_and_can_be_edited(demo: DemoClient) -> None:
    mo = await moderator(demo)
    form = await (await (await begun(demo, mo)).press("Limits")).press("Time zone")
    none = await form.submit({"City or zone": "Atlantis"})
    assert strings.ZONE_NONE_TITLE in none
    assert (await none.press("Edit")).is_form
    assert "(UTC)" in await none.press("Back")


async def test_values_that_no_select_offers_change_nothing(demo: DemoClient) -> None:
    mo, id = await moderator(demo), await on(demo)
    before = (await home(demo, mo)).text
    for verb, value in (
        ("rem_channel", "77"), ("rem_channel", "x"), ("rem_cadence", "twice"), ("rem_cadence", "daily"),
        ("rem_day", "x"), ("rem_at", "1440"), ("rem_at", "-1"), ("rem_before", "7"), ("rem_least", "500"),
        ("rem_quiet", "0-1"), ("rem_zone_is", "Mars/Base"),
    ):  # fmt: skip
        assert NOT_YOURS in (await demo.forge(mo, f"v1:manage.{verb}:{id}", [value])).text
    assert NOT_YOURS in (await demo.forge(mo, "v1:manage.rem_kind:", ["poem"])).text
    # A day of the month comes from an older card, if another moderator has changed the cadence meanwhile.
    # The answer shows how the reminder stands now.
    assert "Every Friday" in await demo.forge(mo, f"v1:manage.rem_day:{id}", ["31"])
    assert (await home(demo, mo)).text == before


# -- looking --------------------------------------------------------------------------------------------


async def test_the_preview_is_exactly_the_message_that_is_posted(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await begun(demo, mo)
    shown = await card.press("Preview")
    assert shown.ephemeral
    assert "Every Friday" in card
    await card.press("Start")
    await until(demo, utc(*FRIDAY))
    [post] = standing(demo, mo)
    assert (shown.text, shown.buttons) == (post.text, post.buttons)
    why = await shown.press("Why")
    assert ASK.why in why
    assert why.text == (await post.press("Why")).text


async def test_the_next_five_times_of_a_reminder_are_listed(demo: DemoClient) -> None:
    mo = await moderator(demo)
    times = await (await started(demo, mo)).press("The next five times")
    for day in ((1, 9), (1, 16), (1, 23), (1, 30), (2, 6)):
        assert stamp(2026, *day, 18) in times.text
    assert "I only post this one after 20 messages." in times
    assert "Pause" in (await times.press("Back")).buttons


async def test_ten_reminders_fit_on_one_card_and_an_eleventh_is_refused(demo: DemoClient) -> None:
    mo = await moderator(demo)
    kinds = await (await home(demo, mo)).press("Add")
    for number in range(10):
        await on(demo, list(ReminderKind)[number % 3])
    full = await home(demo, mo)
    assert full.buttons.count("Open") == 10
    assert "Add" not in full.buttons
    assert strings.FULL_TITLE in (await kinds.choose(NORM)).text


# -- pausing --------------------------------------------------------------------------------------------


async def test_a_paused_reminder_posts_nothing_and_can_be_resumed(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await started(demo, mo)
    first, second = await card.press_twice("Pause")
    for one in (first, second):
        assert strings.STATE_PAUSED in one.text
        assert one.buttons == ["Resume", "The next five times", *REST]
    await until(demo, utc(*FRIDAY))
    assert not standing(demo, mo)
    await demo.restart()
    first, second = await first.press_twice("Resume")
    for one in (first, second):
        assert f"Next: {stamp(2026, 1, 16, 18)}" in one.text


async def test_a_reminder_paused_for_a_month_goes_on_by_itself(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await (await started(demo, mo)).press("Pause for a month")
    assert f"Paused until <t:{int(utc(2026, 2, 6, 12).timestamp())}:D>" in card.text
    assert f"Next: {stamp(2026, 2, 6, 18)}" in card.text
    assert card.buttons == ["Resume", "Skip the next", "The next five times", *REST]
    await until(demo, utc(2026, 2, 6, 17))
    assert not standing(demo, mo)
    await until(demo, utc(2026, 2, 6, 18))
    assert len(standing(demo, mo)) == 1


async def test_all_reminders_can_be_paused_for_a_month_at_once(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await on(demo)
    await on(demo, ReminderKind.STORY)
    card = await (await home(demo, mo)).press("Pause all for a month")
    assert strings.ALL_REST in card.text
    assert card.text.count("Paused until") == 2
    assert "Pause all for a month" not in card.buttons


async def test_pressing_skip_the_next_twice_at_once_skips_one_time(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await started(demo, mo)
    for one in await card.press_twice("Skip the next"):
        assert f"Next: {stamp(2026, 1, 16, 18)}" in one.text
    assert NOT_YOURS in (await demo.forge(mo, "v1:manage.rem_skip:nothing.x")).text


async def test_a_story_that_is_skipped_is_not_the_next_one_either(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await (await begun(demo, mo, "One short story at a time")).press("Start")
    first, second = list(demo.bot.services.library.stories.values())[:2]
    assert first.topic in await card.press("Preview")
    for one in await card.press_twice("Skip this story"):
        assert f"Next: {stamp(2026, 1, 16, 18)}" in one.text
    assert second.topic in await card.press("Preview")


async def test_removing_a_reminder_needs_confirmation_and_deletes_its_post(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await started(demo, mo)
    ids = [one for one in card.custom_ids if "manage.rem_" in one]
    await until(demo, utc(*FRIDAY))
    [post] = standing(demo, mo)
    asks = await card.press("Remove")
    assert f"<#{demo.general.id}>" in asks.text
    kept = await asks.press("Keep it")
    sure = await kept.press("Remove")
    await demo.restart()
    first, second = await sure.press_twice("Remove it")
    assert sorted(strings.REMOVED in one.text for one in (first, second)) == [False, True]
    await demo.skip(seconds=5)
    assert post.gone
    assert len(ids) == 7
    for one in ids:
        assert NOT_YOURS in (await demo.forge(mo, one)).text


# -- before events --------------------------------------------------------------------------------------


async def test_an_event_reminder_covers_events_planned_before_it_and_after_it(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    event(demo, "Games @everyone", 2026, 1, 9, 20)
    await demo.settle()
    card = await begun(demo, mo, EVENT)
    assert "1 hour before each event of this server\n" in card
    assert not [one for one in card.placeholders if one in (strings.CADENCE_PROMPT, strings.AT_PROMPT)]
    card = await (await card.choose("2 hours before", which="rem_before")).press("Start")
    assert f"Next: {stamp(2026, 1, 9, 18)}" in card.text
    event(demo, "Dinner", 2026, 1, 16, 20)
    await demo.settle()
    times = await card.press("The next five times")
    for at, name in (((2026, 1, 9, 18), "Games"), ((2026, 1, 16, 18), "Dinner")):
        assert stamp(*at) in times.text
        assert name in times
    preview = await (await times.press("Back")).press("Preview")
    assert "Before \u2068Games @\u200beveryone\u2069:" in preview.text
    card = await (await home(demo, mo)).press("Open")
    for one in await card.press_twice("Skip the next"):
        assert f"Next: {stamp(2026, 1, 16, 18)}" in one.text
    await until(demo, utc(2026, 1, 9, 20))
    assert not standing(demo, mo)
    await until(demo, utc(2026, 1, 16, 18))
    [post] = standing(demo, mo)
    assert "Before \u2068Dinner\u2069:" in post.text


async def test_an_event_reminder_says_so_when_no_event_is_planned(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await started(demo, mo, EVENT)
    assert strings.NO_EVENT in card.text
    assert f"Before {strings.SOME_EVENT}:" in await card.press("Preview")
    assert strings.TIMES_NO_EVENT in (await card.press("The next five times")).text


async def test_a_time_in_quiet_hours_is_said_to_move_to_their_end(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await begun(demo, mo)
    assert "in the quiet hours" not in card.text
    card = await card.choose("23:00", which="rem_at")
    moved = "23:00 is in the quiet hours, so I post at 08:00."
    assert moved in card
    card = await card.press("Start")
    assert moved in card
    limits = await (await card.press("Change")).press("Limits")
    assert moved in limits
    assert moved not in await limits.choose("At any hour", which="rem_quiet")


async def test_an_event_that_begins_in_quiet_hours_is_said_to_get_no_reminder(demo: DemoClient) -> None:
    await agreed(demo)
    mo = await moderator(demo)
    card = await started(demo, mo, EVENT)
    assert strings.EVENT_QUIET in card
    event(demo, "Night walk", 2026, 1, 10, 1)
    await demo.settle()
    card = await (await home(demo, mo)).press("Open")
    assert strings.NO_EVENT in card
    limits = await (await card.press("Change")).press("Limits")
    loud = await (await limits.choose("At any hour", which="rem_quiet")).press("Back")
    assert strings.EVENT_QUIET not in loud.text
    assert "Next: " in await loud.press("Done")


async def test_a_reminder_in_utc_says_so_and_how_to_choose_another_time_zone(demo: DemoClient) -> None:
    card = await begun(demo, await moderator(demo))
    assert strings.ZONE_IS_UTC in card
    form = await card.press("Time zone")
    card = await form.submit({strings.ZONE_FIELD: "New York"})
    assert "(America/New_York)" in card
    assert strings.ZONE_IS_UTC not in card.text


# -- who may --------------------------------------------------------------------------------------------


async def test_only_moderators_can_use_the_buttons_of_reminders(demo: DemoClient) -> None:
    ana, id = await demo.member("ana"), await on(demo)
    verbs = {one for one in demo.bot.services.router.verbs if one.startswith("manage.rem")}
    assert len(verbs) >= 20
    for verb in sorted(verbs):
        assert NOT_A_MODERATOR in (await demo.forge(ana, f"v1:{verb}:{id}")).text
    shown = await demo.bot.services.reminders.queries.show(here(demo), id, demo.now)
    assert shown.next_at == utc(2026, 1, 9, 17)


async def test_a_moderator_reaches_no_reminder_of_another_server(demo: DemoClient) -> None:
    mo = await moderator(demo)
    who = await person(demo, mo)
    reminders = demo.bot.services.reminders
    shown = await reminders.add(ServerId(99), who, ReminderKind.NORM, 5, "UTC", demo.now)
    id = shown.reminder.id
    whole = {"manage.rem_add", "manage.rem_kind", "manage.rem_rest_all", "manage.reminders"}
    for verb in sorted(one for one in demo.bot.services.router.verbs if one.startswith("manage.rem")):
        if verb not in whole:
            assert NOT_YOURS in (await demo.forge(mo, f"v1:{verb}:{id}", ["1"])).text, verb


async def test_every_change_of_a_reminder_is_in_the_log(demo: DemoClient) -> None:
    mo: MemberActor = await moderator(demo)
    card = await (await started(demo, mo)).press("Change")
    card = await (await card.choose("Monday", which="rem_day")).press("Done")
    await (await (await card.press("Pause")).press("Remove")).press("Remove it")
    log = (await demo.slash(mo, "manage log")).text.replace("\\", "")
    for said in (
        "started a reminder: One norm at a time: Every Friday at 18:00 (UTC), after 20 messages",
        "changed a reminder: One norm at a time: Every Monday at 18:00",
        "#general, paused",
        "removed a reminder",
    ):
        assert said in log
