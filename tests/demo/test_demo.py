"""The demo's page: what can be done on it, and who may do it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.cast import CAST
from bot.demo.serve import _listening, open_demo
from bot.demo.session import DemoSession
from tests.demo.small_bot import SmallBot
from tests.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Browser:
    """The requests that a browser on the demo's page can send."""

    session: aiohttp.ClientSession
    at: str
    token: str

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.session.get(self.at + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def state(self) -> Any:
        async with self.session.get(self.at + "/state", headers={"X-Plumbline-Token": self.token}) as answer:
            assert answer.status == 200
            return await answer.json()

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        sent = {"Origin": self.at, "X-Plumbline-Token": self.token, **headers}
        async with self.session.post(self.at + path, json=body, headers=sent) as answer:
            return answer.status, await answer.json()


@pytest.fixture
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
async def show(kept: dict[str, Any]) -> AsyncIterator[tuple[DemoSession, Browser]]:
    with _listening(0) as listener:
        async with (
            open_demo(lambda: SmallBot(kept), listener) as demo_session,
            aiohttp.ClientSession() as session,
        ):
            at = f"http://127.0.0.1:{listener.getsockname()[1]}"
            async with session.get(at) as page:
                text = await page.text()
            token = text.split('name="plumbline-token" content="')[1].split('"')[0]
            yield demo_session, Browser(session, at, token)


@pytest.fixture
def browser(show: tuple[DemoSession, Browser]) -> Browser:
    return show[1]


async def test_the_page_lists_every_member_with_their_places_and_the_menus(browser: Browser) -> None:
    state = await browser.state()
    assert [one["name"] for one in state["members"]] == [part.name for part in CAST]
    for part, member in zip(CAST, state["members"], strict=True):
        places = ["general", *(["mods"] if part.moderator else []), "dms"]
        assert list(state["pages"][part.name]) == places
        assert list(member["latest"]) == places
    assert [menu["name"] for menu in state["menus"]] == ["About them", "About this", "Note this"]
    assert [menu["kind"] for menu in state["menus"]] == ["member", "message", "message"]


async def test_the_page_and_the_files_that_it_loads_are_served(browser: Browser) -> None:
    for path in ("/", "/page.css", "/page.js", "/emoji.ttf"):
        async with browser.session.get(browser.at + path) as answer:
            assert answer.status == 200
            assert await answer.read()
    async with browser.session.get(browser.at) as page:
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"X-Plumbline-Token": "guessed"},
        {"X-Plumbline-Token": ""},
        {"X-Plumbline-Token": "é"},
        {"Host": "plumbline.example"},
    ],
)
async def test_only_the_page_itself_can_change_anything(browser: Browser, headers: dict[str, str]) -> None:
    before = await browser.state()
    for path, body in (
        ("/skip", {"span": "week"}),
        ("/restart", {}),
        ("/say", {"member": "noor", "text": "x"}),
    ):
        status, answer = await browser.post(path, body, **headers)
        assert status == 403
        assert "demo's own page" in answer["problem"]
    after = await browser.state()
    assert datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"]) < timedelta(days=1)
    assert after["messages"] == []


async def test_a_request_without_an_origin_is_refused(browser: Browser) -> None:
    sent = {"X-Plumbline-Token": browser.token}
    async with browser.session.post(browser.at + "/restart", json={}, headers=sent) as answer:
        assert answer.status == 403


async def test_other_pages_cannot_read_the_state(browser: Browser) -> None:
    assert (await browser.get("/state"))[0] == 403
    assert (await browser.get("/", Host="plumbline.example"))[0] == 403


async def test_skipping_a_week_moves_the_clock_and_runs_jobs(browser: Browser, kept: dict[str, Any]) -> None:
    before = await browser.state()
    status, after = await browser.post("/skip", {"span": "week"})
    assert status == 200
    assert after["now"] > before["now"]
    assert kept["beats"] >= 1
    assert await _status(browser, "/skip", {"span": "century"}) == 400


async def test_time_passes_until_something_new_comes(
    show: tuple[DemoSession, Browser], kept: dict[str, Any]
) -> None:
    demo_session, browser = show
    member, before = demo_session._members["noor"], demo_session._demo_server.now
    kept["due"] = (member.id, before + timedelta(days=3))
    status, state = await browser.post("/skip", {"span": "next"})
    assert status == 200
    assert state["members"][1]["latest"]["dms"]
    assert timedelta(days=3) <= datetime.fromisoformat(state["now"]) - before < timedelta(days=11)


async def test_without_anything_new_the_clock_stops_after_four_weeks_and_says_so(browser: Browser) -> None:
    before = datetime.fromisoformat((await browser.state())["now"])
    status, answer = await browser.post("/skip", {"span": "next"})
    assert status == 409
    assert "Four weeks" in answer["problem"]
    after = datetime.fromisoformat((await browser.state())["now"])
    assert timedelta(weeks=4) <= after - before < timedelta(weeks=4, days=1)


async def test_the_clock_runs_by_itself_and_a_due_message_appears(
    show: tuple[DemoSession, Browser], kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo_session, browser = show
    member = demo_session._members["noor"]
    kept["due"] = (member.id, demo_session._demo_server.now)
    demo_session._lag -= 30 * 60 + 1
    async with asyncio.timeout(PATIENCE):
        while not (await browser.state())["members"][1]["latest"]["dms"]:  # noqa: ASYNC110 - only the page says so
            await asyncio.sleep(0.1)


async def test_a_restart_closes_the_bot_and_starts_a_new_one(
    show: tuple[DemoSession, Browser], kept: dict[str, Any]
) -> None:
    demo_session, browser = show
    before = demo_session._demo_server.bot
    assert (await browser.post("/restart", {}))[0] == 200
    assert demo_session._demo_server.bot is not before
    assert kept["closed"] == 1


async def test_members_post_and_use_menus(show: tuple[DemoSession, Browser]) -> None:
    demo_session, browser = show
    status, state = await browser.post("/say", {"member": "noor", "text": "a  long\njoke " + "x" * 80})
    assert status == 200
    [post] = state["messages"]
    assert post["by"] == "noor"
    assert post["text"].startswith("a long joke")
    assert len(post["text"]) == 60
    asked = {"member": "mateo", "command": "About this", "target": post["id"]}
    assert (await browser.post("/menu", asked))[0] == 200
    asked = {"member": "mateo", "command": "About them", "target": "wren"}
    status, state = await browser.post("/menu", asked)
    assert status == 200
    general = demo_session._demo_server.env.backend.messages[demo_session._demo_server.general.id].values()
    said = [one.content for one in general if one.is_ephemeral]
    assert said == ["About a  long\njoke " + "x" * 80, "About Wren"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/say", {"member": "noor", "text": "  "}, 409),
        ("/say", {"member": "nobody", "text": "hello"}, 409),
        ("/menu", {"member": "noor", "command": "About this", "target": "7"}, 409),
        ("/menu", {"member": "noor", "command": "Nothing such", "target": "wren"}, 409),
        ("/say", ["not", "an", "object"], 400),
    ],
)
async def test_an_impossible_request_gets_an_error_status_and_a_409_says_why(
    browser: Browser, path: str, body: Any, status: int
) -> None:
    answered, answer = (
        await browser.post(path, body) if status == 409 else (await _status(browser, path, body), {})
    )
    assert answered == status
    assert answer.get("problem", "") != "" or status == 400


async def _status(browser: Browser, path: str, body: Any) -> int:
    headers = {"Origin": browser.at, "X-Plumbline-Token": browser.token}
    async with browser.session.post(browser.at + path, json=body, headers=headers) as answer:
        return answer.status


def test_listening_on_a_taken_port_fails_at_once() -> None:
    with _listening(0) as listener:
        listener.listen()
        with pytest.raises(OSError, match="in use"):
            _listening(listener.getsockname()[1])


def test_only_this_computer_can_reach_the_demo() -> None:
    with _listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.family == socket.AF_INET


def test_the_files_of_the_page_are_beside_the_code() -> None:
    here = Path("bot/demo")
    assert {one.name for one in here.iterdir()} >= {"page.html", "page.css", "page.js", "pane.css"}
