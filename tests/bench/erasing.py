"""How long erasing 1,000 rows, and exporting 10,000, hold the event loop, against a batch of the agenda."""

import asyncio
import gc
from datetime import timedelta
from pathlib import Path

from bot.app import Plumbline
from bot.ids import PersonId
from bot.people.models import DiscordUser
from bot.privacy import archive
from tests.bench import fixtures
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, SERVER
from tests.bench.holding import _steps

ERASED, EXPORTED, BATCH, ROUNDS = 1_000, 10_000, 500, 6


async def measured(where: Path) -> list[Figure]:
    """Measure the longest step of the loop in each. The least of the rounds counts: the machine pauses."""
    bot = await fixtures.opened(where)
    batches, erasing, exporting = [], [], []
    try:
        for number in range(ROUNDS):
            batches.append(await _batch(bot, 10 * number))
            erasing.append(await _erased(bot, 10 * number + 1))
        owner = await _owner(bot, 10 * ROUNDS)
        await fixtures.plans(bot, owner, EXPORTED, 0)
        for _ in range(ROUNDS):
            exporting.append(await _exported(bot, owner))
    finally:
        await bot.db.close()
    batch = min(batches)
    against = "holds the loop, against a batch of the agenda"
    return [
        Figure(f"erasing 1,000 rows {against}", min(erasing) / batch, "times", 1),
        Figure(f"exporting 10,000 rows {against}", min(exporting) / batch, "times", 1),
        Figure("a batch of 500 plans on the agenda holds the loop", batch * 1000, "ms"),
        Figure("erasing 1,000 rows holds the loop", min(erasing) * 1000, "ms"),
        Figure("exporting 10,000 rows holds the loop", min(exporting) * 1000, "ms"),
    ]  # fmt: skip


async def _batch(bot: Plumbline, number: int) -> float:
    """Let 500 plans be due at once, as the agenda handles them in one transaction."""
    await fixtures.plans(bot, await _owner(bot, number), BATCH, 1)
    with _steps() as steps:
        await asyncio.create_task(bot.services.agenda.run_due(NOON + timedelta(days=2)))
    return max(steps)


async def _erased(bot: Plumbline, number: int) -> float:
    owner = await _owner(bot, number)
    await fixtures.plans(bot, owner, ERASED, 30)
    gc.collect()
    with _steps() as steps:
        await asyncio.create_task(bot.services.privacy.erase(owner, NOON))
    return max(steps)


async def _exported(bot: Plumbline, owner: PersonId) -> float:
    gc.collect()
    with _steps() as steps:
        await asyncio.create_task(_read(bot, owner))
    return max(steps)


async def _read(bot: Plumbline, owner: PersonId) -> None:
    records = bot.services.privacy.records(owner, asked_for=True)
    async for _ in archive.parts(records, NOON, lambda _: "A server"):
        pass


async def _owner(bot: Plumbline, number: int) -> PersonId:
    return await bot.services.people.meet(DiscordUser(9_000_000 + number, "Owner", SERVER), NOON)
