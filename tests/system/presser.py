"""Somebody who presses everything ever shown to anybody, and every verb with every id in the database."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import discord
from discord import app_commands
from msgspec import Struct
from simcord import MemberActor

from bot.demo.client.screen import Closed
from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.ui import reply
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from tests.database_file import open_file
from tests.system.rehearsal import Answers, rehearsed
from tests.system.test_nobody_elses import Control, shown
from tests.system.walk import MARK, Walk

NAMED = ("manage.", "norms.", "boundaries.set", "boundaries.untell")
"""Verbs that may show names: of those who changed a setting or wrote to moderators.

For a boundary it is the name of the account in the custom_id, and any member could choose that account.
"""


class Presser:
    """A moderator who presses everything. They may also take part in anything. Each press is rolled back."""

    def __init__(self, walk: Walk, state: Path, member: MemberActor, person: PersonId) -> None:
        self._walk = walk
        self._state = state
        self._member = member
        self._person = person
        self._tried: set[Control] = set()
        self._public: set[str] = set()
        self.pressed = 0

    def public(self, before: Iterable[str]) -> None:
        """Mark what is typed from now on as meant for moderators."""
        self._public |= set(self._walk.canaries) - set(before)

    def leaked(self, payload: object, verb: str = "") -> list[str]:
        """Return the canaries in a text that this verb must not show."""
        told = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, default=str)
        if MARK not in told:
            return []
        named = verb.startswith(NAMED)
        return [
            of
            for of, text in self._walk.canaries.items()
            if text in told and of not in self._public and not (named and of.startswith("name of "))
        ]

    # -- through the router ---------------------------------------------------------------------

    async def press_what_was_shown(self) -> list[str]:
        """Press each control once. Return what leaks in everything that the bot sends meanwhile."""
        demo, leaks = self._walk.demo, []
        for control in dict.fromkeys(shown(demo.requests)):
            if control not in self._tried:
                self._tried.add(control)
                before = len(demo.requests)
                await rehearsed(demo.bot.db, partial(self._forge, control))
                verb = control.route.verb
                sent = [one.json for one in demo.requests[before:]]
                leaks += [f"{verb}: {of}" for of in self.leaked(sent, verb)]
        return leaks

    async def _forge(self, control: Control) -> None:
        demo = self._walk.demo
        if control.fields:
            typed = dict.fromkeys(control.fields, "words")
            await demo.forge_form(self._member, control.custom_id, typed)
            return
        with suppress(Closed):
            await demo.forge(self._member, control.custom_id, control.values or None)

    async def give_every_command(self) -> list[str]:
        """Run each command that needs no option, in the server. Return what leaks."""
        demo, leaks = self._walk.demo, []
        for command in demo.bot.tree.walk_commands():
            if isinstance(command, app_commands.Command) and not any(o.required for o in command.parameters):
                before, name = len(demo.requests), command.qualified_name
                await demo.slash(self._member, name)
                sent = [one.json for one in demo.requests[before:]]
                leaks += [f"/{name}: {of}" for of in self.leaked(sent, name.replace(" ", ".") + ".")]
        return leaks

    # -- behind the router ----------------------------------------------------------------------

    async def press_everything(self) -> list[str]:
        """Press every verb with every word that it was shown with, and with every id. Return what leaks."""
        services, shapes = self._walk.demo.bot.services, self._shapes()
        every = ["", "0", *ids(self._state)]
        leaks: list[str] = []
        for verb in sorted(services.router.verbs):
            presses = [(verb, id, word) for word in shapes[verb] or {""} for id in every]
            leaks += await rehearsed(self._walk.demo.bot.db, partial(self._press_all, presses))
        return leaks

    async def _press_all(self, presses: Sequence[tuple[str, str, str]]) -> list[str]:
        """Make presses that are rolled back together: one by one, they would take five times as long."""
        return [f"{one[0]}: {of}" for one in presses for of in await self._press(*one)]

    def _shapes(self) -> defaultdict[str, set[str]]:
        """Return the words (the last part of a custom_id) with which each verb was shown."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for control in shown(self._walk.demo.requests):
            found[control.route.verb].add(control.route.word)
        return found

    async def _press(self, verb: str, id: str, word: str) -> list[str]:
        services = self._walk.demo.bot.services
        answers = Taken()
        interaction = self._interaction(answers)
        typed: dict[str, str] = defaultdict(lambda: "words")
        press = InteractionContext(interaction, self._walk.demo.now, self._person, id, word, (id,), typed)
        handler, _ = services.router._handlers[verb]
        with suppress(Refusal, IndexError):
            await handler(press)
        self.pressed += 1
        return self.leaked(" ".join(text for one in answers.cards for text in texts(one)), verb)

    def _interaction(self, answers: "Taken") -> Interaction:
        demo = self._walk.demo
        guild = demo.bot.get_guild(demo.server.id)
        user = SimpleNamespace(
            id=self._member.id,
            name="mo",
            display_name="Mo",
            joined_at=None,
            bot=False,
            mention="",
            guild=guild,
        )
        return cast(
            Interaction,
            SimpleNamespace(
                extras={reply._KEY: answers},
                guild_id=demo.server.id,
                guild=guild,
                user=user,
                client=demo.bot,
                channel_id=demo.general.id,
                channel=guild.get_channel(demo.general.id),
                permissions=discord.Permissions(manage_guild=True),
                locale=discord.Locale.british_english,
                data={},
                message=None,
                created_at=demo.now,
            ),
        )


class Taken(Answers):
    """Remembers cards and also forms, because a form that opens filled in shows text too."""

    async def ask(self, form: object, then: Card | None) -> None:
        self.cards += [cast(Card, one) for one in (form, then) if one is not None]


def texts(part: object) -> Iterator[str]:
    """Yield every text in a card or a form."""
    match part:
        case str():
            yield part
        case bytes():
            yield part.decode("utf-8", "replace")
        case dict():
            yield from texts(list(part.values()))
        case list() | tuple():
            for one in part:
                yield from texts(one)
        case Struct():
            for name in part.__struct_fields__:
                yield from texts(getattr(part, name))


def ids(state: Path) -> list[str]:
    """Return the id of every row and of every person in the database."""
    with open_file(state / "plumbline.db") as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: set[str] = set()
        for table in tables:
            columns = [row[1] for row in book.execute(f'PRAGMA table_info("{table}")')]
            if "id" in columns:
                found |= {str(id) for (id,) in book.execute(f'SELECT id FROM "{table}"')}
    return sorted(found)


async def presser(walk: Walk, state: Path, name: str) -> Presser:
    demo = walk.demo
    member = await demo.member(name, moderator=True)
    await demo.slash(member, "inbox")
    discord_user = DiscordUser(member.id, str(member.user.global_name), ServerId(demo.server.id))
    return Presser(walk, state, member, await demo.bot.services.people.meet(discord_user, demo.now))
