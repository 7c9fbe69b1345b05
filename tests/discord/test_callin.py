"""`/callin` and the menu "Call this in" suggest words to say. They work for everyone and store nothing."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.callin import Does, Setting, Voice, What
from bot.content.library import installed
from bot.demo.client.client import DemoClient
from cogs.support.callin.strings import SETTINGS, VOICES
from tests.discord.stateless import (
    NO_SUCH,
    acting,
    dump,
    fits,
    marked,
    nobody_is_logged,
    nothing_is_stored,
    without_a_database,
)

OCCASIONS = installed().callin
WHAT = [occasion.label for occasion in OCCASIONS.values()]
WHEN, HOW = list(SETTINGS.values()), list(VOICES.values())
MENU = "Call this in"


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


def to_copy(text: str) -> str:
    """Return words as a card shows them: in a code block, from which they can be copied."""
    return f"```\n{text}\n```"


# -- from the command to the words ----------------------------------------------------------------


async def test_callin_asks_one_thing_first_namely_what_happened(nz: DemoClient) -> None:
    start = await nz.slash(await nz.member("ana"), "callin")
    assert start.ephemeral
    assert start.buttons == [*WHAT, "Support"]
    assert marked(start) == []
    assert "I don't send anything, and I don't report anyone." in start
    assert "If it was done to you, you don't owe anyone this talk" in start
    assert "or they told you about it, ask them first" in start
    assert fits(start)


async def test_one_press_shows_words_to_say_and_three_presses_reach_any_of_them(nz: DemoClient) -> None:
    """What happened, the setting and the voice take one press each. Nothing else is asked."""
    ana = await nz.member("ana")
    for what, occasion in OCCASIONS.items():
        said = await (await nz.slash(ana, "callin")).press(occasion.label)
        assert occasion.title in said
        assert marked(said) == ["In the moment", "Gentle"]
        for setting, when in SETTINGS.items():
            said = await said.press(when)
            for voice, how in VOICES.items():
                said = await said.press(how)
                assert marked(said) == [when, how], what
                wording = occasion.moment(setting).said(voice)
                for way in wording.ways:
                    assert f"**{way.lead}**\n{to_copy(way.words)}" in said
                assert f"**If they won't listen**\n{to_copy(wording.brushed_off)}" in said
                assert f"**Better not:** {occasion.moment(setting).better_not}" in said
                assert said.buttons == [*WHEN, *HOW, "Back", "Support"]
                assert fits(said)
                assert len(said.text) < 2_000


async def test_the_setting_is_kept_on_the_way_back(nz: DemoClient) -> None:
    start = await nz.slash(await nz.member("ana"), "callin")
    said = await (await start.press("A rumour")).press("Later, in private")
    assert marked(said) == ["Later, in private", "Gentle"]
    back = await said.press("Back")
    assert back.buttons == [*WHAT, "Support"]
    assert marked(await back.press("A warning")) == ["Later, in private", "Gentle"]


async def test_words_for_a_warning_and_for_what_one_was_told_name_told_and_danger(nz: DemoClient) -> None:
    start = await nz.slash(await nz.member("ana"), "callin")
    warning = await start.press("A warning")
    assert "isn't a rumour" in warning
    assert "call **111**" in warning
    told = await (await (await warning.press("Back")).press("Something I was told")).press(
        "Later, in private"
    )
    assert "Ask the person who told you before you say anything" in told
    assert "use `/told` instead of these words" in told


async def test_words_for_the_moment_list_distract_and_delegate_before_saying_something(
    nz: DemoClient,
) -> None:
    ana = await nz.member("ana")
    for what, occasion in OCCASIONS.items():
        for voice in Voice:
            said = await nz.forge(ana, f"v1:callin.words:{what}-now.{voice}")
            ways = {way.does: said.text.index(way.words) for way in occasion.now.said(voice).ways}
            assert ways[Does.DISTRACT] < ways[Does.DELEGATE] < ways[Does.SAY]


@pytest.mark.parametrize("what", [What.DRUNK, What.FOLLOWED, What.NO])
async def test_the_countrys_emergency_number_stands_first_where_somebody_may_be_in_danger(
    nz: DemoClient, what: What
) -> None:
    ana = await nz.member("ana")
    for setting in Setting:
        said = await nz.forge(ana, f"v1:callin.words:{what}-{setting}.gentle")
        assert said.text.index("call **111**") < said.text.index("```")
        assert (
            "The number is for **New Zealand**. If you're in another country, `Support` has its number."
            in said
        )
    assert said.custom_id("Support") == "v1:support.open:nz"


async def test_in_direct_messages_the_country_is_not_known_and_support_asks_for_it(nz: DemoClient) -> None:
    start = await nz.slash(await nz.member("ana"), "callin", dm=True)
    said = await start.press("Someone too drunk")
    assert "call **your local emergency number**" in said
    assert "`Support` asks which country you're in, and then shows its number." in said
    assert "999 or 112" in await (await said.press("Support")).choose("Ireland")
    joke = await (await said.press("Back")).press("A joke")
    assert "number" not in joke


# -- the message menu -----------------------------------------------------------------------------


async def test_the_menu_starts_with_in_a_chat_and_repeats_nothing_of_the_message(
    nz: DemoClient, tmp_path: Path
) -> None:
    ana, bo = await nz.member("ana"), await nz.member("bo", shown="Canarybird")
    message = await nz.say(bo, "A canary that nobody else says")
    sent = len(nz.requests)
    async with nothing_is_stored(nz, tmp_path):
        start = await nz.menu(ana, MENU, message)
        assert start.ephemeral
        said = await start.press("A joke")
        assert marked(said) == ["In a chat", "Gentle"]
        assert to_copy(OCCASIONS[What.JOKE].chat.gentle.ways[0].words) in said
    answers = json.dumps([one.json for one in nz.requests[sent:]])
    assert "canary" not in answers.casefold()
    assert not [one for one in (bo.id, message.id) if str(one) in answers]
    assert len(nz.requests) == sent + 2


async def test_on_ones_own_message_the_menu_points_to_think_it_through_and_to_asking_the_pod(
    nz: DemoClient, tmp_path: Path
) -> None:
    ana = await nz.member("ana")
    async with nothing_is_stored(nz, tmp_path):
        own = await nz.menu(ana, MENU, await nz.say(ana, "Something of my own"))
        assert own.ephemeral
        assert own.buttons == ["Think it through", "Support"]
        assert "`Ask my pod about this`" in own
        assert "Something of my own" not in own
        assert "What did you do or say?" in await own.press("Think it through")
    assert "Ask my pod about this" in {one.name for one in nz.bot.tree.get_commands()}


async def test_the_menu_works_on_a_message_without_words_and_after_a_restart(nz: DemoClient) -> None:
    ana, bo = await nz.member("ana"), await nz.member("bo")
    start = await nz.menu(ana, MENU, await nz.say(bo, "​"))
    await nz.restart()
    assert marked(await start.press("A joke")) == ["In a chat", "Gentle"]
    again = await nz.menu(ana, MENU, await nz.say(bo, "Again"))
    assert marked(await again.press("A warning")) == ["In a chat", "Gentle"]


async def test_a_cog_that_is_unloaded_removes_its_menu(nz: DemoClient) -> None:
    def menus() -> set[str]:
        return {one.name for one in nz.bot.tree.get_commands()}

    assert MENU in menus()
    await nz.bot.remove_cog("SupportCog")
    assert not {MENU, "told", "callin", "contact", "support"} & menus()


# -- for everyone, always -------------------------------------------------------------------------


async def test_callin_works_after_a_restart_when_pressed_twice_and_for_anybody(nz: DemoClient) -> None:
    start = await nz.slash(await nz.member("ana"), "callin")
    await nz.restart()
    for shown in await start.press_twice("A joke"):
        assert "A joke at somebody's expense" in shown
    said = await start.press("Direct")
    other = await nz.forge(await nz.member("bo"), said.custom_id("Later, in private"))
    assert other.ephemeral
    assert to_copy(OCCASIONS[What.JOKE].later.straight.ways[0].words) in other


async def test_somebody_who_said_that_they_are_under_18_can_use_callin(nz: DemoClient) -> None:
    fin, bo = await nz.member("fin"), await nz.member("bo")
    await (await (await nz.slash(fin, "settings")).press("Age")).press("I'm under 18")
    assert "A joke" in (await nz.slash(fin, "callin")).buttons
    assert "A joke" in (await nz.menu(fin, MENU, await nz.say(bo, "A joke"))).buttons


async def test_callin_works_without_the_database(nz: DemoClient, tmp_path: Path) -> None:
    ana, bo = await nz.member("ana"), await nz.member("bo")
    message, own = await nz.say(bo, "A joke"), await nz.say(ana, "Mine")
    with without_a_database(nz, tmp_path):
        for dm in (False, True):
            start = await nz.slash(ana, "callin", dm=dm)
            for what in WHAT:
                said = await start.press(what)
                for label in (*WHEN, *HOW):
                    said = await said.press(label)
                    assert "If they won't listen" in said
                start = await said.press("Back")
        assert "A joke" in (await nz.menu(ana, MENU, message)).buttons
        assert "`Ask my pod about this`" in await nz.menu(ana, MENU, own)
        assert "Which of these is closest?" in await said.press("Support")


async def test_nothing_is_stored_and_the_log_names_nobody(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana, bo = await nz.member("ana"), await nz.member("bo")
    message = await nz.say(bo, "A joke")
    with nobody_is_logged(caplog, ana, bo):
        async with nothing_is_stored(nz, tmp_path):
            for start in (await nz.slash(ana, "callin"), await nz.menu(ana, MENU, message)):
                said = start
                for label in ("Someone too drunk", *WHEN, *HOW, "Back"):
                    said = await said.press(label)
    assert dump(tmp_path)["people"] == []


@pytest.mark.parametrize(
    "custom_id",
    [
        "v1:callin.start:",
        "v1:callin.start:soon",
        "v1:callin.words:joke-now.loud",
        "v1:callin.words:joke-now",
        "v1:callin.words:joke-soon.gentle",
        "v1:callin.words:joke.gentle",
        "v1:callin.words:fight-now.gentle",
        "v1:callin.when:.gentle",
        "v1:callin.voice:now-joke.gentle",
    ],
)
async def test_a_forged_custom_id_outside_the_fixed_choices_is_refused(
    nz: DemoClient, custom_id: str
) -> None:
    assert NO_SUCH in await nz.forge(await nz.member("ana"), custom_id)
