"""The members' pages inside the demo's page: they show the same state and survive a restart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.demo import simcord_internals as internals
from bot.demo.cast import CAST
from bot.demo.member_pages import _CHANGED
from bot.demo.serve import _listening, open_demo
from bot.demo.session import DemoSession
from tests.demo.small_bot import SmallBot


@dataclass
class MemberPage:
    """One member's page, used with the same requests as the browser's code."""

    session: aiohttp.ClientSession
    url: str
    snapshot: dict[str, Any] = field(default_factory=dict)
    sequence: int = 0

    @property
    def at(self) -> str:
        return self.url.partition("/#")[0]

    def headers(self) -> dict[str, str]:
        context = self.snapshot.get("context", {}).get("id", "")
        return {"X-Simcord-Capability": urlsplit(self.url).fragment, "X-Simcord-Context": context}

    async def look(self) -> dict[str, Any]:
        """Open the page, or read what it shows now."""
        method, path = ("GET", "/api/state") if self.snapshot else ("POST", "/api/pages")
        body: dict[str, Any] | None = None if self.snapshot else {}
        async with self.session.request(method, self.at + path, json=body, headers=self.headers()) as answer:
            assert answer.status == 200
            self.snapshot = await answer.json()
        return self.snapshot

    async def act(self, kind: str, **extra: Any) -> dict[str, Any]:
        """Send an action on the state that was last read."""
        self.sequence += 1
        body = {
            "protocol_version": 3,
            "sequence": self.sequence,
            "request_id": f"r{self.sequence}",
            "generation": self.snapshot["context"]["generation"],
            "bot_generation": self.snapshot["botGeneration"],
            "published_revision": self.snapshot["publishedRevision"],
            "kind": kind,
            **extra,
        }
        url = self.at + "/api/action"
        async with self.session.post(url, json=body, headers=self.headers()) as answer:
            result: dict[str, Any] = await answer.json()
        return result

    def says(self) -> list[str]:
        return [self.snapshot["messages"][one]["content"] for one in self.snapshot["timeline"]]


@dataclass
class OpenDemo:
    demo_session: DemoSession
    session: aiohttp.ClientSession

    async def page(self, name: str, place: str = "general") -> MemberPage:
        page = MemberPage(self.session, self.demo_session.state()["pages"][name][place])
        await page.look()
        return page


@pytest.fixture
async def demo() -> AsyncIterator[OpenDemo]:
    kept: dict[str, Any] = {}
    with _listening(0) as listener:
        async with (
            open_demo(lambda: SmallBot(kept), listener) as demo_session,
            aiohttp.ClientSession() as session,
        ):
            yield OpenDemo(demo_session, session)


async def test_what_one_member_posts_is_shown_to_the_others(demo: OpenDemo) -> None:
    noor, wren = await demo.page("noor"), await demo.page("wren")
    assert (await noor.act("send_message", content="hello all"))["settlement"] == "settled"
    await wren.look()
    assert wren.says() == ["hello all"]


async def test_a_page_on_which_nothing_happened_is_not_drawn_again(demo: OpenDemo) -> None:
    noor, dms = await demo.page("noor"), await demo.page("noor", "dms")
    drawn = dms.snapshot["publishedRevision"]
    await noor.act("send_message", content="hello all")
    await demo.demo_session.say("wren", "hello noor")
    assert (await dms.look())["publishedRevision"] == drawn


async def test_a_page_from_before_a_restart_can_still_be_used(demo: OpenDemo) -> None:
    noor = await demo.page("noor")
    await demo.demo_session.restart()
    result = await noor.act("send_message", content="still here")
    assert not result["rejected"]
    assert result["settlement"] == "settled"


async def test_a_form_that_answers_a_menu_opens_only_for_the_member_who_used_it(demo: OpenDemo) -> None:
    noor, wren = await demo.page("noor"), await demo.page("wren")
    await demo.demo_session.say("noor", "a joke")
    [post] = demo.demo_session.state()["messages"]
    await demo.demo_session.use_menu("noor", "Note this", post["id"])
    assert (await noor.look())["modal"]["payload"]["title"] == "A note"
    assert (await wren.look())["modal"] is None


async def test_only_pages_on_this_computer_may_frame_a_members_page(demo: OpenDemo) -> None:
    noor = await demo.page("noor")
    async with demo.session.get(noor.at + "/") as page:
        assert "X-Frame-Options" not in page.headers
        policy = page.headers["Content-Security-Policy"]
    ancestors = policy.split("frame-ancestors ")[1].split()
    assert all(one.startswith(("http://127.0.0.1:", "http://localhost:")) for one in ancestors)


async def test_the_served_page_of_simcord_contains_our_changes(demo: OpenDemo) -> None:
    noor = await demo.page("noor")
    async with demo.session.get(noor.at + "/preview.css") as style:
        assert "#inspector-panel" in (await style.text()).split("Plumbline's demo")[1]
    for path, changes in _CHANGED.items():
        async with demo.session.get(noor.at + path) as script:
            text = await script.text()
        for was, is_now in changes:
            assert is_now in text, path
            assert was not in text.replace(is_now, ""), path


async def test_a_list_of_people_offers_neither_oneself_nor_the_bot_nor_the_owner_whom_nobody_plays(
    demo: OpenDemo,
) -> None:
    noor = await demo.page("noor")
    [preview] = [one for one in demo.demo_session._pages._open if one.url == noor.url]
    page = internals.pages_of(preview)[-1]
    offered = set(internals.offered(preview, page, "users"))
    assert offered == {part.shown for part in CAST} - {"Noor"}
