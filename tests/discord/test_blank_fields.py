"""Fields in which nothing can be seen: each form refuses them kindly, and keeps what else was typed."""

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.manage.norms import strings as norm_words
from cogs.norms import strings as note_words
from cogs.pair import strings as pair_words
from cogs.pair.check import strings as check_words
from cogs.shared.plans import strings as plan_words
from tests.discord import asking, norming, pairing
from tests.discord.managing_norms import moderator
from tests.discord.test_norms_writing import concern
from tests.discord.test_plan import due, steps

BLANK = ["\u200b", "\u3164", "\u2800\u2800", " \u202e", "\u0301", "\ufe0f", "\U000e0067"]
ODD = "\u200bA word \u3164\u202e in \u2800 odd 🏳\ufe0f\u200d🌈 company"
"""What can be seen stays as it was typed, with all that can't be seen in it."""
DIFFERENT, STAY_AWAY = "What is different now?", "What will you stay away from?"
blanks = pytest.mark.parametrize("blank", BLANK, ids=ascii)


def values(form: Screen) -> list[str]:
    return [field.value for field in form.form.fields]


@blanks
async def test_a_blank_ask_reaches_nobody(demo: DemoClient, blank: str) -> None:
    ana, ben = await asking.friends(demo, "ben")
    typed = {**asking.TYPED, "What I said": blank, asking.FELT: ODD}
    refused = await (await asking.form(demo, ana)).submit(typed)
    assert "A few words are missing" in refused
    assert "Send" not in refused.buttons
    again = await refused.press("Edit")
    assert values(again) == ["", ODD, "Was I out of line?"]
    assert demo.dms(ben) == []


async def test_what_can_be_seen_is_stored_as_it_was_typed(demo: DemoClient) -> None:
    ana, _ = await asking.friends(demo, "ben")
    shown = await asking.preview(
        demo, ana, typed={**asking.TYPED, "What I said": ODD, "What I'd like to know": "\u3164"}
    )
    assert "What I'd like to know" not in shown
    assert values(await shown.press("Edit")) == [ODD, "They went quiet", ""]


@blanks
async def test_a_blank_answer_is_not_sent(demo: DemoClient, blank: str) -> None:
    ana, ben = await asking.friends(demo, "ben")
    await asking.send(demo, ana, "Ben")
    refused = await asking.answer(demo, ben, {**asking.ANSWER, asking.STEP: blank})
    assert "A few words are missing" in refused
    assert asking.told(demo, ana) == []
    assert values(await refused.press("Edit")) == list({**asking.ANSWER, asking.STEP: ""}.values())


@blanks
async def test_a_blank_pair_is_not_proposed(demo: DemoClient, blank: str) -> None:
    ana, bo = await pairing.friends(demo)
    form = await pairing.begun(demo, ana, bo)
    refused = await form.submit({**pairing.sheet("Ana"), pairing.SIGNS: blank})
    assert pair_words.UNWRITTEN_TITLE in refused
    assert values(await refused.press("Edit")) == ["Ana's aim", "", "Ana's sentence", "Berlin"]


@blanks
async def test_a_blank_note_to_a_check_in_is_not_kept(demo: DemoClient, blank: str) -> None:
    question, _ = await pairing.asked(demo)
    marked = await question.press("On track")
    refused = await (await marked.press("Add a note")).submit({"A note": blank})
    assert check_words.NO_NOTE_TITLE in refused
    assert check_words.ADD_NOTE in (await refused.press("My check-in")).buttons
    noted = await (await refused.press("Add a note")).submit({"A note": ODD})
    assert values(await noted.press(check_words.CHANGE_NOTE)) == [ODD]


@blanks
async def test_a_blank_plan_is_not_kept(demo: DemoClient, blank: str) -> None:
    form = await (await steps(demo)).choose("Something else")
    assert plan_words.UNWRITTEN_TITLE in await form.submit({"What I'll do": blank})


async def test_what_is_different_needs_words_and_nothing_is_lost(demo: DemoClient) -> None:
    card = await due(demo)
    form = await card.press("I did it")
    refused = await form.submit({DIFFERENT: "\u3164", STAY_AWAY: "Bars"})
    assert plan_words.DIFFERENT_UNWRITTEN in refused
    assert "Bars" in refused
    done = await (await refused.press("I did it")).submit({DIFFERENT: "I ask.", STAY_AWAY: "\u3164"})
    assert plan_words.DID_TITLE in done
    assert STAY_AWAY not in done


@blanks
async def test_a_blank_norm_is_not_added(demo: DemoClient, blank: str) -> None:
    mo = await moderator(demo)
    title, sentence = "Its title", "The norm, in one sentence"
    form = await (await demo.slash(mo, "manage norms")).press("Write one")
    refused = await form.submit({title: blank, sentence: blank, "Why": blank})
    assert norm_words.UNWRITTEN in refused
    shown = await (await refused.press("Write one")).submit({title: blank, sentence: "We ask first."})
    assert "We ask first." in shown
    # A norm that is there can't lose its only sentence either.
    edited = await (await shown.press("Edit")).submit(
        {"Its title": blank, "The norm, in one sentence": blank}
    )
    assert norm_words.UNWRITTEN in edited
    assert values(await edited.press("Edit"))[:2] == ["We ask first.", "We ask first."]


@blanks
async def test_a_blank_concern_is_not_sent(demo: DemoClient, blank: str) -> None:
    await norming.put(demo)
    await norming.moderator(demo)
    draft = await concern(demo, await demo.member("ana"))
    refused = await (await draft.press("Write it")).submit({"What worries you about it": blank})
    assert note_words.NOT_WRITTEN_TITLE in refused
