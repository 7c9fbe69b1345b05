"""The two bots as processes, and how much of the processor each has used."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.client import Wire
from tests.wire.process import environment

ACKNOWLEDGING = ("tests.load.acknowledging",)
PLUMBLINE = ("tests.wire.launch", "run")
_NOT_TOLD = "PYTHONDONTWRITEBYTECODE"


def command(program: Sequence[str], address: str) -> list[str]:
    """Return the command that runs one of the programs against the Discord at this address."""
    module, *arguments = program
    return [sys.executable, "-m", module, address, *arguments]


def told() -> dict[str, str]:
    """Return the environment of a usual installation, where code is compiled once. The log level is INFO."""
    return {name: value for name, value in environment(log_level="INFO").items() if name != _NOT_TOLD}


@asynccontextmanager
async def running(
    discord: Wire,
    program: Sequence[str],
    where: Path,
    variables: Mapping[str, str] | None = None,
    under: Sequence[str] = (),
) -> AsyncIterator["Running"]:
    """Run a program in a directory, from the moment when it is ready; stop it at the end.

    `under`: the command of another program that runs it, such as valgrind.
    """
    before = await discord.count("readies")
    with (where / f"printed-{program[0].rpartition('.')[2]}.txt").open("ab") as output:
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *under, *command(program, discord.address), cwd=where, env=told() | {**(variables or {})},
            stdout=output, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        ended = asyncio.create_task(process.wait())
        ready = asyncio.create_task(discord.wait("readies", before + 1))
        try:
            await asyncio.wait({ended, ready}, return_when=asyncio.FIRST_COMPLETED)
            assert not ended.done(), Path(output.name).read_text("utf-8")
            yield Running(process.pid, Path(output.name), time.perf_counter() - began)
        finally:
            ready.cancel()
            if not ended.done():
                process.terminate()
            await ended


class Running:
    """A process that is ready. `started_in` is how many seconds that took."""

    def __init__(self, pid: int, output: Path, started_in: float) -> None:
        self.pid = pid
        self.output = output
        self.started_in = started_in

    @property
    def cpu(self) -> float:
        """Return the seconds of processor time that the process has used, in all of its threads."""
        if sys.platform != "linux":
            raise OSError(f"the processor time of another process can't be read on {os.name}")
        # What clock_getcpuclockid(3) returns: Python offers it for threads only.
        return time.clock_gettime((~self.pid << 3) | 2)


def waited(pid: int) -> float:
    """Return the seconds in which other programs ran although its main thread could; 0 if unknown."""
    try:
        _, seconds, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    except FileNotFoundError:
        return 0.0
    return int(seconds) / 1e9
