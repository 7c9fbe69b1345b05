"""A plain discord.py client, which shows that this Discord behaves as discord.py expects."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.patience import PATIENCE
from tests.wire.client import Wire, connected
from tests.wire.launch import point_at
from tests.wire.server import served
from tests.wire.state import TOKEN

INTENTS = discord.Intents(guilds=True, guild_scheduled_events=True)


class Client(discord.AutoShardedClient):
    """Counts the events that it gets, and doesn't wait five seconds between logins."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=INTENTS, guild_ready_timeout=0.1, max_messages=None, **options)
        self.events: Counter[str] = Counter()
        self.interactions: list[discord.Interaction[Client]] = []
        self.tree = app_commands.CommandTree(self)
        self.connection: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None: ...

    async def on_socket_event_type(self, event: str) -> None:
        self.events[event] += 1
        self.change()

    async def on_interaction(self, interaction: "discord.Interaction[Client]") -> None:
        self.interactions.append(interaction)
        self.change()

    def change(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until this is true, looking after each event."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await self._changed.wait()

    async def got(self, event: str, times: int = 1) -> None:
        """Wait until an event has come so often."""
        await self.until(lambda: self.events[event] >= times)


@pytest.fixture
async def there(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """Yield a Discord to which discord.py is pointed. It runs in this process, which is faster."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with served() as address, connected(address) as started:
        point_at(address)
        yield started


@asynccontextmanager
async def logged_in(*, ended_by: type[Exception] | None = None, **options: Any) -> AsyncIterator[Client]:
    """Yield a client that connects. If an error is to end its connection, wait for that."""
    async with Client(**options) as client:
        await client.login(TOKEN)
        client.connection = asyncio.create_task(client.connect())
        try:
            yield client
            if ended_by is not None:
                with pytest.raises(ended_by):
                    await asyncio.wait_for(client.connection, PATIENCE)
        finally:
            await client.close()
            client.connection.cancel()
            await asyncio.gather(client.connection, return_exceptions=True)


@pytest.fixture
async def client(there: Wire) -> AsyncIterator[Client]:
    """Yield a client with one shard that has logged in, on a Discord with one server."""
    await there.add_guild(id=1 << 22)
    async with logged_in() as one:
        await one.got("GUILD_CREATE")
        yield one
