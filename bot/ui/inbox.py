"""What waits for somebody: lines of the outbox that a cog can open, and whatever else a cog lists."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.outbox import OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId
from bot.ui.context import InteractionContext


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One thing that waits: a line of Markdown that says what it is, and where its `Open` leads."""

    text: str
    custom_id: str


Opener = Callable[[InteractionContext, OutboxMessage], Awaitable[None]]
Describer = Callable[[OutboxMessage, str], str]
"""The entry's text for a line; the second argument is the other's name, escaped, or an empty string."""
Lister = Callable[[PersonId, datetime], Awaitable[Sequence[InboxEntry]]]


class Inbox:
    """Cogs say here how each kind of line opens, and what else of theirs waits."""

    def __init__(self) -> None:
        self._openers: dict[str, tuple[Opener, Describer]] = {}
        self._listers: list[Lister] = []

    def opens(self, kind: str, opener: Opener, describer: Describer) -> None:
        if kind in self._openers:
            raise ValueError(f"two openers for {kind}")
        self._openers[kind] = (opener, describer)

    def lists(self, lister: Lister) -> None:
        self._listers.append(lister)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._openers)

    async def open(self, ctx: InteractionContext, line: OutboxMessage) -> None:
        """Show what the line is about; raises NotYours for a line of somebody else."""
        if line.person != ctx.person or line.kind not in self._openers:
            raise NotYours
        await self._openers[line.kind][0](ctx, line)

    def describe(self, line: OutboxMessage, other: str) -> str:
        return self._openers[line.kind][1](line, other)

    async def others(self, person: PersonId, now: datetime) -> list[InboxEntry]:
        """What waits for them and is no line: drafts, invitations."""
        return [entry for lister in self._listers for entry in await lister(person, now)]
