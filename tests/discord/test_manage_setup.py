"""`/manage setup`: five steps that save each choice at once, and a summary to change each of them alone."""

from datetime import timedelta

import pytest

from bot.asks.models import Ask
from bot.demo.client import reading
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.servers.models import Ratifying, Server
from bot.ui.custom_id import CustomId
from tests.discord.asking import answer, begin, friends, met, send, services
from tests.discord.setting_up import (
    FRIENDS,
    SUMMARY,
    TITLES,
    at,
    changed,
    drafted,
    moderator,
    part,
    posts,
    settings,
    stands,
)

CHOICES = [
    (1, "country", "Ireland", "country", ("_", "ie")),
    (4, "come into force", "Published by moderators", "ratify_direct", ("False", "True")),
    (4, "How many", "At least 3 must be in", "ratify_least", ("5", "3")),
    (4, "Share", "And three quarters of presses", "ratify_share", ("67", "75")),
    (4, "how long", "Within 14 days", "ratify_days", ("7", "14")),
    (5, "kept", "Deleted 1 day after it closes", "retention_days", ("7", "1")),
    (5, "new members", "New members don't wait", "newcomer_days", ("3", "0")),
]
"""The step, a part of the select's prompt, one of its options, the setting, and its old and new value."""


def presses(card: Screen) -> list[str]:
    return [label for label in card.buttons if label != "Support"]


async def test_setting_a_server_for_minors_needs_confirmation(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose("Some members are under 18", which="under 18")
    assert "Close asks, pods and pairs here?" in asked
    assert await changed(demo) == []
    kept = await asked.press("Change nothing")
    assert stands(kept, 1)
    assert await changed(demo) == []
    asked = await kept.choose("Some members are under 18", which="under 18")
    await demo.restart()
    for card in await asked.press_twice("Close them"):
        assert stands(card, 1)
        assert "What was open here has ended" in card
    assert await changed(demo) == [("minors", "False", "True")]
    again = await card.choose("No members under 18", which="under 18")
    assert "nobody under 18" in again
    assert (await changed(demo))[-1] == ("minors", "True", "False")


# -- the way through ------------------------------------------------------------------------------------


async def test_setting_up_and_putting_norms_to_the_members_takes_at_most_twelve_presses(
    demo: DemoClient,
) -> None:
    mo = await moderator(demo)
    card = await demo.slash(mo, "manage setup")
    count = 1
    for what, which in (
        ("Ireland", "country"), ("Next", ""),
        (demo.general, "norms"), ("Next", ""),
        (FRIENDS, "pack"), ("Take this pack", ""),
        ("Next", ""), ("Next", ""),
        ("Put it to the members", ""), ("Post it", ""),
    ):  # fmt: skip
        assert card.ephemeral
        chosen = card.choose(what, which=which) if which else card.press(str(what))
        card = await chosen
        count += 1
    await demo.settle()
    [ballot] = posts(demo)
    assert "I'm in" in str(ballot.components)
    assert "Ask before you touch" in str(ballot.components)
    assert count <= 12
    assert await settings(demo) == Server(
        (await settings(demo)).id, country="ie", norms_channel=demo.general.id
    )


async def test_each_step_says_its_number_and_next_changes_nothing(demo: DemoClient) -> None:
    card = await demo.slash(await moderator(demo), "manage setup")
    for number in range(1, 6):
        assert stands(card, number)
        card = await card.press("Not now" if number == 3 else "Next")
    assert SUMMARY in card
    assert await settings(demo) == Server((await settings(demo)).id)
    assert await changed(demo) == []
    assert posts(demo) == []


async def test_back_goes_one_step_back_and_the_first_has_none(demo: DemoClient) -> None:
    card = await at(demo, 5)
    for number in range(4, 0, -1):
        card = await card.press("Back")
        assert stands(card, number)
    assert presses(card) == ["Next"]


@pytest.mark.parametrize(("number", "which", "label", "name", "change"), CHOICES)
async def test_a_choice_is_saved_at_once_and_logged_once_even_when_it_is_made_twice(
    demo: DemoClient, number: int, which: str, label: str, name: str, change: tuple[str, str]
) -> None:
    card = await (await at(demo, number)).choose(label, which=which)
    assert stands(card, number)
    assert label in card.chosen
    card = await card.choose(label, which=which)
    assert await changed(demo) == [(name, *change)]
    assert "Change" in (await demo.slash(card.member, "manage setup")).buttons


@pytest.mark.parametrize(("number", "which", "label", "name", "change"), CHOICES)
async def test_each_setting_can_be_changed_alone_later(
    demo: DemoClient, number: int, which: str, label: str, name: str, change: tuple[str, str]
) -> None:
    await (await at(demo, 2)).choose(demo.general, which="norms")
    card = await part(demo, number)
    assert f"### {TITLES[number - 1]}" in card
    assert presses(card)[-1] == "Done"
    assert "Next" not in card.buttons
    card = await card.choose(label, which=which)
    assert "Step" not in card
    assert SUMMARY in await card.press("Done")
    assert (await changed(demo))[1:] == [(name, *change)]


@pytest.mark.uncounted
async def test_a_restart_between_any_two_presses_loses_nothing(demo: DemoClient) -> None:
    card = await at(demo, 1)
    for what, which in (
        ("Ireland", "country"), ("Next", ""), (demo.general, "norms"), (demo.mods, "moderators"),
        ("Next", ""), (FRIENDS, "pack"), ("Take this pack", ""), ("At least 2 must be in", "How many"),
        ("Next", ""), ("New members wait 14 days", "new members"), ("Next", ""),
    ):  # fmt: skip
        await demo.restart()
        card = await (card.choose(what, which=which) if which else card.press(str(what)))
    await demo.restart()
    held = await settings(demo)
    assert held == Server(
        held.id, country="ie", norms_channel=demo.general.id, mods_channel=demo.mods.id,
        ratifying=Ratifying(least=2), newcomer_days=14,
    )  # fmt: skip
    assert len(await drafted(demo)) == 9
    assert SUMMARY in card
    assert "a draft of 9 norms" in await demo.slash(card.member, "manage setup")


async def test_two_presses_of_next_show_the_same(demo: DemoClient) -> None:
    first, second = await (await at(demo, 1)).press_twice("Next")
    assert stands(first, 2)
    assert stands(second, 2)


async def test_the_selects_of_two_steps_have_different_ids(demo: DemoClient) -> None:
    """With the same id, a step would show as chosen what was chosen in the step before."""

    def numbers(card: Screen) -> list[int]:
        return [one["id"] for one in reading.selects_of(card.message)]

    card = await at(demo, 1)
    first = numbers(card)
    assert numbers(await card.choose("Ireland", which="country")) == first
    second = numbers(await card.press("Next"))
    assert len({*first, *second}) == len(first) + len(second) == 4


# -- the summary ----------------------------------------------------------------------------------------


async def test_once_anything_is_set_the_command_opens_the_summary(demo: DemoClient) -> None:
    card = await (await at(demo, 5)).choose("New members wait 30 days", which="new members")
    summary = await demo.slash(card.member, "manage setup")
    assert SUMMARY in summary
    assert summary.ephemeral
    assert presses(summary) == ["Change"] * 6 + ["Choose a channel"]
    assert "wait 30 days" in summary


async def test_the_summary_shows_every_setting(demo: DemoClient) -> None:
    card = await (await at(demo, 1)).choose("Ireland", which="country")
    card = await (await card.choose("Some members are under 18", which="under 18")).press("Close them")
    card = await (await card.press("Next")).choose(demo.general, which="norms")
    summary = await demo.slash(card.member, "manage setup")
    for line in (
        "**Country** · Ireland\n**Under 18** · some; asks, pods and pairs are closed",
        f"**Norms** · in <#{demo.general.id}>\n**Moderators** · no channel",
        "**What they say** · nothing yet",
        "**Agreed on** · within 7 days, if 5 or more are in, and two thirds of those who press",
        "**Asks** · deleted 7 days after they close\n**New members** · wait 3 days",
        "`/manage reminders`",
    ):
        assert line in summary


async def test_without_a_channel_the_summary_leads_to_the_step_for_channels(demo: DemoClient) -> None:
    await (await at(demo, 1)).choose("Ireland", which="country")
    summary = await demo.slash(await moderator(demo), "manage setup")
    card = await summary.press("Choose a channel")
    assert stands(card, 2)
    assert stands(await card.press("Next"), 3)


async def test_without_a_draft_the_summary_leads_to_the_norms(demo: DemoClient) -> None:
    await (await at(demo, 2)).choose(demo.general, which="norms")
    summary = await demo.slash(await moderator(demo), "manage setup")
    assert presses(summary)[-1] == "Norms"
    assert (CustomId.read(summary.custom_id("Norms")) or CustomId("")).verb == "manage.norms"
    assert "nothing here for you" not in await summary.press("Norms")


async def test_the_summary_offers_publishing_when_moderators_publish_the_norms(demo: DemoClient) -> None:
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    card = await (await card.press("Next")).choose(FRIENDS)
    card = await (await card.press("Take this pack")).choose(
        "Published by moderators", which="come into force"
    )
    assert card.placeholders == ["How they come into force"]
    summary = await (await card.press("Next")).press("Next")
    assert "**Agreed on** · published by moderators" in summary
    await (await summary.press("Publish it")).press("Post it")
    await demo.settle()
    assert len(posts(demo)) == 1
    assert "version 1 is in force" in await demo.slash(summary.member, "manage setup")
    assert "In force: **version 1**." in await part(demo, 3)


async def test_a_version_put_to_the_members_is_named_in_the_summary_and_not_offered_again(
    demo: DemoClient,
) -> None:
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    card = await (await card.press("Next")).choose(FRIENDS)
    summary = await (await (await card.press("Take this pack")).press("Next")).press("Next")
    await (await summary.press("Put it to the members")).press("Post it")
    later = await demo.slash(summary.member, "manage setup")
    assert "version 1 is before the members until" in later
    assert "Before the members now: **version 1**." in await part(demo, 3)
    await demo.skip(days=8)
    assert "Before the members now" not in await part(demo, 3)
    assert presses(later)[-1] == "Norms"


async def test_every_card_is_short_enough_for_a_phone(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose("Some members are under 18", which="under 18")
    card = await asked.press("Close them")
    card = await card.press("Next")
    cards = [card := await card.choose(demo.general, which="norms")]
    cards.append(card := await card.choose(demo.mods, which="moderators"))
    texts = [one.text for one in cards]
    for _ in range(3):
        card = await card.press("Not now" if "Not now" in card.buttons else "Next")
        texts.append(card.text)
    texts.append((await card.press("Next")).text)
    assert len(texts) == 6
    assert max(map(len, texts)) < 1_000


# -- what follows ---------------------------------------------------------------------------------------


async def test_support_shows_the_country_that_was_set_up_first(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert "Which country are you in?" in (await demo.slash(ana, "support")).placeholders
    card = await (await at(demo, 1)).choose("New Zealand", which="country")
    home = await demo.slash(ana, "support")
    assert "For **New Zealand**" in home
    assert "Which country are you in?" not in home.placeholders
    card = await card.choose("Another country", which="country")
    assert "we don't have" in card
    assert "Another country" in card.chosen
    assert "Which country are you in?" in (await demo.slash(ana, "support")).placeholders


async def test_asks_are_closed_while_some_members_are_under_18(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    asked = await (await at(demo, 1)).choose("Some members are under 18", which="under 18")
    card = await asked.press("Close them")
    assert "Asks, pods and pairs are closed" in card
    assert "18 and over" in await demo.slash(ana, "ask")
    assert "Asks are closed here" in await part(demo, 5)
    await card.choose("No members under 18", which="under 18")
    assert "What is it about?" in await begin(demo, ana)


async def test_a_shorter_retention_does_not_apply_to_asks_that_have_closed_already(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    who = await met(demo, ana)

    async def held() -> list[Ask]:
        return await services(demo).asks.kept(who)

    await send(demo, ana, "Ben")
    await answer(demo, ben)
    before = await (await demo.slash(ana, "inbox")).press("Open")
    assert "closes" not in await before.press("Read")
    card = await at(demo, 5)
    assert "A change holds for asks that close from then on." in card
    await card.choose("Deleted 1 day after it closes", which="kept")
    await demo.skip(days=2)
    assert len(await held()) == 1
    await demo.skip(days=6)
    assert await held() == []


async def test_a_new_wait_for_new_members_applies_at_once(demo: DemoClient) -> None:
    nia = await demo.demo_server.member("nia", ago=timedelta(days=5))
    assert "Before you write" in await demo.slash(nia, "ask")
    await (await at(demo, 5)).choose("New members wait 7 days", which="new members")
    assert "You joined not long ago" in await demo.slash(nia, "ask")
