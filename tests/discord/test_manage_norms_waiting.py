"""`/manage norms`: concerns and suggestions, read by those to whom they were sent and by nobody else."""

from bot.demo.client.client import DemoClient
from tests.discord.managing_norms import moderator, newest, norms_home, put, told
from tests.discord.norming import NOT_YOURS, person


async def test_concerns_and_suggestions_are_read_one_per_page(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask", button="Publish without asking")
    ana, bo = await demo.member("ana"), await demo.member("bo", shown="\u202eBo *the* 🦊 " + "x" * 60)
    await told(demo, ana, "We need *one* about music.")
    await demo.skip(minutes=1)
    await told(demo, bo, "It is too long.", version=await newest(demo))
    card = await norms_home(demo, mo)
    assert "**2 messages are waiting for you**: concerns and suggestions." in card

    card = await card.press("What's waiting")
    assert "A suggestion, 1 of 2" in card
    assert "**⁨Ana \\(@\u200bana\\)⁩** sent you this on <t:" in card
    assert "We need \\*one\\* about music." in card
    assert card.buttons == ["Done", "Next", "Overview", "Support"]
    await demo.restart()
    card = await card.press("Next")
    assert "A concern, 2 of 2" in card
    assert "It's about version 1." in card
    assert "It is too long." in card
    assert "Bo \\*the\\* 🦊" in card
    assert "\u202e" not in card.text
    assert card.buttons == ["Done", "Back", "Overview", "Support"]
    assert "A suggestion, 1 of 2" in await card.press("Back")


async def test_pressing_done_removes_a_note_from_the_list_and_shows_the_next_one(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await norms_home(demo, mo)
    await norms_home(demo, nia)
    ana = await demo.member("ana")
    await told(demo, ana, "The first.")
    await demo.skip(minutes=1)
    await told(demo, ana, "The second.")
    card = await (await norms_home(demo, mo)).press("What's waiting")
    for again in await card.press_twice("Done"):
        assert "The second." in again
    assert "**1 message is waiting for you**: a concern or a suggestion." in await norms_home(demo, nia)

    await demo.restart()
    card = await card.press("Done")
    assert "Nothing is waiting for you" in card
    assert card.buttons == ["Show what's done", "Overview", "Support"]


async def test_what_one_moderator_has_marked_as_done_stays_for_the_others_to_read(demo: DemoClient) -> None:
    """Otherwise one of them, perhaps whom it is about, could take it away before the others have read it."""
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await norms_home(demo, mo)
    await norms_home(demo, nia)
    await told(demo, await demo.member("ana"), "It is about Mo.")
    await demo.settle()
    await (await (await norms_home(demo, mo)).press("What's waiting")).press("Done")

    assert "A member has written to you" in await demo.dms(nia)[-1].press("Open")
    home = await norms_home(demo, nia)
    assert "waiting for you" not in home.text
    done = await (await home.press("What's waiting")).press("Show what's done")
    assert "It is about Mo." in done
    assert "It's marked as done." in done
    assert done.buttons == ["Open it again", "Show what's waiting", "Overview", "Support"]
    for again in await done.press_twice("Open it again"):
        assert "It is about Mo." in again
        assert again.buttons == ["Done", "Overview", "Support"]
    assert "**1 message is waiting for you**" in await norms_home(demo, mo)
    assert "Nothing is marked as done" in await demo.forge(nia, "v1:manage.notes_done:")


async def test_what_is_done_is_turned_over_one_by_one(demo: DemoClient) -> None:
    mo, ana = await moderator(demo), await demo.member("ana")
    await norms_home(demo, mo)
    for words in ("The first.", "The second."):
        await told(demo, ana, words)
        await demo.skip(minutes=1)
    card = await (await norms_home(demo, mo)).press("What's waiting")
    card = await (await card.press("Done")).press("Done")
    card = await card.press("Show what's done")
    assert "The first." in card
    await demo.restart()
    card = await card.press("Next")
    assert "The second." in card
    assert "The first." in await card.press("Back")


async def test_a_concern_without_its_text_says_so(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await put(demo, mo, "Ask")
    await told(demo, await demo.member("ana"), None, version=await newest(demo))
    card = await (await norms_home(demo, mo)).press("What's waiting")

    assert "**⁨Ana \\(@\u200bana\\)⁩** sent you this on" in card
    assert "They have a concern, and chose not to send any text with it." in card


async def test_a_note_sent_to_another_moderator_is_neither_shown_nor_counted(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await norms_home(demo, mo)
    await norms_home(demo, nia)
    note = await told(demo, await demo.member("ana"), "It is about Mo.", to=nia)

    card = await norms_home(demo, mo)
    assert "What's waiting" not in card.buttons
    assert "wait" not in card.text
    assert "Nothing is waiting for you" in await demo.forge(mo, f"v1:manage.waiting:{note}")
    assert NOT_YOURS in await demo.forge(mo, f"v1:manage.done:{note}")
    assert "It is about Mo." in await (await norms_home(demo, nia)).press("What's waiting")


async def test_a_text_that_needs_two_cards_is_read_on_two(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await norms_home(demo, mo)
    await told(demo, await demo.member("ana"), "@" * 900 + "*" * 1000 + "_" * 500)
    card = await (await norms_home(demo, mo)).press("What's waiting")
    first = card.text
    second = (await card.press("More")).text

    # Each of the two cards has one more in its author's username.
    assert [(first + second).count(one) for one in "@_"] == [902, 500]
    assert (await card.press("More")).text == first


async def test_the_post_in_the_moderators_channel_opens_the_notes_whatever_id_it_carries(
    demo: DemoClient,
) -> None:
    mo = await moderator(demo)
    await norms_home(demo, mo)
    await told(demo, await demo.member("ana"), "Something.")

    card = await demo.forge(mo, "v1:manage.waiting:the-id-of-a-post")
    assert card.ephemeral
    assert "Something." in card


async def test_the_notes_of_somebody_who_left_are_gone(demo: DemoClient) -> None:
    mo, ana = await moderator(demo), await demo.member("ana")
    await norms_home(demo, mo)
    who = await person(demo, ana)
    await told(demo, ana, "Something.")
    card = await (await norms_home(demo, mo)).press("What's waiting")
    await demo.bot.services.people.leave(who, demo.server.id, demo.now)

    assert NOT_YOURS in await card.press("Done")
    assert "What's waiting" not in (await norms_home(demo, mo)).buttons
