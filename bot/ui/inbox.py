"""What `/inbox` lists: outbox messages that a cog can open, and other things that a cog lists."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from msgspec import Struct

from bot.delivery.outbox import OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId
from bot.ui.context import InteractionContext


class InboxEntry(Struct, frozen=True):
    """One entry of the inbox: a line of Markdown, and the custom_id of its `Open` button."""

    text: str
    custom_id: str


Opener = Callable[[InteractionContext, OutboxMessage], Awaitable[None]]
Describer = Callable[[OutboxMessage, str], str]
"""Returns the entry's text. The second argument is the other person's label, escaped."""
Lister = Callable[[PersonId, datetime], Awaitable[Sequence[InboxEntry]]]


class Inbox:
    """Cogs register here how messages of each kind are opened, and what else is to be listed."""

    def __init__(self) -> None:
        self._openers: dict[str, tuple[Opener, Describer]] = {}
        self._listers: list[Lister] = []

    def opens(self, kind: str, opener: Opener, describer: Describer) -> None:
        """Register how a kind is opened and described.

        Raises ValueError if the kind is registered already.
        """
        if kind in self._openers:
            raise ValueError(f"two openers for {kind}")
        self._openers[kind] = (opener, describer)

    def lists(self, lister: Lister) -> None:
        """Register something that lists entries which are not outbox messages."""
        self._listers.append(lister)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._openers)

    async def open(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show what the message is about. Raises NotYours for somebody else's message."""
        if message.person != ctx.person or message.kind not in self._openers:
            raise NotYours
        await self._openers[message.kind][0](ctx, message)

    def describe(self, message: OutboxMessage, other: str) -> str:
        """Return the entry's text for a message (see Describer)."""
        return self._openers[message.kind][1](message, other)

    async def others(self, person: PersonId, now: datetime) -> list[InboxEntry]:
        """Return the entries that are not outbox messages, such as drafts and invitations."""
        return [entry for lister in self._listers for entry in await lister(person, now)]
