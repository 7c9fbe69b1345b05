"""Concerns and suggestions, from the first press to being taken back."""

import pytest
from simcord import MemberActor

from bot.ids import ServerId
from bot.norms.models import Norm
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
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
    waiting,
)

RIGHT_TO_LEFT = "‮מודרטור *א* 😀"
PLAIN = "מודרטור *א* 😀"
TEXT = {"text": "It forgets those who can't drink **at all**."}


async def concern(theatre: Theatre, member: MemberActor) -> Screen:
    return await posts(theatre, member)[-1].press("I have a concern")


async def suggestion(theatre: Theatre, member: MemberActor) -> Screen:
    return await (await theatre.slash(member, "norms")).press("Suggest")


async def written(draft: Screen) -> Screen:
    return await (await draft.press("Write it")).submit(TEXT)


async def test_a_concern_names_everybody_who_would_read_it(theatre: Theatre) -> None:
    version = await put(theatre)
    await moderator(theatre, "zoe", shown=RIGHT_TO_LEFT)
    ana = await theatre.member("ana")
    draft = await concern(theatre, ana)
    assert draft.ephemeral
    assert strings.KNOWN in draft
    assert sorted(draft.options) == ["Mo", PLAIN]
    assert draft.chosen == draft.options
    assert "It goes to" in draft
    assert "**Mo**" in draft
    assert "\u202e" not in draft.text
    assert draft.buttons == ["Write it", "Send without my text", "Discard", "Support"]
    form = (await draft.press("Write it")).form
    assert form["text"].max_length == 1000
    assert await counted(theatre, version) == (0, 0)


async def test_one_with_whom_they_set_a_boundary_is_not_ticked_and_the_card_tells_nothing_of_it(
    theatre: Theatre,
) -> None:
    await put(theatre)
    zoe = await moderator(theatre, "zoe")
    ana = await theatre.member("ana")
    assert sorted((await concern(theatre, ana)).chosen) == ["Mo", "Zoe"]
    await (await (await theatre.slash(ana, "boundary")).press("Add")).choose([zoe])
    await theatre.restart()
    draft = await concern(theatre, ana)
    assert draft.chosen == ["Mo"]
    assert "boundary" not in draft.text.lower()
    assert draft.text.count("Zoe") == 0
    assert sorted((await draft.choose(["Mo", "Zoe"])).chosen) == ["Mo", "Zoe"]


async def test_where_nobody_else_runs_the_server_it_is_written_first_and_ticked_then(
    theatre: Theatre,
) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    await (await (await theatre.slash(ana, "boundary")).press("Add")).choose([mo])
    draft = await concern(theatre, ana)
    assert "Nobody is ticked who would read it." in draft
    assert (draft.options, draft.chosen) == (["Mo"], [])
    assert draft.buttons == ["Write it", "Discard", "Support"]
    preview = await written(draft)
    assert preview.buttons == ["Edit", "Discard", "Support"]
    ticked = await preview.choose(["Mo"])
    assert "It goes to **\u2068Mo\u2069**" in ticked
    assert "at all" in await ticked.press("Send")


async def test_written_looked_at_edited_and_sent_to_those_ticked(theatre: Theatre) -> None:
    version = await put(theatre)
    mo, zoe = await moderator(theatre), await moderator(theatre, "zoe")
    ana = await theatre.member("ana")
    await posts(theatre, ana)[-1].press("I'm in")
    preview = await written(await concern(theatre, ana))
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
    [letter] = await waiting(theatre, zoe)
    assert (letter.text, letter.author) == ("It forgets some of us.", "Ana")
    assert await waiting(theatre, mo) == []
    assert await counted(theatre, version) == (0, 1)
    await edited(theatre)
    post = posts(theatre, ana)[0]
    assert "0 are in, 1 has a concern." in post
    assert "forgets" not in post
    assert theatre.dms(zoe) == theatre.dms(mo) == []


async def test_unticking_everybody_is_refused_kindly(theatre: Theatre) -> None:
    await put(theatre)
    await moderator(theatre, "zoe")
    draft = await concern(theatre, await theatre.member("ana"))
    one = await draft.choose(["Mo"])
    none = await one.choose([])
    assert strings.NOBODY_TICKED in none
    assert none.chosen == ["Mo"]


async def test_without_the_text_they_are_told_only_that_there_is_one(theatre: Theatre) -> None:
    version = await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    sent = await (await written(await concern(theatre, ana))).press("Send without my text")
    assert strings.SENT_BARE in sent
    [letter] = await waiting(theatre, mo)
    assert (letter.text, letter.author) == ("", "Ana")
    assert await counted(theatre, version) == (0, 1)


async def test_sent_twice_at_once_it_is_there_once(theatre: Theatre) -> None:
    version = await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    preview = await written(await concern(theatre, ana))
    for sent in await preview.press_twice("Send"):
        assert strings.SENT_TITLE in sent
    assert len(await waiting(theatre, mo)) == 1
    assert await counted(theatre, version) == (0, 1)


async def test_a_second_concern_shows_the_first_which_can_be_taken_back(theatre: Theatre) -> None:
    version = await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    await (await written(await concern(theatre, ana))).press("Send")
    again = await concern(theatre, ana)
    assert "at all" in again
    assert "Send" not in again.buttons
    answered = await posts(theatre, ana)[0].press("I'm in")
    assert strings.IN_STILL_CONCERN in answered
    assert await counted(theatre, version) == (1, 0)
    listed = await answered.press("What I sent")
    assert strings.OUT_STILL_CONCERN in await (await theatre.slash(ana, "norms")).press("I'm not in any more")
    assert await counted(theatre, version) == (0, 1)
    gone = await (await listed.press("Open")).press("Take it back")
    assert strings.TAKEN in gone
    assert await waiting(theatre, mo) == []
    assert await counted(theatre, version) == (0, 0)
    assert strings.PROPOSED in await gone.press("Show our norms")


async def test_taken_back_twice_at_once(theatre: Theatre) -> None:
    await put(theatre, direct=True)
    ana = await theatre.member("ana")
    sent = await (await written(await suggestion(theatre, ana))).press("Send")
    first, second = await sent.press_twice("Take it back")
    assert {strings.TAKEN in one for one in (first, second)} == {True, False}
    assert any(NOT_YOURS in one for one in (first, second))


async def test_a_suggestion_is_listed_opened_and_seen_to(theatre: Theatre) -> None:
    await put(theatre, direct=True)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    draft = await suggestion(theatre, ana)
    assert draft.buttons == ["Write it", "Discard", "Support"]
    await (await written(draft)).press("Send")
    shown = await theatre.slash(ana, "norms")
    listed = await shown.press("What I sent")
    assert strings.SUGGESTION_TITLE in listed
    [letter] = await waiting(theatre, mo)
    inbox, who = theatre.bot.services.norms.inbox, await person(theatre, mo)
    await inbox.done(who, here(theatre), letter.note.id, theatre.now)
    listed = await (await theatre.slash(ana, "norms")).press("What I sent")
    assert "seen to" in listed
    opened = await listed.press("Open")
    assert strings.SENT_SEEN_TO in opened
    assert "Version 1 of our norms" in await opened.press("Show our norms")


async def test_many_are_listed_five_a_page(theatre: Theatre) -> None:
    await put(theatre, direct=True)
    ana = await theatre.member("ana")
    for _ in range(6):
        await (await written(await suggestion(theatre, ana))).press("Send")
        await theatre.skip(seconds=1)
    listed = await (await theatre.slash(ana, "norms")).press("What I sent")
    assert listed.buttons.count("Open") == 5
    second = await listed.press("Next")
    assert second.buttons.count("Open") == 1
    assert (await second.press("Back")).buttons.count("Open") == 5
    for _ in range(4):
        await (await written(await suggestion(theatre, ana))).press("Send")
    assert "as many as there can be" in await suggestion(theatre, ana)


async def test_a_draft_survives_a_restart_and_is_found_again(theatre: Theatre) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    draft = await concern(theatre, ana)
    form = await draft.press("Write it")
    await theatre.restart()
    preview = await form.submit(TEXT)
    assert "at all" in preview
    inbox = await theatre.slash(ana, "inbox")
    assert "A concern about version 1" in inbox
    assert "at all" in await inbox.press("Open")
    listed = await (await theatre.slash(ana, "norms")).press("What I sent")
    assert "not sent yet" in listed
    opened = await listed.press("Open")
    await theatre.restart()
    assert strings.SENT_TITLE in await opened.press("Send")
    assert len(await waiting(theatre, mo)) == 1
    assert "Nothing waits" in await theatre.slash(ana, "inbox")


async def test_a_draft_is_found_and_sent_in_direct_messages(theatre: Theatre) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    await written(await concern(theatre, ana))
    inbox = await theatre.slash(ana, "inbox", dm=True)
    sent = await (await inbox.press("Open")).press("Send")
    assert strings.SENT_TITLE in sent
    assert len(await waiting(theatre, mo)) == 1
    proposed = await theatre.slash(ana, "norms", dm=True)
    assert strings.YOU_CONCERN.format(number=1) in proposed
    more = await proposed.press("Suggest")
    assert "**Mo**" in more
    assert "at all" in await written(more)


async def test_discarded_nothing_is_left(theatre: Theatre) -> None:
    await put(theatre)
    ana = await theatre.member("ana")
    gone = await (await written(await concern(theatre, ana))).press("Discard")
    assert strings.DISCARDED in gone
    assert "Nothing waits" in await theatre.slash(ana, "inbox")
    assert (await concern(theatre, ana)).buttons[0] == "Write it"
    assert strings.LIST_NONE in await theatre.forge(ana, f"v1:norms.sent:{theatre.server.id}.0")


async def test_blanks_are_no_text(theatre: Theatre) -> None:
    await put(theatre)
    ana = await theatre.member("ana")
    draft = await concern(theatre, ana)
    id = draft.custom_id("Write it").rpartition(":")[2]
    blank = await theatre.forge_form(ana, f"v1:norms.written:{id}", {"text": " \n "})
    assert strings.NOT_WRITTEN in blank
    assert strings.NOT_WRITTEN in await theatre.forge(ana, f"v1:norms.send:{id}")
    assert (await blank.press("Write it")).is_form
    assert strings.GOES_TO.split("{")[0] in await blank.press("Back")


async def test_with_nobody_known_the_draft_is_kept_until_somebody_is(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    draft = await suggestion(theatre, ana)
    assert strings.NOBODY_KNOWN in draft
    assert draft.buttons == ["Write it", "Discard", "Support"]
    preview = await written(draft)
    assert "Send" not in preview.buttons
    mo = await moderator(theatre)
    shown = await (await theatre.slash(ana, "inbox")).press("Open")
    assert "**Mo**" in shown
    assert strings.SENT_TITLE in await shown.press("Send")
    assert len(await waiting(theatre, mo)) == 1


async def test_a_moderator_who_left_is_named_no_more(theatre: Theatre) -> None:
    await put(theatre)
    mo = await moderator(theatre)
    zoe = await moderator(theatre, "zoe")
    ana = await theatre.member("ana")
    await theatre.leave(zoe)
    draft = await concern(theatre, ana)
    assert draft.options == ["Mo"]
    preview = await written(draft)
    await theatre.leave(mo)
    refused = await preview.press("Send")
    assert strings.NOBODY in refused
    assert strings.NOBODY_KNOWN in await refused.press("Open it again")
    assert "at all" in await (await theatre.slash(ana, "inbox")).press("Open")


@pytest.mark.parametrize("newer", [True, False])
async def test_its_version_went_meanwhile_and_nothing_written_is_lost(theatre: Theatre, newer: bool) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    preview = await written(await concern(theatre, ana))
    if newer:
        version = await put(theatre, LATE)
    else:
        ballots, who = theatre.bot.services.norms.ballots, await person(theatre, mo)
        version = await ballots.withdraw(who, here(theatre), theatre.now)
    refused = await preview.press("Send")
    assert "Version 1 can't be answered any more" in refused
    assert "at all" in refused
    assert await waiting(theatre, mo) == []
    moved = await refused.press("Make it about version 2" if newer else "Make it a suggestion")
    assert ("A concern about version 2" if newer else strings.SUGGESTION_TITLE) in moved
    await moved.press("Send")
    assert [one.text for one in await waiting(theatre, mo)] == [TEXT["text"]]
    assert await counted(theatre, version) == ((0, 1) if newer else (0, 0))


async def test_a_card_of_what_was_sent_meanwhile_changes_nothing(theatre: Theatre) -> None:
    """The same draft on two cards: what the second one does comes too late."""
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    one = await written(await concern(theatre, ana))
    two = await concern(theatre, ana)
    form = await (await concern(theatre, ana)).press("Edit")
    await one.press("Send")
    late = await form.submit({"text": "something else"})
    assert strings.TOO_LATE in late
    assert "something else" in late
    assert late.buttons == ["Take it back", "Suggest", "Support"]
    assert not (await two.press("Edit")).is_form
    assert [letter.text for letter in await waiting(theatre, mo)] == [TEXT["text"]]


async def test_another_member_gets_the_sentence_for_what_is_not_there(theatre: Theatre) -> None:
    await put(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    eve = await theatre.member("eve")
    preview = await written(await concern(theatre, ana))
    id = preview.custom_id("Send").rpartition(":")[2]
    for who in (eve, mo):
        for verb in ("note", "write", "send", "send_bare", "move", "take_back"):
            assert NOT_YOURS in await theatre.forge(who, f"v1:norms.{verb}:{id}")
        assert NOT_YOURS in await theatre.forge(who, f"v1:norms.readers:{id}", ["nobody"])
        assert NOT_YOURS in await theatre.forge_form(who, f"v1:norms.written:{id}", {"text": "mine now"})
        assert strings.LIST_NONE in await theatre.forge(who, f"v1:norms.sent:{theatre.server.id}.0")
    assert strings.SENT_TITLE in await preview.press("Send")


async def test_the_longest_text_and_the_longest_names_fit(theatre: Theatre) -> None:
    await put(theatre, Norm("x", "X", "We x."))
    for number in range(12):
        await moderator(theatre, f"m{number}", shown="*" * 31 + str(number % 10))
    draft = await concern(theatre, await theatre.member("ana"))
    assert len(draft.options) == 13
    assert strings.AND_MORE.format(count=5) in draft
    preview = await (await draft.press("Write it")).submit({"text": "*" * 1000})
    assert len(preview.text) < 4000
    assert preview.text.count("\\*") >= 1000
    sent = await preview.press("Send")
    assert len(sent.text) < 4000


async def test_somebody_of_another_server_writes_to_nobody_here(theatre: Theatre) -> None:
    await put(theatre)
    ana = await theatre.member("ana")
    await person(theatre, ana, 4242)
    elsewhere = await theatre.forge(ana, "v1:norms.suggest:4242")
    assert strings.NOBODY_KNOWN in elsewhere
    assert "Mo" not in elsewhere.options
    found = await theatre.bot.services.norms.inbox.waiting(
        await person(theatre, await moderator(theatre)), ServerId(4242)
    )
    assert found == []
