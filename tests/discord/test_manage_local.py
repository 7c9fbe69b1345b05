"""`Local help`: helplines that a moderator adds, as moderators write them and as members find them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.helplines import SupportTopic
from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.servers.models import LocalLine
from bot.ui.rendering import ROOM, laid
from cogs.shared.support import cards as support_cards
from tests.discord.setting_up import SUMMARY, changed, here, moderator, services
from tests.discord.stateless import acting, fits, nobody_is_logged, nothing_is_stored, without_a_database

LIBRARY = installed()
NAME, REACH, WHOM = "The women's house", "555 0100, day and night", "Women, with or without children"
ADDED_BY = "**Added by this server**"
NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
TOPICS = {
    "I was hurt": True,
    "Someone told me": True,
    "I'm worried about what I did": False,
    "Right now": False,
}


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


async def local(demo: DemoClient) -> Screen:
    """Open the card from the summary of the set-up."""
    summary = await demo.slash(await moderator(demo), "manage setup")
    assert SUMMARY in summary
    return await summary.choose("Local help")


async def added(demo: DemoClient, name: str = NAME, reach: str = REACH, whom: str = WHOM) -> Screen:
    form = await (await local(demo)).press("Add one")
    return await form.submit({"name": name, "reach": reach, "whom": whom})


async def page(demo: DemoClient, topic: str, name: str = "ana", *, dm: bool = False) -> Screen:
    return await (await demo.slash(await demo.member(name), "support", dm=dm)).press(topic)


# -- as moderators write them -----------------------------------------------------------------------


async def test_a_local_line_is_added_edited_and_removed(nz: DemoClient) -> None:
    card = await local(nz)
    assert "You haven't added any yet." in card
    assert "none added" in await nz.slash(card.member, "manage setup")
    shown = await added(nz)
    for text in ("From now on your members see it in `/support`", NAME, REACH, WHOM):
        assert text in shown
    assert shown.chosen == ["I was hurt", "Someone told me"]
    assert NAME in await nz.slash(card.member, "manage setup")
    form = await shown.press("Edit")
    assert [field.value for field in form.form.fields] == [NAME, REACH, WHOM]
    shown = await form.submit({"reach": "555 0101"})
    assert "555 0101" in shown
    gone = await shown.press("Remove")
    assert "I've removed it" in gone
    assert "You haven't added any yet." in gone
    assert SUMMARY in await gone.press("Setup")
    assert [name for name, _, _ in await changed(nz)] == [
        "local_line_added", "local_line_changed", "local_line_removed",
    ]  # fmt: skip
    log = await nz.slash(card.member, "manage log")
    assert f"added local help: {NAME}" in log
    assert f"removed local help: {NAME} · 555 0101" in log


async def test_a_server_has_at_most_three_local_lines(nz: DemoClient) -> None:
    form = await (await local(nz)).press("Add one")
    for number in range(3):
        await added(nz, name=f"Services {number}")
        await nz.skip(minutes=1)
    card = await local(nz)
    assert [label for label in card.buttons if label != "Support"] == ["Change"] * 3 + ["Setup"]
    assert fits(card)
    late = await form.submit({"name": "Fourth", "reach": REACH, "whom": WHOM})
    assert "You have three already" in late
    assert "Fourth" in late
    assert "You have three already" in await nz.forge(card.member, "v1:manage.local_add:")
    assert [one.name for one in services(nz).servers.local.of(here(nz))] == [
        "Services 0",
        "Services 1",
        "Services 2",
    ]


async def test_a_local_line_with_a_blank_field_is_refused_and_shown_as_typed(nz: DemoClient) -> None:
    refused = await added(nz, reach=" ")
    assert "Something is missing" in refused
    assert WHOM in refused
    assert services(nz).servers.local.of(here(nz)) == ()
    assert "Add one" in (await refused.press("Back")).buttons


async def test_adding_or_removing_a_local_line_twice_counts_once_even_after_a_restart(nz: DemoClient) -> None:
    form = await (await local(nz)).press("Add one")
    leads = form.form.custom_id
    await nz.restart()
    typed = {"name": NAME, "reach": REACH, "whom": WHOM}
    shown = await form.submit(typed)
    await nz.forge_form(shown.member, leads, typed)
    assert len(services(nz).servers.local.of(here(nz))) == 1
    for gone in await shown.press_twice("Remove"):
        assert "You haven't added any yet." in gone
    assert len(await changed(nz)) == 2


async def test_a_late_form_does_not_bring_back_a_removed_local_line(nz: DemoClient) -> None:
    shown = await added(nz)
    form = await shown.press("Edit")
    one = shown.custom_id("Edit").replace("local_edit", "local_line")
    await (await nz.forge(shown.member, one)).press("Remove")
    late = await form.submit({"name": "Other"})
    assert "There is nothing here for you to open" in late
    assert "Other" in late
    assert "There is nothing here for you to open" in await nz.forge(shown.member, one)


async def test_only_moderators_can_open_or_change_local_lines(nz: DemoClient) -> None:
    shown = await added(nz)
    ana = await nz.member("ana")
    for leads in (
        shown.custom_id("Edit"),
        shown.custom_id("Remove"),
        "v1:manage.local:",
        "v1:manage.local_add:",
    ):
        assert "Manage Server" in await nz.forge(ana, leads)
    assert len(services(nz).servers.local.of(here(nz))) == 1


async def test_only_the_four_support_topics_can_be_chosen_for_a_local_line(nz: DemoClient) -> None:
    shown = await added(nz)
    select = next(one for one in shown.custom_ids if "local_doors" in one)
    odd = await nz.forge(shown.member, select, values=["hurt", "elsewhere"])
    assert "There is nothing here for you to open" in odd


# -- as members find them ---------------------------------------------------------------------------


async def test_a_local_line_stands_below_the_countrys_helplines_and_above_the_worldwide_ones(
    nz: DemoClient,
) -> None:
    await added(nz)
    for topic, stands in TOPICS.items():
        text = (await page(nz, topic)).text
        assert (NAME in text) is stands
        if stands:
            places = [text.index(one) for one in ("0800 044 334", ADDED_BY, NAME, "findahelpline.com")]
            assert places == sorted(places)
            assert "I haven't checked it." in text


async def test_a_moderator_chooses_the_topics_that_show_a_local_line(nz: DemoClient) -> None:
    shown = await added(nz)
    shown = await shown.choose(["I'm worried about what I did", "Right now"])
    assert shown.chosen == ["I'm worried about what I did", "Right now"]
    for topic, stood in TOPICS.items():
        assert (NAME in (await page(nz, topic)).text) is not stood
    right_now = (await page(nz, "Right now")).text
    assert right_now.index("call **111**") < right_now.index("1737") < right_now.index(NAME)
    shown = await shown.choose([])
    assert "nobody sees it" in shown
    assert not [topic for topic in TOPICS if NAME in (await page(nz, topic)).text]


async def test_a_local_line_is_shown_for_another_country_but_not_in_direct_messages(nz: DemoClient) -> None:
    await added(nz)
    changed_to = await (await (await page(nz, "I was hurt")).press("Change country")).choose("Ireland")
    assert changed_to.text.index("1800 77 88 88") < changed_to.text.index(NAME)
    anywhere = await (await (await page(nz, "I was hurt")).press("Change country")).choose("Another country")
    assert anywhere.text.index("findahelpline.com") < anywhere.text.index(NAME)
    asked = await page(nz, "I was hurt", dm=True)
    assert NAME not in asked
    young = await nz.forge(await nz.member("ana"), "v1:support.under18:nz")
    assert young.text.index("0800 044 334") < young.text.index(NAME)


async def test_showing_a_local_line_needs_no_database_and_stores_nothing(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await added(nz)
    await nz.restart()
    ana = await nz.member("ana")
    with nobody_is_logged(caplog, ana):
        async with nothing_is_stored(nz, tmp_path):
            assert NAME in await page(nz, "I was hurt")
    with without_a_database(nz, tmp_path):
        assert NAME in await page(nz, "I was hurt")


async def test_text_typed_by_a_moderator_cannot_mention_link_or_format_anything(nz: DemoClient) -> None:
    await added(nz, name="**Us** @everyone", reach="<#1> [x](https://evil.example)", whom="</ask:1> <t:0:R>")
    text = (await page(nz, "I was hurt")).text
    for live in ("**Us**", "@everyone", "<#1>", "](https://evil", "</ask:1>", "<t:0:R>"):
        assert live not in text
    summary = await nz.slash(await moderator(nz), "manage setup")
    assert "@everyone" not in summary
    assert "**Us**" not in summary


def test_three_local_lines_of_the_greatest_length_fit_every_page() -> None:
    topics = tuple(SupportTopic)
    worst = [LocalLine(str(one), "*" * 60, "*" * 100, "*" * 110, topics) for one in range(3)]
    for country in LIBRARY.countries():
        for card in (
            *(support_cards.topic(LIBRARY.support_texts, LIBRARY.support(country.code, topic), NOW, worst)
              for topic in SupportTopic),
            support_cards.under_18(LIBRARY.support_texts, LIBRARY.under_18(country.code), NOW, worst),
        ):  # fmt: skip
            assert laid(card).content_length() <= ROOM
