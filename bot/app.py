"""The discord.py client: how the bot starts, runs and stops. Only this module knows the clock."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module

import discord
from discord import app_commands
from discord.ext import commands
from yarl import URL

from bot.login_throttle import Logins, LoginThrottle
from bot.logs import get_logger
from bot.services import build_services
from bot.settings import Settings
from bot.state_dir import prepare, ring
from bot.storage.database import Database
from bot.storage.lock import Lock
from bot.storage.migrate import upgrade
from bot.ui.access_changes import AccessChanges
from bot.ui.gateway_connection import ShardConnections
from bot.ui.gateway_events import GatewayEvents
from bot.ui.guild_lifecycle import GuildLifecycle
from bot.ui.running import answered, keep_running, within
from bot.ui.syncing import sync
from bot.vault.sealing import Vault
from bot.wiring import wire

log = get_logger(__name__)

FEATURES = ("help", "support", "me", "pod", "pair", "talk", "plan", "ask", "norms", "manage")
# Together they are less than `running.STOPS_WITHIN_SECONDS`.
DISCORD_SECONDS, WAKEUP_SECONDS, DRAIN_SECONDS, DATABASE_SECONDS = 2.5, 1.0, 3.5, 2.0


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
            # A worker doesn't wait longer than this on a 429 response. The message is tried again later.
            max_ratelimit_timeout=30,
        )
        self.now = now
        self.gateway_events = GatewayEvents(self)
        prepare(settings)
        self.db = Database(settings.database_path)
        self.services = build_services(self, settings, self.db, Vault(ring(settings)), now)
        wire(self.services)
        self._lock = lock or Lock(settings.state_dir / "lock")
        self._open = False
        self._shutdown: asyncio.Task[None] | None = None
        self._throttle = LoginThrottle(settings.state_dir / "starts")
        self._logins = Logins(self._throttle, now)
        self._connections = ShardConnections(self, self.gateway_events, self._logins)
        self.tree.error(self.services.router.on_command_error)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Let our own loop connect this shard. discord.py calls this for each of them, from `connect`."""
        self._connections.add(shard_id, gateway)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until the bot is closed or Discord ends the connection for good."""
        await self.launch_shards()
        await self._connections.run()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Count each login where it is made. `Logins.turn` has waited for its turn already."""
        self._logins.made()

    async def login(self, token: str) -> None:
        """Take the lock and log in. Raises AlreadyRunning and OSError before any request is made.

        A login that can't be counted must not be made: after a restart nobody would know of it.
        """
        self._lock.take()
        self._throttle.require_room()
        await super().login(token)

    async def setup_hook(self) -> None:
        await upgrade(self.db)
        while await self.db.write(self.services.vault.rewrap):
            log.info("Data keys were wrapped again with the current key")
        await self.services.servers.load()
        if moved := await self.services.pairs.zones.follow():
            log.info("Check-ins were moved: the rules of their zones have changed", count=moved)
        if moved := await self.services.reminders.follow(self.now()):
            log.info("Reminders were moved: the rules of their zones have changed", count=moved)
        self.add_listener(self.services.router.on_interaction, "on_interaction")
        GuildLifecycle(self, self.services.servers, self.services.dm_dispatcher.pace, self.now).listen()
        AccessChanges(self, self.services.channel_dispatcher).listen()
        await self.load_cogs()
        await sync(self.tree, self.services.settings.state_dir / "commands")
        self._open = True
        self.services.wakeup.start()
        await self.services.dm_dispatcher.start(self._lock.holder)
        await self.services.channel_dispatcher.start(self._lock.holder)
        await self.services.membership_sweep.start(self.now())
        await self.services.insights.start(self.now())
        await self.services.people.strangers.start(self.now())

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

    async def _shut_down(self) -> None:
        await within(DISCORD_SECONDS, "gateway", self._connections.close())
        if self._open:
            self._open = False
            await within(WAKEUP_SECONDS, "wakeup", self.services.wakeup.stop())
            drained = asyncio.gather(
                self.services.dm_dispatcher.stop(DRAIN_SECONDS),
                self.services.channel_dispatcher.stop(DRAIN_SECONDS),
                self.services.membership_sweep.stop(DRAIN_SECONDS),
                answered(DRAIN_SECONDS),
            )
            await within(DRAIN_SECONDS + 1, "workers", drained)
        await within(DISCORD_SECONDS, "discord.py", super().close())
        await within(DATABASE_SECONDS, "database", self.db.close())
        self._lock.release()


def build(
    settings: Settings, now: Callable[[], datetime] = utcnow, *, shard_count: int | None = None
) -> Plumbline:
    """Build the whole bot without logging in, for `run`, the demo and the tests."""
    return Plumbline(settings, now, shard_count)


async def run(settings: Settings) -> None:
    """Run the bot on Discord until it is told to stop. Expected errors have a sentence in `cli.py`."""
    await keep_running(settings, lambda lock: Plumbline(settings, utcnow, lock=lock), utcnow)
