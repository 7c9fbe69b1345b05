"""A test harness for reminders: a server with norms in force, and channels whose settings a test chooses."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.content.library import installed
from bot.delivery import channel_post_store as posting_store
from bot.delivery.channel_post import PostOutcome
from bot.delivery.channel_posts import ChannelPost
from bot.delivery.tables import outbox
from bot.delivery.tables import posts as post_rows
from bot.insights.store import counted
from bot.norms.models import Norm
from bot.reminders import posts
from bot.reminders.models import Reminder, ReminderKind, ScheduledEvent
from bot.reminders.queries import ReminderView
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from tests.unit.norms.fixtures import Harness as NormHarness
from tests.unit.norms.fixtures import norm
from tests.unit.pods.fixtures import HERE

BERLIN = "Europe/Berlin"
TEXT_CHANNEL, OTHER_CHANNEL = 601, 602
STORIES = tuple(installed().stories)
"""The keys of all stories, in the order in which they come."""
LISTEN, REST = norm("listen"), norm("rest")


class Harness(NormHarness):
    """The clock starts on Wednesday, 7 January 2026, at 12:00 UTC: 13:00 in Berlin."""

    async def wait_until(self, at: datetime) -> None:
        """Let time pass; each timer runs at the time at which it is due."""
        while (due := await self.agenda.next_due()) is not None and due <= at:
            self.now = max(due, self.now)
            await self.agenda.run_due(self.now)
        self.now = max(at, self.now)

    async def sleep_until(self, at: datetime) -> None:
        """Let time pass while the bot is off. When it starts again, it handles at once what is due."""
        self.now = at
        await self.agenda.run_due(self.now)

    async def agree(self, *norms: Norm) -> str:
        """Put these norms in force. Return the version's id."""
        return (await self.put(*(norms or (LISTEN, REST)), direct=True)).id

    # -- reminders ------------------------------------------------------------------------------

    async def add(self, kind: ReminderKind = ReminderKind.NORM, by: str = "mo", **values: Any) -> str:
        """Add a reminder that is on. Return its id."""
        who = await self.person(by)
        shown = await self.reminders.add(HERE, who, kind, TEXT_CHANNEL, BERLIN, self.now)
        id = shown.reminder.id
        if values:
            await self.change(id, **values)
        await self.resume(id)
        return id

    async def change(self, id: str, **values: Any) -> ReminderView:
        return await self.reminders.change(HERE, id, await self.person("mo"), self.now, values)

    async def resume(self, id: str) -> ReminderView:
        return await self.reminders.resume(HERE, id, await self.person("mo"), self.now)

    async def pause(self, id: str) -> ReminderView:
        return await self.reminders.pause(HERE, id, await self.person("mo"), self.now)

    async def rest(self, id: str) -> ReminderView:
        return await self.reminders.rest(HERE, id, await self.person("mo"), self.now)

    async def skip(self, id: str, seen: datetime) -> ReminderView:
        who = await self.person("mo")
        return await self.reminders.skip(HERE, id, who, int(seen.timestamp()), self.now)

    async def remove(self, id: str) -> None:
        await self.reminders.remove(HERE, id, await self.person("mo"), self.now)

    async def show(self, id: str) -> ReminderView:
        return await self.reminders.queries.show(HERE, id, self.now)

    async def reminder(self, id: str) -> Reminder:
        return (await self.show(id)).reminder

    async def see(self, *events: ScheduledEvent, whole: bool = False) -> None:
        await self.reminders.events.see(HERE, events, self.now, whole=whole)

    # -- channels -------------------------------------------------------------------------------

    async def posted(self, kind: str = posts.REMINDER) -> list[ChannelPost]:
        """Return all channel posts: posted, waiting, or to be deleted."""
        rows = await self.db.read(lambda tx: tx.all(select(post_rows).where(post_rows.c.kind == kind)))
        return [ChannelPost(**row._mapping) for row in rows]

    async def on_its_way(self) -> list[ChannelPost]:
        return [post for post in await self.posted() if not post.standing and post.wanted]

    async def becomes(self, post: ChannelPost, fate: PostOutcome, message: int = 900) -> None:
        """Record the outcome of a post, as the ChannelDispatcher does."""

        async def write(tx: Tx) -> None:
            if fate is not PostOutcome.UP:
                await posting_store.remove(tx, [post.id])
            else:
                older = [one.id for one in await posting_store.about(tx, post.kind, post.subject)]
                await posting_store.save(tx, post.stands(message, post.wanted, self.now))
                await posting_store.remove(tx, [id for id in older if id != post.id])
            await self.channel_posts.tell(tx, post, fate, self.now)

        await self.db.write(write)

    async def up(self, message: int = 900) -> str:
        """Record that the only waiting post was posted. Return what it shows."""
        [post] = await self.on_its_way()
        await self.becomes(post, PostOutcome.UP, message)
        return post.detail

    async def bar(self) -> None:
        [post] = await self.on_its_way()
        await self.becomes(post, PostOutcome.BARRED)

    # -- timers, messages, log, counts ----------------------------------------------------------

    async def due(self) -> dict[tuple[str, str], datetime]:
        rows = await self.db.read(lambda tx: tx.all(select(agenda)))
        return {(row.kind, row.subject): row.due_at for row in rows if row.kind.startswith("reminders.")}

    async def told(self) -> list[tuple[str, str]]:
        """Return (kind, state) of every message to anybody."""
        rows = await self.db.read(lambda tx: tx.all(select(outbox)))
        return [(row.kind, row.state) for row in rows]

    async def logged(self) -> list[tuple[str, str, str]]:
        entries = await self.servers.log.every(HERE)
        return [(one.setting, one.was, one.now) for one in entries if one.setting.startswith("reminder")]

    async def tallied(self) -> int:
        found = await self.db.read(lambda tx: counted(tx, f"{self.now:%Y-%m}"))
        return found.get(HERE, {}).get("reminders", 0)
