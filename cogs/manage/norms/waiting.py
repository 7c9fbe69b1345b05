"""The handlers for notes that were sent to this moderator. Other notes are neither shown nor counted."""

from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms.cards import waiting as cards
from cogs.manage.norms.home import here


class Waiting:
    """Shows one note on each page, the oldest first."""

    def __init__(self, services: Services) -> None:
        self._inbox = services.norms.inbox

    def register(self, services: Services) -> None:
        services.router.handle("manage.waiting", self.show, moderators=True)
        services.router.handle("manage.done", self.done, moderators=True)

    async def show(self, ctx: InteractionContext) -> None:
        """Show the note that the button names, or else the oldest one."""
        letters = await self._inbox.waiting(ctx.person, here(ctx))
        if not letters:
            await ctx.show(cards.nothing())
            return
        ids = [letter.note.id for letter in letters]
        named = ctx.argument in ids
        at = ids.index(ctx.argument) if named else 0
        await ctx.show(cards.letter(letters, at, ctx.word if named else ""))

    async def done(self, ctx: InteractionContext) -> None:
        """Mark a note as done, and show the oldest of the others. A second press changes nothing."""
        await self._inbox.done(ctx.person, here(ctx), ctx.argument, ctx.now)
        letters = await self._inbox.waiting(ctx.person, here(ctx))
        await ctx.show(cards.letter(letters, 0, "") if letters else cards.nothing())
