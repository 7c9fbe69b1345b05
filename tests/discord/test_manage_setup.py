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
    (4, "Who decides", "Moderators publish them", "ratify_direct", ("False", "True")),
    (4, "How many", "At least 3 must be in", "ratify_least", ("0", "3")),
    (4, "Share", "And three quarters agree", "ratify_share", ("67", "75")),
    (4, "For how long", "They have 14 days", "ratify_days", ("7", "14")),
    (5, "kept", "Deleted 1 day after it closes", "retention_days", ("7", "1")),
    (5, "new members", "New members don't wait", "newcomer_days", ("3", "0")),
]
"""The step, a part of the select's prompt, one of its options, the setting, and its old and new value."""


def presses(card: Screen) -> list[str]:
    return [label for label in card.buttons if label != "Support"]


async def test_setting_a_server_for_minors_needs_confirmation(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose("Yes", which="under 18")
    assert "Close asks, pods, pairs, paths, plans and nights here?" in asked
    assert "every ask, talk, pair and path that's open on this server ends right away" in asked
    assert await changed(demo) == []
    kept = await asked.press("Change nothing")
    assert stands(kept, 1)
    assert await changed(demo) == []
    asked = await kept.choose("Yes", which="under 18")
    await demo.restart()
    for card in await asked.press_twice("Close them"):
        assert stands(card, 1)
        assert "asks, pods, pairs, paths, plans and nights are closed on this server" in card
    assert await changed(demo) == [("minors", "False", "True")]
    again = await card.choose("No", which="under 18")
    assert "are there members under 18? Unless you choose" in again
    assert (await changed(demo))[-1] == ("minors", "True", "False")


# -- the way through ------------------------------------------------------------------------------------


async def test_setting_up_to_the_posted_norms_and_welcome_takes_at_most_eleven_presses(
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
        ("Post the welcome", ""), ("Post it", ""),
    ):  # fmt: skip
        assert card.ephemeral
        chosen = card.choose(what, which=which) if which else card.press(str(what))
        card = await chosen
        count += 1
    await demo.settle()
    welcome, ballot = posts(demo)
    assert "What Plumbline is for" in str(welcome.components)
    assert "I'm in" in str(ballot.components)
    assert "Ask before you touch" in str(ballot.components)
    assert count <= 11
    assert await settings(demo) == Server(
        (await settings(demo)).id, country="ie", norms_channel=demo.general.id
    )


async def test_each_step_says_its_number_and_next_changes_nothing(demo: DemoClient) -> None:
    card = await demo.slash(await moderator(demo), "manage setup")
    for number in range(1, 7):
        assert stands(card, number)
        card = await card.press("Next")
    assert SUMMARY in card
    assert await settings(demo) == Server((await settings(demo)).id)
    assert await changed(demo) == []
    assert posts(demo) == []


async def test_whether_members_are_under_18_is_a_question_until_somebody_answers(demo: DemoClient) -> None:
    """`Next` answers it with No, so the card says so, and what to choose if they don't know."""
    card = await at(demo, 1)
    assert "are there members under 18? Unless you choose something else below" in card
    assert "If you don't know, choose `Yes, and adults have a role`." in card
    assert "No" in card.chosen
    assert "as far as you know" not in card.text
    await card.press("Next")
    held = await settings(demo)
    assert (held.minors, held.adult_role) == (False, None)


async def test_when_something_happened_fear_and_the_person_who_was_hurt_come_first(demo: DemoClient) -> None:
    text = (await (await (await at(demo, 6)).press("Next")).press("When something happened")).text
    assert text.index("in danger right now") < text.index("ask them what they want")
    assert (
        "whether they're afraid of the person who hurt them. If they are, tell that person nothing yet"
        in text
    )
    assert "don't go to the person it happened to" in text
    assert "ask them which moderator should take over" in text
    assert text.index("Ask the person it was done to first.") < text.index("A report only works")
    assert "don't save it or send it on. Hide the channel, report it to Discord, and then delete it." in text
    assert "thinking about suicide" in text
    assert "`Your body`" in text


async def test_back_goes_one_step_back_and_the_first_has_none(demo: DemoClient) -> None:
    card = await at(demo, 6)
    for number in range(5, 0, -1):
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
    assert "Change something" in (await demo.slash(card.member, "manage setup")).placeholders


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
        ("Next", ""), ("New members wait 14 days", "new members"), ("Next", ""), ("Next", ""),
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


async def test_the_threshold_by_size_names_the_members_and_the_next_proposal_has_it(demo: DemoClient) -> None:
    for number in range(40):
        demo.server.add_member(demo.env.create_user(f"user{number}"))
    await demo.restart()
    count = len(demo.env.backend.guilds[demo.server.id].members)
    least = -(-count // 5)
    card = await at(demo, 4)
    assert f"**at least {least}** people are in" in card
    assert f"That's a fifth of the {count} members I can count here." in card
    assert f"A fifth of all ({least} now)" in card.chosen
    shown = await card.choose("At least 2 must be in", which="How many")
    assert "a fifth of the" not in shown


async def test_in_a_small_group_the_threshold_is_five_and_no_fifth_is_claimed(demo: DemoClient) -> None:
    card = await at(demo, 4)
    assert "**at least 5** people are in" in card
    assert "That's a fifth" not in card
    assert "In a bigger group I'd ask for a fifth" in card


# -- the summary ----------------------------------------------------------------------------------------


async def test_once_anything_is_set_the_command_opens_the_summary(demo: DemoClient) -> None:
    card = await (await at(demo, 5)).choose("New members wait 30 days", which="new members")
    summary = await demo.slash(card.member, "manage setup")
    assert SUMMARY in summary
    assert summary.ephemeral
    assert presses(summary) == ["Choose a channel", "When something happened"]
    assert "can start an ask after 30 days" in summary


async def test_the_summary_shows_every_setting(demo: DemoClient) -> None:
    card = await (await at(demo, 1)).choose("Ireland", which="country")
    card = await (await card.choose("Yes", which="under 18")).press("Close them")
    card = await (await card.press("Next")).choose(demo.general, which="norms")
    summary = await demo.slash(card.member, "manage setup")
    for line in (
        "**Country** · Ireland\n"
        "**Under 18** · some, so asks, pods, pairs, paths, plans and nights are closed",
        f"**Channel for norms** · <#{demo.general.id}>\n**For moderators** · none",
        "**Norms** · none yet",
        "**Agreed on if** · 5 or more people, and two thirds of those who answer, are in after 7 days",
        "**Asks** · deleted 7 days after they close\n**New members** · can start an ask after 3 days",
        "**Welcome message** · not posted",
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
    assert presses(summary)[0] == "Norms"
    assert (CustomId.read(summary.custom_id("Norms")) or CustomId("")).verb == "manage.norms"
    assert "nothing here for you" not in await summary.press("Norms")


async def test_the_summary_offers_publishing_when_moderators_publish_the_norms(demo: DemoClient) -> None:
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    card = await (await card.press("Next")).choose(FRIENDS)
    card = await (await card.press("Take this pack")).choose("Moderators publish them", which="Who decides")
    assert card.placeholders == ["Who decides"]
    summary = await (await (await card.press("Next")).press("Next")).press("Next")
    assert "**Who decides** · moderators" in summary
    await (await summary.press("Publish without asking")).press("Post it")
    await demo.settle()
    assert len(posts(demo)) == 1
    assert "**Norms** · version 1" in await demo.slash(summary.member, "manage setup")
    assert "Your group's norms are **version 1**." in await part(demo, 3)


async def test_a_version_put_to_the_members_is_named_in_the_summary_and_not_offered_again(
    demo: DemoClient,
) -> None:
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    card = await (await card.press("Next")).choose(FRIENDS)
    card = await (await (await card.press("Take this pack")).press("Next")).press("Next")
    summary = await card.press("Next")
    await (await summary.press("Ask the members")).press("Post it")
    later = await demo.slash(summary.member, "manage setup")
    assert "members are answering version 1 until" in later
    assert "Members are answering **version 1** right now." in await part(demo, 3)
    await demo.skip(days=8)
    assert "Members are answering" not in await part(demo, 3)
    assert presses(later)[0] == "Norms"


async def test_every_card_is_short_enough_for_a_phone(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose("Yes", which="under 18")
    card = await asked.press("Close them")
    card = await card.press("Next")
    cards = [card := await card.choose(demo.general, which="norms")]
    cards.append(card := await card.choose(demo.mods, which="moderators"))
    texts = [one.text for one in cards]
    for _ in range(5):
        card = await card.press("Next")
        texts.append(card.text)
    assert len(texts) == 7
    assert max(map(len, texts)) < 1_200


# -- what follows ---------------------------------------------------------------------------------------


async def test_support_shows_the_country_that_was_set_up_first(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert "Which country are you in?" in (await demo.slash(ana, "support")).placeholders
    card = await (await at(demo, 1)).choose("New Zealand", which="country")
    home = await demo.slash(ana, "support")
    assert "For **New Zealand**" in home
    assert "Which country are you in?" not in home.placeholders
    card = await card.choose("Another country", which="country")
    assert "I don't have helplines for yours yet" in card
    assert "Another country" in card.chosen
    assert "Which country are you in?" in (await demo.slash(ana, "support")).placeholders


async def test_asks_are_closed_while_some_members_are_under_18(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    asked = await (await at(demo, 1)).choose("Yes", which="under 18")
    card = await asked.press("Close them")
    assert "asks, pods, pairs, paths, plans and nights are closed" in card
    assert "18 and over" in await demo.slash(ana, "ask")
    assert "Asks are closed here" in await part(demo, 5)
    await card.choose("No", which="under 18")
    assert "What is it about?" in await begin(demo, ana)


async def test_a_shorter_retention_also_holds_for_asks_that_have_closed_already(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    who = await met(demo, ana)

    async def held() -> list[Ask]:
        return await services(demo).asks.kept(who)

    await send(demo, ana, "Ben")
    await answer(demo, ben)
    before = await (await demo.slash(ana, "inbox")).press("Open")
    assert "closes" not in await before.press("Read")
    card = await at(demo, 5)
    assert "A shorter time counts at once" in card
    assert len(await held()) == 1
    await card.choose("Deleted 1 day after it closes", which="kept")
    await demo.skip(hours=23)
    assert len(await held()) == 1
    await demo.skip(hours=1, minutes=1)
    assert await held() == []


async def test_a_new_wait_for_new_members_applies_at_once(demo: DemoClient) -> None:
    nia = await demo.demo_server.member("nia", ago=timedelta(days=5))
    assert "Before you write" in await demo.slash(nia, "ask")
    await (await at(demo, 5)).choose("New members wait 7 days", which="new members")
    assert "You joined not long ago" in await demo.slash(nia, "ask")
