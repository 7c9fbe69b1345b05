"""Reminders: norms or stories that moderators have posted in a channel now and then, or before events."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.ids import PersonId, ServerId
from bot.insights.service import Insights
from bot.norms.service import Norms
from bot.reminders import posts, schedule, store
from bot.reminders.errors import TooManyReminders
from bot.reminders.lifecycle import ReminderLifecycle
from bot.reminders.models import MONTH, REMINDERS_AT_MOST, Reminder, ReminderKind, ReminderState
from bot.reminders.moves import ReminderMoves
from bot.reminders.posts import ReminderPosts
from bot.reminders.queries import ReminderQueries, ReminderView
from bot.reminders.rotation import Rotation
from bot.reminders.scheduled_events import ScheduledEvents
from bot.reminders.timer_handlers import ReminderTimers
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

_TIMED = ("cadence", "day", "minute", "zone", "before", "quiet_from", "quiet_to")
"""The fields from which a reminder's times are computed."""
BEGUN, CHANGED, REMOVED, SKIPPED = (
    "reminder_begun",
    "reminder_changed",
    "reminder_removed",
    "reminder_skipped",
)
"""The settings' names in the log: the whole reminder as `spoken` words it, and a skipped next time."""
NONE = "_"


class Reminders:
    """Adds, changes, pauses and removes reminders. Every change is written to the server's log."""

    def __init__(
        self,
        context: SliceContext,
        servers: Servers,
        norms: Norms,
        insights: Insights,
        stories: Sequence[str],
    ) -> None:
        """`stories` are the keys of all stories, in order."""
        self._db = context.db
        self._channel_posts = context.channel_posts
        self._log = servers.log
        rotation = Rotation(norms, stories)
        self._moves = ReminderMoves(context)
        self.posts = ReminderPosts(context, servers, rotation, insights)
        self.events = ScheduledEvents(context, servers, self.posts)
        self.queries = ReminderQueries(context, norms, rotation, self.events)
        self.timers = ReminderTimers(servers, self._moves, self.posts)
        self.lifecycle = ReminderLifecycle(context, self._moves, self.events)
        self.spoken: Callable[[Reminder], str] = _unspoken

    @writes
    async def add(
        self,
        tx: Tx,
        server: ServerId,
        who: PersonId,
        kind: ReminderKind,
        channel: int,
        zone: str,
        now: datetime,
    ) -> ReminderView:
        """Add a reminder with the default settings; `resume` starts it. Raises TooManyReminders."""
        if await store.how_many(tx, server) >= REMINDERS_AT_MOST:
            raise TooManyReminders(REMINDERS_AT_MOST)
        return ReminderView(await store.add(tx, Reminder.fresh(server, kind, channel, zone, who, now)))

    @writes
    async def change(
        self, tx: Tx, server: ServerId, id: str, who: PersonId, now: datetime, values: Mapping[str, Any]
    ) -> ReminderView:
        """Set these fields of the reminder. `values` has them by name."""
        before = await self.queries.here(tx, server, id)
        after = replace(before.every(values.get("cadence", before.cadence)), **values)
        if (after.cadence, after.day) != (before.cadence, before.day):
            after = replace(after, starts_on=schedule.counted_from(after, now))
        if after.channel != before.channel:
            # The last post is in the old channel.
            await self._channel_posts.take_down(tx, posts.REMINDER, id, now)
        timed = any(getattr(after, name) != getattr(before, name) for name in _TIMED)
        return await self._keep(tx, before, after, who, now, timed=timed)

    @writes
    async def resume(self, tx: Tx, server: ServerId, id: str, who: PersonId, now: datetime) -> ReminderView:
        """Start the reminder, or let it go on after a pause."""
        before = await self.queries.here(tx, server, id)
        if before.state is ReminderState.ON and before.paused_until is None:
            return await self.queries.shown(tx, before, now)
        starts_on = (
            schedule.counted_from(before, now) if before.state is ReminderState.NEW else before.starts_on
        )
        await self.posts.clear(tx, before, now)
        after = replace(before, state=ReminderState.ON, paused_until=None, starts_on=starts_on)
        return await self._keep(tx, before, after, who, now)

    @writes
    async def pause(self, tx: Tx, server: ServerId, id: str, who: PersonId, now: datetime) -> ReminderView:
        """Pause the reminder until somebody resumes it."""
        before = await self.queries.here(tx, server, id)
        if before.state is not ReminderState.ON:
            return await self.queries.shown(tx, before, now)
        after = replace(before, state=ReminderState.PAUSED, paused_until=None)
        return await self._keep(tx, before, after, who, now)

    @writes
    async def rest(self, tx: Tx, server: ServerId, id: str, who: PersonId, now: datetime) -> ReminderView:
        """Pause the reminder for a month. One that is paused already stays as it is."""
        return await self._rest(tx, await self.queries.here(tx, server, id), who, now)

    @writes
    async def rest_all(self, tx: Tx, server: ServerId, who: PersonId, now: datetime) -> None:
        """Pause all reminders of the server that are on for a month."""
        for one in await store.of_server(tx, server):
            await self._rest(tx, one, who, now)

    @writes
    async def skip(
        self, tx: Tx, server: ServerId, id: str, who: PersonId, seen: int, now: datetime
    ) -> ReminderView:
        """Skip the reminder's next time; of a reminder of stories, also the story that was to come.

        Nothing is skipped if the next time is no longer the one they saw. `seen` is in seconds since 1970.
        """
        reminder = await self.queries.here(tx, server, id)
        before = await self.queries.shown(tx, reminder, now)
        if before.next_at is None or int(before.next_at.timestamp()) != seen:
            return before
        if before.events:
            await self.events.skip(tx, before.events[0])
        else:
            at = schedule.next_after(reminder, before.next_at)
            # A moderator who skips a story doesn't want it the week after, either.
            turn = reminder.turn + (reminder.kind is ReminderKind.STORY)
            reminder = await self._moves.wait(tx, replace(reminder, turn=turn), at)
        after = await self.queries.shown(tx, reminder, now)
        await self._log.note(tx, server, who, now, [(SKIPPED, _next(before), _next(after))])
        return after

    @writes
    async def remove(self, tx: Tx, server: ServerId, id: str, who: PersonId, now: datetime) -> None:
        """Delete the reminder and its last post."""
        reminder = await self.queries.here(tx, server, id)
        await self._time(tx, replace(reminder, state=ReminderState.PAUSED), now)
        await self._channel_posts.take_down(tx, posts.REMINDER, id, now)
        await self.posts.clear(tx, reminder, now)
        await store.remove(tx, id)
        await self._note(tx, reminder, None, who, now)

    @writes
    async def read(self, tx: Tx, person: PersonId, id: str, now: datetime) -> None:
        """Record that the moderator has read that the reminder can't be posted."""
        await self.posts.read_barred(tx, person, id, now)

    @writes
    async def follow(self, tx: Tx, now: datetime) -> int:
        """Move reminders whose zone has changed its rules; return how many were moved."""
        return await self._moves.follow(tx, now) + await self.events.follow(tx, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _rest(self, tx: Tx, before: Reminder, who: PersonId, now: datetime) -> ReminderView:
        if before.state is not ReminderState.ON or before.resting(now):
            return await self.queries.shown(tx, before, now)
        return await self._keep(tx, before, replace(before, paused_until=now + MONTH), who, now)

    async def _keep(
        self, tx: Tx, before: Reminder, after: Reminder, who: PersonId, now: datetime, *, timed: bool = True
    ) -> ReminderView:
        if after.state is not ReminderState.ON or after.resting(now):
            await self._channel_posts.call_off(tx, posts.REMINDER, after.id, now)
        after = await self._time(tx, after, now) if timed else await store.keep(tx, after)
        await self._note(tx, before, after, who, now)
        return await self.queries.shown(tx, after, now)

    async def _time(self, tx: Tx, reminder: Reminder, now: datetime) -> Reminder:
        """Store the reminder, and compute its next times from its settings."""
        if not reminder.kind.before_events:
            return await self._moves.expect(tx, reminder, now)
        await self.events.plan(tx, await store.keep(tx, reminder), now)
        return reminder

    async def _note(
        self, tx: Tx, before: Reminder, after: Reminder | None, who: PersonId, now: datetime
    ) -> None:
        """Write a change to the log, unless the reminder was never started."""
        was, then = (
            NONE if one is None or one.state is ReminderState.NEW else self.spoken(one)
            for one in (before, after)
        )
        what = BEGUN if was == NONE else REMOVED if then == NONE else CHANGED
        await self._log.note(tx, before.server, who, now, [(what, was, then)])


def _next(shown: ReminderView) -> str:
    return NONE if shown.next_at is None else f"{shown.next_at:%Y-%m-%d %H:%M} UTC"


def _unspoken(reminder: Reminder) -> str:
    """Stand in until the cog sets the function that words a reminder for the log."""
    return f"{reminder.kind} {reminder.state}"
