"""The server of the recording with its people, and a second server, where forged interactions are sent."""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from discord import AppCommandOptionType, app_commands
from simcord import ChannelHandle, InteractionResult, MemberActor, UserHandle
from simcord.backend.ops.guilds import GuildMixin
from simcord.enums import InteractionType

from bot.demo import simcord_internals as internals
from bot.demo.client import forged
from bot.demo.client.interactions import emit, settled
from bot.demo.joining import joined
from bot.errors import Refusal
from tests.database_file import open_file
from tests.forged.cases import Case
from tests.system.presser import ids
from tests.system.recorded.recording import Chapter, Recording
from tests.system.recorded.replay import Replay

_CREATE_GUILD = GuildMixin.create_guild
"""As it is outside a replay, which gives the first server its recorded id."""


class World:
    """Sends cases, and says what happened meanwhile."""

    def __init__(self, replay: Replay, state: Path, errors: list[str]) -> None:
        self._replay = replay
        self._state = state
        self._errors = errors
        self._raised = 0
        self._elsewhere: dict[str, MemberActor] = {}
        self._second: ChannelHandle

    async def settle_in(self) -> None:
        """Make the second server. Everybody of the first one is there, and one person who is only there."""
        demo = self.demo
        with patch.object(GuildMixin, "create_guild", _CREATE_GUILD):
            guild = demo.env.create_guild("Another server")
        self._second = guild.create_text_channel("elsewhere")
        await demo.member("zed")
        for name in (*self.people, "zed"):
            user = (await demo.member(name)).user
            self._elsewhere[name] = joined(demo.env, guild, user, (), timedelta(days=30))
        self._elsewhere["out"] = joined(demo.env, guild, demo.env.create_user("out"), (), timedelta(days=30))
        await demo.settle()

    @property
    def demo(self) -> Any:
        return self._replay.demo

    @property
    def people(self) -> list[str]:
        return [one.name for one in self._replay._recording.members]

    @property
    def numbers(self) -> list[int]:
        """Ids of Discord that belong to somebody or something."""
        backend = self.demo.env.backend
        return [*backend.users, *backend.channels, *backend.guilds]

    @property
    def verbs(self) -> list[str]:
        return sorted(self.demo.bot.services.router.verbs)

    @property
    def commands(self) -> dict[str, list[str]]:
        """Every command that can be run without choosing a person, with its options of text."""
        return {
            one.qualified_name: [
                option.name
                for option in one.parameters
                if option.type is AppCommandOptionType.string and not option.choices
            ]
            for one in self.demo.bot.tree.walk_commands()
            if isinstance(one, app_commands.Command)
            and all(not o.required or o.type is AppCommandOptionType.string for o in one.parameters)
        }

    async def open(self, chapter: Chapter) -> None:
        """Start the bot again on the files of this moment."""
        self._replay._next = self._replay._recording.databases[chapter.database], chapter.at
        await self.demo.restart()

    def rows(self) -> list[str]:
        return ids(self._state)

    def whole(self) -> Iterator[str]:
        """Say what is wrong with the file itself."""
        with closing(open_file(self._state / "plumbline.db")) as book:
            yield from (f"a lost reference: {row}" for row in book.execute("PRAGMA foreign_key_check"))

    async def send(self, case: Case) -> tuple[dict[str, tuple[str, str]], list[Any]]:
        """Send a case. Return who sent each interaction with its token, and everything that the bot sent."""
        before = len(self.demo.requests)
        if case.command:
            results = await self._run(case)
        else:
            results = await self._press(case)
        records = [(by, internals.interaction_of(one)) for by, one in results]
        return {str(one.id): (by, one.token) for by, one in records}, self.demo.requests[before:]

    def errors(self) -> list[str]:
        """Return what was logged as an error or raised since the last call."""
        # Reading `errors` also tells SimCord that they were seen, so that it doesn't raise them at the end.
        raised = self.demo.env.errors[self._raised :]
        self._raised += len(raised)
        found = [repr(one) for one in raised if not isinstance(getattr(one, "original", one), Refusal)]
        found += self._errors
        self._errors.clear()
        return found

    async def _press(self, case: Case) -> list[tuple[str, InteractionResult]]:
        env, kind = self.demo.env, _kind(case.data)
        sent = []
        async with settled(env):
            for name in (case.by, case.also) if case.also else (case.by,):
                actor, channel = await self._actor(name, case.place)
                member = self._elsewhere[name]
                place = forged.blank(env, member, channel, public=case.place == "public")
                sent.append((name, emit(env, actor, kind, channel, dict(case.data), place)))
        return sent

    async def _actor(self, name: str, place: str) -> tuple[MemberActor | UserHandle, int]:
        elsewhere = self._elsewhere[name]
        if place == "dm":
            return elsewhere.user, elsewhere.user.dm_channel.id
        if place == "other" or name == "out":
            return elsewhere, self._second.id
        return await self.demo.member(name), self.demo.general.id

    async def _run(self, case: Case) -> list[tuple[str, InteractionResult]]:
        """Run a command, or type into its option. What is offered while somebody types is no answer."""
        away = case.by == "out"
        actor = self._elsewhere[case.by] if away else await self.demo.member(case.by)
        channel = self._second if away else self.demo.general
        if case.option:
            await actor.autocomplete(channel, case.command, case.option, str(case.data[case.option]))
            return []
        return [(case.by, await actor.slash(channel, case.command, **case.data))]


@asynccontextmanager
async def opened(recording: Recording, state: Path) -> AsyncIterator[World]:
    with _errors_heard() as errors:
        async with Replay(recording, state).opened() as replay:
            world = World(replay, state, errors)
            await world.settle_in()
            yield world


def _kind(data: Mapping[str, Any]) -> InteractionType:
    return InteractionType.MODAL_SUBMIT if "components" in data else InteractionType.MESSAGE_COMPONENT


@contextmanager
def _errors_heard() -> Iterator[list[str]]:
    """Collect what any logger says at ERROR or above."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"{record.name}: {record.getMessage()}")

    ear = Ear(logging.ERROR)
    logging.getLogger().addHandler(ear)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(ear)
