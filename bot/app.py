"""The composition root: the only place where objects are built, and the only one that knows the clock."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module

import discord
from discord import app_commands
from discord.ext import commands

from bot.asks.answering import Answering
from bot.asks.course import Course
from bot.asks.drafts import Drafts
from bot.asks.letters import Letters
from bot.asks.service import Asks
from bot.asks.view import View
from bot.boundaries.service import Boundaries
from bot.contact.service import Contact
from bot.delivery.courier import Courier
from bot.delivery.outbox import Outbox
from bot.guidance.library import installed
from bot.house import House
from bot.insights.service import Insights
from bot.norms.service import Norms
from bot.pairs.service import Pairs
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.plans.service import Plans
from bot.pods.service import Pods
from bot.posting.board import Board
from bot.posting.poster import Poster
from bot.reminders.service import Reminders
from bot.servers.service import Servers
from bot.settings import Settings
from bot.state import prepare, ring
from bot.storage.database import Database
from bot.storage.lock import Lock
from bot.storage.migrate import upgrade
from bot.storage.sweeping import Sweep
from bot.talks.service import Talks
from bot.timing.agenda import Agenda
from bot.timing.alarm import Alarm
from bot.ui.door import Door
from bot.ui.footing import Footing
from bot.ui.inbox import Inbox
from bot.ui.notices import Notices
from bot.ui.presence import Presence
from bot.ui.roll_call import RollCall
from bot.ui.running import answered, keep_running
from bot.ui.sender import Sender
from bot.ui.standing import Standing
from bot.ui.syncing import sync
from bot.vault.sealing import Vault

log = logging.getLogger(__name__)

ROOMS = ("help", "support", "me", "pod", "pair", "talk", "plan", "ask", "norms", "manage")
DRAIN_SECONDS = 10.0


def utcnow() -> datetime:
    return datetime.now(UTC)


class Plumbline(commands.AutoShardedBot):
    """The bot, with its house."""

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], datetime],
        shard_count: int | None = None,
        lock: Lock | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_scheduled_events=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            shard_count=shard_count,
            max_messages=None,
            # Longer than this a worker does not sleep on a 429: the line comes back later.
            max_ratelimit_timeout=30,
        )
        self.now = now
        prepare(settings)
        self.house = acquainted(furnish(self, settings, now))
        self._lock = lock or Lock(settings.state_dir / "lock")
        self._open = False
        self.tree.error(self.house.door.on_command_error)

    async def login(self, token: str) -> None:
        """Raises AlreadyRunning, before anything is asked of Discord."""
        self._lock.take()
        await super().login(token)

    async def setup_hook(self) -> None:
        await upgrade(self.house.db)
        while await self.house.db.write(self.house.vault.rewrap):
            log.info("Data keys were brought under the current key.")
        await self.house.servers.load()
        if moved := await self.house.pairs.zones.follow():
            log.info("%d check-ins were moved: the rules of their zones have changed.", moved)
        if moved := await self.house.reminders.follow(self.now()):
            log.info("%d reminders were moved: the rules of their zones have changed.", moved)
        self.add_listener(self.house.door.on_interaction, "on_interaction")
        Standing(self, self.house.servers, self.house.courier.pace, self.now).listen()
        await self.load_cogs()
        await sync(self.tree, self.house.settings.state_dir / "commands")
        self._open = True
        self.house.alarm.start()
        self.house.courier.start()
        self.house.poster.start()
        await self.house.roll_call.start(self.now())
        await self.house.insights.start(self.now())

    async def load_cogs(self) -> None:
        """Add every command, `/help` first. As extensions of discord.py, each bot would import them again."""
        for room in ROOMS:
            await import_module(f"cogs.{room}.cog").setup(self)

    async def close(self) -> None:
        """Stop claiming, let what is under way end, and let go of the file."""
        if self._open:
            self._open = False
            await self.house.alarm.stop()
            await asyncio.gather(
                self.house.courier.stop(DRAIN_SECONDS),
                self.house.poster.stop(DRAIN_SECONDS),
                self.house.roll_call.stop(DRAIN_SECONDS),
                answered(DRAIN_SECONDS),
            )
        await super().close()
        await self.house.db.close()
        self._lock.release()


def build(
    settings: Settings, now: Callable[[], datetime] = utcnow, *, shard_count: int | None = None
) -> Plumbline:
    """The whole bot, not logged in: for `run`, for the demo, and for the tests."""
    return Plumbline(settings, now, shard_count)


async def run(settings: Settings) -> None:
    """On Discord until told to stop. Raises what `cli.py` has a sentence for."""
    await keep_running(settings, lambda lock: Plumbline(settings, utcnow, lock=lock), utcnow)


def acquainted(house: House) -> House:
    """Let slices that were built one after the other hear of each other."""
    house.plans.sources(house.asks.place)
    house.pods.on_end(house.answering.tie_ended)
    for young in (house.pods.young, house.plans.young):
        house.preferences.on_rest(young)
    house.asks.on_sent(house.insights.asked)
    house.servers.on_gone(house.board.gone)
    # The outbox comes last: every slice has closed its own lines by then.
    house.servers.on_minors(house.plans.forget)
    for forget in (house.plans.forget, house.board.forget, house.outbox.forget):
        house.servers.on_forget(forget)
    return house


def furnish(bot: Plumbline, settings: Settings, now: Callable[[], datetime]) -> House:
    """Build every service, each handed what it stands on."""
    library, vault, db = installed(), Vault(ring(settings)), Database(settings.database_path)
    agenda, outbox, board, people = Agenda(db), Outbox(), Board(), People(db, vault)
    servers, preferences = Servers(db, people, agenda), Preferences(db, people)
    boundaries = Boundaries(db, vault, people, agenda, outbox)
    pods = Pods(db, people, servers, boundaries, agenda, outbox)
    plans = Plans(db, vault, people, agenda, outbox)
    talks = Talks(db, people, preferences, servers, pods, boundaries, plans, agenda, outbox)
    pairs = Pairs(db, vault, people, preferences, servers, boundaries, agenda, outbox)
    course = Course(letters := Letters(vault), servers, agenda, outbox)
    drafts = Drafts(db, letters, course, people, preferences, servers, pods, plans, agenda)
    asks = Asks(db, letters, course, drafts, View(drafts, people), people, boundaries, agenda, outbox)
    answering = Answering(db, letters, course, people, preferences, boundaries, agenda, outbox)
    norms = Norms(db, vault, people, servers, boundaries, agenda, board)
    insights = Insights(db, servers, norms, pairs, agenda)
    reminders = Reminders(db, servers, norms, tuple(library.stories), insights, agenda, board, outbox)
    presence, sender, notices = Presence(bot, people, now), Sender(bot, people), Notices(bot)
    courier = Courier(
        db, outbox, sender, now, settings.requests_per_second, settings.new_dms_per_minute,
        still_here=presence.still_here, wait_until=preferences.wait_until,
    )  # fmt: skip
    poster = Poster(db, board, notices, now, pace := courier.pace, servers.left_lately)
    roll_call = RollCall(db, agenda, pace, presence.still_here, (asks.people_in_open, pairs.people_in_open))
    return House(
        settings, library, db, vault, agenda, Alarm(agenda, now, (courier, poster, Sweep(db))), outbox,
        courier, board, poster, people, preferences, servers, boundaries, pods, drafts, asks, answering,
        plans, talks, pairs, norms, reminders, insights, Contact(db, agenda, outbox),
        Door(people, servers, now), Inbox(), presence, sender, notices, Footing(bot), roll_call,
    )  # fmt: skip
