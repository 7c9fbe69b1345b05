"""`/contact` opens the same card as its button on other cards, for everyone, in servers and DMs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from tests.discord.stateless import (
    acting,
    closes,
    dump,
    fits,
    nobody_is_logged,
    nothing_is_stored,
    without_a_database,
)

CHOICES = [turn.label for turn in installed().contact.choices]
DANGER = "They may be in danger now"


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


async def test_the_command_opens_the_same_card_as_the_button(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    asked = await nz.slash(ana, "contact")
    button = await nz.forge(ana, "v1:contact.open:")
    assert asked.ephemeral
    assert asked.text == button.text
    assert asked.buttons == button.buttons == [*CHOICES, "Support", "Close"]
    assert asked.custom_ids == button.custom_ids


async def test_each_answer_leads_to_its_card_and_back(nz: DemoClient) -> None:
    asked = await nz.slash(await nz.member("ana"), "contact")
    for turn in installed().contact.choices:
        answer = await asked.press(turn.label)
        assert turn.card.title in answer
        assert fits(answer)
        asked = await answer.press("Back")
        assert "Which is true?" in asked
    assert "Call **111**." in await asked.press(DANGER)


async def test_close_deletes_a_card_of_contact_at_once(nz: DemoClient) -> None:
    ana = await nz.member("ana")
    assert await closes(await nz.slash(ana, "contact"))
    for label in CHOICES:
        assert await closes(await (await nz.slash(ana, "contact")).press(label))


async def test_in_direct_messages_the_country_is_not_known_and_support_asks_for_it(nz: DemoClient) -> None:
    asked = await nz.slash(await nz.member("ana"), "contact", dm=True)
    danger = await asked.press(DANGER)
    assert "Call **your local emergency number**." in danger
    assert "999 or 112" in await (await danger.press("Support")).choose("Ireland")


async def test_contact_works_after_a_restart_when_pressed_twice_and_for_anybody(nz: DemoClient) -> None:
    asked = await nz.slash(await nz.member("ana"), "contact")
    danger = asked.custom_id(DANGER)
    await nz.restart()
    for shown in await asked.press_twice("They wrote or spoke to me"):
        assert "you don't have to answer right away" in shown
        assert "one true answer to what they asked" in shown
    assert "Call **111**." in await nz.forge(await nz.member("bo"), danger)


async def test_somebody_who_said_that_they_are_under_18_can_use_contact(nz: DemoClient) -> None:
    fin = await nz.member("fin")
    await (await (await nz.slash(fin, "settings")).press("Age")).press("I'm under 18")
    assert "Which is true?" in await nz.slash(fin, "contact")


async def test_contact_works_without_the_database(nz: DemoClient, tmp_path: Path) -> None:
    ana = await nz.member("ana")
    with without_a_database(nz, tmp_path):
        for dm in (False, True):
            asked = await nz.slash(ana, "contact", dm=dm)
            for label in CHOICES:
                answer = await asked.press(label)
                assert label in answer or "### Not now" in answer.text
                asked = await answer.press("Back")


async def test_nothing_is_stored_and_the_log_names_nobody(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await nz.member("ana")
    with nobody_is_logged(caplog, ana):
        async with nothing_is_stored(nz, tmp_path):
            for dm in (False, True):
                asked = await nz.slash(ana, "contact", dm=dm)
                for label in CHOICES:
                    asked = await (await asked.press(label)).press("Back")
    assert dump(tmp_path)["people"] == []
