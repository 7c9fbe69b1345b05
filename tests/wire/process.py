"""Starting `plumbline run`, or another command of it, against this Discord."""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE
from tests.wire.client import ROOT, Wire
from tests.wire.state import TOKEN

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Bot:
    """A process of `plumbline`. What it prints goes to a file, since a full pipe would stop it."""

    process: asyncio.subprocess.Process
    output: Path

    @property
    def returncode(self) -> int | None:
        return self.process.returncode

    @property
    def printed(self) -> str:
        return self.output.read_text("utf-8")

    async def ended(self) -> str:
        """Wait until it has ended by itself. Return everything that it printed."""
        await asyncio.wait_for(self.process.wait(), PATIENCE)
        return self.printed

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Tell it to stop, and wait until it has. Return everything that it printed."""
        self.process.send_signal(number)
        return await self.ended()

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with only these settings of Plumbline, and with this code first."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("PLUMBLINE_")}
    told["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), told.get("PYTHONPATH", ""))))
    told |= {"PLUMBLINE_TOKEN": TOKEN, "PLUMBLINE_LOG_LEVEL": "DEBUG"}
    return told | {f"PLUMBLINE_{name.upper()}": value for name, value in settings.items()}


async def start(discord: Wire, where: Path, *command: str, **settings: str) -> Bot:
    """Start `plumbline <command>` (by default `run`) in a directory, and wait for nothing."""
    output = where / f"printed-{next(_NUMBERS)}.txt"
    with output.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.wire.launch", discord.address, *(command or ("run",)),
            cwd=where, env=environment(**settings), stdout=file, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
    return Bot(process, output)


@asynccontextmanager
async def running(discord: Wire, where: Path, *, logins: int = 1, **settings: str) -> AsyncIterator[Bot]:
    """Start the bot and wait for its logins, one for each shard; kill it at the end if it still runs."""
    before = await discord.count("readies")
    bot = await start(discord, where, **settings)
    try:
        ended = asyncio.create_task(bot.process.wait())
        ready = asyncio.create_task(discord.wait("readies", before + logins))
        await asyncio.wait({ended, ready}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            ready.cancel()
            raise AssertionError(bot.printed)
        ended.cancel()
        await ready
        yield bot
    finally:
        await bot.kill()
