"""The posts about norms in channels: what they show, how they count, and how they end."""

import discord
from simcord import MemberActor

from bot.delivery.channel_post import ChannelPost
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.norms import posts as norm_posts
from bot.norms.models import NORMS_AT_MOST, SENTENCE, TITLE, Norm
from bot.servers.models import Ratifying
from cogs.manage.norms import strings as manage_strings
from cogs.norms import strings
from tests.discord.managing_norms import norms_home
from tests.discord.norming import (
    LATE,
    NORMS,
    SOBER,
    counted,
    edited,
    here,
    moderator,
    person,
    posts,
    put,
    waiting,
)

FULL = tuple(Norm(f"n{n}", "*" * TITLE, "_" * SENTENCE) for n in range(NORMS_AT_MOST))
RULE = "at least 1 person, and half of those who answer, are in"


async def easily(demo: DemoClient, least: int = 1) -> None:
    """Let a version be agreed on by few: at least `least` members, and half of those who answer."""
    mo = await person(demo, await moderator(demo))
    ratifying = {"ratifying": Ratifying(least=least, share=50)}
    await demo.bot.services.servers.change(here(demo), mo, demo.now, ratifying)


async def only(demo: DemoClient, member: MemberActor) -> Screen:
    [post] = posts(demo, member)
    return post


async def test_the_post_of_a_proposal_shows_its_norms_and_how_it_is_decided(demo: DemoClient) -> None:
    await easily(demo)
    await put(demo)
    ana = await demo.member("ana")
    post = await only(demo, ana)
    assert not post.ephemeral
    for part in (
        "Our norms, version 1",
        strings.PROPOSED,
        strings.NOBODY_YET,
        RULE,
        *(n.norm for n in NORMS),
    ):
        assert part in post
    assert "Mo" not in post
    assert post.buttons == ["I'm in", "I have a concern", "Read them all", "Support"]


async def test_im_in_is_answered_privately_and_three_presses_edit_the_post_once(demo: DemoClient) -> None:
    await put(demo)
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    post = await only(demo, ana)
    before = len(demo.requests)
    for member in (ana, bo, cy):
        answered = await (await only(demo, member)).press("I'm in")
        assert answered.ephemeral
        assert strings.IN_TITLE.format(number=1) in answered
    await edited(demo)
    assert "3 people are in." in post
    assert "Ana" not in post
    edits = [one for one in demo.requests[before:] if one.method == "PATCH" and "/channels/" in one.path]
    assert len(edits) == 1


async def test_im_in_shows_the_new_count_at_once_and_the_post_shows_it_within_two_seconds(
    demo: DemoClient,
) -> None:
    await put(demo)
    ana = await demo.member("ana")
    post = await only(demo, ana)
    answered = await post.press("I'm in")
    assert "1 person is in." in answered
    await demo.skip(seconds=2)
    assert "1 person is in." in post
    assert strings.NOBODY_YET not in post
    assert (
        "I don't say who, but the number in the channel goes down by one. Nobody is in yet."
        in await answered.press("I'm not in any more")
    )


async def test_im_in_suggests_a_pod_unless_pods_are_closed_in_the_server(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    answered = await (await only(demo, ana)).press("I'm in")
    assert strings.IN_POD in answered
    assert answered.buttons[0] == "Set up my pod"
    assert "pod" in (await answered.press("Set up my pod")).text.lower()

    mo = await person(demo, await moderator(demo))
    await demo.bot.services.servers.change(here(demo), mo, demo.now, {"minors": True})
    bo = await demo.member("bo")
    answered = await (await only(demo, bo)).press("I'm in")
    assert strings.IN_POD not in answered
    assert "Set up my pod" not in answered.buttons


async def test_the_post_says_that_a_concern_goes_with_a_name_and_the_count_without(demo: DemoClient) -> None:
    await put(demo)
    post = await only(demo, await demo.member("ana"))
    assert "I show only numbers here" in post
    assert "the moderators you choose see your name" in post
    assert "with your name" in await post.press("I have a concern")


async def test_im_in_pressed_again_says_so_and_can_be_undone(demo: DemoClient) -> None:
    version = await put(demo)
    ana = await demo.member("ana")
    post = await only(demo, ana)
    await post.press("I'm in")
    again = await post.press("I'm in")
    assert strings.ALREADY_IN.format(count="1 person is in.") in again
    assert await counted(demo, version) == (1, 0)
    assert strings.OUT_TITLE.format(number=1) in await again.press("I'm not in any more")
    await edited(demo)
    assert strings.NOBODY_YET in post
    for answered in await post.press_twice("I'm in"):
        assert strings.IN_TITLE.format(number=1) in answered
    assert await counted(demo, version) == (1, 0)


async def test_the_post_of_a_proposal_still_works_after_a_restart(demo: DemoClient) -> None:
    version = await put(demo)
    ana = await demo.member("ana")
    post = await only(demo, ana)
    await demo.restart()
    assert strings.IN_TITLE.format(number=1) in await post.press("I'm in")
    await edited(demo)
    assert "1 person is in." in post
    assert await counted(demo, version) == (1, 0)
    assert len(posts(demo, ana)) == 1


async def test_the_longest_version_fits_into_its_post_and_is_read_in_full_on_pages(demo: DemoClient) -> None:
    await put(demo, *FULL)
    ana = await demo.member("ana")
    post = await only(demo, ana)
    assert len(post.text) < 4000
    assert strings.MORE[1].format(count=NORMS_AT_MOST - 3) in post
    page = await post.press("Read them all")
    assert page.ephemeral
    seen = len(page.options)
    while "Next" in page.buttons:
        page = await page.press("Next")
        seen += len(page.options)
    assert seen == NORMS_AT_MOST


async def test_a_post_that_leaves_out_one_norm_says_so_in_the_singular(demo: DemoClient) -> None:
    await put(demo, *FULL[:4])
    assert strings.MORE[0] in await only(demo, await demo.member("ana"))


async def test_the_post_of_the_next_version_says_what_it_changes(demo: DemoClient) -> None:
    await put(demo, direct=True)
    await put(demo, LATE, Norm("new", "A new one", "We say hello."))
    ana = await demo.member("ana")
    first, second = posts(demo, ana)
    assert strings.PUBLISHED.split("{day}")[1] in first
    assert first.buttons == ["I'm in", "Read them all", "Support"]
    for part in (
        "What would be different from version 1",
        "New: A new one",
        "Dropped: One of us",
        "One norm stays",
    ):
        assert part in second
    assert (await second.press("Read them all")).options == [LATE.title, "A new one"]


async def test_when_a_version_is_agreed_on_its_post_and_a_short_new_post_say_so(demo: DemoClient) -> None:
    await easily(demo)
    version = await put(demo)
    ana = await demo.member("ana")
    await (await only(demo, ana)).press("I'm in")
    await demo.skip(days=7, minutes=1)
    post, result = posts(demo, ana)
    assert "1 person was in" in post
    assert post.buttons == ["I'm in", "Read them all", "Support"]
    assert strings.RESULT_YES.format(number=1) in result
    assert SOBER.norm in await result.press("Read them all")
    bo = await demo.member("bo")
    assert strings.IN_TITLE.format(number=1) in await posts(demo, bo)[0].press("I'm in")
    await edited(demo)
    assert "2 people are in." in post
    assert await counted(demo, version) == (2, 0)
    assert len(posts(demo, ana)) == 2


async def test_when_a_version_is_not_agreed_on_both_posts_say_why_and_what_still_holds(
    demo: DemoClient,
) -> None:
    await easily(demo, least=4)
    await put(demo, direct=True)
    await put(demo, LATE)
    ana = await demo.member("ana")
    _, post = posts(demo, ana)
    await post.press("I'm in")
    await demo.skip(days=7, minutes=1)
    *_, result = posts(demo, ana)
    for one in (post, result):
        assert "Not enough people were in this time: 1, and it takes 4." in one
        assert "Version 1 still counts." in one
    assert "`/norms` lets you suggest changes." in result
    assert post.buttons == ["Read them all", "Support"]
    assert strings.RESULT_NO.format(number=2) in result


async def test_a_concern_counts_as_not_being_in(demo: DemoClient) -> None:
    """Members are told so before they send one, and the result says what was missing."""
    await easily(demo, least=1)
    await put(demo)
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    [post] = posts(demo, ana)
    await post.press("I'm in")
    for member in (bo, cy):
        [seen] = posts(demo, member)
        draft = await seen.press("I have a concern")
        assert "a concern counts as not being in" in draft
        assert "use `Suggest` in `/norms`" in draft
        await draft.press("Send without my text")
    await demo.skip(days=7, minutes=1)
    *_, result = posts(demo, ana)
    assert strings.RESULT_NO.format(number=1) in result
    few = "Not enough of those who answered were in this time: 1 person was in, 2 had a concern"
    assert f"{few}, and it takes half." in result


async def test_the_post_of_a_replaced_version_leads_to_the_newer_one(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    [old] = posts(demo, ana)
    held = old.custom_id("I'm in")
    await put(demo, LATE)
    await edited(demo)
    assert strings.REPLACED.format(number=2) in old
    assert old.buttons == ["Read them all", "Support"]
    for verb in (held, held.replace("norms.in", "norms.concern")):
        shown = await demo.forge(ana, verb, source=old)
        assert shown.ephemeral
        assert strings.LATE.format(number=1) in shown
        assert LATE.norm in shown
    assert strings.REPLACED.format(number=2) in await old.press("Read them all")


async def test_the_post_of_a_withdrawn_version_says_so_and_no_result_is_posted(demo: DemoClient) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    services = demo.bot.services
    await services.norms.ballots.withdraw(await person(demo, mo), here(demo), demo.now)
    await edited(demo)
    assert strings.WITHDRAWN.split("{day}")[1] in await only(demo, ana)
    await demo.skip(days=9)
    assert len(posts(demo, ana)) == 1


async def test_whoever_leaves_is_not_counted_any_more(demo: DemoClient) -> None:
    await put(demo)
    ana, bo = await demo.member("ana"), await demo.member("bo")
    for member in (ana, bo):
        await (await only(demo, member)).press("I'm in")
    await demo.bot.services.people.leave(await person(demo, bo), here(demo), demo.now)
    await edited(demo)
    assert "1 person is in." in await only(demo, ana)


async def test_nothing_is_posted_in_a_server_that_removed_the_bot(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    await demo.bot.services.servers.left(here(demo), demo.now)
    await demo.skip(days=8)
    assert len(posts(demo, ana)) == 1


async def test_a_post_about_norms_is_rendered_only_while_it_has_something_to_say(demo: DemoClient) -> None:
    """There is nothing to say of an unknown version, of a result too early, or without a server."""
    version = await put(demo)
    render = demo.bot.services.channel_gateway._renders

    async def said(kind: str, subject: str) -> bool:
        post = ChannelPost.to(here(demo), demo.general.id, kind, subject, demo.now)
        return await render[kind](post) is not None

    for kind in (norm_posts.BALLOT, norm_posts.RESULT):
        assert not await said(kind, "nothing")
    assert await said(norm_posts.BALLOT, version.id)
    assert not await said(norm_posts.RESULT, version.id)
    await demo.skip(days=8)
    assert await said(norm_posts.RESULT, version.id)
    await demo.bot.services.servers.left(here(demo), demo.now)
    for kind in (norm_posts.BALLOT, norm_posts.RESULT):
        assert not await said(kind, version.id)


async def test_the_post_of_a_version_names_norms_that_were_moved_or_renamed(demo: DemoClient) -> None:
    await put(demo, *NORMS, Norm("third", "Third", "We third."), direct=True)
    called = Norm(LATE.key, "Two by two", LATE.norm, "Because.", "Like so.", "Well?")
    await put(demo, Norm("third", "Third", "We third."), SOBER, called)
    ana = await demo.member("ana")
    _, post = posts(demo, ana)
    assert "Moved: Third" in post
    assert "**Changed: Two by two**\nBefore, it was called: Nobody walks home alone" in post
    assert "why it's there, what keeping it looks like, what to talk about." in post
    assert "Before: " not in post
    assert "One norm stays as it is." in post


# -- where moderators see it ------------------------------------------------------------------------


async def told(demo: DemoClient, name: str) -> MemberActor:
    """Let this member send a suggestion to the moderators. Return the member."""
    member = await demo.member(name)
    draft = await (await demo.slash(member, "norms")).press("Suggest")
    await (await (await draft.press("Write it")).submit({"text": f"{name} would rather meet at noon"})).press(
        "Send"
    )
    await demo.settle()
    return member


async def test_each_moderator_who_can_read_a_note_is_told_in_private_and_the_channel_says_nothing(
    demo: DemoClient,
) -> None:
    mo, zoe = await moderator(demo), await moderator(demo, "zoe")
    ana = await demo.member("ana")
    draft = await (await demo.slash(ana, "norms")).press("Suggest")
    fewer = await (await (await draft.press("Write it")).submit({"text": "let's meet at noon"})).choose(
        ["Mo"]
    )
    await fewer.press("Send")
    await told(demo, "bo")
    await demo.settle()
    assert posts(demo, mo, demo.mods) == []
    [line] = demo.dms(mo)
    assert line.text == "Something is waiting for you."
    opened = await line.press("Open")
    assert opened.ephemeral
    assert manage_strings.WAITS_TITLE in opened
    assert demo.server.name in opened
    assert "noon" not in opened
    assert [len(await waiting(demo, one)) for one in (mo, zoe)] == [2, 1]
    assert "noon" in await (await norms_home(demo, mo)).press("What's waiting")


async def test_a_moderator_whose_dms_are_closed_finds_it_in_the_inbox_and_only_while_it_waits(
    demo: DemoClient,
) -> None:
    mo = await moderator(demo)
    demo.close_dms(mo)
    ana = await told(demo, "ana")
    inbox = await demo.slash(mo, "inbox")
    assert manage_strings.IN_WAITS in inbox
    letter = await (await (await demo.slash(ana, "norms")).press("What I sent")).press("Open")
    await letter.press("Take it back")
    assert manage_strings.IN_WAITS not in await demo.slash(mo, "inbox")
    assert "closed" in (await inbox.press("Open")).text.lower()


async def test_a_suggestion_taken_back_before_its_message_was_sent_leads_to_none(demo: DemoClient) -> None:
    mo = await moderator(demo)
    demo.env.inject_error("POST", "/users/@me/channels", status=503, code=0, message="", times=1)
    ana = await told(demo, "ana")
    assert demo.dms(mo) == []
    letter = await (await (await demo.slash(ana, "norms")).press("What I sent")).press("Open")
    await letter.press("Take it back")
    await demo.skip(hours=3)
    assert demo.dms(mo) == []


async def test_the_old_line_in_the_moderators_channel_still_opens_what_waits(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await told(demo, "ana")
    assert "noon" in await demo.forge(mo, "v1:manage.waiting:0123456789abcdef")
    ana = await demo.member("ana")
    assert "noon" not in await demo.forge(ana, "v1:manage.waiting:0123456789abcdef")


async def test_a_channel_for_moderators_in_which_the_bot_may_not_post_changes_nothing_for_notes(
    demo: DemoClient,
) -> None:
    mo = await moderator(demo)
    everyone = discord.PermissionOverwrite(view_channel=False)
    unseen = demo.server.create_text_channel("unseen", overwrites={demo.server.default_role: everyone})
    servers, who = demo.bot.services.servers, await person(demo, mo)
    await servers.change(here(demo), who, demo.now, {"mods_channel": unseen.id})
    await told(demo, "ana")
    assert posts(demo, mo, unseen) == []
    await told(demo, "bo")
    await demo.skip(days=1)
    assert len(await waiting(demo, mo)) == 2
