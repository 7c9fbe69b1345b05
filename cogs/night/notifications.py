"""Messages about nights: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.nights import notifications as kinds
from bot.nights.models import is_late
from bot.services import Services
from bot.ui import labels, when
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import Describer, InboxEntry, Opener
from cogs.night import strings
from cogs.night.looking import cards
from cogs.night.looking.cards import Why
from cogs.night.looking.handlers import LookingHandlers
from cogs.night.out.handlers import OutHandlers
from cogs.night.own.handlers import OwnHandlers


class NightNotifications:
    """Opens each kind of message. About invitations no message is sent: they are only listed."""

    def __init__(
        self, services: Services, own: OwnHandlers, looking: LookingHandlers, out: OutHandlers
    ) -> None:
        self._services = services
        self._nights = services.nights
        self._texts = services.library.night
        self._own = own
        self._looking = looking
        self._out = out

    def register(self, services: Services) -> None:
        table: tuple[tuple[str, Whisper, Opener, str], ...] = (
            (kinds.WISH, Whisper.ASKED, self.wish, strings.WISH_ENTRY),
            (kinds.AGREED, Whisper.CHANGED, self.agreed, strings.AGREED_ENTRY),
            (kinds.GONE, Whisper.CHANGED, self.gone, strings.GONE_ENTRY),
            (kinds.THANKS, Whisper.READY, self.thanks, strings.THANKS_ENTRY),
            (kinds.START, Whisper.READY, self.start, strings.ASKED_START),
            (kinds.CHECK, Whisper.READY, self.check, strings.ASKED_CHECK),
            (kinds.HOME, Whisper.READY, self.home, strings.ASKED_HOME),
            (kinds.NOON, Whisper.READY, self.noon, strings.ASKED_NOON),
            (kinds.MISSED, Whisper.READY, self.missed, strings.MISSED_ENTRY),
            (kinds.HEARD, Whisper.CHANGED, self.heard, strings.HEARD_ENTRY),
            (kinds.HAND, Whisper.HAND, self.hand, strings.HAND_ENTRY),
        )
        for kind, whisper, opener, sentence in table:
            services.dm_gateway.renders(kind, whisper)
            services.inbox.opens(kind, opener, _describer(sentence))
        services.inbox.lists(self.waiting)

    # -- who looks out for whom -----------------------------------------------------------------

    async def wish(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._looking.wish_card(ctx, message.subject))

    async def agreed(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show their night, with whoever has said yes."""
        one = await self._nights.looking.received(ctx.person, message.subject)
        await self._nights.looking.read(ctx.person, message.subject, message.kind, ctx.now)
        notice = strings.LOOKS_OUT.format(name=labels.name_first(one.name))
        for view in await self._nights.queries.mine(ctx.person, ctx.now):
            if view.night.id == one.night.id:
                await ctx.add(self._own.view(ctx, view, notice))

    async def gone(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        one = await self._nights.looking.received(ctx.person, message.subject)
        await self._nights.looking.read(ctx.person, message.subject, message.kind, ctx.now)
        text = self._texts.during.gone.filled(name=labels.name_first(one.name))
        country = self._services.servers.country(one.night.server)
        await ctx.add(Card(text.title, text.body, large=True).within(country))

    async def thanks(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        one = await self._nights.looking.received(ctx.person, message.subject)
        await self._nights.looking.read(ctx.person, message.subject, message.kind, ctx.now)
        text = self._texts.after.thanks.filled(name=labels.name_first(one.name))
        country = self._services.servers.country(one.night.server)
        await ctx.add(Card(text.title, text.body).within(country))

    # -- questions ------------------------------------------------------------------------------

    async def start(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        view = await self._nights.show(ctx.person, message.subject)
        due = max(view.night.starts_at, view.member.made_at)
        late = is_late(due, message.made_at)
        await ctx.add(await self._out.how(ctx, message.subject, check=False, late=late))

    async def check(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        due = (await self._nights.show(ctx.person, message.subject)).member.check_at
        late = due is not None and is_late(due, message.made_at)
        await ctx.add(await self._out.how(ctx, message.subject, check=True, late=late))

    async def home(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._out.is_home(ctx, message.subject))

    async def noon(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Ask how the night was. It is asked once: opening the question closes its message."""
        card = await self._out.after(ctx, message.subject)
        await self._nights.during.read(ctx.person, message.subject, message.kind, ctx.now)
        await ctx.add(card)

    # -- about a friend -------------------------------------------------------------------------

    async def hand(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show the friend's card; only what to do if they have left the night since."""
        caller = await self._nights.during.caller(ctx.person, message.subject, ctx.now)
        if caller.member is not None:
            await ctx.add(await self._looking.friend_card(ctx, caller.member, why=Why.HAND))
            return
        country = self._services.servers.country(caller.night.server)
        card = cards.left(caller.name, self._services.library, country)
        await ctx.add(card.within(country))

    async def missed(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._looking.friend_card(ctx, message.subject, why=Why.MISSED))

    async def heard(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Say what the friend has said since: that they are home, or still out."""
        one = await self._nights.looking.friend(ctx.person, message.subject, ctx.now)
        await self._nights.during.read(ctx.person, message.subject, message.kind, ctx.now)
        texts = self._texts.during
        text = (texts.got_home if one.home else texts.still_out).filled(name=labels.name_first(one.name))
        country = self._services.servers.country(one.night.server)
        await ctx.add(Card(text.title, text.body, large=True).within(country))

    async def waiting(self, person: PersonId, now: datetime) -> Sequence[InboxEntry]:
        """Return the invitations that wait for them."""
        return [
            InboxEntry(
                strings.INVITATION_ENTRY.format(
                    name=labels.name_first(one.name), start=when.moment(one.night.starts_at)
                ),
                to("nights.see", one.member.id),
            )
            for one in await self._nights.company.waiting(person, now)
        ]


def _describer(sentence: str) -> Describer:
    # Tried once while the bot starts: a sentence that needs more than a name would take /inbox from people.
    sentence.format(name="")

    def describe(_line: OutboxMessage, other: str) -> str:
        return sentence.format(name=other)

    return describe
