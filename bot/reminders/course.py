"""When reminders come due: by the clock, many in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.reminders import schedule, store
from bot.reminders.kinds import DUE
from bot.reminders.model import LATE, Kind, Reminder, State
from bot.reminders.posting import Posting
from bot.servers.service import Servers
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

_MOST_MOVED = timedelta(hours=12)
"""By how much the rules of a zone may change a time, and more than any did."""


@dataclass(frozen=True, slots=True)
class Course:
    """The next time is computed from now: what a downtime left out is not caught up on."""

    servers: Servers
    agenda: Agenda
    posting: Posting

    def listen(self) -> None:
        self.agenda.on(DUE, self._due)

    async def expect(self, tx: Tx, reminder: Reminder, now: datetime) -> Reminder:
        """Its next time from now on, if it is on; kept with it, and on the agenda."""
        ticks = reminder.state is State.ON and reminder.kind is not Kind.EVENT
        return await self.wait(tx, reminder, schedule.next_after(reminder, now) if ticks else None)

    async def wait(self, tx: Tx, reminder: Reminder, at: datetime | None) -> Reminder:
        """It comes next then, or not at all."""
        if at is None:
            await self.agenda.drop(tx, DUE, reminder.id)
        else:
            await self.agenda.put(tx, DUE, reminder.id, at)
        return await store.keep(tx, replace(reminder, next_at=at))

    async def follow(self, tx: Tx, now: datetime) -> int:
        """Move what is scheduled where the rules of a zone have changed since; says how many were moved."""
        waiting = [one for one in await store.waiting(tx) if one.next_at is not None and one.next_at > now]
        moved = [two for one in waiting if (two := _as_the_rules_are(one, now)) != one]
        await self._move(tx, moved)
        return len(moved)

    # -- inside ---------------------------------------------------------------------------------

    async def _due(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        found = [
            one
            for one in await store.these(tx, subjects)
            if one.state is State.ON and not self.servers.away(one.server)
        ]
        await self.posting.post(tx, [one for one in found if _comes(one, now)], now)
        await self._move(tx, [_moved(one, now) for one in found])

    async def _move(self, tx: Tx, moved: Sequence[Reminder]) -> None:
        await store.keep_next(tx, moved)
        await self.agenda.put_all(tx, DUE, {one.id: one.next_at for one in moved if one.next_at is not None})


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


def _as_the_rules_are(reminder: Reminder, now: datetime) -> Reminder:
    assert reminder.next_at is not None
    return replace(reminder, next_at=schedule.next_after(reminder, max(now, reminder.next_at - _MOST_MOVED)))
