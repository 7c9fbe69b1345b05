"""The running demo: the server, a clock that follows the real one, and everything the page can request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from simcord import BackendError, MemberActor, SetupError
from simcord.results import to_discord_message

from bot.demo import strings
from bot.demo.cast import CAST
from bot.demo.member_pages import MemberPages
from bot.demo.page_state import latest, page_state, places_of
from bot.demo.server import DemoServer
from bot.logs import get_logger
from bot.text import is_blank

log = get_logger(__name__)

_BEAT = 1.0
_PATIENT = timedelta(weeks=4)
"""So long the clock moves at most until something new has come."""


class RequestRefused(Exception):
    """What the page asked for cannot be done. The text says why."""


class DemoSession:
    """Does one thing at a time: the members' pages, the demo's page and the clock share a lock."""

    def __init__(self, demo_server: DemoServer, members: dict[str, MemberActor]) -> None:
        self._demo_server = demo_server
        self._members = members
        self._lock = asyncio.Lock()
        self._pages = MemberPages(demo_server.env, self._lock)
        self._lag = asyncio.get_running_loop().time() - demo_server.elapsed
        self._addresses: dict[str, dict[str, str]] = {}

    async def open_pages(self, framed_by: str) -> None:
        """Open a page for each channel that a member sees, and one for their DMs."""
        for part in CAST:
            member = self._members[part.name]
            self._addresses[part.name] = {
                place: await self._pages.open(channel, member.user if place == "dms" else member, framed_by)
                for place, channel in places_of(self._demo_server, part, member).items()
            }

    def state(self) -> dict[str, Any]:
        """Return what the page shows."""
        return {**page_state(self._demo_server, self._members), "pages": self._addresses}

    async def skip(self, hours: int) -> None:
        """Let this many hours pass at once."""
        async with self._changing():
            self._lag -= hours * 3600
            await self._demo_server.skip(timedelta(hours=hours))

    async def skip_to_news(self) -> None:
        """Let time pass until the bot has written something; raise RequestRefused after four weeks."""
        async with self._changing():
            before, began = self._news(), self._demo_server.elapsed
            until = self._demo_server.now + _PATIENT
            try:
                while self._news() == before:
                    if self._demo_server.now >= until:
                        raise RequestRefused(strings.NOTHING_NEW)
                    await self._demo_server.wait_for_work(until - self._demo_server.now)
            finally:
                self._lag -= self._demo_server.elapsed - began

    def _news(self) -> list[dict[str, str]]:
        """Return the newest message of the bot in each place of each member."""
        return [latest(self._demo_server, part, self._members[part.name]) for part in CAST]

    async def restart(self) -> None:
        """Shut the bot down, and start a new one on the same files."""
        async with self._changing():
            await self._demo_server.restart()

    async def say(self, name: str, text: str) -> None:
        """Post as this member in #general."""
        if is_blank(text):
            raise RequestRefused(strings.EMPTY)
        member = self._member(name)
        async with self._changing():
            await member.send(self._demo_server.general, text)

    async def use_menu(self, name: str, command: str, target: str) -> None:
        """Choose a command from the menu of a member (by short name) or of a message (by id)."""
        member, general = self._member(name), self._demo_server.general
        async with self._changing():
            aim = self._members.get(target) or self._message(target)
            shown = await member.context_menu(general, command, aim)
            self._pages.show_form(general, member, shown)

    async def keep_time(self) -> None:
        """Move the pretend clock on with the real one until the demo ends."""
        while True:
            await asyncio.sleep(_BEAT)
            with suppress(RequestRefused):
                async with self._changing():
                    behind = asyncio.get_running_loop().time() - self._lag - self._demo_server.elapsed
                    if behind > 0:
                        await self._demo_server.tick(behind)

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[None]:
        """Hold the lock, and refresh the members' pages afterwards."""
        async with self._lock:
            before = self._demo_server.happened
            try:
                yield
            except (BackendError, SetupError, TimeoutError) as problem:
                log.warning("The pretend server refused", problem=problem)
                raise RequestRefused(strings.COULD_NOT.format(why=problem)) from problem
            finally:
                if self._demo_server.happened != before:
                    await self._pages.refresh()

    def _member(self, name: str) -> MemberActor:
        try:
            return self._members[name]
        except KeyError:
            raise RequestRefused(strings.NO_SUCH) from None

    def _message(self, message_id: str) -> Any:
        posts = {str(post.id): post for post in self._demo_server.posts()}
        if message_id not in posts:
            raise RequestRefused(strings.NO_SUCH)
        return to_discord_message(self._demo_server.env, posts[message_id])
