"""State changes of reminders that services, timers and event handlers share, with their timers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.reminders import schedule, store
from bot.reminders.models import Reminder, ReminderState
from bot.reminders.timers import DUE
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

_MOST_MOVED = timedelta(hours=12)
"""How far back to look for a time that has moved. No change of a zone's rules has moved one that far."""


class ReminderMoves:
    """Changes reminders inside a transaction of the caller."""

    def __init__(self, context: SliceContext) -> None:
        self._agenda = context.agenda

    async def expect(self, tx: Tx, reminder: Reminder, now: datetime) -> Reminder:
        """Compute the reminder's next time from now, if it is on, and store and schedule it."""
        ticks = reminder.state is ReminderState.ON and not reminder.kind.before_events
        return await self.wait(tx, reminder, schedule.next_after(reminder, now) if ticks else None)

    async def wait(self, tx: Tx, reminder: Reminder, at: datetime | None) -> Reminder:
        """Store and schedule the reminder's next time, or none."""
        if at is None:
            await self._agenda.drop(tx, DUE, reminder.id)
        else:
            await self._agenda.put(tx, DUE, reminder.id, at)
        return await store.keep(tx, replace(reminder, next_at=at))

    async def follow(self, tx: Tx, now: datetime) -> int:
        """Move reminders whose zone has changed its rules; return how many were moved."""
        waiting = [one for one in await store.waiting(tx) if one.next_at is not None and one.next_at > now]
        moved = [two for one in waiting if (two := _as_the_rules_are(one, now)) != one]
        await self.move(tx, moved)
        return len(moved)

    async def move(self, tx: Tx, moved: Sequence[Reminder]) -> None:
        """Store and schedule the next times of these reminders."""
        await store.keep_next(tx, moved)
        await self._agenda.put_all(tx, DUE, {one.id: one.next_at for one in moved if one.next_at is not None})


def _as_the_rules_are(reminder: Reminder, now: datetime) -> Reminder:
    assert reminder.next_at is not None
    return replace(reminder, next_at=schedule.next_after(reminder, max(now, reminder.next_at - _MOST_MOVED)))
