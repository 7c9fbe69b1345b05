"""Reminders before a server's scheduled events: at most one for each occurrence, even if it is moved."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.ids import ServerId
from bot.reminders import event_store, occurrences, schedule, store
from bot.reminders.models import Expected, Reminder, ReminderState, ScheduledEvent
from bot.reminders.posts import ReminderPosts
from bot.reminders.timers import EVENT
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

_WAITS = timedelta(minutes=1)
"""How long an occurrence waits if another post of its reminder is still on its way."""


class ScheduledEvents:
    """Keeps track of scheduled events on Discord, for the reminders before them."""

    def __init__(self, context: SliceContext, servers: Servers, posts: ReminderPosts) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._servers = servers
        self._posts = posts

    @reads
    async def wanted(self, tx: Tx, server: ServerId) -> bool:
        """Whether any reminder there is posted before events."""
        return bool(await self._reminders(tx, server))

    @writes
    async def see(
        self, tx: Tx, server: ServerId, seen: Sequence[ScheduledEvent], now: datetime, *, whole: bool = False
    ) -> None:
        """Take in new or changed events, each with all that is known about it.

        With `whole`, these are all events of the server, so others are over.
        """
        reminders = await self._reminders(tx, server)
        known = await event_store.of_server(tx, server)
        over = {row.event for row in known} - {event.id for event in seen} if whole else set()
        events = [*seen, *(ScheduledEvent(id, now, waits=False) for id in over)]
        coming = {row.id: row for row in _expected(reminders, events, known, now)}
        ids = {event.id for event in events}
        left = [
            row
            for row in known
            if row.id not in coming
            and (row.event in ids or (row.occurrence != 0 and occurrences.passed(row, now)))
        ]
        moved = [row for row in known if row.id in coming and coming[row.id].starts_at != row.starts_at]
        withdrawn = await self._posts.withdraw(tx, [row for row in (*left, *moved) if row.told], now)
        await self._remove(
            tx, [row for row in left if row.id in withdrawn or not occurrences.stays(row, now)]
        )
        rows = [replace(row, told=row.told and row.id not in withdrawn) for row in coming.values()]
        await event_store.keep(tx, rows)
        await self._plan(tx, reminders, rows, now)

    async def plan(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """Plan a reminder again after a change: before which events it is posted, and when."""
        rows = [
            one for one in await event_store.of_server(tx, reminder.server) if one.reminder == reminder.id
        ]
        await self._plan(tx, [reminder], rows, now)

    async def ahead(self, tx: Tx, server: ServerId) -> list[Expected]:
        """Return the occurrences before which any reminder there may still be posted."""
        return [one for one in await event_store.of_server(tx, server) if not one.told]

    async def skip(self, tx: Tx, expected: Expected) -> None:
        """Post nothing before this occurrence."""
        await event_store.told(tx, [expected])
        await self._agenda.drop(tx, EVENT, expected.id)

    async def stop(self, tx: Tx, server: ServerId) -> None:
        """Stop waiting for events in a server. What was posted before which occurrence stays stored."""
        await self._agenda.drop(tx, EVENT, *[one.id for one in await event_store.of_server(tx, server)])

    async def follow(self, tx: Tx, now: datetime) -> int:
        """Move posts of reminders whose zone has changed its rules; return how many were moved."""
        rows = await event_store.to_come(tx)
        reminders = {one.id: one for one in await store.these(tx, list({one.reminder for one in rows}))}
        moved = 0
        for row in rows:
            reminder = reminders[row.reminder]
            was, at = (
                await self._agenda.due_at(tx, EVENT, row.id),
                schedule.before(reminder, row.starts_at, now),
            )
            if was is not None and was > now and at is not None and at != was:
                await self._agenda.put(tx, EVENT, row.id, at)
                moved += 1
        return moved

    async def post(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Post the reminders before events that are due."""
        rows = [one for one in await event_store.these(tx, subjects) if not one.told]
        found = await store.these(tx, list({one.reminder for one in rows}))
        away = await self._servers.away(tx, {one.server for one in found})
        here = {one.id: one for one in found if one.state is ReminderState.ON and one.server not in away}
        times = {
            one.id: schedule.before(here[one.reminder], one.starts_at, now)
            for one in rows
            if one.reminder in here
        }
        await self._agenda.put_all(
            tx, EVENT, {id: at for id, at in times.items() if at is not None and at > now}
        )
        due = [one for one in rows if times.get(one.id) == now]
        told, waiting = await self._posts.before(tx, [(here[one.reminder], one) for one in due], now)
        await event_store.told(tx, told)
        await self._agenda.put_all(
            tx, EVENT, {one.id: now + _WAITS for one in waiting if now + _WAITS < one.starts_at}
        )

    # -- inside ---------------------------------------------------------------------------------

    async def _reminders(self, tx: Tx, server: ServerId) -> list[Reminder]:
        return [one for one in await store.of_server(tx, server) if one.kind.before_events]

    async def _plan(
        self, tx: Tx, reminders: Sequence[Reminder], rows: Sequence[Expected], now: datetime
    ) -> None:
        by_id = {one.id: one for one in reminders}
        times = {
            one.id: None if one.told else schedule.before(by_id[one.reminder], one.starts_at, now)
            for one in rows
        }
        await self._agenda.drop(tx, EVENT, *[id for id, at in times.items() if at is None])
        await self._agenda.put_all(tx, EVENT, {id: at for id, at in times.items() if at is not None})

    async def _remove(self, tx: Tx, rows: Sequence[Expected]) -> None:
        await self._agenda.drop(tx, EVENT, *[one.id for one in rows])
        await event_store.remove(tx, [one.id for one in rows])


def _expected(
    reminders: Sequence[Reminder], events: Sequence[ScheduledEvent], known: Sequence[Expected], now: datetime
) -> Iterator[Expected]:
    by_event = defaultdict(list)
    for row in known:
        by_event[row.reminder, row.event].append(row)
    for reminder in reminders:
        for event in events:
            yield from occurrences.expected(reminder.id, event, by_event[reminder.id, event.id], now)
