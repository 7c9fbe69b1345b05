"""Messages about paths: the sentence of the direct message, the card it opens, and the entry in `/inbox`."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.delivery.outbox import OutboxMessage
from bot.ids import PersonId
from bot.paths import notifications as kinds
from bot.services import Services
from bot.ui import labels
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import InboxEntry
from cogs.path import strings
from cogs.path.beside import cards as beside
from cogs.path.beside.handlers import BesideHandlers
from cogs.path.company import cards as company
from cogs.path.meet.handlers import MeetHandlers
from cogs.path.own.handlers import OwnHandlers


class PathNotifications:
    """Opens each kind of message. About invitations no message is sent: they are only listed."""

    def __init__(
        self, services: Services, own: OwnHandlers, others: BesideHandlers, meet: MeetHandlers
    ) -> None:
        self._paths = services.paths
        self._people = services.people
        self._own = own
        self._beside = others
        self._meet = meet

    def register(self, services: Services) -> None:
        for kind, whisper, opener, text in (
            (kinds.JOINED, Whisper.READY, self.joined, strings.JOINED_ENTRY),
            (kinds.MET, Whisper.READY, self.met, strings.IN_MET),
            (kinds.TOLD, Whisper.READY, self.told, strings.IN_TOLD),
            (kinds.LOOK, Whisper.READY, self.look, strings.IN_LOOK),
            (kinds.ENTERED, Whisper.READY, self.request, strings.IN_ENTERED),
            (kinds.ASKED, Whisper.CHANGED, self.request, strings.IN_ASKED),
            (kinds.READY, Whisper.READY, self.path, strings.IN_READY),
            (kinds.CHANGED, Whisper.CHANGED, self.path, strings.IN_CHANGED),
            (kinds.CLOSED, Whisper.CHANGED, self.closed, strings.IN_CLOSED),
            (kinds.TERM, Whisper.READY, self.term, strings.IN_TERM),
        ):
            services.dm_gateway.renders(kind, whisper)
            services.inbox.opens(kind, opener, partial(_entry, text))
        services.inbox.lists(self.waiting)

    async def joined(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        path = await self._paths.beside.path_of(ctx.person, message.subject)
        await self._read(ctx, message)
        name = ""
        if message.server is not None and message.other is not None:
            called = await self._people.called(ctx.person, message.server, message.other, message.made_at)
            name = called or ""
        await ctx.add(company.joined_by(name, path))

    async def met(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._meet.asked(ctx, message.subject))

    async def told(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        card = await self._meet.told(ctx, message.subject)
        await self._read(ctx, message)
        await ctx.add(card)

    async def look(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        card = await self._own.look(ctx, message.subject)
        await self._read(ctx, message)
        await ctx.add(card)

    async def request(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._beside.of_message(ctx, message.subject))

    async def path(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show the path as it is now. What changed is plain from it, and nothing says who did it."""
        card = await self._own.card(ctx, message.subject)
        if message.kind == kinds.CHANGED:
            await self._read(ctx, message)
        await ctx.add(card)

    async def closed(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Say to the person on a path that it has closed, and to a companion that their place is over."""
        await self._read(ctx, message)
        mine = await self._paths.queries.was_mine(ctx.person, message.subject)
        await ctx.add(await self._own.card(ctx, message.subject) if mine else beside.place_over())

    async def term(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(await self._beside.term(ctx, message.subject))

    async def waiting(self, person: PersonId, now: datetime) -> Sequence[InboxEntry]:
        return [
            InboxEntry(
                strings.OFFERED_ENTRY.format(name=labels.name(one.name)), to("paths.see", one.invitation.id)
            )
            for one in await self._paths.invitations.waiting(person, now)
        ]

    async def _read(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await self._paths.read(ctx.person, message.kind, message.subject, ctx.now)


def _entry(sentence: str, _line: OutboxMessage, other: str) -> str:
    """Return the text of an entry. `other` is the other person's label, escaped."""
    return sentence.format(name=other)
