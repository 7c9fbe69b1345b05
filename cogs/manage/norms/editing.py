"""The handlers for editing the draft: writing, changing, ordering and retiring norms."""

from collections.abc import Mapping, Sequence

from bot.errors import TooMany
from bot.norms.errors import NormGone, OverTaken
from bot.norms.models import NORMS_AT_MOST
from bot.norms.queries import NormDesk
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.manage.norms import forms, strings
from cogs.manage.norms.cards import edit as cards
from cogs.manage.norms.home import NormsHome, here


class NormEditing:
    """Stores what is typed in the draft at once. If that is not possible, shows it with the reason."""

    def __init__(self, services: Services, home: NormsHome) -> None:
        self._library = services.library
        self._drafting = services.norms.drafts
        self._home = home

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.edit": self.all,
            "manage.norm": self.one,
            "manage.write": self.write,
            "manage.wrote": self.wrote,
            "manage.ask": self.ask,
            "manage.asked": self.asked,
            "manage.up": self.up,
            "manage.down": self.down,
            "manage.retire": self.retire,
            "manage.retired": self.retired,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def all(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.norms(await self._home.desk(ctx)))

    async def one(self, ctx: InteractionContext) -> None:
        """Show one norm, chosen in the select or named by a button."""
        key = ctx.chosen[0] if ctx.chosen else ctx.argument
        await ctx.show(_card(await self._home.desk(ctx), key))

    async def write(self, ctx: InteractionContext) -> None:
        """Open the form, filled in with the norm that the button names, or empty for a new norm."""
        if ctx.argument:
            one = await self._drafting.norm(here(ctx), ctx.argument, ctx.now)
            await ctx.ask(forms.norm(self._library, one))
            return
        desk = await self._home.desk(ctx)
        if len(desk.draft.norms) >= NORMS_AT_MOST:
            await _show(ctx, cards.full({}))
            return
        await ctx.ask(forms.norm(self._library, None))

    async def wrote(self, ctx: InteractionContext) -> None:
        await self._say(ctx, forms.parts(ctx.typed))

    async def ask(self, ctx: InteractionContext) -> None:
        one = await self._drafting.norm(here(ctx), ctx.argument, ctx.now)
        await ctx.ask(forms.question(self._library, one))

    async def asked(self, ctx: InteractionContext) -> None:
        """Store the question of a norm.

        Raises NormGone if the norm is gone, since a question alone is no norm.
        """
        await self._drafting.norm(here(ctx), ctx.argument, ctx.now)
        await self._say(ctx, {"question": ctx.typed.get("question", "").strip()})

    async def up(self, ctx: InteractionContext) -> None:
        await self._move(ctx, up=True)

    async def down(self, ctx: InteractionContext) -> None:
        await self._move(ctx, up=False)

    async def retire(self, ctx: InteractionContext) -> None:
        desk = await self._home.desk(ctx)
        one = await self._drafting.norm(here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.retiring(desk, one))

    async def retired(self, ctx: InteractionContext) -> None:
        """Retire the norm. After a second press nothing more changes."""
        desk = await self._drafting.retire(ctx.person, here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.norms(desk, strings.RETIRED))

    # -- inside ---------------------------------------------------------------------------------

    async def _say(self, ctx: InteractionContext, parts: Mapping[str, str]) -> None:
        server, key = here(ctx), ctx.argument
        try:
            desk = await self._drafting.write(
                ctx.person, server, key, parts, ctx.now, seen=ctx.word
            )  # fmt: skip
        except TooMany:
            await _show(ctx, cards.full(parts))
        except OverTaken:
            one = await self._drafting.norm(server, key, ctx.now)
            await _show(ctx, cards.changed(one, parts))
        else:
            await ctx.show(_card(desk, key, strings.NORM_FRESH))

    async def _move(self, ctx: InteractionContext, *, up: bool) -> None:
        server, key = here(ctx), ctx.argument
        desk = await self._drafting.move(
            ctx.person, server, key, ctx.now, up=up, seen=ctx.word
        )  # fmt: skip
        await ctx.show(_card(desk, key))


def _card(desk: NormDesk, key: str, notice: str = "") -> Card:
    one = next((norm for norm in desk.draft.norms if norm.key == key), None)
    if one is None:
        raise NormGone
    return cards.norm(desk, one, notice)


async def _show(ctx: InteractionContext, shown: Sequence[Card]) -> None:
    await ctx.show(shown[0])
    for card in shown[1:]:
        await ctx.add(card)
