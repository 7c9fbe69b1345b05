"""What is posted, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.outbox import Outbox
from bot.ids import PersonId
from bot.insights.model import REMINDERS
from bot.insights.service import Insights
from bot.posting.board import Board, Fate, Post
from bot.reminders import schedule, store
from bot.reminders.kinds import BARRED_LINE, BARRED_POST, DUE, REMINDER
from bot.reminders.model import Expected, Reminder, State, Turn
from bot.reminders.turns import Turns
from bot.servers.service import Servers
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


@dataclass(frozen=True, slots=True)
class Posting:
    """Puts reminders on the board, many in a few statements; hears of each what became of it."""

    servers: Servers
    turns: Turns
    insights: Insights
    agenda: Agenda
    board: Board
    outbox: Outbox

    def listen(self) -> None:
        self.board.on(REMINDER, self._told)
        self.board.on(BARRED_POST, self._line_told)

    async def post(self, tx: Tx, due: Sequence[Reminder], now: datetime) -> None:
        """The turn of each of these that has one."""
        turns = await self.turns.of(tx, due)
        standing = await self.board.standing_about(tx, REMINDER, list(turns))
        posts = [_post(one, turns[one.id], standing.get(one.id), now) for one in due if one.id in turns]
        await self.board.put_all(tx, posts)

    async def before(self, tx: Tx, due: Sequence[tuple[Reminder, Expected]], now: datetime) -> list[Expected]:
        """The same before events; those that something comes before."""
        turns = await self.turns.of(tx, [reminder for reminder, _ in due])
        standing = await self.board.standing_about(tx, REMINDER, list(turns))
        told = [(reminder, one) for reminder, one in due if reminder.id in turns]
        posts = [
            _post(reminder, turns[reminder.id].of(one.event), standing.get(reminder.id), now, one.starts_at)
            for reminder, one in told
        ]
        await self.board.put_all(tx, posts)
        return [one for _, one in told]

    async def clear(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """What was said of its channel holds no more."""
        await self.board.take_down(tx, BARRED_POST, reminder.id, now)
        await self.outbox.close(tx, reminder.id, now, kinds=(BARRED_LINE,))

    # -- what became of it ----------------------------------------------------------------------

    async def _told(self, tx: Tx, post: Post, fate: Fate, now: datetime) -> None:
        reminder = await store.get(tx, post.subject)
        if reminder is None or self.servers.away(post.server):
            return
        match fate:
            case Fate.UP:
                await store.posted(tx, reminder.id)
                await self.insights.count(tx, reminder.server, REMINDERS, now)
            case Fate.BARRED if reminder.state is State.ON and reminder.channel == post.channel:
                await self._bar(tx, reminder, now)

    async def _bar(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        """It pauses, and its moderators find out, once."""
        await store.keep(tx, replace(reminder, state=State.BARRED, next_at=None, paused_until=None))
        await self.agenda.drop(tx, DUE, reminder.id)
        channel = (await self.servers.get(tx, reminder.server)).mods_channel
        if channel is None or channel == reminder.channel:
            await self._write(tx, reminder, now)
        else:
            await self.board.put(tx, Post.to(reminder.server, channel, BARRED_POST, reminder.id, now))

    async def _line_told(self, tx: Tx, post: Post, fate: Fate, now: datetime) -> None:
        reminder = await store.get(tx, post.subject)
        if fate is Fate.BARRED and reminder is not None and reminder.state is State.BARRED:
            await self._write(tx, reminder, now)

    async def _write(self, tx: Tx, reminder: Reminder, now: datetime) -> None:
        person = await self._who(tx, reminder)
        if person is not None:
            await self.outbox.tell(tx, person, BARRED_LINE, reminder.id, now, server=reminder.server)

    async def _who(self, tx: Tx, reminder: Reminder) -> PersonId | None:
        """Whoever set it, else the moderator last seen."""
        moderators = await self.servers.moderators(tx, reminder.server)
        return reminder.made_by if reminder.made_by in moderators else next(iter(moderators), None)


def _post(
    reminder: Reminder, turn: Turn, standing: Post | None, now: datetime, begins: datetime | None = None
) -> Post:
    until = schedule.of_use_until(reminder, now)
    return Post.to(
        reminder.server, reminder.channel, REMINDER, reminder.id, now,
        detail=turn.detail,
        at_least=reminder.at_least,
        replaces=None if standing is None else standing.message_id,
        until=until if begins is None else min(until, begins),
    )  # fmt: skip
