"""`/help`, `/about`, and the sentence for whatever is not there."""

from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyDone, NotYours, TooMany
from bot.ids import ServerId
from bot.people.models import NotYet, UnderEighteen, UnknownZone
from bot.people.store import people
from bot.servers.models import NoServer, WhichServer
from bot.settings import Settings
from bot.stage.theatre import Theatre, stage
from bot.ui import plain
from cogs.help import cards, strings


async def test_a_group_of_commands_is_named_by_one_that_can_be_typed(theatre: Theatre) -> None:
    for group, typed in strings.TYPED.items():
        first, _, second = typed.partition(" ")
        command = theatre.bot.tree.get_command(first)
        assert first == group
        assert command.get_command(second) is not None


async def test_help_names_every_command_and_menu_that_exists(theatre: Theatre) -> None:
    shown = await theatre.slash(await theatre.member("ana"), "help")
    there = {command.name for command in theatre.bot.tree.get_commands()}
    grouped = [name for names in strings.GROUPS.values() for name in names]
    assert there <= set(grouped)
    assert len(grouped) == len(set(grouped))
    for name in grouped:
        typed = strings.TYPED.get(name, name)
        named = f"`/{typed}`" in shown or f"`{name}`" in shown
        assert named == (name in there), name


def test_a_need_with_no_command_is_not_shown() -> None:
    card = cards.everything({"help", "Call this in"}, {"Call this in"})
    assert "`/help`" in card.text
    assert "`Call this in`" in card.text
    assert "/norms" not in card.text
    assert "What we agreed on here" not in card.text


async def test_about_says_the_version_and_lists_every_source(theatre: Theatre) -> None:
    page = await theatre.slash(await theatre.member("ana"), "about")
    assert version("plumbline") in page
    assert strings.NOT_REVIEWED in page
    text = page.text
    while "Next" in page.buttons:
        page = await page.press("Next")
        text += page.text
    for source in theatre.bot.services.library.sources():
        assert plain.escaped(source) in text
    assert strings.ABOUT_TEXT in await (await theatre.forge(page.member, "v1:about.page:1")).press("Back")
    assert strings.NOT_YOURS_TITLE in await theatre.forge(page.member, "v1:about.page:x")


async def test_about_names_the_operator_and_the_source(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        operator="Mo *of* the choir",
        source_url="https://example.org/plumb",
    )
    async with stage(settings) as theatre:
        shown = await theatre.slash(await theatre.member("ana"), "about")
        assert r"Mo \*of\* the choir" in shown
        assert "https://example.org/plumb" in shown


async def test_both_work_in_direct_messages_and_store_nothing(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    for command in ("help", "about"):
        for dm in (False, True):
            assert (await theatre.slash(ana, command, dm=dm)).ephemeral
    assert await theatre.bot.db.read(lambda tx: tx.scalar(select(func.count()).select_from(people))) == 0


async def test_pages_turn_after_a_restart_and_for_anyone(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    page = await theatre.slash(ana, "about")
    await theatre.restart()
    for shown in await page.press_twice("Next"):
        assert strings.NOT_REVIEWED in shown
    assert strings.NOT_REVIEWED in await theatre.forge(bo, "v1:about.page:1")


@pytest.mark.parametrize(
    "custom_id", ["v1:nothing.there:", "v1:pods.accept:nothing", "nothing", "v1:asks", "", "v9:pods.show:"]
)
async def test_whatever_is_not_there_gets_one_sentence(theatre: Theatre, custom_id: str) -> None:
    shown = await theatre.forge(await theatre.member("ana"), custom_id or "-")
    assert shown.text == f"### {strings.NOT_YOURS_TITLE}\n{strings.NOT_YOURS}"
    assert shown.ephemeral
    assert shown.buttons == ["Support"]


async def test_every_refusal_of_no_room_has_its_sentence(theatre: Theatre) -> None:
    door = theatre.bot.services.router
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
        assert door.explained(refusal)
    shown = [
        door._cards(error, {})[0].text
        for error in (AlreadyDone(), TooMany(3), WhichServer((ServerId(theatre.server.id), ServerId(5))))
    ]
    assert strings.DONE in shown[0]
    assert "3" in shown[1]
    assert theatre.server.name in shown[2]
    assert cards.which([]).text == strings.WHICH_UNNAMED
    assert cards.about([], True, [], 0).text.endswith(strings.REVIEWED + "\n\n")
