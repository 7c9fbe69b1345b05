"""`/inbox`, and the button `Open` of every message, in `/inbox` and in direct messages."""

from collections.abc import Sequence

from discord import app_commands
from discord.ext import commands

from bot.delivery.outbox import MessageState, OutboxMessage
from bot.errors import NotYours
from bot.services import Services
from bot.ui import labels
from bot.ui.context import Interaction, InteractionContext
from bot.ui.custom_id import to
from bot.ui.inbox import InboxEntry
from cogs.me.inbox import cards, strings

_STANDS = (MessageState.WAITING, MessageState.SENT, MessageState.DMS_CLOSED)


class InboxCog(commands.Cog):
    """Lists what waits, and gives each message to the cog that opens it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def register(self, services: Services) -> None:
        services.router.handle("inbox.show", self.show)
        services.router.handle("inbox.open", self.open)

    @app_commands.command(name=strings.COMMAND, description=strings.INBOX)
    async def inbox(self, interaction: Interaction) -> None:
        await self._show(await self._services.router.admit(interaction), 0)

    async def show(self, ctx: InteractionContext) -> None:
        if ctx.argument and not ctx.argument.isdecimal():
            raise NotYours
        await self._show(ctx, int(ctx.argument or 0))

    async def open(self, ctx: InteractionContext) -> None:
        """Open the card of a message. If it has closed, or the other person has left, say so."""
        message = await self._services.messages.get(ctx.person, ctx.argument)
        other, server = message.other, message.server
        if other and server and not await self._services.membership.still_here(server, other):
            # The check has ended what the two had in that server, and closed the message.
            message = await self._services.messages.get(ctx.person, ctx.argument)
        if message.state not in _STANDS:
            await ctx.add(cards.closed(await self._describe(message)))
            return
        try:
            await self._services.inbox.open(ctx, message)
        except NotYours:
            # The message is theirs, but what it is about was deleted, so the message is closed like any
            # other.
            await self._services.messages.close(ctx.person, message.subject, ctx.now)
            await ctx.add(cards.closed(await self._describe(message)))

    async def _show(self, ctx: InteractionContext, page: int) -> None:
        messages = await self._services.messages.show(ctx.person, ctx.now)
        entries = [
            InboxEntry(await self._describe(message), to("inbox.open", message.id)) for message in messages
        ]
        others: Sequence[InboxEntry] = await self._services.inbox.others(ctx.person, ctx.now)
        await ctx.show(cards.inbox([*entries, *others], page))

    async def _describe(self, message: OutboxMessage) -> str:
        label = None
        if message.other is not None and message.server is not None:
            person, other = message.person, message.other
            label = await self._services.people.called(person, message.server, other, message.made_at)
        return self._services.inbox.describe(message, labels.name(label or ""))
