"""Reminders in channels: the kinds of posts, what is posted, and how the outcome is handled."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.delivery.channel_post import ChannelPost, PostOutcome
from bot.ids import PersonId
from bot.insights.models import REMINDERS
from bot.insights.service import Insights
from bot.reminders import notifications, schedule, store
from bot.reminders.models import Expected, Reminder, ReminderState, RotationTurn
from bot.reminders.rotation import Rotation
from bot.reminders.timers import DUE
from bot.servers.notices import NoticeKind
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.tx import Tx

REMINDER = "reminders.reminder"
"""The reminder itself. Its subject is the reminder's id, and its detail is a RotationTurn."""
BARRED = "reminders.barred"
"""The notice for moderators that a reminder can't be posted. Its subject is the reminder's id."""

_NOTICE = NoticeKind(BARRED, notifications.BARRED)


class ReminderPosts:
    """Posts many reminders in a few statements, and handles the outcome of each."""

    def __init__(
        self, context: SliceContext, servers: Servers, rotation: Rotation, insights: Insights
    ) -> None:
        self._agenda = context.agenda
        self._channel_posts = context.channel_posts
        self._servers = servers
        self._rotation = rotation
        self._insights = insights

    async def post(self, tx: Tx, due: Sequence[Reminder], now: datetime) -> None:
        """Post the turn of each of these reminders that has one."""
        turns = await self._rotation.of(tx, due)
        shown = await self._channel_posts.standing_about(tx, REMINDER, list(turns))
        posts = [_post(one, turns[one.id], shown.get(one.id), now) for one in due if one.id in turns]
        await self._channel_posts.put_all(tx, posts)

    async def before(
        self, tx: Tx, due: Sequence[tuple[Reminder, Expected]], now: datetime
    ) -> tuple[list[Expected], list[Expected]]:
        """Post the turns before occurrences of events, one of each reminder at a time.

        Return the occurrences that have one, and those that have to wait for it.
        """
        turns = await self._rotation.of(tx, [reminder for reminder, _ in due])
        shown = await self._channel_posts.standing_about(tx, REMINDER, list(turns))
        taken = {*await self._channel_posts.pending_about(tx, REMINDER, list(turns))}
        posted, waiting, new = [], [], []
        for reminder, one in ((reminder, one) for reminder, one in due if reminder.id in turns):
            if reminder.id in taken:
                waiting.append(one)
                continue
            taken.add(reminder.id)
            turn = turns[reminder.id].of(one.event, one.starts_at)
            new.append(_post(reminder, turn, shown.get(reminder.id), now, one.starts_at))
            posted.append(one)
        await self._channel_posts.put_all(tx, new)
        return posted, waiting

    async def withdraw(self, tx: Tx, expected: Sequence[Expected], now: datetime) -> set[str]:
        """Call off the posts before these occurrences that are not in a channel yet.

        Return the ids of the occurrences that lost their post.
        """
        pending = await self._channel_posts.pending_about(
            tx, REMINDER, list({one.reminder for one in expected})
        )
        found = [
            one
            for one in expected
            if one.reminder in pending and RotationTurn.read(pending[one.reminder].detail).before(one)
        ]
        for one in found:
            await self._channel_posts.call_off(tx, REMINDER, one.reminder, now)
        return {one.id for one in found}

    async def read_barred(self, tx: Tx, person: PersonId, id: str, now: datetime) -> None:
        """Record that the moderator has read that the reminder can't be posted."""
        await self._servers.notices.read(tx, person, _NOTICE, id, now)

    async def clear(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """Remove the notices about the reminder's channel, because they are no longer true."""
        await self._servers.notices.clear(tx, _NOTICE, reminder.id, now)

    # -- the outcome ----------------------------------------------------------------------------

    async def on_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """Count a reminder that was posted; pause one whose channel the bot can't use."""
        reminder = await store.get(tx, post.subject)
        if reminder is None or await self._servers.away(tx, [post.server]):
            return
        match outcome:
            case PostOutcome.UP:
                await store.posted(tx, reminder.id)
                await self._insights.count(tx, reminder.server, REMINDERS, now)
            case PostOutcome.BARRED if (
                reminder.state is ReminderState.ON and reminder.channel == post.channel
            ):
                await self._bar(tx, reminder, now)

    async def _bar(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """Pause the reminder, and tell the moderators once."""
        await store.keep(tx, replace(reminder, state=ReminderState.BARRED, next_at=None, paused_until=None))
        await self._agenda.drop(tx, DUE, reminder.id)
        await self._servers.notices.tell(
            tx, reminder.server, _NOTICE, reminder.id, now, avoid=reminder.channel, first=reminder.made_by
        )

    async def on_barred_posted(self, tx: Tx, post: ChannelPost, outcome: PostOutcome, now: datetime) -> None:
        """If the notice can't be posted either, tell one moderator by a direct message."""
        reminder = await store.get(tx, post.subject)
        if outcome is PostOutcome.BARRED and reminder is not None and reminder.state is ReminderState.BARRED:
            await self._servers.notices.write(
                tx, reminder.server, _NOTICE, reminder.id, now, first=reminder.made_by
            )


def _post(
    reminder: Reminder,
    turn: RotationTurn,
    shown: ChannelPost | None,
    now: datetime,
    begins: datetime | None = None,
) -> ChannelPost:
    until = schedule.of_use_until(reminder, now)
    return ChannelPost.to(
        reminder.server, reminder.channel, REMINDER, reminder.id, now,
        detail=turn.detail,
        at_least=reminder.at_least,
        replaces=None if shown is None else shown.message_id,
        until=until if begins is None else min(until, begins),
    )  # fmt: skip
