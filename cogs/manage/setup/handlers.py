"""The handlers of `/manage setup`."""

from bot.content.packs import Pack
from bot.errors import NotYours
from bot.norms.drafts import mark, of_pack
from bot.servers.models import Server
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.router import Handler
from cogs.manage.norms.home import here
from cogs.manage.setup.cards.country import closing
from cogs.manage.setup.cards.packs import preview
from cogs.manage.setup.cards.part import CHANNEL, COUNTRY, PACK, Mode
from cogs.manage.setup.cards.step import PARTS, step
from cogs.manage.setup.cards.summary import summary
from cogs.manage.setup.choices import Choosing, choosings
from cogs.manage.setup.here import Here, Lacks
from cogs.manage.setup.trial import Trial


class SetupHandlers:
    """Leads through five steps and then shows a summary. Each choice is stored at once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._library = services.library
        self._servers = services.servers
        self._drafting = services.norms.drafts
        self._trial = Trial(services)

    def register(self, services: Services) -> None:
        self._trial.register(services)
        for verb, handler in {
            "manage.step": self.step,
            "manage.summary": self.summary,
            "manage.test": self.test,
            "manage.see_pack": self.see_pack,
            "manage.take_pack": self.take_pack,
        }.items():
            services.router.handle(verb, handler, moderators=True)
        for one in choosings(tuple(self._library.by_code), self._is_channel):
            services.router.handle(one.verb, self._chooses(one), moderators=True)

    async def begin(self, ctx: InteractionContext) -> None:
        """Show the first step, or the summary if anything was set before."""
        now = await self._here(ctx)
        await ctx.show(
            summary(self._library, now) if now.begun else step(COUNTRY, self._library, now, Mode.STEP)
        )

    async def step(self, ctx: InteractionContext) -> None:
        if ctx.argument not in {str(number) for number in PARTS}:
            raise NotYours
        await ctx.show(await self._step(ctx, int(ctx.argument), _mode(ctx.word)))

    async def summary(self, ctx: InteractionContext) -> None:
        await ctx.show(summary(self._library, await self._here(ctx)))

    async def test(self, ctx: InteractionContext) -> None:
        """Send one short test message to the channel for norms."""
        server, mode = here(ctx), _mode(ctx.argument)
        channel = (await self._servers.settings(server)).norms_channel
        told = "" if channel is None else await self._trial.send(ctx, server, channel)
        await ctx.show(await self._step(ctx, CHANNEL, mode, told))

    async def see_pack(self, ctx: InteractionContext) -> None:
        pack = self._pack(ctx.chosen[0] if ctx.chosen else "")
        await ctx.show(preview(pack, await self._here(ctx), _mode(ctx.argument)))

    async def take_pack(self, ctx: InteractionContext) -> None:
        """Take a pack into the draft, if the draft is as the card showed it. Otherwise show the card again.

        If the draft holds the pack already, as after a second press, nothing changes.
        """
        code, _, seen = ctx.argument.partition("-")
        pack, mode, now = self._pack(code), _mode(ctx.word), await self._here(ctx)
        norms = of_pack(pack)
        if now.desk.draft.norms != norms:
            if mark(now.desk.draft.norms) != seen:
                await ctx.show(preview(pack, now, mode))
                return
            await self._drafting.adopt(ctx.person, here(ctx), norms, ctx.now)
        if mode is Mode.ALONE:
            await self.summary(ctx)
        else:
            await ctx.show(await self._step(ctx, PACK + 1, mode))

    # -- inside ---------------------------------------------------------------------------------

    def _chooses(self, one: Choosing) -> Handler:
        async def choose(ctx: InteractionContext) -> None:
            server, mode = here(ctx), _mode(ctx.argument)
            current = await self._servers.settings(server)
            values = one.values(current, ctx.chosen[0] if ctx.chosen else ctx.word)
            if ctx.chosen and values.get("minors") and not current.minors:
                # Setting a server for minors ends what members have with each other for good, so a choice in
                # a select is not enough.
                await ctx.show(closing(mode))
                return
            await self._servers.change(server, ctx.person, ctx.now, values)
            await ctx.show(await self._step(ctx, one.part, mode))

        return choose

    async def _step(self, ctx: InteractionContext, number: int, mode: Mode, notice: str = "") -> Card:
        return step(number, self._library, await self._here(ctx), mode, notice)

    async def _here(self, ctx: InteractionContext) -> Here:
        server = here(ctx)
        settings = await self._servers.settings(server)
        desk = await self._drafting.desk(ctx.person, server, ctx.now)
        return Here(
            settings,
            desk,
            self._lacks(settings, settings.norms_channel),
            self._lacks(settings, settings.mods_channel),
            self._servers.local.of(server),
        )

    def _lacks(self, settings: Server, channel: int | None) -> Lacks:
        return None if channel is None else self._services.channel_permissions.lacks(settings.id, channel)

    def _is_channel(self, current: Server, channel: int) -> bool:
        return self._services.channel_permissions.lacks(current.id, channel) is not None

    def _pack(self, code: str) -> Pack:
        if code not in self._library.packs:
            raise NotYours
        return self._library.packs[code]


def _mode(word: str) -> Mode:
    if word not in set(Mode):
        raise NotYours
    return Mode(word)
