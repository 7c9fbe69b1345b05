"""Reminders in channels: the kinds of posts, what is posted, and what follows from what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.ids import PersonId
from bot.insights.models import REMINDERS
from bot.insights.service import Insights
from bot.reminders import notifications, schedule, store
from bot.reminders.models import Expected, Reminder, ReminderState, StoryTurn
from bot.reminders.rotation import Rotation
from bot.reminders.timers import DUE
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

REMINDER = "reminders.reminder"
"""The message itself; about a reminder. What it shows is in its detail (`Turn`)."""
BARRED = "reminders.barred"
"""A neutral line where moderators see it: a reminder can't be posted. About a reminder."""


class ReminderPosts:
    """Puts many in a few statements, and hears of each what became of it."""

    def __init__(
        self, context: SliceContext, servers: Servers, rotation: Rotation, insights: Insights
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._channel_posts = context.channel_posts
        self._servers = servers
        self._rotation = rotation
        self._insights = insights

    async def post(self, tx: Tx, due: Sequence[Reminder], now: datetime) -> None:
        """The turn of each of these that has one."""
        turns = await self._rotation.of(tx, due)
        standing = await self._channel_posts.standing_about(tx, REMINDER, list(turns))
        posts = [_post(one, turns[one.id], standing.get(one.id), now) for one in due if one.id in turns]
        await self._channel_posts.put_all(tx, posts)

    async def before(self, tx: Tx, due: Sequence[tuple[Reminder, Expected]], now: datetime) -> list[Expected]:
        """The same before events; those that something comes before."""
        turns = await self._rotation.of(tx, [reminder for reminder, _ in due])
        standing = await self._channel_posts.standing_about(tx, REMINDER, list(turns))
        told = [(reminder, one) for reminder, one in due if reminder.id in turns]
        posts = [
            _post(reminder, turns[reminder.id].of(one.event), standing.get(reminder.id), now, one.starts_at)
            for reminder, one in told
        ]
        await self._channel_posts.put_all(tx, posts)
        return [one for _, one in told]

    async def read_barred(self, tx: Tx, person: PersonId, id: str, now: datetime) -> None:
        """They know that it can't be posted."""
        await self._outbox.close(tx, id, now, kinds=(notifications.BARRED,), person=person)

    async def clear(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """What was said of its channel holds no more."""
        await self._channel_posts.take_down(tx, BARRED, reminder.id, now)
        await self._outbox.close(tx, reminder.id, now, kinds=(notifications.BARRED,))

    # -- what became of it ----------------------------------------------------------------------

    async def on_posted(self, tx: Tx, post: ChannelPost, fate: PostOutcome, now: datetime) -> None:
        """It stands in its channel, and is counted; or its channel is closed to us, and it pauses."""
        reminder = await store.get(tx, post.subject)
        if reminder is None or self._servers.away(post.server):
            return
        match fate:
            case PostOutcome.UP:
                await store.posted(tx, reminder.id)
                await self._insights.count(tx, reminder.server, REMINDERS, now)
            case PostOutcome.BARRED if (
                reminder.state is ReminderState.ON and reminder.channel == post.channel
            ):
                await self._bar(tx, reminder, now)

    async def _bar(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """It pauses, and its moderators find out, once."""
        await store.keep(tx, replace(reminder, state=ReminderState.BARRED, next_at=None, paused_until=None))
        await self._agenda.drop(tx, DUE, reminder.id)
        channel = (await self._servers.get(tx, reminder.server)).mods_channel
        if channel is None or channel == reminder.channel:
            await self._write(tx, reminder, now)
        else:
            await self._channel_posts.put(
                tx, ChannelPost.to(reminder.server, channel, BARRED, reminder.id, now)
            )

    async def on_barred_posted(self, tx: Tx, post: ChannelPost, fate: PostOutcome, now: datetime) -> None:
        """Where moderators can't be told in a channel either, one of them is told by a direct message."""
        reminder = await store.get(tx, post.subject)
        if fate is PostOutcome.BARRED and reminder is not None and reminder.state is ReminderState.BARRED:
            await self._write(tx, reminder, now)

    async def _write(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        person = await self._who(tx, reminder)
        if person is not None:
            await self._outbox.tell(
                tx, person, notifications.BARRED, reminder.id, now, server=reminder.server
            )

    async def _who(self, tx: Tx, reminder: Reminder) -> PersonId | None:
        """Whoever set it, else the moderator last seen."""
        moderators = await self._servers.moderators(tx, reminder.server)
        return reminder.made_by if reminder.made_by in moderators else next(iter(moderators), None)


def _post(
    reminder: Reminder,
    turn: StoryTurn,
    standing: ChannelPost | None,
    now: datetime,
    begins: datetime | None = None,
) -> ChannelPost:
    until = schedule.of_use_until(reminder, now)
    return ChannelPost.to(
        reminder.server, reminder.channel, REMINDER, reminder.id, now,
        detail=turn.detail,
        at_least=reminder.at_least,
        replaces=None if standing is None else standing.message_id,
        until=until if begins is None else min(until, begins),
    )  # fmt: skip
