"""How members write, send and take back concerns and suggestions about norms."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.norms.models import Norm
from cogs.norms import strings
from tests.discord.norming import (
    LATE,
    NOT_YOURS,
    counted,
    edited,
    here,
    moderator,
    person,
    posts,
    put,
    result_so_far,
    waiting,
)

RIGHT_TO_LEFT = "‮מודרטור *א* 😀"
PLAIN = "מודרטור *א* 😀"
TEXT = {"text": "It forgets those who can't drink **at all**."}


async def concern(demo: DemoClient, member: MemberActor) -> Screen:
    return await posts(demo, member)[-1].press("I have a concern")


async def suggestion(demo: DemoClient, member: MemberActor) -> Screen:
    return await (await demo.slash(member, "norms")).press("Suggest")


async def written(draft: Screen) -> Screen:
    return await (await draft.press("Write it")).submit(TEXT)


async def test_a_concern_names_everybody_who_would_read_it(demo: DemoClient) -> None:
    version = await put(demo)
    await moderator(demo, "zoe", shown=RIGHT_TO_LEFT)
    ana = await demo.member("ana")
    draft = await concern(demo, ana)
    assert draft.ephemeral
    assert strings.KNOWN in draft
    assert sorted(draft.options) == ["Mo", PLAIN]
    assert draft.chosen == draft.options
    assert "This goes to" in draft
    assert "**Mo**" in draft
    assert "\u202e" not in draft.text
    assert draft.buttons == ["Write it", "Send without my text", "Discard", "Support"]
    form = (await draft.press("Write it")).form
    assert form["text"].max_length == 1000
    assert await counted(demo, version) == (0, 0)


async def test_a_moderator_behind_a_boundary_is_not_ticked_and_the_card_does_not_say_why(
    demo: DemoClient,
) -> None:
    await put(demo)
    zoe = await moderator(demo, "zoe")
    ana = await demo.member("ana")
    assert sorted((await concern(demo, ana)).chosen) == ["Mo", "Zoe"]
    before = await (await (await demo.slash(ana, "boundary")).press("Add")).choose([zoe])
    await before.press("Set the boundary")
    await demo.restart()
    draft = await concern(demo, ana)
    assert draft.chosen == ["Mo"]
    assert "boundary" not in draft.text.lower()
    assert draft.text.count("Zoe") == 0
    assert sorted((await draft.choose(["Mo", "Zoe"])).chosen) == ["Mo", "Zoe"]


async def test_a_concern_whose_only_reader_is_behind_a_boundary_is_sent_once_they_are_ticked(
    demo: DemoClient,
) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    before = await (await (await demo.slash(ana, "boundary")).press("Add")).choose([mo])
    await before.press("Set the boundary")
    draft = await concern(demo, ana)
    assert "You haven't ticked anyone who would read this." in draft
    assert (draft.options, draft.chosen) == (["Mo"], [])
    assert draft.buttons == ["Write it", "Discard", "Support"]
    preview = await written(draft)
    assert preview.buttons == ["Edit", "Discard", "Support"]
    ticked = await preview.choose(["Mo"])
    assert "This goes to **\u2068Mo\u2069**" in ticked
    assert "at all" in await ticked.press("Send")


async def test_a_concern_is_written_edited_and_sent_only_to_the_ticked_moderators(demo: DemoClient) -> None:
    version = await put(demo)
    mo, zoe = await moderator(demo), await moderator(demo, "zoe")
    ana = await demo.member("ana")
    await posts(demo, ana)[-1].press("I'm in")
    preview = await written(await concern(demo, ana))
    assert "at all" in preview
    assert "**at all**" not in preview.text
    assert preview.buttons == ["Send", "Edit", "Send without my text", "Discard", "Support"]
    form = await preview.press("Edit")
    assert form.form["text"].value == TEXT["text"]
    again = await form.submit({"text": "It forgets some of us."})
    fewer = await again.choose(["Zoe"])
    assert fewer.chosen == ["Zoe"]
    assert "**Mo**" not in fewer
    sent = await fewer.press("Send")
    assert strings.SENT_TITLE in sent
    assert strings.SENT_COUNTS.format(number=1) in sent
    assert "Zoe" in sent
    [letter] = await waiting(demo, zoe)
    assert (letter.text, letter.author) == ("It forgets some of us.", "Ana (@ana)")
    assert await waiting(demo, mo) == []
    assert await result_so_far(demo, version) == (0, 1)
    await edited(demo)
    post = posts(demo, ana)[0]
    assert "1 person is in." in post
    assert "concern." not in post
    assert "forgets" not in post
    assert [one.text for one in demo.dms(zoe)] == ["Something is waiting for you."]
    assert demo.dms(mo) == []


async def test_unticking_everybody_is_refused_kindly(demo: DemoClient) -> None:
    await put(demo)
    await moderator(demo, "zoe")
    draft = await concern(demo, await demo.member("ana"))
    one = await draft.choose(["Mo"])
    none = await one.choose([])
    assert strings.NOBODY_TICKED in none
    assert none.chosen == ["Mo"]


async def test_a_concern_sent_without_its_text_tells_moderators_only_who_has_one(demo: DemoClient) -> None:
    version = await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    sent = await (await written(await concern(demo, ana))).press("Send without my text")
    assert strings.SENT_BARE in sent
    [letter] = await waiting(demo, mo)
    assert (letter.text, letter.author) == ("", "Ana (@ana)")
    assert await result_so_far(demo, version) == (0, 1)


async def test_a_concern_sent_twice_at_once_arrives_once(demo: DemoClient) -> None:
    version = await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    preview = await written(await concern(demo, ana))
    for sent in await preview.press_twice("Send"):
        assert strings.SENT_TITLE in sent
    assert len(await waiting(demo, mo)) == 1
    assert await result_so_far(demo, version) == (0, 1)


async def test_somebody_with_a_concern_sees_it_again_and_can_take_it_back(demo: DemoClient) -> None:
    version = await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    await (await written(await concern(demo, ana))).press("Send")
    again = await concern(demo, ana)
    assert "at all" in again
    assert "Send" not in again.buttons
    answered = await posts(demo, ana)[0].press("I'm in")
    assert strings.IN_STILL_CONCERN in answered
    assert await counted(demo, version) == (1, 0)
    listed = await answered.press("What I sent")
    assert strings.OUT_STILL_CONCERN in await (await demo.slash(ana, "norms")).press("I'm not in any more")
    assert await result_so_far(demo, version) == (0, 1)
    gone = await (await listed.press("Open")).press("Take it back")
    assert strings.TAKEN in gone
    assert await waiting(demo, mo) == []
    assert await result_so_far(demo, version) == (0, 0)
    assert strings.PROPOSED in await gone.press("Show our norms")


async def test_two_presses_of_take_it_back_at_once_find_the_suggestion_once(demo: DemoClient) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    sent = await (await written(await suggestion(demo, ana))).press("Send")
    first, second = await sent.press_twice("Take it back")
    assert {strings.TAKEN in one for one in (first, second)} == {True, False}
    assert any(NOT_YOURS in one for one in (first, second))


async def test_a_sent_suggestion_is_listed_and_shows_that_moderators_dealt_with_it(demo: DemoClient) -> None:
    await put(demo, direct=True)
    mo, ana = await moderator(demo), await demo.member("ana")
    draft = await suggestion(demo, ana)
    assert draft.buttons == ["Write it", "Discard", "Support"]
    await (await written(draft)).press("Send")
    shown = await demo.slash(ana, "norms")
    listed = await shown.press("What I sent")
    assert strings.SUGGESTION_TITLE in listed
    [letter] = await waiting(demo, mo)
    inbox, who = demo.bot.services.norms.inbox, await person(demo, mo)
    await inbox.done(who, here(demo), letter.note.id, demo.now)
    listed = await (await demo.slash(ana, "norms")).press("What I sent")
    assert "marked as done" in listed
    opened = await listed.press("Open")
    assert strings.SENT_SEEN_TO in opened
    assert "Our norms, version 1" in await opened.press("Show our norms")


async def test_sent_suggestions_are_listed_five_to_a_page_and_an_eleventh_is_refused(
    demo: DemoClient,
) -> None:
    await put(demo, direct=True)
    ana = await demo.member("ana")
    for _ in range(6):
        await (await written(await suggestion(demo, ana))).press("Send")
        await demo.skip(seconds=1)
    listed = await (await demo.slash(ana, "norms")).press("What I sent")
    assert listed.buttons.count("Open") == 5
    second = await listed.press("Next")
    assert second.buttons.count("Open") == 1
    assert (await second.press("Back")).buttons.count("Open") == 5
    for _ in range(4):
        await (await written(await suggestion(demo, ana))).press("Send")
    assert "reached the limit" in await suggestion(demo, ana)


async def test_the_draft_of_a_concern_survives_a_restart_and_is_found_again(demo: DemoClient) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    draft = await concern(demo, ana)
    form = await draft.press("Write it")
    await demo.restart()
    preview = await form.submit(TEXT)
    assert "at all" in preview
    inbox = await demo.slash(ana, "inbox")
    assert "A concern about version 1" in inbox
    assert "at all" in await inbox.press("Open")
    listed = await (await demo.slash(ana, "norms")).press("What I sent")
    assert "not sent yet" in listed
    opened = await listed.press("Open")
    await demo.restart()
    assert strings.SENT_TITLE in await opened.press("Send")
    assert len(await waiting(demo, mo)) == 1
    assert "Nothing is waiting" in await demo.slash(ana, "inbox")


async def test_the_draft_of_a_concern_can_be_found_and_sent_in_direct_messages(demo: DemoClient) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    await written(await concern(demo, ana))
    inbox = await demo.slash(ana, "inbox", dm=True)
    sent = await (await inbox.press("Open")).press("Send")
    assert strings.SENT_TITLE in sent
    assert len(await waiting(demo, mo)) == 1
    proposed = await demo.slash(ana, "norms", dm=True)
    assert strings.YOU_CONCERN.format(number=1) in proposed
    more = await proposed.press("Suggest")
    assert "**Mo**" in more
    assert "at all" in await written(more)


async def test_nothing_is_left_of_a_discarded_concern(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    gone = await (await written(await concern(demo, ana))).press("Discard")
    assert strings.DISCARDED in gone
    assert "Nothing is waiting" in await demo.slash(ana, "inbox")
    assert (await concern(demo, ana)).buttons[0] == "Write it"
    assert strings.LIST_NONE in await demo.forge(ana, f"v1:norms.sent:{demo.server.id}.0")


async def test_a_concern_of_blanks_is_refused_as_not_written(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    draft = await concern(demo, ana)
    id = draft.custom_id("Write it").rpartition(":")[2]
    blank = await demo.forge_form(ana, f"v1:norms.written:{id}", {"text": " \n "})
    assert strings.NOT_WRITTEN in blank
    assert strings.NOT_WRITTEN in await demo.forge(ana, f"v1:norms.send:{id}")
    assert (await blank.press("Write it")).is_form
    assert strings.GOES_TO.split("{")[0] in await blank.press("Back")


async def test_while_no_moderator_is_known_a_suggestion_is_kept_as_a_draft(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    draft = await suggestion(demo, ana)
    assert strings.NOBODY_KNOWN in draft
    assert draft.buttons == ["Write it", "Discard", "Support"]
    preview = await written(draft)
    assert "Send" not in preview.buttons
    mo = await moderator(demo)
    shown = await (await demo.slash(ana, "inbox")).press("Open")
    # Nobody is ticked but by the first card.
    assert (strings.GOES_TO_NOBODY in shown, shown.options, "Send" in shown.buttons) == (True, ["Mo"], False)
    shown = await shown.choose(["Mo"])
    assert "**Mo**" in shown
    assert strings.SENT_TITLE in await shown.press("Send")
    assert len(await waiting(demo, mo)) == 1


async def test_a_moderator_who_left_is_no_longer_named_as_a_reader(demo: DemoClient) -> None:
    await put(demo)
    mo = await moderator(demo)
    zoe = await moderator(demo, "zoe")
    ana = await demo.member("ana")
    await demo.leave(zoe)
    await demo.skip(days=1, minutes=1)
    draft = await concern(demo, ana)
    assert draft.options == ["Mo"]
    preview = await written(draft)
    await demo.leave(mo)
    await demo.skip(days=1, minutes=1)
    refused = await preview.press("Send")
    assert strings.NOBODY in refused
    assert strings.NOBODY_KNOWN in await refused.press("Open it again")
    assert "at all" in await (await demo.slash(ana, "inbox")).press("Open")


@pytest.mark.parametrize("newer", [True, False])
async def test_an_unsent_concern_is_kept_when_its_version_is_replaced_or_withdrawn(
    demo: DemoClient, newer: bool
) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    preview = await written(await concern(demo, ana))
    if newer:
        version = await put(demo, LATE)
    else:
        ballots, who = demo.bot.services.norms.ballots, await person(demo, mo)
        version = await ballots.withdraw(who, here(demo), demo.now)
    refused = await preview.press("Send")
    assert "You can't answer version 1 any more" in refused
    assert "at all" in refused
    assert await waiting(demo, mo) == []
    moved = await refused.press("Make it about version 2" if newer else "Make it a suggestion")
    assert ("A concern about version 2" if newer else strings.SUGGESTION_TITLE) in moved
    await moved.press("Send")
    assert [one.text for one in await waiting(demo, mo)] == [TEXT["text"]]
    assert await result_so_far(demo, version) == ((0, 1) if newer else (0, 0))


async def test_an_edit_on_another_card_of_a_sent_concern_comes_too_late(demo: DemoClient) -> None:
    """The same draft is on three cards. After one of them has sent it, the others change nothing."""
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    one = await written(await concern(demo, ana))
    two = await concern(demo, ana)
    form = await (await concern(demo, ana)).press("Edit")
    await one.press("Send")
    late = await form.submit({"text": "something else"})
    assert strings.TOO_LATE in late
    assert "something else" in late
    assert late.buttons == ["Take it back", "Suggest", "Support"]
    assert not (await two.press("Edit")).is_form
    assert [letter.text for letter in await waiting(demo, mo)] == [TEXT["text"]]


async def test_neither_another_member_nor_a_moderator_can_use_somebodys_draft(demo: DemoClient) -> None:
    await put(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    eve = await demo.member("eve")
    preview = await written(await concern(demo, ana))
    id = preview.custom_id("Send").rpartition(":")[2]
    for who in (eve, mo):
        for verb in ("note", "write", "send", "send_bare", "move", "take_back"):
            assert NOT_YOURS in await demo.forge(who, f"v1:norms.{verb}:{id}")
        assert NOT_YOURS in await demo.forge(who, f"v1:norms.readers:{id}", ["nobody"])
        assert NOT_YOURS in await demo.forge_form(who, f"v1:norms.written:{id}", {"text": "mine now"})
        assert strings.LIST_NONE in await demo.forge(who, f"v1:norms.sent:{demo.server.id}.0")
    assert strings.SENT_TITLE in await preview.press("Send")


async def test_the_longest_text_and_the_longest_names_fit(demo: DemoClient) -> None:
    await put(demo, Norm("x", "X", "We x."))
    for number in range(12):
        await moderator(demo, f"m{number}", shown="*" * 31 + str(number % 10))
    draft = await concern(demo, await demo.member("ana"))
    assert len(draft.options) == 13
    assert strings.AND_MORE.format(count=5) in draft
    preview = await (await draft.press("Write it")).submit({"text": "*" * 1000})
    assert len(preview.text) < 4000
    assert preview.text.count("\\*") >= 1000
    sent = await preview.press("Send")
    assert len(sent.text) < 4000


async def test_a_suggestion_for_another_server_names_no_moderator_of_this_one(demo: DemoClient) -> None:
    await put(demo)
    ana = await demo.member("ana")
    await person(demo, ana, 4242)
    elsewhere = await demo.forge(ana, "v1:norms.suggest:4242")
    assert strings.NOBODY_KNOWN in elsewhere
    assert "Mo" not in elsewhere.options
    mo = await person(demo, await moderator(demo))
    found = await demo.bot.services.norms.inbox.letters(mo, ServerId(4242))
    assert (found.waiting, found.done) == ([], [])


async def test_discord_is_asked_about_each_moderator_once_a_day_and_not_at_every_press(
    demo: DemoClient,
) -> None:
    await put(demo)
    await moderator(demo, "zoe")
    ana = await demo.member("ana")
    await demo.skip(days=1, minutes=1)

    def asked() -> int:
        return sum(one.method == "GET" and "/members/" in one.path for one in demo.requests)

    before = asked()
    preview = await written(await concern(demo, ana))
    assert asked() - before == 2
    await preview.press("Send")
    await (await written(await suggestion(demo, ana))).press("Send")
    assert asked() - before == 2
    # The daily check asks about everybody, at whichever hour it comes.
    await demo.skip(days=1, minutes=1)
    before = asked()
    await suggestion(demo, ana)
    assert asked() - before == 2


async def test_somebody_who_lost_manage_server_is_not_named_any_more(demo: DemoClient) -> None:
    await put(demo)
    ana, nia = await demo.member("ana"), await demo.member("nia")
    await demo.bot.services.servers.seen_moderating(here(demo), await person(demo, nia), demo.now)
    assert sorted((await concern(demo, ana)).options) == ["Mo", "Nia"]
    await demo.skip(days=1, minutes=1)
    assert (await concern(demo, ana)).options == ["Mo"]
