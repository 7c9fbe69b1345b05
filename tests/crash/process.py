"""The bot's processes: forked from one that has imported everything, or cold, as an operator starts one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE
from tests.wire.process import environment

SETTINGS = {"new_dms_per_minute": "60", "log_level": "INFO"}


@dataclass(frozen=True, slots=True)
class Running:
    """A process of the bot. `exit_code` is done when it has ended; it is negative if a signal ended it."""

    number: int
    printed: Path
    exit_code: asyncio.Task[int]

    async def kill(self) -> int:
        """Kill it as the system does when memory runs out. Return its exit code: it may have ended before."""
        self._send(signal.SIGKILL)
        return await self.ended()

    async def stop(self) -> int:
        """Let it stop by itself, as a service manager does."""
        self._send(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        return await asyncio.wait_for(asyncio.shield(self.exit_code), PATIENCE)

    def _send(self, number: signal.Signals) -> None:
        if not self.exit_code.done():
            with suppress(ProcessLookupError):
                os.kill(self.number, number)


class Starter:
    """Starts the bot, one process at a time."""

    def __init__(self, address: str, forks: asyncio.subprocess.Process, name: str = "") -> None:
        self._address = address
        self._forks = forks
        self._name = name
        self._started = 0

    async def start(self, ahead: float, where: Path, *, cold: bool = False) -> Running:
        """Start a bot whose clock is so many seconds ahead, with its state directory in this directory."""
        self._started += 1
        printed = where / f"printed-{self._name}{self._started}.txt"
        return await (self._start_cold(ahead, printed) if cold else self._fork(ahead, printed))

    async def _fork(self, ahead: float, printed: Path) -> Running:
        assert self._forks.stdin is not None
        self._forks.stdin.write(f"{ahead} {printed}\n".encode())
        number = await self._line()
        return Running(number, printed, asyncio.create_task(self._line()))

    async def _line(self) -> int:
        assert self._forks.stdout is not None
        return int(await self._forks.stdout.readline())

    async def _start_cold(self, ahead: float, printed: Path) -> Running:
        with printed.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.launch", self._address, str(ahead),
                cwd=printed.parent, env=environment(**SETTINGS),
                stdout=file, stderr=asyncio.subprocess.STDOUT,
            )  # fmt: skip
        return Running(process.pid, printed, asyncio.create_task(process.wait()))


@asynccontextmanager
async def starter(address: str, **settings: str) -> AsyncIterator[Starter]:
    """Yield what starts the bot, with these settings besides the usual ones. With them, forked bots alone."""
    forks = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.fork_server", address,
        env=environment(**SETTINGS, **settings),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Starter(address, forks, settings.get("state_dir", ""))
    finally:
        if forks.stdin is not None:
            forks.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(forks.wait(), PATIENCE)
        if forks.returncode is None:
            forks.kill()
            await forks.wait()
