"""`Remind me in 12 hours` sets one timer that holds no text. It changes nothing else in `/contact`."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from simcord import MemberActor

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ui import strings
from tests.discord.stateless import acting, closes, dump, fits, nobody_is_logged, without_a_database

REMIND = "Remind me in 12 hours"
LATER = installed().contact.later
READY, CLOSED = strings.DM_READY, strings.DM_CLOSED


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


async def advised(demo: DemoClient, member: MemberActor, *, dm: bool = False) -> Screen:
    """Open the card for `None of these`."""
    return await (await demo.slash(member, "contact", dm=dm)).press("None of these")


def told(demo: DemoClient, member: MemberActor) -> list[str]:
    return [line.text for line in demo.dms(member)]


@pytest.mark.parametrize("dm", [False, True])
async def test_twelve_hours_later_a_reminder_shows_the_advice_again(
    nz: DemoClient, tmp_path: Path, dm: bool
) -> None:
    ana = await nz.member("ana")
    card = await advised(nz, ana, dm=dm)
    assert card.buttons == [REMIND, "Think it through", "What I'll do", "Back", "Support", "Close"]
    assert "What did you do or say?" in await card.press("Think it through")
    assert fits(card)
    shown = await card.press(REMIND)
    assert f"<t:{int((nz.now + timedelta(hours=12)).timestamp())}:f>" in shown
    assert "Which is true?" in await shown.press("Back")
    await nz.skip(hours=11, minutes=50)
    assert told(nz, ana) == []
    await nz.skip(minutes=15)
    assert told(nz, ana) == [READY]
    assert dump(tmp_path)["contact_alarms"] == []
    opened = await nz.dms(ana)[-1].press("Open")
    assert opened.ephemeral
    assert LATER.title in opened
    assert "ask for nothing, not even to be forgiven" in opened
    assert opened.buttons == ["Think it through", "What I'll do", "Support", "Close"]
    assert await closes(opened)
    await nz.settle()
    assert told(nz, ana) == [CLOSED]


async def test_the_other_answers_have_no_reminder_button(nz: DemoClient) -> None:
    asked = await nz.slash(await nz.member("ana"), "contact")
    for turn in installed().contact.choices[:-1]:
        answer = await asked.press(turn.label)
        assert REMIND not in answer.buttons
        asked = await answer.press("Back")


async def test_a_reminder_stores_only_that_it_is_set_and_for_whom(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await nz.member("ana")
    await nz.slash(ana, "settings")
    card = await advised(nz, ana)
    before = dump(tmp_path)
    with nobody_is_logged(caplog, ana):
        await card.press(REMIND)
        await nz.settle()
    after = dump(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"contact_alarms", "agenda"}
    [(id, person)] = after["contact_alarms"]
    assert person == after["people"][0][0]
    assert [row for row in after["agenda"] if id in row]


async def test_pressing_the_button_again_or_twice_at_once_sets_one_timer(
    nz: DemoClient, tmp_path: Path
) -> None:
    ana = await nz.member("ana")
    first, second = await (await advised(nz, ana)).press_twice(REMIND)
    assert first.text == second.text
    await nz.skip(hours=3)
    again = await (await advised(nz, ana, dm=True)).press(REMIND)
    assert again.text == first.text
    assert len(dump(tmp_path)["contact_alarms"]) == 1
    await nz.skip(hours=10)
    assert told(nz, ana) == [READY]
    await nz.skip(hours=30)
    assert told(nz, ana) == [READY]
    assert "You'll get a reminder" in await (await advised(nz, ana)).press(REMIND)


async def test_each_person_has_a_reminder_of_their_own(nz: DemoClient, tmp_path: Path) -> None:
    ana, bo = await nz.member("ana"), await nz.member("bo")
    card = await advised(nz, ana)
    leads = card.custom_id(REMIND)
    await card.press(REMIND)
    await nz.forge(bo, leads)
    assert len(dump(tmp_path)["contact_alarms"]) == 2
    await nz.skip(hours=13)
    assert told(nz, ana) == told(nz, bo) == [READY]


async def test_a_reminder_survives_a_restart_and_waits_for_the_end_of_quiet_hours(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    await nz.slash(ana, "settings", zone="UTC")
    rings = (nz.now + timedelta(hours=12)).hour
    card = await (await nz.slash(ana, "settings")).press("Quiet hours")
    card = await card.choose(f"They begin at {rings:02}:00", which="begin")
    card = await card.choose(f"They end at {(rings + 2) % 24:02}:00", which="end")
    await card.press("Keep these hours")
    advice = await advised(nz, ana)
    await nz.restart()
    await advice.press(REMIND)
    await nz.restart()
    await nz.skip(hours=12, minutes=30)
    assert told(nz, ana) == []
    await nz.skip(hours=2)
    assert told(nz, ana) == [READY]


async def test_a_reminder_waits_in_the_inbox_when_dms_are_closed(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    await (await advised(nz, ana)).press(REMIND)
    nz.close_dms(ana)
    await nz.skip(hours=13)
    inbox = await nz.slash(ana, "inbox")
    assert "Twelve hours have passed" in inbox
    assert LATER.title in await inbox.press("Open")
    assert "Twelve hours" not in await nz.slash(ana, "inbox")


async def test_without_a_database_the_button_says_what_to_do_instead(nz: DemoClient, tmp_path: Path) -> None:
    ana = await nz.member("ana")
    with without_a_database(nz, tmp_path):
        refused = await (await advised(nz, ana)).press(REMIND)
        assert "No reminder could be set" in refused
        assert "Set an alarm on your phone" in refused
        assert refused.buttons == ["Back", "Support", "Close"]
        assert "Which is true?" in await refused.press("Back")
        assert "I'm thinking about suicide" in await (await refused.press("Support")).press("Right now")


async def test_a_forged_button_sets_no_reminder(nz: DemoClient, tmp_path: Path) -> None:
    shown = await nz.forge(await nz.member("ana"), "v1:contact.remind:xx")
    assert "There is nothing here for you to open" in shown
    assert dump(tmp_path)["contact_alarms"] == []
