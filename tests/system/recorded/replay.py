"""Press the whole recording again: as the same people, on the same databases, at the same moments."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import discord
from simcord.backend.ops.guilds import GuildMixin

from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.screen import Screen
from bot.demo.temporary_bot import bot_in
from bot.settings import Settings
from tests.system.recorded.recording import Member, Press, Recording, Shown

NEW = re.compile(r"\bn\d{15}\b")
"""The id of a row that was made during the replay."""


class Replay:
    """A pretend server like the recorded one, on which the chapters are opened one after the other."""

    def __init__(self, recording: Recording, state: Path) -> None:
        self._recording = recording
        self._settings = Settings(_env_file=None, state_dir=state, key_file=state / "keys.json")
        self._settings.key_path.touch(mode=0o600)
        self._settings.key_path.write_bytes(recording.keys)
        self._lay(recording.databases[0])
        self._make = bot_in(self._settings, state)
        self._next: tuple[bytes, datetime] | None = None
        self.demo: DemoClient

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Replay"]:
        """Open the server with everybody on it. Raise AssertionError if an id is not the recorded one."""
        numbered = patch.object(GuildMixin, "create_guild", numbered_from(self._recording.ids["server"]))
        with patch("secrets.token_urlsafe", in_turn()), numbered:
            async with demo_client(build=self._build) as self.demo:
                assert ids(self.demo) == self._recording.ids, OTHER_IDS
                for one in self._recording.members:
                    await self._join(one)
                yield self

    async def all(self) -> AsyncIterator[tuple[Press, Shown]]:
        """Make each press in order. Yield it with what it shows: a card or form, and the cards beside it."""
        for chapter in self._recording.chapters:
            self._next = self._recording.databases[chapter.database], chapter.at
            await self.demo.restart()
            for press in chapter.presses:
                try:
                    yield press, await self._press(press)
                except AssertionError as error:
                    error.add_note(f"{chapter.way}: {press}")
                    raise

    async def _press(self, press: Press) -> Shown:
        member = await self.demo.member(press.by)
        screen = await self.demo.again(member, press.data, dm=press.dm, public=press.public)
        return [shown(one) for one in (screen, *screen.followups)]

    async def _join(self, one: Member) -> None:
        member = await self.demo.member(one.name, shown=one.shown, moderator=one.moderator)
        assert member.id == one.id, OTHER_IDS
        if one.dm is not None:
            # A channel's id says when it was made, to the millisecond.
            now, made = self.demo.now, discord.utils.snowflake_time(one.dm)
            self.demo.turn_clock(made + timedelta(microseconds=500))
            assert member.user.dm_channel.id == one.dm, OTHER_IDS
            self.demo.turn_clock(now)

    def _build(self) -> discord.Client:
        """Make the next bot on the next database. The bot before it has shut down by now."""
        if self._next is not None:
            database, at = self._next
            self._lay(database)
            self.demo.turn_clock(at)
        return self._make()

    def _lay(self, database: bytes) -> None:
        path = self._settings.database_path
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        path.write_bytes(database)


OTHER_IDS = "the pretend Discord gives out other ids than it did when the recording was made"


def in_turn() -> Any:
    """Return a stand-in for `secrets.token_urlsafe` that counts up.

    Rows of the same moment are shown in the order of their ids, so the ids must not be random.
    """
    numbers = count()
    return lambda nbytes: f"n{next(numbers):0{(nbytes * 4 + 2) // 3 - 1}}"


def numbered_from(server: int) -> Any:
    """Return a `create_guild` that gives the server, and what is made after it, the ids from this one on.

    SimCord counts ids up, and the commands take theirs first. Each command that is newer than the recording
    would move all the others, so ids from `server` on are free again here. No command is in the recording.
    """
    create_guild = GuildMixin.create_guild

    def create(backend: Any, *args: Any, **options: Any) -> Any:
        backend._reserved_ids -= {one for one in backend._reserved_ids if one >= server}
        backend._sequences[server >> 22] = server & ((1 << 22) - 1)
        return create_guild(backend, *args, **options)

    return create


def ids(demo: DemoClient) -> Mapping[str, int]:
    """Return the ids of the server and its channels."""
    return {"server": demo.server.id, "general": demo.general.id, "mods": demo.mods.id}


def shown(screen: Screen) -> Shown:
    """Return a card or a form with all its parts, and the names of the files that came with it."""
    if screen.is_form:
        return plain({"form": screen.payload})
    files = [one["filename"] for one in screen.message.attachments]
    return plain({"card": screen.payload, "files": files})


def plain(part: Any) -> Any:
    """Return the same without what differs each time: ids of new rows, and numbers that SimCord gives."""
    match part:
        case dict():
            return {key: plain(value) for key, value in part.items() if key != "id"}
        case list() | tuple():
            return [plain(one) for one in part]
        case str():
            return NEW.sub("<new>", part)
    return part


def lines(part: Shown) -> list[str]:
    """Return what a press shows as lines of text, so that it can be compared."""
    return json.dumps(part, indent=1, ensure_ascii=False).splitlines(keepends=True)
