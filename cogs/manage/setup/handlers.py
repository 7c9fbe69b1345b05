"""The handlers of `/manage setup`."""

from msgspec.structs import replace

from bot.content.packs import Pack
from bot.errors import NotYours
from bot.norms.drafts import mark, of_pack
from bot.servers.models import Server
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.router import Handler
from cogs.manage.local.cards import local
from cogs.manage.norms.home import here
from cogs.manage.setup import strings
from cogs.manage.setup.cards.country import ROLE, YES, closing
from cogs.manage.setup.cards.packs import preview
from cogs.manage.setup.cards.part import CHANNEL, COUNTRY, PACK, Mode
from cogs.manage.setup.cards.step import PARTS, step
from cogs.manage.setup.cards.summary import summary
from cogs.manage.setup.choices import Choosing, choosings, under_18, without_role
from cogs.manage.setup.here import Here
from cogs.manage.setup.state import SetupState
from cogs.manage.setup.trial import Trial


class SetupHandlers:
    """Leads through the steps and then shows a summary. Each choice is stored at once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._library = services.library
        self._servers = services.servers
        self._drafting = services.norms.drafts
        self._trial = Trial(services)
        self._state = SetupState(services)

    def register(self, services: Services) -> None:
        self._trial.register(services)
        for verb, handler in {
            "manage.step": self.step,
            "manage.summary": self.summary,
            "manage.change": self.change,
            "manage.set_minors": self.minors,
            "manage.set_adults": self.adults,
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

    async def change(self, ctx: InteractionContext) -> None:
        """Show the part that was chosen in the summary, alone."""
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if chosen not in strings.CHANGES:
            raise NotYours
        if chosen == strings.LOCAL:
            await ctx.show(local(self._servers.local.of(here(ctx))))
            return
        await ctx.show(await self._step(ctx, int(chosen), Mode.ALONE))

    async def minors(self, ctx: InteractionContext) -> None:
        """Store whether there are members under 18.

        A role must be chosen before anything is stored. Closing what is for adults ends what members have
        with each other for good, so a choice in a select is not enough for it.
        """
        server, mode = here(ctx), _mode(ctx.argument)
        answer = under_18(ctx.chosen[0] if ctx.chosen else ctx.word)
        current = await self._servers.settings(server)
        if answer == ROLE:
            await self._ask_role(ctx, mode)
            return
        if ctx.chosen and answer == YES and not current.minors:
            await ctx.show(closing(mode))
            return
        await self._servers.change(server, ctx.person, ctx.now, without_role(answer))
        await ctx.show(await self._step(ctx, COUNTRY, mode))

    async def adults(self, ctx: InteractionContext) -> None:
        """Store the role of the adults, which opens asks, pods and pairs for those who have it."""
        server, mode = here(ctx), _mode(ctx.argument)
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if not chosen.isdecimal():
            raise NotYours
        if int(chosen) == server:
            await self._ask_role(ctx, mode, strings.AGE_EVERYONE)
            return
        if not self._services.server_lookup.has_role(server, int(chosen)):
            raise NotYours
        values = {"minors": False, "adult_role": int(chosen)}
        await self._servers.change(server, ctx.person, ctx.now, values)
        await ctx.show(await self._step(ctx, COUNTRY, mode))

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
            await self._servers.change(server, ctx.person, ctx.now, values)
            await ctx.show(await self._step(ctx, one.part, mode))

        return choose

    async def _ask_role(self, ctx: InteractionContext, mode: Mode, notice: str = "") -> None:
        """Ask for the role of the adults, unless one is chosen already. Nothing is stored."""
        now = await self._here(ctx)
        asks = now.settings.adult_role is None or bool(notice)
        await ctx.show(step(COUNTRY, self._library, replace(now, asks_role=asks), mode, notice))

    async def _step(self, ctx: InteractionContext, number: int, mode: Mode, notice: str = "") -> Card:
        return step(number, self._library, await self._here(ctx), mode, notice)

    async def _here(self, ctx: InteractionContext) -> Here:
        return await self._state.of(ctx)

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
