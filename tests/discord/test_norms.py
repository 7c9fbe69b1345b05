"""`/norms`: how members read and answer norms, in the server and in direct messages."""

import pytest

from bot.demo.client import forged
from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.norms.models import Norm
from bot.people.models import DiscordUser
from cogs.norms import strings
from tests.discord.norming import LATE, NORMS, NOT_YOURS, SOBER, counted, moderator, put

LONG = tuple(
    Norm(f"n{n}", f"Number {n}", f"{n} " + "what we do here, each time we meet " * 8) for n in range(12)
)
HOSTILE = Norm(
    "x", "**Loud** <@1> \u202eevil", "@everyone [a](http://b.example) <t:1:R>", "`why` # not", "", ""
)


async def test_when_no_norms_are_agreed_on_the_card_says_so(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await demo.slash(ana, "norms")
    assert shown.ephemeral
    assert strings.NONE in shown
    assert shown.buttons == ["Suggest", "Support"]


async def test_the_norms_in_force_are_listed_and_each_can_be_read_in_full(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    shown = await demo.slash(ana, "norms")
    assert "Our norms, version 1" in shown
    for norm in NORMS:
        assert norm.title in shown
        assert norm.norm in shown
    assert "Mo" not in shown
    assert shown.options == [norm.title for norm in NORMS]
    assert shown.buttons == ["I'm in", "Suggest", "Support"]
    whole = await shown.choose(SOBER.title)
    for part in (SOBER.title, SOBER.norm, SOBER.why, SOBER.kept, SOBER.question):
        assert part in whole
    again = await whole.press("Back")
    assert again.text == shown.text
    short = await again.choose(LATE.title)
    assert strings.NORM_KEPT not in short


async def test_im_in_names_the_version_and_can_be_undone(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    ana = await demo.member("ana")
    answered = await (await demo.slash(ana, "norms")).press("I'm in")
    assert "You're in for version 1" in answered
    assert await counted(demo, version) == (1, 0)
    shown = await demo.slash(ana, "norms")
    assert strings.YOU_IN.format(number=1) in shown
    assert "1 person is in." in shown
    out = await shown.press("I'm not in any more")
    assert strings.OUT_TITLE.format(number=1) in out
    assert await counted(demo, version) == (0, 0)
    assert strings.YOU_IN.format(number=1) in await (await out.press("I'm in")).press("Read them all")


async def test_im_in_pressed_twice_at_once_counts_once(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    shown = await demo.slash(await demo.member("ana"), "norms")
    for answered in await shown.press_twice("I'm in"):
        assert "You're in for version 1" in answered
    assert await counted(demo, version) == (1, 0)


async def test_a_card_with_norms_still_works_after_a_restart(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    shown = await demo.slash(await demo.member("ana"), "norms")
    await demo.restart()
    assert SOBER.why in await shown.choose(SOBER.title)
    again = await demo.slash(await demo.member("ana"), "norms")
    await demo.restart()
    assert "You're in for version 1" in await again.press("I'm in")
    assert await counted(demo, version) == (1, 0)


async def test_many_norms_are_spread_over_pages_and_none_is_missing(demo: DemoClient) -> None:
    await put(demo, *LONG, direct=True)
    page = await demo.slash(await demo.member("ana"), "norms")
    seen: list[str] = []
    while True:
        assert len(page.text) < 2200
        seen += page.options
        whole = await page.choose(page.options[-1])
        page = await whole.press("Back")
        if "Next" not in page.buttons:
            break
        page = await page.press("Next")
    assert seen == [norm.title for norm in LONG]
    assert "Page 3 of 3" in page
    assert "Page 2 of 3" in await page.press("Back")


async def test_text_that_moderators_typed_cannot_mention_anybody_or_make_links(demo: DemoClient) -> None:
    await put(demo, HOSTILE, direct=True)
    shown = await demo.slash(await demo.member("ana", shown="‮Ana 😀"), "norms")
    whole = await shown.choose("**Loud** <@1> evil")
    for card in (shown, whole):
        for marked in ("<@1>", "@everyone", "<t:1:R>", "](http", "\u202e"):
            assert marked not in card.text


async def test_a_first_proposal_is_shown_with_the_rule_that_decides_it(demo: DemoClient) -> None:
    version = await put(demo)
    shown = await demo.slash(await demo.member("ana"), "norms")
    assert strings.PROPOSED in shown
    assert "at least 5 people, and two thirds of those who answer, are in by" in shown
    assert SOBER.norm in shown
    assert shown.buttons == ["I'm in", "I have a concern", "Suggest", "Support"]
    assert "You're in for version 1" in await shown.press("I'm in")
    assert await counted(demo, version) == (1, 0)


async def test_a_proposal_is_shown_beside_the_norms_in_force_and_says_what_would_change(
    demo: DemoClient,
) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    await (await demo.slash(ana, "norms")).press("I'm in")
    changed = Norm("sober", SOBER.title, "Two of us stay sober.", "Because.", SOBER.kept, SOBER.question)
    await put(demo, Norm("new", "A new one", "We say hello."), changed)
    shown = await demo.slash(ana, "norms")
    assert strings.NEXT_ONE.format(number=2) in shown
    proposed = await shown.press("What's proposed")
    for part in (
        "**New: A new one**\nWe say hello.",
        f"Before: {SOBER.norm}\nNow: Two of us stay sober.\nThese parts are different: why it's there.",
        "Dropped: Nobody walks home alone",
        "You were in for version 1. This is version 2, so please have a look again.",
    ):
        assert part in proposed
    every = await proposed.press("Read them all")
    assert every.options == ["A new one", SOBER.title]
    assert "New: " in await every.press("What would change")
    assert "You're in for version 2" in await proposed.press("I'm in")
    back = await (await (await demo.slash(ana, "norms")).press("What's proposed")).press("Our norms now")
    assert strings.YOU_IN.format(number=1) in back


async def test_im_in_on_an_outdated_card_counts_for_nothing_and_shows_the_norms_in_force(
    demo: DemoClient,
) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    old, page = await demo.slash(ana, "norms"), await demo.slash(ana, "norms")
    newer = await put(demo, LATE, direct=True)
    shown = await old.press("I'm in")
    assert strings.LATE.format(number=1) in shown
    assert "Our norms, version 2" in shown
    assert await counted(demo, newer) == (0, 0)
    whole = await (await page.choose(SOBER.title)).press("Back")
    assert strings.REPLACED.format(number=2) in whole
    assert "I'm in" not in whole.buttons
    assert "Our norms, version 2" in await whole.press("Our norms now")


async def test_im_not_in_any_more_on_an_outdated_card_shows_the_newer_version(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    answered = await (await demo.slash(ana, "norms")).press("I'm in")
    await put(demo, LATE, direct=True)
    shown = await answered.press("I'm not in any more")
    assert strings.LATE.format(number=1) in shown
    assert "You were in for version 1. This is version 2, so please have a look again." in shown


async def test_im_in_on_a_withdrawn_first_proposal_says_that_there_are_no_norms(demo: DemoClient) -> None:
    await put(demo)
    ana, mo = await demo.member("ana"), await moderator(demo)
    old = await demo.slash(ana, "norms")
    services = demo.bot.services
    who = await services.people.meet(DiscordUser(mo.id, "Mo", ServerId(demo.server.id)), demo.now)
    await services.norms.ballots.withdraw(who, ServerId(demo.server.id), demo.now)
    shown = await old.press("I'm in")
    assert strings.LATE_NONE.format(number=1) in shown
    assert strings.NONE in shown


# -- in direct messages -----------------------------------------------------------------------------


async def test_in_direct_messages_the_norms_of_the_only_shared_server_are_shown(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    assert "in the server where your friends are" in await demo.slash(ana, "norms", dm=True)
    await demo.slash(ana, "norms")
    shown = await demo.slash(ana, "norms", dm=True)
    assert f"**⁨{demo.server.name}⁩**" in shown
    assert SOBER.norm in shown
    assert "You're in for version 1" in await shown.press("I'm in")


async def test_in_direct_messages_a_member_of_several_servers_chooses_one(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    await demo.slash(ana, "norms")
    other = demo.env.create_guild("\u202eThe *other* one 😀")
    await demo.bot.services.people.meet(DiscordUser(ana.id, "Ana", ServerId(other.id)), demo.now)
    for _ in range(2):
        which = await demo.slash(ana, "norms", dm=True)
        assert set(which.options) == {demo.server.name, "The *other* one 😀"}
        await demo.restart()
    other.add_member(ana.user)
    assert strings.NONE in await which.choose("The *other* one 😀")
    which = await demo.slash(ana, "norms", dm=True)
    assert SOBER.norm in await which.choose(demo.server.name)


async def test_whoever_left_the_server_cannot_read_its_norms_and_is_not_counted(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    ana = await demo.member("ana")
    await (await demo.slash(ana, "norms")).press("I'm in")
    await demo.leave(ana)
    assert NOT_YOURS in await demo.slash(ana, "norms", dm=True)
    assert await counted(demo, version) == (0, 0)


async def test_whoever_left_the_server_cannot_read_its_norms_from_another_server_either(
    demo: DemoClient,
) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    await demo.slash(ana, "norms")
    other = demo.env.create_guild("Choir")
    there, channel = other.add_member(ana.user), other.create_text_channel("singing")
    await demo.leave(ana)
    place = forged.blank(demo.env, there, channel.id)
    await forged.press(demo.env, there, f"v1:norms.show:{demo.server.id}", None, place)
    assert NOT_YOURS in str(demo.requests[-1].json)


async def test_a_server_that_removed_the_bot_is_not_offered_in_direct_messages(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    await demo.slash(ana, "norms")
    await demo.bot.services.servers.left(ServerId(demo.server.id), demo.now)
    assert "in the server where your friends are" in await demo.slash(ana, "norms", dm=True)


async def test_members_under_18_can_read_and_answer_norms_like_everyone(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    ana = await demo.member("ana")
    await (await (await demo.slash(ana, "settings")).press("Age")).press("I'm under 18")
    assert "You're in for version 1" in await (await demo.slash(ana, "norms")).press("I'm in")
    assert await counted(demo, version) == (1, 0)


# -- what belongs to another server ------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["page", "changes", "why", "in", "out", "concern", "all"])
async def test_a_version_of_another_server_looks_the_same_as_one_that_does_not_exist(
    demo: DemoClient, verb: str
) -> None:
    services = demo.bot.services
    elsewhere = ServerId(4242)
    kim = await services.people.meet(DiscordUser(4243, "Kim", elsewhere), demo.now)
    await services.servers.change(elsewhere, kim, demo.now, {"norms_channel": demo.mods.id})
    await services.norms.drafts.adopt(kim, elsewhere, NORMS, demo.now)
    version = await services.norms.ballots.put(kim, elsewhere, demo.now, direct=False)
    ana = await demo.member("ana")
    values = ["sober"] if verb == "why" else None
    theirs = await demo.forge(ana, f"v1:norms.{verb}:{version.id}", values)
    nothing = await demo.forge(ana, f"v1:norms.{verb}:AAAAAAAAAAAAAAAA", values)
    assert NOT_YOURS in theirs
    assert theirs.text == nothing.text
    assert await counted(demo, version) == (0, 0)


async def test_forged_ids_are_refused_and_forged_pages_show_the_norms(demo: DemoClient) -> None:
    version = await put(demo, direct=True)
    ana = await demo.member("ana")
    for id in ("4242", "nowhere"):
        for verb in ("show", "suggest"):
            assert NOT_YOURS in await demo.forge(ana, f"v1:norms.{verb}:{id}")
    assert NOT_YOURS in await demo.forge(ana, "v1:norms.sent:nowhere.0")
    assert NOT_YOURS in await demo.forge(ana, f"v1:norms.why:{version.id}", ["nothing"])
    assert SOBER.norm in await demo.forge(ana, f"v1:norms.page:{version.id}.99")
    assert SOBER.norm in await demo.forge(ana, f"v1:norms.changes:{version.id}.x")
    assert SOBER.norm in await demo.forge(ana, "v1:norms.show:")
