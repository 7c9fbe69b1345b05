"""`/help`, `/about`, and the sentence that is shown for something that does not exist."""

from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.screen import Unanswered
from bot.errors import AlreadyDone, NotYours, TooMany
from bot.ids import ServerId
from bot.people.errors import NotYet, UnderEighteen, UnknownZone
from bot.people.tables import people
from bot.servers.errors import NoServer, WhichServer
from bot.settings import Settings
from bot.ui import plain
from bot.ui.components import Choice
from cogs.help import cards, strings


async def test_help_names_a_group_of_commands_by_one_command_that_can_be_typed(demo: DemoClient) -> None:
    for group, typed in strings.TYPED.items():
        first, _, second = typed.partition(" ")
        command = demo.bot.tree.get_command(first)
        assert first == group
        assert command.get_command(second) is not None


async def test_the_first_help_says_what_this_is_what_to_do_first_and_where_help_is(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await demo.slash(ana, "help")
    assert [part in shown for part in (strings.INTRO, strings.FIRST, strings.HURT)] == [True] * 3
    assert strings.INTRO.count(". ") == 2, "it takes three sentences"
    assert shown.buttons == ["Think it through", "Set up my pod", "Support"]
    assert shown.text.index(strings.HURT) < min(
        shown.text.index(part) for part in (strings.THINK, strings.FIRST, strings.INTRO)
    )
    need = await shown.choose("Somebody is hurt, or might be")
    assert "`/told`" in need
    assert strings.FIRST in await need.press("Back")
    await demo.restart()
    assert "`/norms`" in await need.choose("What this group agreed on")
    for wrong in (["99"], ["x"], None):
        assert strings.NOT_YOURS_TITLE in await demo.forge(ana, "v1:help.need:", wrong)


async def test_help_names_every_command_and_menu_that_exists(demo: DemoClient) -> None:
    first = await demo.slash(await demo.member("ana"), "help")
    shown = "".join([(await first.choose(need)).text for need in first.options])
    there = {command.name for command in demo.bot.tree.get_commands()}
    grouped = [name for names in strings.GROUPS.values() for name in names]
    assert there <= set(grouped)
    assert [one for one in set(grouped) if grouped.count(one) > 1] == ["contact"], "for both sides of it"
    for name in grouped:
        typed = strings.TYPED.get(name, name)
        named = f"`/{typed}`" in shown or f"`{name}`" in shown
        assert named == (name in there), name


async def test_somebody_who_isnt_sure_finds_what_they_can_do_alone(demo: DemoClient) -> None:
    unsure = await (await demo.slash(await demo.member("ana"), "help")).choose(strings.UNSURE)
    assert "`/contact`" in unsure
    assert strings.THINK_LINE in unsure
    assert unsure.buttons == ["Think it through", "Back", "Support"]
    assert "1 of 4" in await unsure.press("Think it through")


def test_help_leaves_out_a_need_for_which_no_command_exists() -> None:
    names = {"help", "Call this in"}
    [choice, _] = cards.first(names).rows
    assert isinstance(choice, Choice)
    assert [one.label for one in choice.options] == ["I want to say something to a friend", "About Plumbline"]
    card = cards.need(int(choice.options[0].value), names, {"Call this in"})
    assert "`Call this in`" in card.text
    assert "/callin" not in card.text
    assert card.small == strings.MENUS


async def test_close_deletes_the_card_at_once(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    card = await demo.slash(ana, "boundary")
    assert card.buttons[-1] == "Close"
    await demo.restart()
    with pytest.raises(Unanswered, match="was deleted"):
        await card.press("Close")
    other = await demo.slash(ana, "boundary")
    with pytest.raises(Unanswered, match="was deleted"):
        await other.press_twice("Close")
    assert not demo.env.errors_since(0)


async def test_about_says_the_version_and_lists_every_source(demo: DemoClient) -> None:
    page = await demo.slash(await demo.member("ana"), "about")
    assert version("plumbline") in page
    assert strings.NOT_REVIEWED in page
    text = page.text
    while "Next" in page.buttons:
        page = await page.press("Next")
        text += page.text
    for source in demo.bot.services.library.sources():
        assert plain.escaped(source) in text
    assert strings.ABOUT_TEXT in await (await demo.forge(page.member, "v1:about.page:1")).press("Back")
    assert strings.NOT_YOURS_TITLE in await demo.forge(page.member, "v1:about.page:x")


async def test_about_names_the_operator_and_the_source(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        operator="Mo *of* the choir",
        source_url="https://example.org/plumb",
    )
    async with demo_client(settings) as demo:
        shown = await demo.slash(await demo.member("ana"), "about")
        assert r"Mo \*of\* the choir" in shown
        assert "https://example.org/plumb" in shown


async def test_help_and_about_work_in_direct_messages_and_store_nobody(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for command in ("help", "about"):
        for dm in (False, True):
            assert (await demo.slash(ana, command, dm=dm)).ephemeral
    assert await demo.bot.db.read(lambda tx: tx.scalar(select(func.count()).select_from(people))) == 0


async def test_the_pages_of_about_can_be_turned_after_a_restart_and_by_anyone(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    page = await demo.slash(ana, "about")
    await demo.restart()
    for shown in await page.press_twice("Next"):
        assert strings.NOT_REVIEWED in shown
    assert strings.NOT_REVIEWED in await demo.forge(bo, "v1:about.page:1")


@pytest.mark.parametrize(
    "custom_id", ["v1:nothing.there:", "v1:pods.accept:nothing", "nothing", "v1:asks", "", "v9:pods.show:"]
)
async def test_a_custom_id_that_leads_nowhere_always_shows_the_same_sentence(
    demo: DemoClient, custom_id: str
) -> None:
    shown = await demo.forge(await demo.member("ana"), custom_id or "-")
    assert shown.text == f"### {strings.NOT_YOURS_TITLE}\n{strings.NOT_YOURS}"
    assert shown.ephemeral
    assert shown.buttons == ["Support", "Close"]


async def test_every_refusal_that_belongs_to_no_cog_is_explained(demo: DemoClient) -> None:
    router = demo.bot.services.router
    for refusal in (
        NotYours,
        AlreadyDone,
        TooMany,
        UnknownZone,
        NotYet,
        UnderEighteen,
        WhichServer,
        NoServer,
    ):
        assert router.explained(refusal)
    shown = [
        router._cards(error, {})[0].text
        for error in (AlreadyDone(), TooMany(3), WhichServer((ServerId(demo.server.id), ServerId(5))))
    ]
    assert strings.DONE in shown[0]
    assert "3" in shown[1]
    assert demo.server.name in shown[2]
    assert cards.which([]).text == strings.WHICH_UNNAMED
    assert cards.about([], True, [], 0).text.endswith(strings.REVIEWED + "\n\n")
