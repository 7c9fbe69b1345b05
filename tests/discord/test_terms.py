"""`/terms` alone: what somebody wants, copied without a trace, or kept for them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from simcord import MemberActor

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.terms.models import TermsText, Want
from bot.ui import plain
from cogs.help import strings as help_words
from cogs.terms import strings, wording
from tests.discord.stateless import acting, closes, dump, fits, nobody_is_logged, nothing_is_stored
from tests.discord.terming import CONTACT, HELP, WORDS, kept, written

LONG = "*_~`|<>[]()#" * 125
"""1,500 characters, each of which is escaped where it isn't in a block to be copied."""
TRICKY = (
    "one line",
    "three\n\nlines\n",
    "• a line that looks like a choice\n• and another",
    "`code` and **bold** and @everyone <@1> https://example.org",
    "\u202eright to left\u202c, عربي",
    LONG,
)


@pytest.mark.parametrize("dm", [False, True])
async def test_whoever_carries_it_themselves_leaves_no_trace(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, dm: bool
) -> None:
    """The database is the same before and after, also of somebody who has never used the bot."""
    async with acting(tmp_path, "ie") as demo:
        ana = await demo.member("ana")
        with nobody_is_logged(caplog, ana):
            async with nothing_is_stored(demo, tmp_path):
                first = await demo.slash(ana, "terms", dm=dm)
                form = await (await first.press("Begin")).choose([CONTACT, HELP])
                then = await form.submit({"want": WORDS})
                again = await then.press("Change the words")
                assert again.form["want"].value == WORDS
                then = await again.submit({"want": f"{WORDS} Ever."})
                mine = await then.press("I'll carry it myself")
                assert f"• {CONTACT}\n• {HELP}\n\n{WORDS} Ever." in mine
                assert "I haven't kept any of it." in mine
                assert await closes(mine)
        assert dump(tmp_path)["people"] == []
        assert WORDS not in caplog.text


async def test_the_first_card_says_what_it_is_and_what_it_is_not(demo: DemoClient) -> None:
    first = await demo.slash(await demo.member("ana"), "terms")
    for said in (
        "You owe this to nobody.", "I can't make anyone do anything", "It isn't confidential in law",
        "Whoever runs this bot could read what you type", "If you only copy them, I keep nothing of it",
    ):  # fmt: skip
        assert said in first
    assert first.buttons == ["Begin", "Support", "Close"]
    assert first.ephemeral


def test_the_first_card_names_whoever_runs_the_bot_if_they_gave_a_name() -> None:
    texts = installed().terms
    assert "Whoever runs this bot (the crew) could read" in texts.begins("the crew").body
    assert "Whoever runs this bot could read" in texts.begins("").body


async def test_every_form_says_not_what_happened_but_what_you_want(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    wants = await (await demo.slash(ana, "terms")).press("Begin")
    forms = [await wants.press("Just my own words"), await wants.choose([CONTACT])]
    then = await forms[1].submit({"want": WORDS})
    forms.append(await then.press("Change the words"))
    change = await (await then.press("Keep it here")).press("Change it")
    forms += [await change.press("Only change the words"), await change.choose([HELP])]
    for form in forms:
        assert "Not what happened: what you want." in form.form.text
        [field] = form.form.fields
        assert field.max_length == 1500


@pytest.mark.parametrize("words", TRICKY)
def test_words_are_read_from_a_card_as_they_were_typed(words: str) -> None:
    for wants in ((), (Want.CONTACT,), tuple(Want)):
        text = TermsText.of(wants, words)
        shown = f"### A title\n{plain.block(wording.written(text))}\nMore **text**."
        assert wording.shown_again(shown, text.wants) == text
        assert wording.wants_of(wording.letters(text.wants)) == text.wants


def test_a_fence_in_the_words_does_not_end_the_block() -> None:
    text = TermsText.of([Want.HELP], "before\n```\ncode\n```\nafter")
    read = wording.shown_again(plain.block(wording.written(text)), text.wants)
    assert read.words == "before\n'''\ncode\n'''\nafter"


@pytest.mark.parametrize("words", TRICKY)
async def test_what_was_typed_is_kept_as_it_was_typed(demo: DemoClient, words: str) -> None:
    ana = await demo.member("ana")
    then = await written(demo, ana, words, *strings.WANTS.values())
    assert fits(then)
    home = await then.press("Keep it here")
    form = await (await home.press("Change it")).press("Only change the words")
    assert form.form["want"].value == words
    shown = await (await demo.slash(ana, "terms")).press("Read it again")
    assert words in shown
    assert fits(shown)


async def test_a_card_from_before_a_restart_still_knows_its_words(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    then = await written(demo, ana)
    await demo.restart()
    home = await then.press("Keep it here")
    assert WORDS in await home.press("Read it again")


async def test_nothing_at_all_is_not_kept_and_a_choice_is_enough(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    wants = await (await demo.slash(ana, "terms")).press("Begin")
    nothing = await (await wants.press("Just my own words")).submit({"want": " \n "})
    assert strings.NOTHING_TITLE in nothing
    wants = await nothing.press("Back")
    then = await (await wants.choose([CONTACT])).submit({"want": ""})
    assert CONTACT in await (await then.press("Keep it here")).press("Read it again")


async def test_a_press_without_the_card_of_the_words_keeps_nothing(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for verb in ("keep", "carry", "mine"):
        assert strings.NOTHING_TITLE in await demo.forge(ana, f"v1:terms.{verb}:a")
    for wrong in ("v1:terms.keep:xyz", "v1:terms.mine:<>", "v1:terms.edit:k"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, wrong)
    assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, "v1:terms.wants:", ["money"])
    assert "Begin" in (await demo.slash(ana, "terms")).buttons


async def test_what_is_kept_stands_behind_a_button(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    home = await kept(demo, ana)
    assert strings.KEPT_NOW in home
    assert home.buttons == [
        *("Read it again", "Change it", "Somebody carries it", "Delete it", "Write something else"),
        *("Support", "Close"),
    ]
    for card in (home, await demo.slash(ana, "terms"), await demo.slash(ana, "terms", dm=True)):
        assert WORDS not in card
        assert strings.ONLY_YOU in card
    assert WORDS in await home.press("Read it again")


async def test_it_works_after_leaving_the_server(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await kept(demo, ana)
    services = demo.bot.services
    person = await services.people.of_account(ana.id)
    await services.people.leave(person, ServerId(demo.server.id), demo.now)
    shown = await (await demo.slash(ana, "terms", dm=True)).press("Read it again")
    assert WORDS in shown
    assert "from inside a server" in await (await shown.press("Back")).press("Somebody carries it")


async def test_pressing_twice_keeps_one_text(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    then = await written(demo, ana)
    first, second = await then.press_twice("Keep it here")
    assert strings.HOME_TITLE in first
    assert strings.HOME_TITLE in second
    rows = await demo.bot.services.privacy.summary(await demo.bot.services.people.of_account(ana.id))
    assert {one.table: one.count for one in rows}["terms"] == 1


async def test_another_text_takes_the_place_of_the_kept_one_only_if_they_say_so(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await kept(demo, ana)
    then = await written(demo, ana, "Something else.")
    other = await then.press("Keep it here")
    assert strings.OTHER_TITLE in other
    assert "Something else." in other
    assert WORDS in await (await demo.slash(ana, "terms")).press("Read it again")
    await other.press("Keep this one instead")
    assert "Something else." in await (await demo.slash(ana, "terms")).press("Read it again")


async def test_deleting_asks_once_and_then_nothing_is_left(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    home = await kept(demo, ana)
    ask = await home.press("Delete it")
    assert strings.DELETE_ASK in ask
    assert strings.DELETED_TITLE in await ask.press("Delete it")
    assert strings.NONE_TITLE in await demo.forge(ana, "v1:terms.text:")
    assert strings.NONE_TITLE in await demo.forge(ana, "v1:terms.change:")
    assert strings.DELETED_TITLE in await demo.forge(ana, "v1:terms.removed:"), "a second time"


How = Callable[[DemoClient, MemberActor], Awaitable[None]]


async def says_minor(demo: DemoClient, ana: MemberActor) -> None:
    services = demo.bot.services
    user = DiscordUser(ana.id, "Ana", ServerId(demo.server.id))
    await services.preferences.say_minor(await services.people.meet(user, demo.now), demo.now)


async def sets_minors(demo: DemoClient, _ana: MemberActor) -> None:
    services, server = demo.bot.services, ServerId(demo.server.id)
    mo = await services.people.meet(DiscordUser(424242, "Mo", server), demo.now)
    await services.servers.change(server, mo, demo.now, {"minors": True})


@pytest.mark.parametrize("how", [says_minor, sets_minors])
async def test_under_18_there_is_the_copy_and_people_whose_job_it_is(demo: DemoClient, how: How) -> None:
    ana = await demo.member("ana")
    await how(demo, ana)
    assert (await demo.slash(ana, "terms")).buttons == ["Begin", "Who can help", "Support", "Close"]
    then = await written(demo, ana)
    assert then.buttons == ["Change the words", "Who can help", "Support", "Close"]
    assert WORDS in then
    for verb in ("keep", "carry", "choose", "chosen", "ask", "accept"):
        assert help_words.MINOR_TITLE in await demo.forge(ana, f"v1:terms.{verb}:a")
    assert "Under 18" in await then.press("Who can help")


async def test_support_opens_beside_words_that_are_kept_nowhere(demo: DemoClient) -> None:
    """The cards say so, because whoever needs it would otherwise fear to lose what they wrote."""
    ana = await demo.member("ana")
    then = await written(demo, ana)
    assert "`Support` opens beside this card, and your words stay." in then
    support = await then.press("Support")
    await support.press("I was hurt")
    assert WORDS in then
    mine = await then.press("I'll carry it myself")
    await mine.press("Support")
    assert WORDS in mine
    assert WORDS in await (await mine.press("Change the words")).submit({"want": WORDS})


async def test_words_that_may_mean_more_add_help_beside_them(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    then = await written(demo, ana, "I want to kill myself.")
    assert len(then.followups) == 1
    assert "I want to kill myself." in then
    home = await then.press("Keep it here")
    form = await (await home.press("Change it")).press("Only change the words")
    changed = await form.submit({"want": "I still want to kill myself."})
    assert len(changed.followups) == 1


async def test_support_leads_to_it_from_what_you_might_want_now(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    page = await (await (await demo.slash(ana, "support")).press("I was hurt")).press(
        "What you might want now"
    )
    assert strings.BEGIN in (await page.press("Put it into words")).buttons
    body = await (await (await demo.slash(ana, "support")).press("I was hurt")).press("Your body")
    assert "Put it into words" not in body.buttons


async def test_every_card_has_support_and_close(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    ends = ["Support", "Close"]
    card = await demo.slash(ana, "terms")
    assert card.buttons[-2:] == ends
    card = await card.press("Begin")
    assert card.buttons[-2:] == ends
    card = await (await card.choose([CONTACT])).submit({"want": WORDS})
    assert card.buttons[-2:] == ends
    assert (await card.press("I'll carry it myself")).buttons[-2:] == ends
    await kept(demo, ana)
    for label in ("Read it again", "Change it", "Delete it", "Somebody carries it"):
        card = await (await demo.slash(ana, "terms")).press(label)
        assert card.buttons[-2:] == ends
        assert fits(card)
    assert (await demo.forge(ana, "v1:terms.receiving:")).buttons[-2:] == ends


async def test_privacy_shows_and_exports_it_only_if_they_ask_for_it(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await kept(demo, ana)
    held = await (await demo.slash(ana, "privacy")).press("What you keep about me")
    assert "What you want from somebody" not in held
    assert "What you want from somebody" in await held.press("Show")
    person = await demo.bot.services.people.of_account(ana.id)
    records = demo.bot.services.privacy.records
    assert not [one async for one, _ in records(person, asked_for=False) if one in ("terms", "carryings")]
    [content] = [record async for one, record in records(person, asked_for=True) if one == "terms"]
    assert content["content"] == {"wants": "no contact", "own_words": WORDS}
