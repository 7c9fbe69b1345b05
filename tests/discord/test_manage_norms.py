"""`/manage norms`: packs, and norms that moderators write, edit, order and retire together."""

import pytest

from bot.demo.client.client import DemoClient
from bot.norms.models import NORMS_AT_MOST
from tests.discord.managing_norms import (
    KEPT,
    NORM,
    NOT_A_MODERATOR,
    PACK,
    QUESTION,
    TITLE,
    WHY,
    moderator,
    norm_card,
    norms_home,
    order,
    titles,
    written,
)
from tests.discord.norming import NOT_YOURS

VERBS = (
    "norms", "discard", "discarded", "packs", "pack", "pack_norm", "take", "edit", "norm", "write", "wrote",
    "ask", "asked", "up", "down", "retire", "retired", "preview", "read", "changes", "put",
    "norms_channel", "post", "withdraw", "withdrawn", "versions", "version_norms", "waiting", "done",
)  # fmt: skip


# -- home, and packs --------------------------------------------------------------------------------


async def test_a_server_without_norms_is_offered_a_pack_first(demo: DemoClient) -> None:
    card = await norms_home(demo, await moderator(demo))

    assert card.ephemeral
    assert "Your group hasn't agreed on anything here yet." in card
    assert card.buttons == ["Take a pack", "Write one", "Support"]


async def test_a_pack_can_be_read_and_taken_into_the_draft(demo: DemoClient) -> None:
    mo = await moderator(demo)
    packs = await (await norms_home(demo, mo)).press("Take a pack")
    library = demo.bot.services.library
    assert packs.options == [pack.title for pack in library.packs.values()]
    assert all(pack.about in packs for pack in library.packs.values())

    pack, shown = library.packs["friends"], await packs.choose(PACK)
    assert all(one.title in shown and one.norm in shown for one in pack.norms)
    second = await shown.choose(f"2. {pack.norms[1].title}")
    assert all(part in second for part in (pack.norms[1].why, pack.norms[1].kept, pack.norms[1].question))
    shown = await second.press("The whole pack")
    assert (await shown.press("Packs")).options == packs.options

    shown = await (await shown.choose(PACK)).press("Take these")
    assert "These norms are in your draft now." in shown
    assert f"Your draft** has {len(pack.norms)} norms, and only moderators can see it." in shown
    assert await titles(demo, mo) == [one.title for one in pack.norms]


async def test_both_of_two_presses_at_once_say_that_the_pack_is_the_draft(demo: DemoClient) -> None:
    mo = await moderator(demo)
    shown = await (await (await norms_home(demo, mo)).press("Take a pack")).choose(PACK)
    await demo.restart()
    for card in await shown.press_twice("Take these"):
        assert "These norms are in your draft now." in card


async def test_a_pack_replaces_the_norms_of_a_draft_only_after_confirmation(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Listen")
    packs = await (await norms_home(demo, mo)).press("Take a pack")
    asked = await (await packs.choose(PACK)).press("Take these")
    assert "replace the 1 norm in your draft" in asked
    assert await titles(demo, mo) == ["Listen"]

    await written(demo, mo, "Written meanwhile")
    asked = await asked.press("Replace them")
    assert "replace the 2 norms in your draft" in asked
    for card in await asked.press_twice("Replace them"):
        assert "These norms are in your draft now." in card
    assert "Listen" not in await titles(demo, mo)


async def test_a_moderator_who_does_not_confirm_keeps_the_draft(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Listen")
    packs = await (await norms_home(demo, mo)).press("Take a pack")
    asked = await (await packs.choose(PACK)).press("Take these")
    assert "**Your draft** has 1 norm, and" in await asked.press("Keep it")
    asked = await (await norms_home(demo, mo)).press("Discard the draft")
    assert "**Your draft** has 1 norm, and" in await asked.press("Keep it")


async def test_discarding_the_draft_needs_confirmation(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Listen")
    asked = await (await norms_home(demo, mo)).press("Discard the draft")
    assert "will be deleted" in asked
    assert "Listen" in await titles(demo, mo)

    await demo.restart()
    for card in await asked.press_twice("Discard it"):
        assert "I've deleted the draft" in card
        assert card.buttons == ["Take a pack", "Write one", "Support"]
    assert "Your group hasn't agreed on anything here yet." in await demo.forge(mo, "v1:manage.discard:")


# -- one norm ---------------------------------------------------------------------------------------


async def test_a_norm_is_written_first_and_its_question_is_added_afterwards(demo: DemoClient) -> None:
    mo = await moderator(demo)
    form = await (await norms_home(demo, mo)).press("Write one")
    assert form.form.labels == [TITLE, NORM, WHY, KEPT]
    assert [form.form[label].required for label in form.form.labels] == [True, True, False, False]
    await demo.restart()
    card = await form.submit({TITLE: "Ask", NORM: "We *ask*.", WHY: "It counts.", KEPT: "Ana asked."})
    assert "1 of 1: Ask" in card
    assert "We \\*ask\\*." in card
    assert "It counts." in card
    assert "Ana asked." in card
    assert card.buttons == ["Edit", "Add a question", "Drop it", "All norms", "Overview", "Support"]

    card = await (await card.press("Add a question")).submit({QUESTION: "When did you last?"})
    assert "When did you last?" in card
    form = await card.press("Edit")
    assert [form.form[label].value for label in form.form.labels] == [
        "Ask",
        "We *ask*.",
        "It counts.",
        "Ana asked.",
    ]
    card = await form.submit({NORM: "We ask first."})
    assert "We ask first." in card
    assert "When did you last?" in card
    card = await (await card.press("Change the question")).submit({QUESTION: ""})
    assert "To talk about**" not in card.text


async def test_the_longest_norm_is_shown_whole_whatever_is_in_it(demo: DemoClient) -> None:
    mo = await moderator(demo)
    form = await (await norms_home(demo, mo)).press("Write one")
    typed = {TITLE: "\u202e" + "*" * 49, NORM: "@" * 300, WHY: "_" * 400, KEPT: "\U0001f9ed" * 400}
    card = await form.submit(typed)
    card = await (await card.press("Add a question")).submit({QUESTION: "~" * 200})

    assert [card.text.count(one) for one in "@_~"] == [300, 400, 200]
    assert card.text.count("\U0001f9ed") == 400
    assert "\u202e" not in card.text
    assert "\u202e" not in (await card.press("All norms")).text
    card = await norm_card(demo, mo, "*" * 49)
    assert (await card.press("Drop it")).text.count("@") == 300
    shown = await (await norms_home(demo, mo)).press("Preview")
    assert shown.text.count("@") == 300
    assert (await shown.press("Read them all")).text.count("@") == 300


async def test_a_norm_with_a_blank_title_is_accepted_and_uses_its_sentence_as_title(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await written(demo, mo, "   ", "We ask before we touch.")

    assert "1 of 1: We ask before we touch." in card


async def test_norms_are_moved_and_retired(demo: DemoClient) -> None:
    mo = await moderator(demo)
    for title in ("Ask", "Be", "Care"):
        await written(demo, mo, title)
    card = await norm_card(demo, mo, "Care")
    assert "Down" not in card.buttons
    card = await card.press("Up")
    assert "2 of 3: Care" in card
    card = await (await card.press("Up")).press("Down")
    assert "2 of 3: Care" in card
    asked = await card.press("Drop it")
    assert "so its text will be deleted" in asked
    card = await asked.press("Keep it")
    assert "2 of 3: Care" in card
    assert order(await card.press("All norms")) == ["Ask", "Care", "Be"]
    asked = await (await norm_card(demo, mo, "Care")).press("Drop it")
    await demo.restart()
    for listed in await asked.press_twice("Drop it"):
        assert "I've taken it out of your draft." in listed
        assert order(listed) == ["Ask", "Be"]


async def test_retiring_the_last_norm_leaves_an_empty_draft(demo: DemoClient) -> None:
    mo = await moderator(demo)
    card = await (await (await written(demo, mo, "Ask")).press("Drop it")).press("Drop it")
    assert "There aren't any norms yet" in card
    assert card.buttons == ["Take a pack", "Write one", "Overview", "Support"]


# -- two moderators ---------------------------------------------------------------------------------


async def test_moving_a_norm_is_refused_when_somebody_else_changed_the_draft_meanwhile(
    demo: DemoClient,
) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    for title in ("Ask", "Be", "Care"):
        await written(demo, mo, title)
    hers = await norm_card(demo, nia, "Be")
    await (await norm_card(demo, mo, "Care")).press("Up")

    refused = await hers.press("Up")
    assert "Another moderator changed it in the meantime" in refused
    assert "**Your draft** has 3 norms, and" in await refused.press("How it is now")
    assert await titles(demo, mo) == ["Ask", "Care", "Be"]


async def test_up_pressed_twice_at_once_moves_once(demo: DemoClient) -> None:
    mo = await moderator(demo)
    for title in ("Ask", "Be", "Care"):
        await written(demo, mo, title)
    for card in await (await norm_card(demo, mo, "Care")).press_twice("Up"):
        assert "Care" in card
        assert "meanwhile" not in card

    assert await titles(demo, mo) == ["Ask", "Care", "Be"]


async def test_two_who_edit_the_same_norm_lose_nothing(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await written(demo, mo, "Ask")
    his = await (await norm_card(demo, mo, "Ask")).press("Edit")
    hers = await (await norm_card(demo, nia, "Ask")).press("Edit")
    await his.submit({NORM: "His words."})
    told = await hers.submit({NORM: "Her words.", WHY: "Her reason."})

    assert "Another moderator changed this norm in the meantime" in told
    assert all(words in told for words in ("His words.", "Her words.", "Her reason."))
    again = await told.press("Edit")
    assert again.form[NORM].value == "His words."
    assert "Her words." in await again.submit({NORM: "Her words."})


async def test_a_long_norm_typed_too_late_is_shown_whole_on_further_cards(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    await written(demo, mo, "Ask")
    hers = await (await norm_card(demo, nia, "Ask")).press("Edit")
    await (await (await norm_card(demo, mo, "Ask")).press("Edit")).submit({NORM: "#" * 300, WHY: "#" * 400})
    told = await hers.submit({NORM: "@" * 300, WHY: "_" * 400, KEPT: "~" * 400})

    shown = told.text + "".join(card.text for card in told.followups)
    assert [shown.count(one) for one in "@_~"] == [300, 400, 400]


async def test_a_draft_holds_at_most_fifteen_norms(demo: DemoClient) -> None:
    mo, nia = await moderator(demo), await moderator(demo, "nia")
    for number in range(NORMS_AT_MOST - 1):
        await written(demo, mo, f"Norm {number}")
    late = await (await norms_home(demo, nia)).press("Write one")
    await written(demo, mo, "The last")

    refused = await (await norms_home(demo, mo)).press("Write one")
    assert f"You have {NORMS_AT_MOST} norms already" in refused
    assert len(order(await refused.press("All norms"))) == NORMS_AT_MOST
    refused = await late.submit({TITLE: "Too late", NORM: "We are late.", WHY: "It took long."})
    assert f"You have {NORMS_AT_MOST} norms already" in refused
    assert all(words in refused for words in ("Too late", "We are late.", "It took long."))


# -- whom it answers --------------------------------------------------------------------------------


async def test_only_moderators_can_use_the_buttons_of_manage_norms(demo: DemoClient) -> None:
    mo, ana = await moderator(demo), await demo.member("ana")
    await written(demo, mo, "Ask", "Not for everyone yet.")
    key = (await norm_card(demo, mo, "Ask")).custom_id("Edit").rpartition(":")[2]

    verbs = {one for one in demo.bot.services.router.verbs if one.startswith("manage.")}
    assert {f"manage.{verb}" for verb in VERBS} <= verbs
    for verb in VERBS:
        shown = await demo.forge(ana, f"v1:manage.{verb}:{key}")
        assert NOT_A_MODERATOR in shown
        assert "Not for everyone" not in shown
    form = await demo.forge_form(ana, f"v1:manage.wrote:{key}", {"title": "Mine", "norm": "Mine."})
    assert NOT_A_MODERATOR in form
    assert await titles(demo, mo) == ["Ask"]


@pytest.mark.parametrize(
    "forged",
    [
        "pack:nobody", "take:nobody", "pack_norm:friends", "put:sideways", "post:sideways", "done:nobody",
        "norms_channel:members",
    ],
)  # fmt: skip
async def test_something_that_does_not_exist_is_refused_as_not_yours(demo: DemoClient, forged: str) -> None:
    assert NOT_YOURS in await demo.forge(await moderator(demo), f"v1:manage.{forged}")


@pytest.mark.parametrize("verb", ["norm", "write", "ask", "retire"])
async def test_a_norm_that_is_not_in_the_draft_any_more_leads_to_the_draft(
    demo: DemoClient, verb: str
) -> None:
    """Another moderator may have taken it out, so `/inbox` would be of no help."""
    mo, other = await moderator(demo), await moderator(demo, "other")
    await written(demo, mo, "Ask")
    card = await norm_card(demo, mo, "Ask")
    key = card.custom_id("Edit").rpartition(":")[2]
    await (await (await norm_card(demo, other, "Ask")).press("Drop it")).press("Drop it")

    shown = await demo.forge(mo, f"v1:manage.{verb}:{key}")
    assert "That norm isn't in the draft any more" in shown
    assert "/inbox" not in shown.text
    assert "**Your draft** is empty" in await shown.press("How it is now")


async def test_a_page_number_that_does_not_exist_shows_a_page_that_exists(demo: DemoClient) -> None:
    mo = await moderator(demo)
    await written(demo, mo, "Ask", "We ask first.")
    for page in ("99", "x"):
        assert "We ask first." in await demo.forge(mo, f"v1:manage.read:{page}")
        assert "What changed" in await demo.forge(mo, f"v1:manage.changes:{page}")
        assert PACK in await demo.forge(mo, f"v1:manage.pack:friends.{page}")
