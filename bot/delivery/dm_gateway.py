"""What the courier asks of whoever speaks to Discord. Each of these but `reaches` is one request at most."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.delivery.message import OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx

StillHere = Callable[[ServerId, PersonId], Awaitable[bool]]
"""Whether somebody is in a server: False only when Discord says that they have left it."""

WaitUntil = Callable[[Tx, PersonId, datetime], Awaitable[datetime | None]]
"""When somebody's quiet hours end, if they are in them."""


class DmGateway(Protocol):
    """Brings lines to people."""

    async def reaches(self, person: PersonId) -> bool:
        """Whether a channel to them has been opened before; asks Discord nothing."""
        ...

    async def open(self, person: PersonId) -> Refused | Missing | Retry | None:
        """Open a channel to them and keep it; None once it is open."""
        ...

    async def whisper(self, line: OutboxMessage) -> Outcome:
        """Send it, under its own nonce."""
        ...

    async def find(self, line: OutboxMessage) -> Delivered | Uncertain | None:
        """Look for it in their channel, from `tried_at` on; None when it is surely not there."""
        ...

    async def close(self, line: OutboxMessage) -> Outcome:
        """Edit its message to say that this has closed; Sent or Gone when nothing is left to edit."""
        ...
