"""What the poster asks of whoever speaks to Discord: each of these is one request at most."""

from typing import Protocol

from bot.delivery.outcome import Gone, Later, Sent, Shut, Unknown
from bot.posting.post import Post

Trouble = Shut | Gone | Later | Unknown
"""Shut: we may not, there. Gone: the channel is gone, or the message. The others: perhaps another time."""


class Hands(Protocol):
    """Posts, edits and deletes."""

    async def send(self, post: Post) -> Sent | Trouble | None:
        """Send it, under its id as a nonce; None when there is nothing to be said any more."""
        ...

    async def edit(self, post: Post) -> Sent | Trouble | None:
        """Let its message say what it says now; None when there is nothing to be said any more."""
        ...

    async def delete(self, channel: int, message_id: int) -> Sent | Trouble:
        """Sent when it is gone, whoever took it."""
        ...

    async def find(self, post: Post) -> Sent | Unknown | None:
        """Look for it in its channel, from `tried_at` on; None when it is surely not there."""
        ...

    async def spoken(self, post: Post) -> int | Trouble:
        """How many messages of people came since `replaces`, as far as one look shows (a hundred)."""
        ...
