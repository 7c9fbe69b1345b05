"""Messages about asks: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks import notifications
from bot.asks.models import AskKind
from bot.content.helplines import SupportTopic
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.services import Services
from bot.ui import when
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import Describer, InboxEntry
from cogs.ask import strings
from cogs.ask.answer.handlers import AnswerHandlers
from cogs.ask.cards import start as cards
from cogs.ask.cards.wait import pause
from cogs.ask.wait_handlers import WaitHandlers
from cogs.shared.support import cards as support


class AskNotifications:
    """Registers every kind of message with the DM gateway and the inbox."""

    def __init__(self, services: Services, wait: WaitHandlers, answer: AnswerHandlers) -> None:
        self._services = services
        self._wait = wait
        self._answer = answer

    def register(self, services: Services) -> None:
        for kind, whisper, opener, sentence in (
            (notifications.ASKED, Whisper.ASKED, self.asked, strings.IN_ASKED),
            (notifications.AGAIN, Whisper.READY, self.asked, strings.IN_AGAIN),
            (notifications.CAME, Whisper.READY, self.of_asking, strings.IN_CAME),
            (notifications.CANT, Whisper.CHANGED, self.of_asking, strings.IN_CANT),
            (notifications.OVER, Whisper.READY, self.status, strings.IN_OVER),
            (notifications.NOBODY, Whisper.CHANGED, self.status, strings.IN_NOBODY),
            (notifications.UNREAD, Whisper.READY, self.status, strings.IN_UNREAD),
            (notifications.PAUSED, Whisper.CHANGED, self.paused, strings.IN_PAUSED),
        ):
            services.dm_gateway.renders(kind, whisper)
            services.inbox.opens(kind, opener, _describer(sentence))
        services.inbox.lists(self.waiting)

    async def asked(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._answer.open(ctx, message.subject)

    async def status(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._wait.card(ctx, message.subject))

    async def of_asking(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Open the ask that an AskRecipient belongs to. The message's subject is the AskRecipient's id."""
        status = await self._services.asks.status_of(ctx.person, message.subject, ctx.now)
        await ctx.add(await self._wait.card(ctx, status.ask.id))

    async def paused(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show the card that leads to talking in person, with a button for the answers that have come.

        If somebody may be in danger, show the number to call instead, and the helplines for right now.
        """
        status = await self._services.asks.status(ctx.person, message.subject, ctx.now)
        country = self._services.servers.country(status.ask.server)
        if status.danger:
            await self.status(ctx, message)
            await ctx.add(self._right_now(ctx, country))
            return
        ask = status.ask
        until = await self._services.asks.until(ctx.person, ask.id)
        aloud = "" if ask.kind is AskKind.NAMED else f"\n\n{strings.PAUSED_ALOUD}"
        lead = f"{pause(status, until)}{aloud}"
        came = ask.id if status.came else ""
        library = self._services.library
        await ctx.add(cards.talk(library, country, ask.server, kind=ask.kind, lead=lead, came=came))

    def _right_now(self, ctx: InteractionContext, country: str | None) -> Card:
        library = self._services.library
        page = library.support(country, SupportTopic.NOW)
        local = self._services.servers.local.of(ctx.server)
        return support.topic(library.support_texts, page, ctx.now, local)

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[InboxEntry]:
        """Return their drafts with text, and their sent asks with text.

        Asks with a listed message are left out.
        """
        drafts = [
            InboxEntry(strings.IN_DRAFT.format(until=when.day(until)), to("asks.draft", one.id))
            for one, until in await self._services.asks.drafts.written(person)
            if until is not None
        ]
        kept = await self._services.asks.kept(person)
        told = {message.subject for message in await self._services.messages.listed(person)} if kept else ()
        sent = [
            InboxEntry(strings.IN_ANSWERS.format(day=when.day(one.sent_at)), to("asks.show", one.id))
            for one in kept
            if one.sent_at is not None and one.id not in told
        ]
        return [*drafts, *sent]


def _describer(sentence: str) -> Describer:
    def describe(_line: OutboxMessage, other: str) -> str:
        return sentence.format(name=other)

    return describe
