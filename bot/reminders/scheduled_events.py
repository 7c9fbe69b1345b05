"""Reminders before a server's scheduled events: at most one for each event, even if it is moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.ids import ServerId, new_id
from bot.reminders import event_store, schedule, store
from bot.reminders.models import Expected, Reminder, ReminderKind, ReminderState, ScheduledEvent
from bot.reminders.posts import ReminderPosts
from bot.reminders.timers import EVENT
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


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
        """Take in new or changed events.

        With `whole`, these are all events of the server, so others are over.
        """
        reminders = await self._reminders(tx, server)
        known = {(one.reminder, one.event): one for one in await event_store.of_server(tx, server)}
        over = {event.id for event in seen if not event.waits}
        if whole:
            over |= {event for _, event in known} - {event.id for event in seen}
        await self._remove(tx, [one for one in known.values() if one.event in over])
        expected = [
            _expected(reminder, event, known.get((reminder.id, event.id)))
            for reminder in reminders
            for event in seen
            if event.waits
        ]
        await event_store.keep(tx, expected)
        await self._plan(tx, reminders, expected, now)

    async def plan(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """Plan a reminder again after a change: before which events it is posted, and when."""
        rows = [
            one for one in await event_store.of_server(tx, reminder.server) if one.reminder == reminder.id
        ]
        await self._plan(tx, [reminder], rows, now)

    async def ahead(self, tx: Tx, server: ServerId) -> list[Expected]:
        """Return the events before which any reminder there may still be posted."""
        return [one for one in await event_store.of_server(tx, server) if not one.told]

    async def skip(self, tx: Tx, expected: Expected) -> None:
        """Post nothing before this event."""
        await event_store.told(tx, [expected])
        await self._agenda.drop(tx, EVENT, expected.id)

    async def stop(self, tx: Tx, server: ServerId) -> None:
        """Stop waiting for events in a server. Before which events reminders were posted stays stored."""
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
        here = {
            one.id: one
            for one in found
            if one.state is ReminderState.ON and not self._servers.away(one.server)
        }
        times = {
            one.id: schedule.before(here[one.reminder], one.starts_at, now)
            for one in rows
            if one.reminder in here
        }
        await self._agenda.put_all(
            tx, EVENT, {id: at for id, at in times.items() if at is not None and at > now}
        )
        due = [one for one in rows if times.get(one.id) == now]
        told = await self._posts.before(tx, [(here[one.reminder], one) for one in due], now)
        await event_store.told(tx, told)

    # -- inside ---------------------------------------------------------------------------------

    async def _reminders(self, tx: Tx, server: ServerId) -> list[Reminder]:
        return [one for one in await store.of_server(tx, server) if one.kind is ReminderKind.EVENT]

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


def _expected(reminder: Reminder, event: ScheduledEvent, known: Expected | None) -> Expected:
    if known is None:
        return Expected(new_id(), reminder.id, event.id, event.starts_at)
    return replace(known, starts_at=event.starts_at)
