"""What the DM dispatcher needs from Discord. Each method makes one request at most; `reaches` makes none."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Failure, Missing, Outcome, Refused, Retry, SearchPage
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx

StillHere = Callable[[ServerId, PersonId], Awaitable[bool]]
"""Whether a person is in a server. False only if Discord says that they have left it."""

WaitUntil = Callable[[Tx, PersonId, datetime], Awaitable[datetime | None]]
"""When a person's quiet hours end; None if they are not in quiet hours."""


class DmGateway(Protocol):
    """Opens DM channels, and sends, finds and edits direct messages."""

    async def reaches(self, person: PersonId) -> bool:
        """Whether a DM channel to them was opened before. Makes no request."""
        ...

    async def open(self, person: PersonId) -> Refused | Missing | Retry | None:
        """Open a DM channel to them and store its id. Return None if that worked."""
        ...

    async def whisper(self, message: OutboxMessage) -> Outcome:
        """Send the message with its own nonce."""
        ...

    async def find(
        self, message: OutboxMessage, before: int | None = None
    ) -> Delivered | SearchPage | Failure:
        """Read one page of the channel, the newest first, to see whether the message is on it.

        before: read only messages that are older than this one.
        """
        ...

    async def close(self, message: OutboxMessage) -> Outcome:
        """Edit the message to say that it has closed. Missing means that nothing is left to edit."""
        ...
