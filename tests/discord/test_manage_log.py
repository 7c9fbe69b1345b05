"""`/manage log`: who changed which setting, in sentences, page by page, and as a file."""

import csv
from io import StringIO

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.servers.models import Server
from cogs.manage import strings as manage_words
from cogs.manage.log import strings

NAMES = ["Mo", "🏳️‍🌈 Mo 👩‍👩‍👧", "שרה כהן", "m" * 32]


async def changed(demo: DemoClient, member: MemberActor, **values: object) -> Server:
    services, server = demo.bot.services, ServerId(demo.server.id)
    discord_user = DiscordUser(member.id, str(member.user.global_name), server, member.user.name)
    person = await services.people.meet(discord_user, demo.now)
    kept: Server = await services.servers.change(server, person, demo.now, values)
    return kept


def file_of(demo: DemoClient, shown: Screen) -> list[list[str]]:
    [kept] = shown.message.attachments
    written = demo.env.backend.cdn.get(kept["url"]) or b""
    return list(csv.reader(StringIO(written.decode("utf-8-sig"))))


async def test_the_log_says_so_when_nothing_was_changed_yet(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    card = await demo.slash(mo, "manage log")
    assert strings.EMPTY in card.text
    assert card.ephemeral


@pytest.mark.parametrize("name", NAMES)
async def test_a_change_is_a_sentence_with_its_time(demo: DemoClient, name: str) -> None:
    mo = await demo.member("mo", shown=name, moderator=True)
    await changed(demo, mo, country="ie")
    card = await demo.slash(mo, "manage log")
    at = int(demo.now.timestamp())
    assert f"\u2068{name}\u2069 set the country to Ireland\n-# <t:{at}:f>" in card.text
    [head, row] = file_of(demo, await card.press("Export"))
    assert (head, row[1:]) == (["at", "who", "setting", "was", "now"], [name, "country", "", "ie"])


async def test_the_newest_changes_come_first_and_older_ones_follow_page_by_page(demo: DemoClient) -> None:
    mo = await demo.member("mo", moderator=True)
    for days in range(8, 22):
        await changed(demo, mo, retention_days=days)
    card = await demo.slash(mo, "manage log")
    assert [f"to {days} days" in card.text for days in (21, 16, 15)] == [True, True, False]
    assert card.text.index("to 21 days") < card.text.index("to 20 days")
    assert "Newest" not in card.buttons
    older = await card.press("Older")
    assert [f"to {days} days" in older.text for days in (16, 15, 10, 9)] == [False, True, True, False]
    await demo.restart()
    last = await older.press("Older")
    assert [f"to {days} days" in last.text for days in (10, 9, 8)] == [False, True, True]
    assert "Older" not in last.buttons
    again, twice = await last.press_twice("Newest")
    assert again.text == twice.text == card.text
    assert len(file_of(demo, await last.press("Export"))) == 1 + 14


async def test_somebody_who_has_left_has_no_name_in_the_log(demo: DemoClient) -> None:
    mo, ana = [await demo.member(name, moderator=True) for name in ("mo", "ana")]
    await changed(demo, ana, country="ie")
    services = demo.bot.services
    person = await services.people.meet(DiscordUser(ana.id, "Ana", ServerId(demo.server.id)), demo.now)
    await services.people.leave(person, ServerId(demo.server.id), demo.now)
    card = await demo.slash(mo, "manage log")
    assert "Someone whose name is gone set the country to Ireland" in card.text
    assert file_of(demo, await card.press("Export"))[1][1] == "someone whose name is gone"


@pytest.mark.parametrize("verb", ["manage.log", "manage.log_file"])
async def test_only_moderators_can_read_or_export_the_log(demo: DemoClient, verb: str) -> None:
    mo, ana = await demo.member("mo", moderator=True), await demo.member("ana")
    await changed(demo, mo, country="ie")
    card = await demo.slash(mo, "manage log")
    for custom_id in (f"v1:{verb}:", f"v1:{verb}:99", f"v1:{verb}:{demo.server.id}"):
        forged = await demo.forge(ana, custom_id, source=card if custom_id.endswith(":") else None)
        assert manage_words.NOT_A_MODERATOR in forged.text
        assert not forged.message.attachments


@pytest.mark.parametrize("argument", ["0", "-1", "x", "9" * 80, "9" * 15])
async def test_a_forged_entry_number_shows_no_more_than_the_log_holds(
    demo: DemoClient, argument: str
) -> None:
    mo = await demo.member("mo", moderator=True)
    await changed(demo, mo, country="ie")
    shown = await demo.forge(mo, f"v1:manage.log:{argument}")
    assert ("Ireland" in shown.text) is (argument != "0")
