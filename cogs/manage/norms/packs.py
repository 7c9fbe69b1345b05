"""The handlers for packs: looking at them, and taking one into the draft."""

from bot.content.packs import Pack
from bot.errors import NotYours
from bot.norms.drafts import mark, of_pack
from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms import strings
from cogs.manage.norms.cards import packs as cards
from cogs.manage.norms.home import NormsHome, here


class Packs:
    """Shows packs.

    Taking one replaces the norms in the draft; if there are any, the moderator is asked first.
    """

    def __init__(self, services: Services, home: NormsHome) -> None:
        self._packs = services.library.packs
        self._drafting = services.norms.drafts
        self._home = home

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.packs": self.packs,
            "manage.pack": self.pack,
            "manage.pack_norm": self.pack_norm,
            "manage.take": self.take,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def packs(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.packs(self._packs.values()))

    async def pack(self, ctx: InteractionContext) -> None:
        """Show one pack, chosen in the select or named by a button with a page."""
        await ctx.show(cards.pack(self._found(ctx.chosen[0] if ctx.chosen else ctx.argument), ctx.word))

    async def pack_norm(self, ctx: InteractionContext) -> None:
        one = self._found(ctx.argument)
        chosen = ctx.chosen[0] if ctx.chosen else ""
        number = int(chosen) if chosen.isdecimal() else 0
        if not 1 <= number <= len(one.norms):
            raise NotYours
        await ctx.show(cards.pack_norm(one, of_pack(one)[number - 1], number))

    async def take(self, ctx: InteractionContext) -> None:
        """Take a pack into the draft. A second press shows the result again.

        The word of the custom_id is the mark of the draft that the moderator agreed to replace.
        """
        one, desk = self._found(ctx.argument), await self._home.desk(ctx)
        there, norms = desk.draft.norms, of_pack(one)
        if there and there != norms and ctx.word != mark(there):
            await ctx.show(cards.replaces(one, desk, mark(there)))
            return
        await self._drafting.adopt(ctx.person, here(ctx), norms, ctx.now)
        await self._home.show(ctx, strings.TAKEN)

    def _found(self, code: str) -> Pack:
        if code not in self._packs:
            raise NotYours
        return self._packs[code]
