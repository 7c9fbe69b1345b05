"""`/support`, `/told`, `/callin`, `/contact`, and the verbs of `Support` and `Think it through`."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.content.callin import Setting
from bot.content.helplines import Country, SupportTopic
from bot.content.library import Library
from bot.errors import NotYours
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.router import InteractionRouter
from cogs.shared.support import cards
from cogs.support import strings
from cogs.support.callin import strings as callin_words
from cogs.support.callin.handlers import CallInHandlers
from cogs.support.contact import cards as contact_cards
from cogs.support.contact.handlers import ContactHandlers
from cogs.support.told import strings as told_words
from cogs.support.told.handlers import ToldHandlers
from cogs.support.whereabouts import Whereabouts

if TYPE_CHECKING:
    from bot.app import Plumbline


class SupportCog(commands.Cog):
    """Reads no database and knows no person.

    The server's country is in memory, and the press says all else.
    """

    def __init__(self, bot: "Plumbline") -> None:
        services = bot.services
        self._tree = bot.tree
        self._router: InteractionRouter = services.router
        self._library: Library = services.library
        self._whereabouts = Whereabouts(services.library, services.servers.country)
        self._local = services.servers.local.of
        self._told = ToldHandlers(services.library, self._whereabouts)
        self._callin = CallInHandlers(services.library.callin, self._whereabouts)
        self._reminder = ContactHandlers(services, self._whereabouts)
        self._menu = app_commands.ContextMenu(name=callin_words.MENU, callback=self.call_in)

    def register(self, services: Services) -> None:
        """Register the handlers.

        Verbs that open something answer with a new card; the others replace their card.
        """
        for part in (self._told, self._callin, self._reminder):
            part.register(services)
        for verb, handler in (
            ("support.open", self.open),
            ("support.home", self.home),
            ("support.door", self.topic),
            ("support.page", self.hurt_page),
            ("support.choices", self.choices),
            ("support.under18", self.under_18),
            ("support.countries", self.countries),
            ("support.country", self.country),
            ("think.open", self.think),
            ("think.page", self.think_page),
            ("contact.open", self.check_on),
            ("contact.back", self.contact_back),
            ("contact.choose", self.choose),
        ):
            services.router.handle(verb, handler, stateless=True)

    async def cog_load(self) -> None:
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self._tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name=strings.COMMAND, description=strings.DESCRIPTION)
    async def support(self, interaction: Interaction) -> None:
        await self.open(self._router.pass_by(interaction))

    @app_commands.command(name=told_words.COMMAND, description=told_words.DESCRIPTION)
    async def told(self, interaction: Interaction) -> None:
        await self._told.open(self._router.pass_by(interaction))

    @app_commands.command(name=callin_words.COMMAND, description=callin_words.DESCRIPTION)
    async def callin(self, interaction: Interaction) -> None:
        await self._callin.open(self._router.pass_by(interaction), Setting.NOW)

    async def call_in(self, interaction: Interaction, message: discord.Message) -> None:
        """Handle the message menu, which is for messages that somebody else wrote."""
        own = message.author.id == interaction.user.id
        await self._callin.open_on(self._router.pass_by(interaction), own=own)

    @app_commands.command(name=strings.CONTACT_COMMAND, description=strings.CONTACT)
    async def contact(self, interaction: Interaction) -> None:
        await self.check_on(self._router.pass_by(interaction))

    async def open(self, ctx: InteractionContext) -> None:
        """Show the four topics on a new card."""
        await ctx.add(self._home(self._whereabouts.given(ctx)))

    async def home(self, ctx: InteractionContext) -> None:
        await ctx.show(self._home(self._whereabouts.named(ctx.argument)))

    async def topic(self, ctx: InteractionContext) -> None:
        await self._show(ctx, self._whereabouts.named(ctx.argument), self._topic(ctx.word))

    async def hurt_page(self, ctx: InteractionContext) -> None:
        """Show a page behind `I was hurt`."""
        country = self._whereabouts.named(ctx.argument)
        try:
            card = cards.hurt_page(self._library.support_texts, ctx.word, country)
        except KeyError:
            raise NotYours from None
        await ctx.show(card)

    async def choices(self, ctx: InteractionContext) -> None:
        """Show the helplines for somebody who was hurt on a new card. Version 0.1 had its button, too."""
        country = self._whereabouts.given(ctx)
        page, local = self._library.support(country.code, SupportTopic.HURT), self._local(ctx.server)
        await ctx.add(cards.topic(self._library.support_texts, page, ctx.now, local))

    async def under_18(self, ctx: InteractionContext) -> None:
        """Show the helplines for people under 18 on a new card, or in place if they come back to it.

        Without a country in the press, use the server's.
        """
        country = self._whereabouts.named(ctx.argument) if ctx.argument else self._whereabouts.here(ctx)
        page = self._library.under_18(country.code)
        local = self._local(ctx.server)
        card = cards.under_18(self._library.support_texts, page, ctx.now, local)
        await (ctx.show(card) if ctx.word == cards.IN_PLACE else ctx.add(card))

    async def countries(self, ctx: InteractionContext) -> None:
        back_to = ctx.word if ctx.word == cards.HOME else self._topic(ctx.word)
        card = cards.change(self._whereabouts.named(ctx.argument), back_to, self._library.countries())
        await ctx.show(card)

    async def country(self, ctx: InteractionContext) -> None:
        """Take the chosen country, and show the page where they were with it."""
        country = self._whereabouts.named(ctx.chosen[0] if ctx.chosen else "")
        if ctx.argument == cards.HOME:
            await ctx.show(self._home(country))
            return
        await self._show(ctx, country, self._topic(ctx.argument))

    async def think(self, ctx: InteractionContext) -> None:
        await ctx.add(cards.think(self._library.think, 1))

    async def think_page(self, ctx: InteractionContext) -> None:
        numbers = {str(number): number for number in range(1, len(self._library.think.pages) + 1)}
        if ctx.argument not in numbers:
            raise NotYours
        await ctx.show(cards.think(self._library.think, numbers[ctx.argument]))

    async def check_on(self, ctx: InteractionContext) -> None:
        """Show "Which is true?" on a new card."""
        await ctx.add(contact_cards.contact(self._library.contact, self._whereabouts.given(ctx)))

    async def contact_back(self, ctx: InteractionContext) -> None:
        await ctx.show(contact_cards.contact(self._library.contact, self._whereabouts.named(ctx.argument)))

    async def choose(self, ctx: InteractionContext) -> None:
        try:
            chosen = self._library.contact.choice(ctx.argument)
        except KeyError:
            raise NotYours from None
        await ctx.show(contact_cards.turn(chosen, self._whereabouts.named(ctx.word)))

    async def _show(self, ctx: InteractionContext, country: Country, topic: SupportTopic) -> None:
        """Show the helplines of that topic, and below them those of this server."""
        page, local = self._library.support(country.code, topic), self._local(ctx.server)
        await ctx.show(cards.topic(self._library.support_texts, page, ctx.now, local))

    def _home(self, country: Country) -> Card:
        return cards.home(self._library.support_texts, country, self._library.countries())

    def _topic(self, word: str) -> SupportTopic:
        try:
            return SupportTopic(word)
        except ValueError:
            raise NotYours from None


async def setup(bot: "Plumbline") -> None:
    cog = SupportCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
