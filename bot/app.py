"""The discord.py client: how the bot starts, runs and stops. Only this module knows the clock."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from importlib import import_module

import discord
from discord import app_commands
from discord.ext import commands
from yarl import URL

from bot.backups.leftovers import remove_copies, remove_restored
from bot.delivery.waiting_store import waiting
from bot.instances.instance import Instance, shards_of
from bot.instances.login_gate import SharedLoginGate
from bot.login_throttle import Logins, LoginThrottle
from bot.logs import get_logger
from bot.monitoring.counts import Counts
from bot.monitoring.monitor import Monitor, Sources
from bot.monitoring.running import monitored
from bot.monitoring.service_manager import ServiceManager
from bot.monitoring.vitals import Phase
from bot.services import build_services
from bot.settings import Settings
from bot.state_dir import database, prepare, ring, session
from bot.storage.lock import Lock
from bot.storage.migrate import upgrade
from bot.storage.session import Hint
from bot.ui.access_changes import AccessChanges
from bot.ui.discord_clock import clock_ahead
from bot.ui.discord_errors import seen
from bot.ui.gateway_connection import ShardConnections
from bot.ui.gateway_events import GatewayEvents
from bot.ui.guild_lifecycle import GuildLifecycle
from bot.ui.request_errors import REQUEST_ERRORS
from bot.ui.running import answered, keep_running, within
from bot.ui.syncing import sync
from bot.wiring import wire

log = get_logger(__name__)

FEATURES = (
    "help",
    "support",
    "me",
    "pod",
    "pair",
    "path",
    "night",
    "talk",
    "plan",
    "ask",
    "terms",
    "report",
    "norms",
    "manage",
)
# Together they are less than `running.STOPS_WITHIN_SECONDS`.
DISCORD_SECONDS, WAKEUP_SECONDS, DRAIN_SECONDS, DATABASE_SECONDS = 2.5, 1.0, 3.5, 2.0
FOLLOW_UP_SECONDS = 1.0
"""Within DRAIN_SECONDS: what follows an answer has only its last word to say."""


def utcnow() -> datetime:
    return datetime.now(UTC)


class Plumbline(commands.AutoShardedBot):
    """The discord.py client, with the database and the services that its cogs use."""

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], datetime],
        shard_count: int | None = None,
        lock: Lock | None = None,
    ) -> None:
        self.counts = Counts() if settings.monitoring else None
        shards = shards_of(settings)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_scheduled_events=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            shard_count=shard_count or shards.count,
            max_messages=None,
            # A worker doesn't wait longer than this on a 429 response. The message is tried again later.
            max_ratelimit_timeout=30,
        )
        self.shard_ids = shards.ids
        self.now = now
        self.gateway_events = GatewayEvents(self)
        if self.counts is not None:
            self.gateway_events.listen("INTERACTION_CREATE", self.counts.on_interaction)
        prepare(settings)
        keys = ring(settings)
        self.db = database(settings, keys)
        self.instance = Instance(shards, settings.instance, session(settings))
        self.instance.on_leading = self._take_over
        self._gate = SharedLoginGate(self.db, self.instance, now) if self.db.shared else None
        self.services = build_services(self, settings, self.db, keys, now, self.instance)
        wire(self.services)
        self.instance.on_told = self._on_told
        self._lock = lock or Lock(settings.state_dir / "lock")
        self._open = False
        self._set_up = asyncio.Event()
        self._shutdown: asyncio.Task[None] | None = None
        self._throttle = LoginThrottle(settings.state_dir / "starts")
        self._logins = Logins(self._throttle, now, self._gate)
        self._connections = ShardConnections(self, self.gateway_events, self._logins)
        self.monitor = Monitor(settings, self.db, self._sources(), now)
        self.tree.error(self.services.router.on_command_error)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Let our own loop connect this shard. discord.py calls this for each of them, from `connect`."""
        self._connections.add(shard_id, gateway)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until the bot is closed or Discord ends the connection for good."""
        await self.launch_shards()
        await self.instance.run(self._connections.run())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Count each login where it is made. `Logins.turn` has waited for its turn already."""
        self._logins.made()
        if self._gate is not None:
            await self._gate.made(shard_id or 0)

    async def login(self, token: str) -> None:
        """Take the lock and log in.

        Raises AlreadyRunning, NumberTaken, SessionLost and OSError before any request is made. A login that
        can't be counted must not be made: after a restart nobody would know of it.
        """
        self._lock.take()
        self._throttle.require_room()
        await self.instance.join()
        if self.counts is not None:
            # Whoever doesn't ask for metrics doesn't pay for counting.
            from bot.monitoring.counted_connector import CountedConnector

            self.http.connector = CountedConnector(self.counts.on_answer)
        await super().login(token)
        if self._gate is not None:
            _, _, limit = await self.http.get_bot_gateway()
            self._gate.at_once = limit["max_concurrency"]

    async def setup_hook(self) -> None:
        await self.open_database()
        await self.services.servers.load()
        if changed := await self.services.boundaries.start(self.now()):
            log.info("Boundaries recognise accounts from now on", count=changed)
        if moved := await self.services.pairs.zones.follow():
            log.info("Check-ins were moved: the rules of their zones have changed", count=moved)
        if moved := await self.services.paths.meetings.follow():
            log.info("Meetings were moved: the rules of their zones have changed", count=moved)
        if moved := await self.services.reminders.follow(self.now()):
            log.info("Reminders were moved: the rules of their zones have changed", count=moved)
        await self.services.nights.standing_by.start(self.now())
        self.add_listener(self.services.router.on_interaction, "on_interaction")
        GuildLifecycle(
            self, self.services.servers, self.instance.shards, self.services.dm_dispatcher.pace, self.now
        ).listen()
        AccessChanges(self, self.services.channel_dispatcher).listen()
        await self.load_cogs()
        if self.instance.leads:
            await self._sync_commands()
        self._open = True
        self.services.wakeup.start()
        await self.services.dm_dispatcher.start(self._lock.holder)
        await self.services.channel_dispatcher.start(self._lock.holder)
        await self.services.membership_sweep.start(self.now())
        await self.services.insights.start(self.now())
        await self.services.reports.quotas.start(self.now())
        await self.services.people.strangers.start(self.now())
        self.services.dm_deletions.start()
        self._set_up.set()
        self.monitor.enter(Phase.RUNNING)

    async def _sync_commands(self) -> None:
        await sync(self.tree, self.services.settings.state_dir / "commands")

    async def _take_over(self) -> None:
        """Do from now on what only the leader does."""
        self.services.dm_dispatcher.takes_over(self.now())
        try:
            await self._sync_commands()
        except REQUEST_ERRORS as error:
            log.warning("Discord could not be told of the commands", error=error, **seen(error))

    def _on_told(self, told: Collection[Hint]) -> None:
        """Do what other processes say that there is to do."""
        if Hint.MEMORY in told:
            self.services.refresh.told()
        if Hint.WORK in told:
            self.services.dm_dispatcher.wake()
            self.services.channel_dispatcher.wake()

    async def open_database(self) -> None:
        """Open the database, upgraded, and without what was deleted since it was copied."""
        self.monitor.enter(Phase.UPGRADING)
        remove_restored(self.services.settings)
        remove_copies(self.services.settings)
        await upgrade(self.db)
        await self.services.replay.start(self.now())
        await self.services.key_rotation.start(self.now())

    async def reread_keys(self) -> None:
        """Use the key file as it is now, for example after `plumbline keys rotate`."""
        await self._set_up.wait()
        await self.services.key_rotation.reread(partial(ring, self.services.settings), self.now())

    async def load_cogs(self) -> None:
        """Load every cog, `/help` first.

        They are not discord.py extensions, because each bot would then import the modules again.
        """
        for feature in FEATURES:
            await import_module(f"cogs.{feature}.cog").setup(self)

    async def close(self) -> None:
        """Stop claiming work, wait for what is under way, and close the database. Each wait has a limit.

        Being cancelled doesn't stop it, and a second call waits for the first.
        """
        if self._shutdown is None:
            self._shutdown = asyncio.create_task(self._shut_down())
        await asyncio.shield(self._shutdown)

    def monitored(self) -> AbstractAsyncContextManager[None]:
        """Watch the bot's health meanwhile. With PLUMBLINE_MONITORING, answer whoever asks about it."""
        tried = (self.services.dm_dispatcher.tried, self.services.channel_dispatcher.tried)
        return monitored(self.monitor, ServiceManager(), self.counts, lambda: sum(tried, Counter()))

    def _sources(self) -> Sources:
        services = self.services
        return Sources(
            self._connections,
            lambda: self.db.read(lambda tx: waiting(tx, self.now(), services.servers.left_lately())),
            services.agenda.earliest,
            self._logins.left,
            lambda: clock_ahead(self.now),
        )

    async def _shut_down(self) -> None:
        self.monitor.enter(Phase.STOPPING)
        await within(DISCORD_SECONDS, "gateway", self._connections.close())
        if self._open:
            self._open = False
            self.services.pictures.stop()
            await within(WAKEUP_SECONDS, "wakeup", self.services.wakeup.stop())
            drained = asyncio.gather(
                self.services.dm_dispatcher.stop(DRAIN_SECONDS),
                self.services.channel_dispatcher.stop(DRAIN_SECONDS),
                self.services.membership_sweep.stop(DRAIN_SECONDS),
                self.services.dm_deletions.stop(DRAIN_SECONDS),
                self.services.follow_ups.stop(FOLLOW_UP_SECONDS),
                answered(DRAIN_SECONDS),
            )
            await within(DRAIN_SECONDS + 1, "workers", drained)
        await within(DISCORD_SECONDS, "discord.py", super().close())
        await within(DATABASE_SECONDS, "database", self.db.close())
        await within(DATABASE_SECONDS, "session", self.instance.leave())
        self._lock.release()


def build(
    settings: Settings, now: Callable[[], datetime] = utcnow, *, shard_count: int | None = None
) -> Plumbline:
    """Build the whole bot without logging in, for `run`, the demo and the tests."""
    return Plumbline(settings, now, shard_count)


async def erase(settings: Settings, account: int) -> bool:
    """Erase everything about an account while the bot is stopped. Return whether it has used the bot.

    The next start deletes its direct messages. Raises AlreadyRunning, and what opening the database raises.
    """
    with Lock(settings.state_dir / "lock") as lock:
        bot = Plumbline(settings, utcnow, lock=lock)
        try:
            await bot.open_database()
            person = await bot.services.people.of_account(account)
            if person is not None:
                await bot.services.privacy.erase(person, utcnow())
        finally:
            await bot.db.close()
    return person is not None


async def run(settings: Settings) -> None:
    """Run the bot on Discord until it is told to stop. `startup_errors.py` words the errors it expects."""
    await keep_running(
        settings,
        lambda lock: Plumbline(settings, utcnow, lock=lock),
        utcnow,
        on_hangup=Plumbline.reread_keys,
        beside=Plumbline.monitored,
    )
