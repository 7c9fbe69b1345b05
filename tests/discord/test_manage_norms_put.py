"""`/manage norms`: a version is put to the members or published, can be withdrawn, and is kept for good."""

from datetime import timedelta

import discord
import pytest

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.servers.models import Ratifying
from bot.ui import when
from cogs.norms import strings as members
from tests.discord.managing_norms import (
    NORM,
    QUESTION,
    in_general,
    moderator,
    newest,
    norm_card,
    norms_home,
    put,
    titles,
    written,
)
from tests.discord.norming import person


async def agree_by(demo: DemoClient, rule: Ratifying) -> None:
    mo, here = await moderator(demo), ServerId(demo.server.id)
    who = await person(demo, mo)
    await demo.bot.services.servers.change(here, who, demo.now, {"ratifying": rule})


async def be_in(demo: DemoClient, *names: str) -> None:
    for name in names:
        who = await person(demo, await demo.member(name))
        await demo.bot.services.norms.ballots.be_in(who, await newest(demo), demo.now)


# -- preview ----------------------------------------------------------------------------------------


async def test_the_preview_shows_the_draft_and_what_it_changes(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask", "Be", "Care", "Dare", button="Publish without asking")
    card = await (await norm_card(demo, mo, "Ask")).press("Edit")
    card = await card.submit({NORM: "We ask first."})
    await (await card.press("Add a question")).submit({QUESTION: "When?"})
    await (await norm_card(demo, mo, "Dare")).press("Up")
    await (await (await norm_card(demo, mo, "Be")).press("Drop it")).press("Drop it")
    await written(demo, mo, "Enough")

    card = await norms_home(demo, mo)
    assert "**Your norms are version 1**, with" in card
    assert "**Your draft** has 4 changes, and" in card
    card = await card.press("Preview")
    assert "Our norms, version 2" in card
    assert members.PROPOSED in card
    assert card.buttons == ["Read them all", "What changed", "Ask the members", "Overview", "Support"]
    await demo.restart()
    card = await card.press("What changed")
    assert "different from version 1, the norms you have now." in card
    for words in (
        "Changed: Ask", "Before: We ask.", "Now: We ask first.", "what to talk about", "Moved: ",
        "New: Enough", "Dropped: Be",
    ):  # fmt: skip
        assert words in card
    card = await (await card.press("Preview")).press("Read them all")
    assert all(words in card for words in ("Ask", "We ask first.", "Dare", "Care", "Enough"))
    assert "Our norms, version 2" in await card.press("Preview")


async def test_the_preview_shows_the_same_text_as_the_post_except_for_the_last_line(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await in_general(demo, mo)
    await written(demo, mo, "Ask", "We *ask* @everyone.")
    shown = await (await norms_home(demo, mo)).press("Preview")
    before = shown.text.splitlines()
    await (await shown.press("Ask the members")).press("Post it")
    await demo.skip(minutes=1)
    [there] = [card for card in demo.cards(mo) if not card.ephemeral]

    after = there.text.splitlines()
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]


async def test_many_long_norms_take_several_pages_and_none_is_cut(demo: DemoClient) -> None:
    mo = await moderator(demo)
    for number in range(9):
        await written(demo, mo, f"Norm {number}", "@" * 300)
    card = await (await (await norms_home(demo, mo)).press("Preview")).press("Read them all")
    read = 0
    while True:
        read += card.text.count("@")
        if "Next" not in card.buttons:
            break
        await demo.restart()
        card = await card.press("Next")
    assert read == 9 * 300
    assert "5 of 5" in card
    assert "4 of 5" in await card.press("Back")


# -- putting ----------------------------------------------------------------------------------------


async def test_a_version_is_put_to_the_members(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await in_general(demo, mo)
    await agree_by(demo, Ratifying(share=67, least=3, days=4))
    await written(demo, mo, "Ask")
    asked = await (await norms_home(demo, mo)).press("Ask the members")
    until = when.moment(demo.now + timedelta(days=4))
    assert "Ask the members about version 1" in asked
    assert f"I'll post 1 norm in <#{demo.general.id}>." in asked
    agreed = f"It's agreed if at least 3 people, and two thirds of those who answer, are in by {until}."
    assert agreed in asked
    assert asked.buttons == ["Post it", "Preview", "Overview", "Support"]

    await demo.restart()
    for card in await asked.press_twice("Post it"):
        assert f"I'm posting it in <#{demo.general.id}>." in card
        assert until in card
    assert len(await demo.bot.services.norms.versions(ServerId(demo.server.id))) == 1
    card = await norms_home(demo, mo)
    assert f"**Members are answering version 1.** So far: nobody is in yet. {agreed}" in card
    assert card.buttons == ["Edit", "Take a pack", "Write one", "Take it back", "Versions", "Support"]
    await be_in(demo, "ana", "bo")
    assert "2 people are in." in await norms_home(demo, mo)


async def test_a_version_that_is_published_is_in_force_at_once(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await in_general(demo, mo)
    await agree_by(demo, Ratifying(direct=True))
    await written(demo, mo, "Ask")
    card = await norms_home(demo, mo)
    assert card.buttons[:2] == ["Publish without asking", "Ask the members"]
    asked = await (await card.press("Preview")).press("Publish without asking")
    assert "This skips asking the members, and the channel will say so." in asked
    assert "how many people must be in" not in asked
    assert "The version has 1 norm, it counts right away" in asked
    for card in await asked.press_twice("Post it"):
        assert "These are your norms now" in card
    await be_in(demo, "ana")
    card = await card.press("Overview")
    assert "**Your norms are version 1**, with" in card
    assert "So far: 1 person is in." in card


async def test_an_edit_during_a_proposal_makes_a_new_version_that_replaces_it(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask")
    listed = await (await norms_home(demo, mo)).press("Edit")
    assert "Members can answer version 1 until" in listed
    asked = await (await norm_card(demo, mo, "Ask")).press("Drop it")
    assert "members still see it in version 1, which they're answering." in asked
    await written(demo, mo, "Be")

    asked = await (await norms_home(demo, mo)).press("Ask the members")
    assert "This replaces version 1, which members could answer until" in asked
    assert "and ask everyone again about the new one." in asked
    direct = await (await norms_home(demo, mo)).press("Publish without asking")
    assert "This ends the vote on version 1, which members could answer until" in direct
    assert "and I won't ask them again about this one." in direct
    assert "Version 2" in await asked.press("Post it")
    card = await (await (await norms_home(demo, mo)).press("Versions")).press("Older")
    assert "A newer version replaced it on" in card


async def test_posting_is_refused_when_somebody_else_changed_the_draft_meanwhile(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await in_general(demo, mo)
    await written(demo, mo, "Ask")
    asked = await (await norms_home(demo, mo)).press("Ask the members")
    await written(demo, nia, "Be")
    refused = await asked.press("Post it")
    assert "Another moderator changed it in the meantime" in refused
    assert "2 norms" in await refused.press("How it is now")
    assert await demo.bot.services.norms.versions(ServerId(demo.server.id)) == []


async def test_a_moderator_without_a_channel_for_norms_chooses_one_while_publishing(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Ask")
    card = await (await norms_home(demo, mo)).press("Publish without asking")
    assert "In which channel?" in card
    await demo.restart()
    card = await card.choose([demo.general])
    assert "Publish version 1" in card
    here = ServerId(demo.server.id)
    assert (await demo.bot.services.servers.settings(here)).norms_channel == demo.general.id
    [entry] = await demo.bot.services.servers.log.latest(here, 1)
    assert (entry.setting, entry.now) == ("norms_channel", str(demo.general.id))


async def test_permissions_that_are_missing_are_named(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Ask")
    muted = discord.PermissionOverwrite(send_messages=False, read_message_history=False)
    closed = demo.server.create_text_channel("closed", overwrites={demo.server.default_role: muted})
    card = await (await norms_home(demo, mo)).press("Ask the members")
    card = await card.choose([closed])
    assert f"In <#{closed.id}> I still need Send Messages, Read Message History." in card
    assert "Edit Channel > Permissions" in card
    assert card.buttons == ["Look again", "Overview", "Support"]
    assert "I still need" in await card.press("Look again")
    assert "Ask the members about version 1" in await card.choose([demo.general])


async def test_the_draft_is_kept_when_the_channel_is_gone_at_the_last_press(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await in_general(demo, mo)
    await written(demo, mo, "Ask")
    asked = await (await norms_home(demo, mo)).press("Ask the members")
    gone, here = 4711, ServerId(demo.server.id)
    await demo.bot.services.servers.change(here, await person(demo, mo), demo.now, {"norms_channel": gone})
    assert "The channel for norms is gone" in await asked.press("Post it")
    assert await titles(demo, mo) == ["Ask"]
    assert await demo.bot.services.norms.versions(here) == []


async def test_putting_is_refused_when_there_is_no_norm_or_nothing_new(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await in_general(demo, mo)
    forged = "v1:manage.put:members"
    refused = await demo.forge(mo, forged)
    assert "There aren't any norms yet" in refused
    assert refused.buttons == ["Take a pack", "Write one", "Overview", "Support", "Close"]

    await put(demo, mo, "Ask", button="Publish without asking")
    refused = await demo.forge(mo, forged)
    assert "There's nothing new to ask about" in refused
    assert refused.buttons == ["Edit", "Overview", "Support", "Close"]
    await (await (await norm_card(demo, mo, "Ask")).press("Drop it")).press("Drop it")
    assert "**Your draft** is empty" in await norms_home(demo, mo)
    assert "There aren't any norms yet" in await demo.forge(mo, forged)


@pytest.mark.parametrize("how", ["members", "direct"])
async def test_norms_that_are_already_proposed_are_not_put_again(demo: DemoClient, how: str) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask")
    card = await written(demo, mo, "Be")
    await (await card.press("Drop it")).press("Drop it")

    assert "There's nothing new to ask about" in await demo.forge(mo, f"v1:manage.put:{how}")


async def test_the_overview_says_when_the_draft_equals_what_is_in_force(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask", button="Publish without asking")
    await (await (await written(demo, mo, "Be")).press("Drop it")).press("Drop it")
    card = await norms_home(demo, mo)

    assert "**Your draft** says the same as the norms you have." in card
    assert card.buttons[:2] == ["Discard the draft", "Edit"]


async def test_a_norm_that_is_dropped_is_said_to_be_seen_in_each_version_that_has_it(
    demo: DemoClient,
) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask", button="Publish without asking")
    asked = await (await norm_card(demo, mo, "Ask")).press("Drop it")
    assert "members still see it in version 1, the norms you have now." in asked
    await put(demo, mo, "Be")
    asked = await (await norm_card(demo, mo, "Ask")).press("Drop it")
    assert "in version 1, the norms you have now, and in version 2, which they're answering." in asked
    asked = await (await norm_card(demo, mo, "Be")).press("Drop it")
    assert "members still see it in version 2, which they're answering." in asked


# -- withdrawing ------------------------------------------------------------------------------------


async def test_withdrawing_a_proposal_turns_its_norms_back_into_the_draft(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask")
    await be_in(demo, "ana")
    asked = await (await norms_home(demo, mo)).press("Take it back")
    assert "1 person is in." in asked
    assert "Take it back" in (await asked.press("Keep it")).buttons

    asked = await (await norms_home(demo, mo)).press("Take it back")
    await demo.restart()
    for card in await asked.press_twice("Take it back"):
        assert "**You took back version 1**, and nobody can answer it any more." in card
        assert "Ask the members" in card.buttons
    assert await titles(demo, mo) == ["Ask"]
    assert "You took it back on" in await (await norms_home(demo, mo)).press("Versions")


async def test_a_newer_proposal_is_not_withdrawn_by_an_older_card(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await put(demo, mo, "Ask")
    asked = await (await norms_home(demo, nia)).press("Take it back")
    other = await norms_home(demo, nia)
    await put(demo, mo, "Be")

    assert "**Members are answering version 2.**" in await asked.press("Take it back")
    assert "Another moderator changed it in the meantime" in await other.press("Take it back")


# -- what came of it --------------------------------------------------------------------------------


async def test_versions_tell_how_they_came_about_and_what_they_changed(demo: DemoClient) -> None:
    mo = await moderator(demo)
    assert "There's no version yet" in await demo.forge(mo, "v1:manage.versions:")
    assert "There's no version yet" in await demo.forge(mo, "v1:manage.version_norms:1")
    await agree_by(demo, Ratifying(least=2, days=1))
    await put(demo, mo, "Ask")
    await be_in(demo, "ana", "bo")
    await demo.skip(days=1, hours=1)
    await put(demo, mo, "Be")
    await demo.skip(days=1, hours=1)
    assert "**Not enough members were in for version 2**: nobody had answered." in await norms_home(demo, mo)
    await put(demo, mo, "Care", button="Publish without asking")

    card = await (await norms_home(demo, mo)).press("Versions")
    assert "Version 3" in card
    assert "without asking the members first. Members: nobody is in yet." in card
    assert "These are your norms now." in card
    assert "Compared with version 1, the norms you had then, this is what it changed:" in card
    assert "New: Be" in card
    assert "New: Care" in card
    card = await card.press("Older")
    assert "Not enough members were in by" in card
    assert "nobody had answered." in card
    assert "New: Care" not in card
    await demo.restart()
    card = await card.press("Older")
    assert "Your group agreed on it on" in card
    assert "2 people were in." in card
    assert "Your group had no norms before" in card
    assert card.buttons == ["Read its norms", "Newer", "Overview", "Support"]
    card = await card.press("Read its norms")
    assert "We ask." in card
    assert "Care" not in card
    card = await (await card.press("Back to the version")).press("Newer")
    assert "Version 2" in card
    assert "Version 3" in await demo.forge(mo, "v1:manage.versions:99")


async def test_a_long_version_is_read_page_by_page(demo: DemoClient) -> None:
    mo = await moderator(demo)
    for number in range(6):
        await written(demo, mo, f"Norm {number}", "@" * 300)
    await put(demo, mo, button="Publish without asking")
    card = await (await (await norms_home(demo, mo)).press("Versions")).press("Read its norms")
    first = card.text
    card = await card.press("Next")
    assert "2 of 3" in card
    card = await card.press("Next")
    assert "Next" not in card.buttons
    assert (await (await card.press("Back")).press("Back")).text == first
    assert "3 of 3" in await demo.forge(mo, "v1:manage.version_norms:1.99")
