"""`/boundary`, and everything pressed on its cards."""

from discord import app_commands
from discord.ext import commands

from bot.errors import NotYours
from bot.ids import PersonId
from bot.services import Services
from bot.ui.look import Card
from bot.ui.picked import picked
from bot.ui.press import Interaction, Press
from cogs.me.boundary import cards, words


class BoundaryDesk(commands.Cog):
    """Translates `/boundary` to `services.boundaries`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._boundaries = services.boundaries

    def register(self, services: Services) -> None:
        for verb, handler in {
            "boundaries.add": self.open,
            "boundaries.show": self.show,
            "boundaries.choose": self.choose,
            "boundaries.chosen": self.chosen,
            "boundaries.names": self.names,
            "boundaries.lift": self.lift,
        }.items():
            services.router.handle(verb, handler)

    @app_commands.command(name=words.COMMAND, description=words.BOUNDARY)
    async def boundary(self, interaction: Interaction) -> None:
        await self.open(await self._services.router.admit(interaction))

    async def open(self, press: Press) -> None:
        """The card, beside the one on which it was pressed."""
        await press.add(await self._card(press))

    async def show(self, press: Press) -> None:
        await press.show(await self._card(press))

    async def choose(self, press: Press) -> None:
        if press.server is not None:
            await press.show(cards.choose())
            return
        common = await self._services.people.servers_of(press.person)
        guild = press.interaction.client.get_guild(common[0]) if len(common) == 1 else None
        await press.show(cards.only_in_a_server("" if guild is None else guild.name))

    async def chosen(self, press: Press) -> None:
        """The boundary is set by the choice itself: it holds once the answer shows."""
        whom = picked(press)
        if whom.self or whom.bot:
            await press.show(cards.not_with(words.YOURSELF if whom.self else words.A_BOT))
            return
        id = await self._boundaries.add(press.person, whom.passer, press.now)
        await press.show(cards.added(id, whom.passer.name))

    async def names(self, press: Press) -> None:
        if not press.argument.isdecimal():
            raise NotYours
        held = await self._boundaries.of(press.person)
        servers = await self._services.people.servers_of(press.person)
        if press.server is not None:
            # What somebody is called where one stands goes before what they are called elsewhere.
            servers = [*(server for server in servers if server != press.server), press.server]
        named: dict[PersonId, str] = {}
        for server in servers:
            named |= await self._services.people.names_in(server, [boundary.other for boundary in held])
        await press.show(cards.named(held, named, int(press.argument)))

    async def lift(self, press: Press) -> None:
        id = press.chosen[0] if press.chosen else press.argument
        await self._boundaries.lift(press.person, id)
        await press.show(await self._card(press, words.REMOVED))

    async def _card(self, press: Press, notice: str = "") -> Card:
        return cards.boundary(len(await self._boundaries.of(press.person)), notice)
