"""What happens when the timers of norms are due."""

from collections.abc import Sequence
from datetime import datetime

from bot.norms import note_store
from bot.norms.ballots import Ballots
from bot.norms.moderator_inbox import ModeratorInbox
from bot.storage.tx import Tx


class NormTimers:
    """One handler for each kind of timer."""

    def __init__(self, ballots: Ballots, inbox: ModeratorInbox) -> None:
        self._ballots = ballots
        self._inbox = inbox

    async def end_ballots(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """End the votes whose days are over."""
        for id in subjects:
            await self._ballots.end(tx, id, now)

    async def remove_notes(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete notes that were kept for long enough."""
        found = [note for id in subjects if (note := await note_store.get(tx, id)) is not None]
        await self._inbox.remove(tx, found, now)
