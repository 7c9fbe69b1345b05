"""What happens when the timers of reminders are due."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.reminders import schedule, store
from bot.reminders.models import LATE, Reminder, ReminderState
from bot.reminders.moves import ReminderMoves
from bot.reminders.posts import ReminderPosts
from bot.servers.service import Servers
from bot.storage.tx import Tx


class ReminderTimers:
    """Posts reminders.

    The next time is computed from now, so times that passed during a downtime are skipped.
    """

    def __init__(self, servers: Servers, moves: ReminderMoves, posts: ReminderPosts) -> None:
        self._servers = servers
        self._moves = moves
        self._posts = posts

    async def post(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Post the reminders that are due."""
        on = [one for one in await store.these(tx, subjects) if one.state is ReminderState.ON]
        away = await self._servers.away(tx, {one.server for one in on})
        found = [one for one in on if one.server not in away]
        await self._posts.post(tx, [one for one in found if _comes(one, now)], now)
        await self._moves.move(tx, [_moved(one, now) for one in found])


def _comes(reminder: Reminder, now: datetime) -> bool:
    """Whether a reminder is posted now: not too early, not too late, and not in its quiet hours."""
    at = reminder.next_at
    return at is not None and at <= now <= at + LATE and schedule.loud_from(reminder, now) == now


def _moved(reminder: Reminder, now: datetime) -> Reminder:
    at = reminder.next_at
    if at is None or at > now:
        return reminder
    # If the bot was off, it may be in the reminder's quiet hours now.
    loud = schedule.loud_from(reminder, now)
    waits = now < loud <= at + LATE
    return replace(reminder, next_at=loud if waits else schedule.next_after(reminder, now))
