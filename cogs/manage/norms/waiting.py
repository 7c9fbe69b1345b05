"""What members sent to this moderator; what was not sent to them is never shown nor counted."""

from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms.cards import waiting as cards
from cogs.manage.norms.home import here


class Waiting:
    """One a page, the oldest first."""

    def __init__(self, services: Services) -> None:
        self._inbox = services.norms.inbox

    def register(self, services: Services) -> None:
        services.router.handle("manage.waiting", self.show, moderators=True)
        services.router.handle("manage.done", self.done, moderators=True)

    async def show(self, ctx: InteractionContext) -> None:
        """The one that a button names; else the first."""
        letters = await self._inbox.waiting(ctx.person, here(ctx))
        if not letters:
            await ctx.show(cards.nothing())
            return
        ids = [letter.note.id for letter in letters]
        named = ctx.argument in ids
        at = ids.index(ctx.argument) if named else 0
        await ctx.show(cards.letter(letters, at, ctx.word if named else ""))

    async def done(self, ctx: InteractionContext) -> None:
        """Seen to; a second press finds it so. The next one is shown, or the last that is left."""
        await self._inbox.done(ctx.person, here(ctx), ctx.argument, ctx.now)
        letters = await self._inbox.waiting(ctx.person, here(ctx))
        await ctx.show(cards.letter(letters, 0, "") if letters else cards.nothing())
