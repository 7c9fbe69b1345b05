"""Messages about pairs: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.pairs import notifications
from bot.pairs.queries import PairView
from bot.services import Services
from bot.ui import when
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import Describer, InboxEntry, Opener
from cogs.pair import cards, strings
from cogs.pair.check.handlers import CheckInHandlers
from cogs.pair.handlers import PairHandlers
from cogs.pair.wording import name


class PairNotifications:
    """Registers every kind of message with the DM gateway and the inbox."""

    def __init__(self, services: Services, keep: PairHandlers, check: CheckInHandlers) -> None:
        self._services = services
        self._pairs = services.pairs
        self._keep = keep
        self._check = check

    def register(self, services: Services) -> None:
        table: tuple[tuple[str, Whisper, Opener, str], ...] = (
            (notifications.CHECK_IN, Whisper.READY, self.check_in, strings.IN_CHECK),
            (notifications.SHARED, Whisper.READY, self.shared, strings.IN_SHARED),
            (notifications.WISH, Whisper.ASKED, self.wish, strings.IN_WISH),
            (notifications.LATER, Whisper.READY, self.about_talking, strings.IN_LATER),
            (notifications.NOT_NOW, Whisper.CHANGED, self.about_talking, strings.IN_LATER),
            (notifications.MISSED, Whisper.READY, self.missed, strings.IN_MISSED),
            (notifications.SILENT, Whisper.READY, self.silent, strings.IN_SILENT),
            (notifications.BEGUN, Whisper.READY, self.begun, strings.IN_BEGUN),
            (notifications.LAPSED, Whisper.CHANGED, self.lapsed, strings.IN_LAPSED),
            (notifications.CHANGE, Whisper.ASKED, self.change, strings.IN_CHANGE),
            (notifications.SETTLED, Whisper.CHANGED, self.settled, strings.IN_SETTLED),
            (notifications.PAUSED, Whisper.CHANGED, self.paused, strings.IN_PAUSED),
            (notifications.ENDED, Whisper.CHANGED, self.ended, strings.IN_ENDED),
        )
        for kind, whisper, opener, sentence in table:
            services.dm_gateway.renders(kind, whisper)
            services.inbox.opens(kind, opener, _describer(sentence))
        services.inbox.lists(self.waiting)

    # -- a check-in -----------------------------------------------------------------------------

    async def check_in(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._check.card(ctx, message.subject))

    async def shared(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._check.open_shared(ctx, message.subject)

    async def wish(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._check.open_wish(ctx, message.subject)

    async def about_talking(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._check.about_talking(ctx, message.subject)
        await self._read(ctx, message)

    # -- a pair ---------------------------------------------------------------------------------

    async def missed(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        view = await self._of_side(ctx, message)
        await ctx.add(self._near(cards.missed(view), view))

    async def silent(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        view = await self._of_side(ctx, message)
        await ctx.add(self._near(cards.silent(view), view))

    async def begun(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        view = await self._pairs.queries.show(ctx.person, message.subject, ctx.now)
        await ctx.add(self._near(cards.begun(view), view))
        await self._read(ctx, message)

    async def change(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._keep.card(ctx, message.subject))

    async def settled(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._keep.card(ctx, message.subject, strings.SETTLED_TITLE))
        await self._read(ctx, message)

    async def paused(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        view = await self._pairs.queries.show(ctx.person, message.subject, ctx.now)
        await ctx.add(self._near(cards.paused(view), view))
        await self._read(ctx, message)

    async def lapsed(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._keep.lapsed(ctx, message.subject))
        await self._read(ctx, message)

    async def ended(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._keep.ended(ctx, message.subject))
        await self._read(ctx, message)

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[InboxEntry]:
        """Return their drafts with text, and the proposals that wait for them.

        No message is sent about those.
        """
        drafts, proposals = await self._pairs.queries.waiting(person)
        return [
            InboxEntry(strings.IN_DRAFT.format(until=when.day(pair.lapses_at)), to("pairs.draft", pair.id))
            for pair in drafts
        ] + [
            InboxEntry(strings.IN_PROPOSED.format(name=name(who)), to("pairs.show", pair.id))
            for pair, who in proposals
        ]

    # -- inside ---------------------------------------------------------------------------------

    async def _of_side(self, ctx: InteractionContext, message: OutboxMessage) -> PairView:
        return await self._pairs.queries.of_side(ctx.person, message.subject, ctx.now)

    async def _read(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._pairs.read(ctx.person, message.kind, message.subject, ctx.now)

    def _near(self, card: Card, view: PairView) -> Card:
        return card.within(self._services.servers.country(view.pair.server))


def _describer(sentence: str) -> Describer:
    def describe(_line: OutboxMessage, other: str) -> str:
        return sentence.format(name=other)

    return describe
