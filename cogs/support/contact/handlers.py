"""The handlers of the reminder of `/contact`. If there is no database, they say so plainly."""

from bot.contact.service import READY
from bot.delivery.outbox import OutboxMessage
from bot.errors import Refusal
from bot.logs import get_logger
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.dm_gateway import Whisper
from cogs.support.contact import cards, strings
from cogs.support.whereabouts import Whereabouts

log = get_logger(__name__)


class ContactHandlers:
    """`/contact` needs no person. A reminder does, because it will be a direct message to them."""

    def __init__(self, services: Services, whereabouts: Whereabouts) -> None:
        self._router = services.router
        self._contact = services.contact
        self._texts = services.library.contact
        self._whereabouts = whereabouts

    def register(self, services: Services) -> None:
        services.router.handle("contact.remind", self.remind, stateless=True)
        services.dm_gateway.renders(READY, Whisper.READY)
        services.inbox.opens(READY, self.open_line, lambda _line, _other: strings.ENTRY)

    async def remind(self, ctx: InteractionContext) -> None:
        country = self._whereabouts.named(ctx.argument)
        try:
            known = await self._router.admit(ctx.interaction)
            at = await self._contact.remind(known.person, ctx.now)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a lost database raises, say what helps
            log.warning("A reminder could not be kept", error=error)
            await ctx.show(cards.cannot(country))
            return
        await ctx.show(cards.is_set(at, country))

    async def open_line(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._contact.read(ctx.person, message.subject, ctx.now)
        await ctx.add(cards.ready(self._texts))
