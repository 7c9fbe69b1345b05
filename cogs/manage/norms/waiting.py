"""The handlers for notes that were sent to this moderator. Other notes are neither shown nor counted."""

from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.norms import notifications
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.dm_gateway import Whisper
from cogs.manage.norms import strings
from cogs.manage.norms.cards import waiting as cards
from cogs.manage.norms.home import here


class Waiting:
    """Shows one note on each page, the oldest first."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._inbox = services.norms.inbox

    def register(self, services: Services) -> None:
        services.router.handle("manage.waiting", self.show, moderators=True)
        services.router.handle("manage.done", self.done, moderators=True)
        services.router.handle("manage.notes_done", self.show_done, moderators=True)
        services.router.handle("manage.note_again", self.open_again, moderators=True)
        services.dm_gateway.renders(notifications.WAITS, Whisper.READY)
        services.inbox.opens(notifications.WAITS, self.told, lambda _message, _other: strings.IN_WAITS)

    async def told(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Say in a direct message where the note can be read, since only its server shows who moderates."""
        if message.server is None:
            raise NotYours
        server = message.server
        name = self._services.server_lookup.name(server)
        await ctx.add(cards.waits(name).within(self._services.servers.country(server)))
        await self._inbox.heard(ctx.person, message.subject, ctx.now)

    async def show(self, ctx: InteractionContext) -> None:
        """Show the note that the button names, or else the oldest one."""
        letters = await self._inbox.letters(ctx.person, here(ctx))
        await ctx.show(cards.waiting(letters, ctx.argument, ctx.word))

    async def show_done(self, ctx: InteractionContext) -> None:
        """Show the note among what is done that the button names, or else the oldest one."""
        letters = await self._inbox.letters(ctx.person, here(ctx))
        await ctx.show(cards.done(letters, ctx.argument, ctx.word))

    async def done(self, ctx: InteractionContext) -> None:
        """Mark a note as done, and show the oldest of the others. A second press changes nothing."""
        await self._inbox.done(ctx.person, here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.waiting(await self._inbox.letters(ctx.person, here(ctx))))

    async def open_again(self, ctx: InteractionContext) -> None:
        """Undo `Done`, and show the note among what is waiting."""
        await self._inbox.open_again(ctx.person, here(ctx), ctx.argument)
        await ctx.show(cards.waiting(await self._inbox.letters(ctx.person, here(ctx)), ctx.argument))
