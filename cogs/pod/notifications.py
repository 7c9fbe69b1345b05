"""Messages about pods: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.delivery.outbox import OutboxMessage
from bot.ids import PersonId
from bot.pods.notifications import ENDED, JOINED
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import InboxEntry
from cogs.pod import cards, strings


class PodNotifications:
    """Messages that somebody joined a pod. Earlier versions also told that a tie has ended.

    About invitations no message is sent. They are only listed.
    """

    def __init__(self, services: Services) -> None:
        self._people = services.people
        self._pods = services.pods

    def register(self, services: Services) -> None:
        services.dm_gateway.renders(JOINED, Whisper.READY)
        services.dm_gateway.renders(ENDED, Whisper.CHANGED)
        services.inbox.opens(JOINED, self.joined, partial(_entry, strings.JOINED_ENTRY))
        services.inbox.opens(ENDED, self.ended, partial(_entry, strings.ENDED_ENTRY))
        services.inbox.lists(self.waiting)

    async def joined(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(cards.joined(await self._read(ctx, message), message.server))

    async def ended(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._read(ctx, message)
        await ctx.add(cards.ended(message.server))

    async def waiting(self, person: PersonId, now: datetime) -> Sequence[InboxEntry]:
        return [
            InboxEntry(cards.line(strings.INVITED_ENTRY, name), to("pods.see", one.id))
            for one, name in await self._pods.waiting(person, now)
        ]

    async def _read(self, ctx: InteractionContext, message: OutboxMessage) -> str:
        """Close the message. Return the other person's name, if it is known."""
        await self._pods.read(ctx.person, message.kind, message.subject, ctx.now)
        if message.server is None or message.other is None:
            return ""
        named = await self._people.called(ctx.person, message.server, message.other, message.made_at)
        return named or ""


def _entry(sentence: str, _line: OutboxMessage, other: str) -> str:
    """Return the text of an entry. `other` is the other person's label, escaped."""
    return sentence.format(name=other)
