"""The messages about norms in channels: rendered from what is true, counted, ended."""

import discord
from simcord import ChannelHandle, MemberActor

from bot.delivery.channel_post import ChannelPost
from bot.norms import posts as norm_posts
from bot.norms.models import MOST, SENTENCE, TITLE, Norm
from bot.servers.models import Ratifying
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from cogs.norms import strings
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

FULL = tuple(Norm(f"n{n}", "*" * TITLE, "_" * SENTENCE) for n in range(MOST))
RULE = "at least 1 is in, and half of those who press"


async def easily(theatre: Theatre, least: int = 1) -> None:
    """One member is enough."""
    mo = await person(theatre, await moderator(theatre))
    ratifying = {"ratifying": Ratifying(least=least, share=50)}
    await theatre.bot.services.servers.change(here(theatre), mo, theatre.now, ratifying)


async def only(theatre: Theatre, member: MemberActor) -> Screen:
    [post] = posts(theatre, member)
    return post


async def test_a_proposal_says_what_it_is_and_how_it_is_decided(theatre: Theatre) -> None:
    await easily(theatre)
    await put(theatre)
    ana = await theatre.member("ana")
    post = await only(theatre, ana)
    assert not post.ephemeral
    for part in (
        "Version 1 of our norms",
        strings.PROPOSED,
        strings.NOBODY_YET,
        RULE,
        *(n.norm for n in NORMS),
    ):
        assert part in post
    assert "Mo" not in post
    assert post.buttons == ["I'm in", "I have a concern", "Read them all", "Support"]


async def test_in_answers_them_alone_and_the_count_is_edited_once(theatre: Theatre) -> None:
    await put(theatre)
    ana, bo, cy = [await theatre.member(name) for name in ("ana", "bo", "cy")]
    post = await only(theatre, ana)
    before = len(theatre.requests)
    for member in (ana, bo, cy):
        answered = await (await only(theatre, member)).press("I'm in")
        assert answered.ephemeral
        assert strings.IN_TITLE.format(number=1) in answered
    await edited(theatre)
    assert "3 are in." in post
    assert "Ana" not in post
    edits = [one for one in theatre.requests[before:] if one.method == "PATCH" and "/channels/" in one.path]
    assert len(edits) == 1


async def test_pressed_again_it_says_so_and_offers_the_undo(theatre: Theatre) -> None:
    version = await put(theatre)
    ana = await theatre.member("ana")
    post = await only(theatre, ana)
    await post.press("I'm in")
    again = await post.press("I'm in")
    assert strings.ALREADY_IN in again
    assert await counted(theatre, version) == (1, 0)
    assert strings.OUT_TITLE.format(number=1) in await again.press("I'm not in any more")
    await edited(theatre)
    assert strings.NOBODY_YET in post
    for answered in await post.press_twice("I'm in"):
        assert strings.IN_TITLE.format(number=1) in answered
    assert await counted(theatre, version) == (1, 0)


async def test_the_message_is_pressed_after_a_restart(theatre: Theatre) -> None:
    version = await put(theatre)
    ana = await theatre.member("ana")
    post = await only(theatre, ana)
    await theatre.restart()
    assert strings.IN_TITLE.format(number=1) in await post.press("I'm in")
    await edited(theatre)
    assert "1 is in." in post
    assert await counted(theatre, version) == (1, 0)
    assert len(posts(theatre, ana)) == 1


async def test_the_fullest_version_fits_and_is_read_whole_elsewhere(theatre: Theatre) -> None:
    await put(theatre, *FULL)
    ana = await theatre.member("ana")
    post = await only(theatre, ana)
    assert len(post.text) < 4000
    assert strings.MORE[1].format(count=MOST - 3) in post
    page = await post.press("Read them all")
    assert page.ephemeral
    seen = len(page.options)
    while "Next" in page.buttons:
        page = await page.press("Next")
        seen += len(page.options)
    assert seen == MOST


async def test_with_one_more_it_says_one(theatre: Theatre) -> None:
    await put(theatre, *FULL[:4])
    assert strings.MORE[0] in await only(theatre, await theatre.member("ana"))


async def test_a_next_version_says_first_what_it_changes(theatre: Theatre) -> None:
    await put(theatre, direct=True)
    await put(theatre, LATE, Norm("new", "A new one", "We say hello."))
    ana = await theatre.member("ana")
    first, second = posts(theatre, ana)
    assert strings.PUBLISHED.split("{day}")[1] in first
    assert first.buttons == ["I'm in", "Read them all", "Support"]
    for part in (
        "What changes against version 1",
        "Added: A new one",
        "Retired: One of us",
        "One norm stays",
    ):
        assert part in second
    assert (await second.press("Read them all")).options == [LATE.title, "A new one"]


async def test_agreed_on_the_message_and_a_short_one_say_so(theatre: Theatre) -> None:
    await easily(theatre)
    version = await put(theatre)
    ana = await theatre.member("ana")
    await (await only(theatre, ana)).press("I'm in")
    await theatre.skip(days=7, minutes=1)
    post, result = posts(theatre, ana)
    assert "1 was in" in post
    assert post.buttons == ["I'm in", "Read them all", "Support"]
    assert strings.RESULT_YES.format(number=1) in result
    assert SOBER.norm in await result.press("Read them all")
    bo = await theatre.member("bo")
    assert strings.IN_TITLE.format(number=1) in await posts(theatre, bo)[0].press("I'm in")
    await edited(theatre)
    assert "2 are in." in post
    assert await counted(theatre, version) == (2, 0)
    assert len(posts(theatre, ana)) == 2


async def test_not_agreed_on_it_says_why_and_what_holds(theatre: Theatre) -> None:
    await easily(theatre, least=4)
    await put(theatre, direct=True)
    await put(theatre, LATE)
    ana = await theatre.member("ana")
    _, post = posts(theatre, ana)
    await post.press("I'm in")
    await theatre.skip(days=7, minutes=1)
    *_, result = posts(theatre, ana)
    for one in (post, result):
        assert "1 was in" in one
        assert "at least 4, and half of those who press" in one
        assert strings.HOLDS_STILL.format(number=1) in one
    assert post.buttons == ["Read them all", "Support"]
    assert strings.RESULT_NO.format(number=2) in result


async def test_replaced_its_message_leads_on(theatre: Theatre) -> None:
    await put(theatre)
    ana = await theatre.member("ana")
    [old] = posts(theatre, ana)
    held = old.custom_id("I'm in")
    await put(theatre, LATE)
    await edited(theatre)
    assert strings.REPLACED.format(number=2) in old
    assert old.buttons == ["Read them all", "Support"]
    for verb in (held, held.replace("norms.in", "norms.concern")):
        shown = await theatre.forge(ana, verb, source=old)
        assert shown.ephemeral
        assert strings.LATE.format(number=1) in shown
        assert LATE.norm in shown
    assert strings.REPLACED.format(number=2) in await old.press("Read them all")


async def test_taken_back_it_says_so_and_nothing_ends(theatre: Theatre) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    services = theatre.bot.services
    await services.norms.ballots.withdraw(await person(theatre, mo), here(theatre), theatre.now)
    await edited(theatre)
    assert strings.WITHDRAWN.split("{day}")[1] in await only(theatre, ana)
    await theatre.skip(days=9)
    assert len(posts(theatre, ana)) == 1


async def test_whoever_leaves_is_not_counted_any_more(theatre: Theatre) -> None:
    await put(theatre)
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    for member in (ana, bo):
        await (await only(theatre, member)).press("I'm in")
    await theatre.bot.services.people.leave(await person(theatre, bo), here(theatre), theatre.now)
    await edited(theatre)
    assert "1 is in." in await only(theatre, ana)


async def test_nothing_is_posted_in_a_server_that_took_the_bot_away(theatre: Theatre) -> None:
    await put(theatre)
    ana = await theatre.member("ana")
    await theatre.bot.services.servers.left(here(theatre), theatre.now)
    await theatre.skip(days=8)
    assert len(posts(theatre, ana)) == 1


async def test_what_is_about_nothing_any_more_is_not_said(theatre: Theatre) -> None:
    """A version that is forgotten, one whose counting goes on, and a server that took the bot away."""
    version = await put(theatre)
    render = theatre.bot.services.channel_gateway._renders

    async def said(kind: str, subject: str) -> bool:
        post = ChannelPost.to(here(theatre), theatre.general.id, kind, subject, theatre.now)
        return await render[kind](post) is not None

    for kind in (norm_posts.BALLOT, norm_posts.RESULT):
        assert not await said(kind, "nothing")
    assert await said(norm_posts.BALLOT, version.id)
    assert not await said(norm_posts.RESULT, version.id)
    await theatre.skip(days=8)
    assert await said(norm_posts.RESULT, version.id)
    await theatre.bot.services.servers.left(here(theatre), theatre.now)
    for kind in (norm_posts.BALLOT, norm_posts.RESULT):
        assert not await said(kind, version.id)


async def test_titles_that_change_and_norms_that_move(theatre: Theatre) -> None:
    await put(theatre, *NORMS, Norm("third", "Third", "We third."), direct=True)
    called = Norm(LATE.key, "Two by two", LATE.norm, "Because.", "Like so.", "Well?")
    await put(theatre, Norm("third", "Third", "We third."), SOBER, called)
    ana = await theatre.member("ana")
    _, post = posts(theatre, ana)
    assert "Moved: Third" in post
    assert "**Changed: Two by two**\nIt was called: Nobody walks home alone" in post
    assert "why, what keeping it looks like, the question." in post
    assert "Was:" not in post
    assert "One norm stays as it is." in post


# -- where moderators see it ------------------------------------------------------------------------


async def told(theatre: Theatre, name: str) -> MemberActor:
    """They send those who run the server a suggestion."""
    member = await theatre.member(name)
    draft = await (await theatre.slash(member, "norms")).press("Suggest")
    await (await (await draft.press("Write it")).submit({"text": f"{name} would rather meet at noon"})).press(
        "Send"
    )
    await theatre.settle()
    return member


async def desk(theatre: Theatre) -> tuple[MemberActor, ChannelHandle]:
    """Mo, and the channel for moderators."""
    return await moderator(theatre), theatre.mods


async def test_one_neutral_line_stands_while_something_waits(theatre: Theatre) -> None:
    mo, channel = await desk(theatre)
    await told(theatre, "ana")
    await told(theatre, "bo")
    [line] = posts(theatre, mo, channel)
    assert strings.WAITS_TITLE in line
    assert "Ana" not in line
    assert "noon" not in line
    assert line.buttons == ["Open"]
    opened = await line.press("Open")
    assert opened.ephemeral
    assert "would rather meet at noon" in opened
    ana = await theatre.member("ana")
    assert "would rather" not in await theatre.forge(ana, line.custom_id("Open"), source=line)
    inbox, who = theatre.bot.services.norms.inbox, await person(theatre, mo)
    for letter in await waiting(theatre, mo):
        await inbox.done(who, here(theatre), letter.note.id, theatre.now)
    await edited(theatre)
    assert posts(theatre, mo, channel) == []


async def test_a_new_line_takes_the_old_ones_place_once_something_was_seen_to(theatre: Theatre) -> None:
    mo, channel = await desk(theatre)
    await told(theatre, "ana")
    await told(theatre, "bo")
    [old] = posts(theatre, mo, channel)
    await theatre.skip(minutes=1)
    first, *_ = await waiting(theatre, mo)
    inbox, who = theatre.bot.services.norms.inbox, await person(theatre, mo)
    await inbox.done(who, here(theatre), first.note.id, theatre.now)
    await edited(theatre)
    [same] = posts(theatre, mo, channel)
    assert same.message.id == (first_id := old.message.id)
    await told(theatre, "cy")
    [new] = posts(theatre, mo, channel)
    assert new.message.id != first_id
    assert strings.WAITS_TITLE in new


async def test_taken_back_before_the_line_went_out_nothing_is_said(theatre: Theatre) -> None:
    mo, channel = await desk(theatre)
    path = f"/channels/{channel.id}/messages"
    theatre.env.inject_error("POST", path, status=503, code=0, message="", times=1)
    ana = await told(theatre, "ana")
    assert posts(theatre, mo, channel) == []
    letter = await (await (await theatre.slash(ana, "norms")).press("What I sent")).press("Open")
    await letter.press("Take it back")
    await theatre.skip(hours=3)
    assert posts(theatre, mo, channel) == []
    assert not await theatre.bot.db.read(
        lambda tx: theatre.bot.services.channel_posts.waiting(tx, norm_posts.WAITS, str(here(theatre)))
    )


async def test_where_the_bot_may_not_write_it_waits_in_the_list_alone(theatre: Theatre) -> None:
    mo = await moderator(theatre)
    everyone = discord.PermissionOverwrite(view_channel=False)
    unseen = theatre.server.create_text_channel("unseen", overwrites={theatre.server.default_role: everyone})
    servers, who = theatre.bot.services.servers, await person(theatre, mo)
    await servers.change(here(theatre), who, theatre.now, {"mods_channel": unseen.id})
    await told(theatre, "ana")
    assert posts(theatre, mo, unseen) == []
    await told(theatre, "bo")
    await theatre.skip(days=1)
    assert len(await waiting(theatre, mo)) == 2
