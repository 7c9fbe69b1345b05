"""Without PLUMBLINE_MONITORING, nothing of the page and its metrics is in the process."""

import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.load.processes import running
from tests.process.waiting import until
from tests.wire.client import Wire

PAGE = {
    "aiohttp.web", "bot.monitoring.counted_connector", "bot.monitoring.metrics", "bot.monitoring.page",
    "prometheus_client",
}  # fmt: skip
LOOK, LAG = "bot.monitoring.watch.Watch.run", "bot.monitoring.counts.Counts.watch_the_loop"


async def introspected(
    discord: Wire, where: Path, variables: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """Return which modules of the page a bot has imported when it has answered somebody, and its tasks."""
    guild = await discord.add_guild()
    channel = await discord.add_channel(guild)
    ana = await discord.add_person("ana", guild=guild)
    file = where / "introspected.json"
    async with running(discord, ("tests.process.introspected", str(file), "run"), where, variables) as bot:
        await discord.command(ana, channel, "settings")
        os.kill(bot.pid, signal.SIGUSR1)

        async def written() -> bool:
            return file.exists()

        await until(written)
    found: dict[str, Any] = json.loads(file.read_text())
    return {
        "modules": sorted(PAGE & {*found["modules"]}),
        "tasks": [name for name in found["tasks"] if name.startswith("bot.monitoring.")],
    }


async def test_without_an_address_only_the_look_once_a_minute_is_there(discord: Wire, tmp_path: Path) -> None:
    assert await introspected(discord, tmp_path) == {"modules": [], "tasks": [LOOK]}


async def test_with_an_address_the_same_look_at_the_process_finds_the_rest(
    discord: Wire, tmp_path: Path
) -> None:
    there = await introspected(discord, tmp_path, {"PLUMBLINE_MONITORING": "127.0.0.1:0"})

    assert there == {"modules": sorted(PAGE), "tasks": [LAG, LOOK]}
