"""Everything behind `/support`, `/told`, `/callin`, `/contact` stores nothing and logs no name."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from tests.discord.stateless import acting, dump, nobody_is_logged, nothing_is_stored

COMMANDS = ("support", "told", "callin", "contact")
LIBRARY = installed()
WENT_WRONG = "That didn't work"
TOPICS = ("I was hurt", "Someone told me", "I'm worried about what I did", "Right now")


@pytest.fixture
async def nz(tmp_path: Path) -> AsyncIterator[DemoClient]:
    async with acting(tmp_path, "nz") as opened:
        yield opened


@pytest.mark.parametrize("command", COMMANDS)
async def test_pressing_every_button_behind_a_command_stores_nothing_and_logs_nobody(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    """The reminder of `/contact`, which stores one timer, is left out."""
    ana = await nz.member("ana")
    with nobody_is_logged(caplog, ana):
        async with nothing_is_stored(nz, tmp_path):
            assert len(await press_all(nz, await nz.slash(ana, command))) >= 5
            for one in sorted(leads(await nz.slash(ana, command, dm=True))):
                assert WENT_WRONG not in await (await nz.slash(ana, command, dm=True)).press(one)
    assert dump(tmp_path)["people"] == []


async def test_looking_at_every_country_in_every_topic_stores_nothing_and_logs_nobody(
    nz: DemoClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await nz.member("ana")
    with nobody_is_logged(caplog, ana):
        async with nothing_is_stored(nz, tmp_path):
            for topic in TOPICS:
                page = await (await nz.slash(ana, "support")).press(topic)
                for country in LIBRARY.countries():
                    page = await (await page.press("Change country")).choose(country.name)
                    assert country.emergency in page or topic != "Right now"


async def press_all(demo: DemoClient, first: Screen) -> set[str]:
    """Press every button of these four commands once, wherever it was shown."""
    done: set[str] = set()
    waiting = leads(first)
    while waiting:
        one = waiting.pop()
        done.add(one)
        shown = await demo.forge(first.member, one, source=first)
        assert WENT_WRONG not in shown
        waiting |= leads(shown) - done
    return done


def leads(screen: Screen) -> set[str]:
    """Return the custom_ids to press. Other tests cover selects, the reminder, `Support` and `Close`."""
    rooms = ("v1:support.", "v1:told.", "v1:callin.", "v1:contact.")
    selects = ("v1:support.country:", "v1:contact.remind:", "v1:support.open:", "v1:cards.close:")
    return {one for one in screen.custom_ids if one.startswith(rooms) and not one.startswith(selects)}
