"""Members under 18, and adults who have a role: only they can start asks, pods and pairs."""

from typing import Any

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.manage import strings as manage_words
from tests.discord.asking import begin, friends, send
from tests.discord.setting_up import at, changed, moderator, part, settings, stands

WITH_ROLE = "Yes, and adults have a role"


def role(demo: DemoClient, name: str = "grown-ups") -> Any:
    return demo.server.create_role(name)


def give(demo: DemoClient, member: MemberActor, one: Any) -> None:
    demo.env.backend.get_member(demo.server.id, member.id).role_ids.append(one.id)


def take(demo: DemoClient, member: MemberActor, one: Any) -> None:
    demo.env.backend.get_member(demo.server.id, member.id).role_ids.remove(one.id)


async def chosen(demo: DemoClient, one: Any) -> Screen:
    asked = await (await at(demo, 1)).choose(WITH_ROLE, which="under 18")
    return await asked.choose([one], which="adults have")


async def test_the_role_is_asked_for_before_anything_is_stored(demo: DemoClient) -> None:
    grown = role(demo)
    asked = await (await at(demo, 1)).choose(WITH_ROLE, which="under 18")
    assert stands(asked, 1)
    assert "which role do your adults have? Until you choose it, nothing changes." in asked
    assert WITH_ROLE in asked.chosen
    assert await changed(demo) == []

    await demo.restart()
    card = await asked.choose([grown], which="adults have")
    assert f"Only people with the role <@&{grown.id}> can start" in card
    assert await changed(demo) == [("adult_role", "_", str(grown.id))]
    held = await settings(demo)
    assert (held.minors, held.adult_role) == (False, grown.id)
    again = await card.choose([grown], which="adults have")
    assert stands(again, 1)
    assert len(await changed(demo)) == 1


async def test_the_card_that_closes_everything_offers_the_role_instead(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose("Yes", which="under 18")
    assert "Then nothing ends." in asked
    card = await asked.press("Our adults have a role")
    assert "which role do your adults have?" in card
    assert await changed(demo) == []


async def test_a_role_that_everyone_has_is_not_taken(demo: DemoClient) -> None:
    asked = await (await at(demo, 1)).choose(WITH_ROLE, which="under 18")
    mo = await moderator(demo)
    shown = await demo.forge(mo, "v1:manage.set_adults:step", [str(demo.server.id)])
    assert "Everyone on this server has that role." in shown
    assert "adults have" in " ".join(shown.placeholders)
    assert await changed(demo) == []
    assert stands(asked, 1)


async def test_changing_the_answer_ends_nothing_and_is_shown_in_the_summary(demo: DemoClient) -> None:
    grown = role(demo)
    card = await chosen(demo, grown)
    assert f"**Under 18** · some; adults have <@&{grown.id}>" in await demo.slash(card.member, "manage setup")
    card = await card.choose("No", which="under 18")
    assert "are there members under 18?" in card
    assert (await settings(demo)).adult_role is None


async def test_a_role_that_was_deleted_is_said_to_be_gone(demo: DemoClient) -> None:
    grown = role(demo)
    card = await chosen(demo, grown)
    demo.env.backend.delete_role(demo.server.id, grown.id)
    await demo.settle()
    shown = await part(demo, 1)
    assert "somebody deleted the role you chose" in shown
    assert "the role for adults is gone" in await demo.slash(card.member, "manage setup")
    other = role(demo, "adults")
    assert f"<@&{other.id}>" in await shown.choose([other], which="adults have")


async def test_without_the_role_nothing_new_can_be_started_and_the_card_says_what_can_be_done(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    grown = role(demo)
    await chosen(demo, grown)
    ben = await demo.member("ben")
    refused = await demo.slash(ana, "ask")
    assert manage_words.WITHOUT_ROLE_TITLE in refused
    assert refused.buttons == ["Our norms", "Support", "Close"]
    assert manage_words.WITHOUT_ROLE_TITLE in await demo.slash(ana, "pair start", partner=ben)
    invite = await (await demo.slash(ana, "pod")).press("Invite")
    assert manage_words.WITHOUT_ROLE_TITLE in await invite.choose([ben])
    give(demo, ana, grown)
    assert "Before you write" in await demo.slash(ana, "ask")


async def test_whoever_loses_the_role_goes_on_with_what_they_have_and_starts_nothing_new(
    demo: DemoClient,
) -> None:
    grown = role(demo)
    ana, ben = await friends(demo, "ben")
    for one in (ana, ben):
        give(demo, one, grown)
    await chosen(demo, grown)
    await send(demo, ana, "Ben")
    for one in (ana, ben):
        take(demo, one, grown)

    assert manage_words.WITHOUT_ROLE_TITLE in await demo.slash(ana, "ask")
    asked = await (await demo.slash(ben, "inbox")).press("Open")
    assert manage_words.WITHOUT_ROLE_TITLE not in await asked.press("Read it")
    assert "Ben" in await demo.slash(ana, "pod")
    give(demo, ana, grown)
    assert "What is it about?" not in await demo.slash(ben, "ask")
    card = await begin(demo, ana)
    assert manage_words.WITHOUT_ROLE_TITLE not in card


async def test_in_direct_messages_discord_is_asked_and_otherwise_the_role_as_last_seen_counts(
    demo: DemoClient,
) -> None:
    grown = role(demo)
    ana = await demo.member("ana")
    await demo.slash(ana, "norms")
    await chosen(demo, grown)
    assert manage_words.WITHOUT_ROLE_TITLE in await demo.slash(ana, "ask", dm=True)
    give(demo, ana, grown)
    path = f"/guilds/{demo.server.id}/members/{ana.id}"
    demo.env.inject_error("GET", path, status=403, code=50001, message="no", times=1)
    assert manage_words.WITHOUT_ROLE_TITLE in await demo.slash(ana, "ask", dm=True)
    assert manage_words.WITHOUT_ROLE_TITLE not in await demo.slash(ana, "ask", dm=True)
    take(demo, ana, grown)
    demo.env.inject_error("GET", path, status=403, code=50001, message="no", times=1)
    assert manage_words.WITHOUT_ROLE_TITLE not in await demo.slash(ana, "ask", dm=True)
    assert manage_words.WITHOUT_ROLE_TITLE in await demo.slash(ana, "ask", dm=True)
