"""`/privacy`: what is held, the export, deleting the direct messages, and erasing."""

import asyncio
import io
import json
import zipfile
from typing import Any

import pytest
from simcord import MemberActor

from bot.delivery.dm_deletions import KEPT_CLOSED
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.demo.simcord_internals import bot_scope
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.privacy import strings as export_strings
from cogs.me.privacy import strings
from tests.discord import asking, reporting
from tests.discord.pairing import paired


def export_in(demo: DemoClient, shown: Screen) -> zipfile.ZipFile:
    [kept] = shown.message.attachments
    return zipfile.ZipFile(io.BytesIO(demo.env.backend.cdn.get(kept["url"]) or b""))


def data(demo: DemoClient, shown: Screen) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export_in(demo, shown).read("plumbline.json"))
    return found


async def opened(demo: DemoClient, member: MemberActor, *path: str) -> Screen:
    shown = await demo.slash(member, "privacy")
    for label in path:
        shown = await shown.press(label)
    return shown


async def test_the_first_card_offers_four_things_and_can_be_closed(demo: DemoClient) -> None:
    ana, *_ = await asking.friends(demo, "bo")
    shown = await opened(demo, ana)
    assert shown.ephemeral
    assert shown.buttons == [
        "What you keep about me",
        "Export",
        "Delete our DMs",
        "Erase",
        "Support",
        "Close",
    ]


async def test_somebody_the_bot_does_not_know_stays_unknown(demo: DemoClient) -> None:
    zed = await demo.member("zed")
    shown = await opened(demo, zed)
    assert strings.UNKNOWN in shown
    assert shown.buttons == ["Support", "Close"]
    assert not await demo.bot.services.people.knows_account(zed.id)


@pytest.mark.parametrize(
    "verb",
    ["show", "held", "held_all", "export", "get", "get_all", "dms", "dms_go", "erase", "erase_go"],
)
async def test_a_press_on_an_older_card_after_erasing_does_not_make_them_known(
    demo: DemoClient, verb: str
) -> None:
    ana, *_ = await asking.friends(demo, "bo")
    await opened(demo, ana, "Erase", "Erase everything")
    assert strings.UNKNOWN in await demo.forge(ana, f"v1:privacy.{verb}:")
    assert not await demo.bot.services.people.knows_account(ana.id)


async def test_what_is_held_is_said_in_words_and_boundaries_stand_behind_a_button(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await demo.bot.services.boundaries.add(await asking.met(demo, ana), asking.discord_user(bo), demo.now)
    held = await opened(demo, ana, "What you keep about me")
    assert "Pods: yours, and those you are in:** 1" in held
    assert "boundary with" not in held.text
    shown = await held.press("Show")
    assert "People you set a boundary with:** 1" in shown


async def test_the_export_has_ones_own_words_and_not_those_of_others(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    await asking.answer(demo, bo)
    mine = data(demo, await opened(demo, ana, "Export", "Get my copy"))
    theirs = data(demo, await opened(demo, bo, "Export", "Get my copy"))
    assert "I mocked how they talk" in json.dumps(mine)
    assert "It may have stung" not in json.dumps(mine)
    assert "It may have stung" in json.dumps(theirs)
    assert "I mocked how they talk" not in json.dumps(theirs)


async def test_the_export_names_boundaries_only_if_that_is_chosen(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await demo.bot.services.boundaries.add(await asking.met(demo, ana), asking.discord_user(bo), demo.now)
    without = export_in(demo, await opened(demo, ana, "Export", "Get my copy"))
    assert "boundaries" not in json.loads(without.read("plumbline.json"))
    with_them = data(demo, await opened(demo, ana, "Export", "With those too"))
    assert [one["other"] for one in with_them["boundaries"]] == ["Bo"]
    assert "boundaries" not in data(demo, await opened(demo, bo, "Export", "With those too"))


async def test_deleting_our_dms_leaves_none_and_the_inbox_keeps_what_is_open(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    await demo.settle()
    assert demo.dms(bo)
    shown = await opened(demo, bo, "Delete our DMs", "Delete them")
    assert strings.DMS_UNDER_WAY in shown
    await demo.settle()
    assert demo.dms(bo) == []
    assert "Ana" in await asking.listed(demo, bo)


async def test_whoever_never_got_a_dm_is_told_so(demo: DemoClient) -> None:
    cy = await demo.member("cy")
    await asking.met(demo, cy)
    assert strings.DMS_NONE in await opened(demo, cy, "Delete our DMs", "Delete them")


async def test_a_closed_dm_is_deleted_after_thirty_days(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    await demo.settle()
    await asking.answer(demo, bo)
    await demo.settle()
    assert [dm.text for dm in demo.dms(bo)][-1:] == ["This is closed."]
    await demo.skip(days=KEPT_CLOSED.days - 1)
    assert "This is closed." in [dm.text for dm in demo.dms(bo)]
    await demo.skip(days=2)
    assert "This is closed." not in [dm.text for dm in demo.dms(bo)]


async def test_before_erasing_the_card_says_what_others_will_see(demo: DemoClient) -> None:
    question, _bo = await paired(demo)
    ana = question
    card = await opened(demo, ana, "Erase")
    assert strings.ERASE_STAYS in card
    assert strings.PAIRS_END in card
    assert strings.ASKS_CLOSE not in card
    assert strings.ERASE_QUIET in card


async def test_nobody_is_in_the_way_of_somebody_with_nothing_to_others(demo: DemoClient) -> None:
    cy = await demo.member("cy")
    await asking.met(demo, cy)
    assert strings.ERASE_SEEN_NOTHING in await opened(demo, cy, "Erase")


async def test_after_erasing_the_bot_does_not_know_them_and_friends_see_an_ordinary_end(
    demo: DemoClient,
) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    await demo.settle()
    shown = await opened(demo, ana, "Erase", "Erase everything")
    assert strings.ERASED_TITLE in shown
    assert shown.buttons == ["Support", "Close"]
    assert not await demo.bot.services.people.knows_account(ana.id)
    await demo.settle()
    assert demo.dms(ana) == []
    assert [dm.text for dm in demo.dms(bo)] == ["This is closed."]
    assert "Ana" not in await asking.listed(demo, bo)
    await (await opened(demo, ana)).press("Support")
    assert strings.UNKNOWN in await opened(demo, ana)


async def test_erasing_twice_at_once_works_once_and_says_it_both_times(demo: DemoClient) -> None:
    ana, *_ = await asking.friends(demo, "bo")
    card = await opened(demo, ana, "Erase")
    first, second = await card.press_twice("Erase everything")
    assert strings.ERASED_TITLE in first
    assert strings.ERASED_TITLE in second


async def test_a_press_that_is_under_way_writes_nothing_for_somebody_who_was_erased_meanwhile(
    demo: DemoClient,
) -> None:
    ana, bo = await asking.friends(demo, "bo")
    services = demo.bot.services
    person = await services.people.of_account(ana.id)
    other = DiscordUser(bo.id, "Bo", None)

    async def press() -> None:
        await services.router.under_way.begin(ana.id)
        await asyncio.sleep(0.1)
        await services.boundaries.add(person, other, demo.now)

    card = await opened(demo, ana, "Erase")
    with bot_scope(demo.env):
        under_way = asyncio.create_task(press())
    await asyncio.sleep(0)
    assert strings.ERASED_TITLE in await card.press("Erase everything")
    await under_way
    assert await services.boundaries.of(person) == []


async def test_it_all_works_in_direct_messages_and_with_closed_ones(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    await demo.settle()
    demo.close_dms(bo)
    shown = await opened(demo, bo, "Delete our DMs", "Delete them")
    assert strings.DMS_UNDER_WAY in shown
    await demo.settle()
    assert strings.ERASED_TITLE in await opened(demo, bo, "Erase", "Erase everything")


async def test_before_erasing_the_card_names_what_still_waits_for_them_or_for_others(
    demo: DemoClient,
) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    cy = await demo.member("cy")
    await asking.met(demo, cy)
    await demo.bot.services.pods.invitations.invite(
        await asking.met(demo, ana), ServerId(ana.guild.id), asking.discord_user(cy), demo.now
    )

    ours, theirs, invited = [await opened(demo, one, "Erase") for one in (ana, bo, cy)]

    assert strings.ASKS_CLOSE in ours
    assert strings.INVITATIONS_CLOSE in ours
    assert strings.CANT_ANSWER in theirs
    assert strings.NO_NAME in invited
    assert strings.CANT_ANSWER not in invited


async def test_the_card_before_erasing_says_nothing_of_what_a_boundary_keeps_from_them(
    demo: DemoClient,
) -> None:
    ana, bo = await asking.friends(demo, "bo")
    await asking.send(demo, ana, "Bo")
    services = demo.bot.services
    await services.boundaries.add(await asking.met(demo, ana), asking.discord_user(bo), demo.now)

    assert strings.CANT_ANSWER not in await opened(demo, bo, "Erase")


async def test_reports_are_shown_and_exported_only_if_that_is_chosen(demo: DemoClient) -> None:
    ana, ben, _ = await reporting.group(demo)
    await reporting.reported(demo, await reporting.asked(demo, ana, ben))
    heading = export_strings.TABLES["reports"]
    held = await opened(demo, ben, "What you keep about me")
    assert heading not in held
    assert heading in await held.press("Show")
    assert "reports" not in data(demo, await opened(demo, ben, "Export", "Get my copy"))
    [report] = data(demo, await opened(demo, ben, "Export", "With those too"))["reports"]
    assert report["content"] == {"reason": reporting.REASON}
