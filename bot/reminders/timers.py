"""What comes due for reminders, and what happens then: many in a few statements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.reminders import schedule, store
from bot.reminders.models import LATE, Reminder, ReminderState
from bot.servers.service import Servers
from bot.storage.tx import Tx

if TYPE_CHECKING:
    # These put on the agenda what is named here.
    from bot.reminders.moves import ReminderMoves
    from bot.reminders.posts import ReminderPosts

DUE = "reminders.due"
"""The subject is the reminder."""
EVENT = "reminders.event"
"""The subject is the row that says which event of the server is waited for."""


class ReminderTimers:
    """The next time is computed from now: what a downtime left out is not caught up on."""

    def __init__(self, servers: Servers, moves: "ReminderMoves", posts: "ReminderPosts") -> None:
        self._servers = servers
        self._moves = moves
        self._posts = posts

    async def post(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Their time has come."""
        found = [
            one
            for one in await store.these(tx, subjects)
            if one.state is ReminderState.ON and not self._servers.away(one.server)
        ]
        await self._posts.post(tx, [one for one in found if _comes(one, now)], now)
        await self._moves.move(tx, [_moved(one, now) for one in found])


def _comes(reminder: Reminder, now: datetime) -> bool:
    """It is neither early, nor too late, nor are these its quiet hours."""
    at = reminder.next_at
    return at is not None and at <= now <= at + LATE and schedule.loud_from(reminder, now) == now


def _moved(reminder: Reminder, now: datetime) -> Reminder:
    at = reminder.next_at
    if at is None or at > now:
        return reminder
    # After a downtime it may be night by now.
    loud = schedule.loud_from(reminder, now)
    waits = now < loud <= at + LATE
    return replace(reminder, next_at=loud if waits else schedule.next_after(reminder, now))
