"""Passes every button, select and form to its handler, and turns every error into a card."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

import discord
from discord import app_commands
from msgspec.structs import replace

from bot.errors import NotYours, Refusal, TooLong
from bot.ids import PersonId, ServerId
from bot.logs import get_logger
from bot.people.errors import UnderEighteen
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.servers.errors import NotAModerator
from bot.servers.service import Servers
from bot.storage.unavailable import StorageUnavailable
from bot.text import storable
from bot.ui import ages, strings
from bot.ui.components import Card, Said, pages
from bot.ui.context import Interaction, InteractionContext
from bot.ui.custom_id import CustomId
from bot.ui.form import typed
from bot.ui.reply import InteractionReply
from bot.ui.under_way import UnderWay

log = get_logger(__name__)

Handler = Callable[[InteractionContext], Awaitable[None]]
StandIn = Callable[[InteractionContext], Awaitable[bool]]
"""Answers while the database can't be used, for an account of which it knows from memory. Returns whether it
has."""
R = TypeVar("R", bound=Refusal)
_ENTERING = (discord.InteractionType.component, discord.InteractionType.modal_submit)


class Audience(Enum):
    """Whom a verb answers: anybody, anybody without knowing them, or only moderators."""

    ANYONE = "anyone"
    STATELESS = "stateless"
    MODERATORS = "moderators"


class InteractionRouter:
    """Cogs register a handler for each verb and a card for each Refusal. None may be missing."""

    def __init__(
        self, people: People, servers: Servers, now: Callable[[], datetime], longest: Callable[[str], int]
    ) -> None:
        """`longest`: how many characters the field of a form takes, by its key."""
        self._people = people
        self._servers = servers
        self._now = now
        self._longest = longest
        self.under_way = UnderWay()
        self._handlers: dict[str, tuple[Handler, Audience]] = {}
        self._stand_ins: dict[str, StandIn] = {}
        self._sentences: dict[type[Refusal], Callable[[Any], Card]] = {}

    # -- what cogs register -----------------------------------------------------------------------

    def handle(
        self, verb: str, handler: Handler, *, stateless: bool = False, moderators: bool = False
    ) -> None:
        """Let `handler` answer `verb`.

        stateless: it gets no person and needs no database. moderators: it answers only those who have Manage
        Server in the current server.
        """
        if verb in self._handlers:
            raise ValueError(f"two handlers for {verb}")
        entry = Audience.STATELESS if stateless else Audience.MODERATORS if moderators else Audience.ANYONE
        self._handlers[verb] = (handler, entry)

    def stands_in(self, verb: str, stand_in: StandIn) -> None:
        """Let `stand_in` try to answer a verb when its handler can't, because the database can't be used.

        It gets no person, because nobody can be looked up. A verb needs its own handler all the same.
        """
        if verb in self._stand_ins:
            raise ValueError(f"two stand for {verb}")
        self._stand_ins[verb] = stand_in

    def explains(self, refusal: type[R], card: Callable[[R], Card]) -> None:
        """Register the card that is shown for a Refusal."""
        self._sentences[refusal] = card

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(self._handlers)

    def explained(self, refusal: type[Refusal]) -> bool:
        return refusal in self._sentences

    # -- what Discord sends ---------------------------------------------------------------------

    async def on_interaction(self, interaction: Interaction) -> None:
        """Handle presses and submitted forms. This is a listener of discord.py. Commands come by `admit`."""
        if interaction.type not in _ENTERING:
            return
        data: dict[str, Any] = dict(interaction.data or {})
        InteractionReply.to(interaction)
        try:
            await self._answer(interaction, data)
        except Exception as error:  # noqa: BLE001 - the one place where every error becomes a sentence
            await self.explain(interaction, error, typed(data))

    async def on_command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Answer an error that a command raised. discord.py's command tree calls this."""
        await self.explain(interaction, error)

    async def admit(
        self, interaction: Interaction, *, moderators: bool = False, adults_only: bool = False
    ) -> InteractionContext:
        """Return the context of a command. Whoever gave it is met as a person, and may be new."""
        InteractionReply.to(interaction)
        person = await self._meet(interaction)
        ctx = InteractionContext(interaction, self._now(), person)
        await self._see_role(ctx)
        if moderators:
            await self._moderates(ctx)
        if adults_only:
            await self.require_adult(ctx)
        return ctx

    async def command(self, interaction: Interaction, handler: Handler, stand_in: StandIn) -> None:
        """Let `handler` answer a command, and `stand_in` if the database can't be used."""
        try:
            await handler(await self.admit(interaction))
        except StorageUnavailable:
            if not await stand_in(self.pass_by(interaction)):
                raise

    def pass_by(self, interaction: Interaction) -> InteractionContext:
        """Return the context of a command that stores nothing and needs no person."""
        return InteractionContext(interaction, self._now())

    async def young(self, ctx: InteractionContext) -> bool:
        """Whether they said that they are under 18, or are in a server where members may be. Meets nobody."""
        if await self._for_minors(ctx):
            return True
        person = await self._people.of_account(ctx.interaction.user.id)
        return person is not None and await self._people.is_minor(person)

    def refusal(self, refused: Refusal) -> Card:
        """Return the card for a Refusal, for a handler that adds something to it."""
        kind = next(kind for kind in type(refused).__mro__ if kind in self._sentences)
        card: Card = self._sentences[kind](refused)
        return card

    async def _answer(self, interaction: Interaction, data: dict[str, Any]) -> None:
        route = CustomId.read(str(data.get("custom_id", "")))
        found = None if route is None else self._handlers.get(route.verb)
        if route is None or found is None:
            raise NotYours
        handler, entry = found
        written = typed(data)
        self._require_short(written)
        chosen = tuple(str(value) for value in data.get("values", ()))
        ctx = InteractionContext(interaction, self._now(), None, route.argument, route.word, chosen, written)
        if entry is Audience.STATELESS:
            await handler(ctx)
            return
        try:
            await handler(await self._admitted(ctx, entry, route.verb))
        except StorageUnavailable:
            stand_in = self._stand_ins.get(route.verb)
            if stand_in is None or not await stand_in(ctx):
                raise

    async def _admitted(self, ctx: InteractionContext, entry: Audience, verb: str) -> InteractionContext:
        """Return the context with the person who acted, if they may use this verb."""
        known = replace(ctx, who=await self._meet(ctx.interaction))
        await self._see_role(known)
        if entry is Audience.MODERATORS:
            await self._moderates(known)
        if ages.for_adults(verb):
            await self.require_adult(known)
        return known

    async def _meet(self, interaction: Interaction) -> PersonId:
        await self.under_way.begin(interaction.user.id)
        return await self._people.meet(discord_user(interaction.user, interaction.guild_id), self._now())

    def _require_short(self, written: dict[str, str]) -> None:
        """Raises TooLong. A text that is longer than its form allows might fit on no card."""
        for key, text in written.items():
            if len(text) > (most := self._longest(key)):
                raise TooLong(most)

    async def _see_role(self, ctx: InteractionContext) -> None:
        """Record whether they have the adults' role of the server in which they press, if it has one."""
        role = self._servers.adult_role(ctx.server)
        if ctx.server is not None and role is not None:
            await self._servers.adults.seen(ctx.server, ctx.person, role, holds=ctx.has_role(role))

    async def require_adult(self, ctx: InteractionContext) -> None:
        """Raises UnderEighteen for people who said so, and in servers that are set for minors."""
        if await self._for_minors(ctx) or await self._people.is_minor(ctx.person):
            raise UnderEighteen

    async def _for_minors(self, ctx: InteractionContext) -> bool:
        return ctx.server is not None and (await self._servers.settings(ctx.server)).minors

    async def _moderates(self, ctx: InteractionContext) -> None:
        """Raises NotAModerator. Who moderates a server is learned only here."""
        if ctx.server is None or not ctx.moderates:
            if ctx.server is not None:
                await self._servers.seen_without(ctx.server, ctx.person)
            raise NotAModerator
        await self._servers.seen_moderating(ctx.server, ctx.person, ctx.now)

    # -- what goes wrong ------------------------------------------------------------------------

    async def explain(
        self, interaction: Interaction, error: Exception, written: dict[str, str] | None = None
    ) -> None:
        """Turn an error into a card. It includes what was typed into a form, so that nothing is lost."""
        if isinstance(error, app_commands.CommandInvokeError) and isinstance(error.original, Exception):
            error = error.original
        for card in self._cards(error, written or {}):
            await InteractionReply.to(interaction).add(card)

    def _cards(self, error: Exception, written: dict[str, str]) -> list[Card]:
        spoken = pages([(strings.YOU_WROTE, text) for text in written.values()])
        if isinstance(error, Refusal):
            for kind in type(error).__mro__:
                if kind in self._sentences:
                    return _with(self._sentences[kind](error), spoken)
        if isinstance(error, StorageUnavailable):
            # `Database` has logged it, and nobody needs to report it.
            text = strings.CANNOT_SAVE if error.saving else strings.CANNOT_LOOK_UP
            return _with(Card(strings.CANNOT_TITLE, text), spoken)
        error_id = secrets.token_hex(4)
        log.failure("An interaction failed", error, error_id=error_id)
        text = f"{strings.WENT_WRONG}\n\n{strings.ERROR_ID.format(id=error_id)}"
        return _with(Card(strings.WENT_WRONG_TITLE, text), spoken)


def discord_user(user: discord.User | discord.Member, guild_id: int | None) -> DiscordUser:
    """Return an account, with the name that it has in this server."""
    server = None if guild_id is None else ServerId(guild_id)
    return DiscordUser(user.id, storable(user.display_name), server, storable(user.name))


def _with(card: Card, spoken: list[list[Said]]) -> list[Card]:
    """Return the card with what they typed below it, on several cards if it is long.

    Each can be closed: a refusal may say what somebody beside them should not see.
    """
    return [replace(card, said=page, close=True) for page in spoken]
