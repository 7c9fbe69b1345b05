"""Waiting for what happens in the bot's process, or in that of its Discord."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.patience import PATIENCE
from tests.wire.client import Wire
from tests.wire.process import Bot, start


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await reached():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.02)


async def met(discord: Wire, fault: int, times: int = 1) -> None:
    """Wait until a fault has happened so often."""

    async def happened() -> bool:
        return await discord.happened(fault) >= times

    await until(happened)


async def printed(bot: Bot, text: str) -> None:
    """Wait until the bot has printed a text."""

    async def there() -> bool:
        return text in bot.printed

    await until(there)


async def connected(discord: Wire, where: Path, **settings: str) -> Bot:
    """Start a bot, and wait for one more login than there was before."""
    before = await discord.count("readies")
    bot = await start(discord, where, **settings)
    await discord.wait("readies", before + 1)
    return bot
