"""Messages about terms: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.services import Services
from bot.terms import notifications
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import Describer, InboxEntry, Opener
from cogs.terms import strings
from cogs.terms.carry import strings as carrier_strings
from cogs.terms.carry.handlers import CarryHandlers
from cogs.terms.handlers import TermsHandlers


class TermsNotifications:
    """Registers every kind of message. About a question whether somebody would carry, none is sent."""

    def __init__(self, services: Services, keep: TermsHandlers, carry: CarryHandlers) -> None:
        self._terms = services.terms
        self._keep = keep
        self._carry = carry

    def register(self, services: Services) -> None:
        table: tuple[tuple[str, Whisper, Opener, str], ...] = (
            (notifications.AGREED, Whisper.READY, self.news, strings.IN_AGREED),
            (notifications.STOPPED, Whisper.CHANGED, self.news, strings.IN_STOPPED),
            (notifications.CAME, Whisper.READY, self.came, strings.IN_CAME),
            (notifications.LET, Whisper.READY, self.carried, carrier_strings.IN_LET),
            (notifications.CHANGED, Whisper.CHANGED, self.carried, carrier_strings.IN_CHANGED),
            (notifications.ENDED, Whisper.CHANGED, self.ended, carrier_strings.IN_ENDED),
        )
        for kind, whisper, opener, sentence in table:
            services.dm_gateway.renders(kind, whisper)
            services.inbox.opens(kind, opener, _describer(sentence))
        services.inbox.lists(self.waiting)

    async def news(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        card = await self._keep.home_card(ctx)
        await self._terms.carrying.close(ctx.person, message.subject, message.kind, ctx.now)
        await ctx.add(card)

    async def came(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._keep.came_card(ctx, message.subject))

    async def carried(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        for card in await self._carry.cards(ctx, message.subject):
            await ctx.add(card)

    async def ended(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._terms.carrying.close(ctx.person, message.subject, message.kind, ctx.now)
        await ctx.add(self._carry.taken_back())

    async def waiting(self, person: PersonId, now: datetime) -> Sequence[InboxEntry]:
        """Return what they were asked to carry, and what they carry. No message is sent about the first."""
        found = []
        for one in await self._terms.carrying.waiting(person, now):
            entry, verb = (
                (carrier_strings.IN_CARRIED, "terms.carried")
                if one.carrying.agreed
                else (carrier_strings.IN_ASKED, "terms.see")
            )
            found.append(InboxEntry(entry, to(verb, one.carrying.id)))
        return found


def _describer(sentence: str) -> Describer:
    def describe(_line: OutboxMessage, _other: str) -> str:
        return sentence

    return describe
