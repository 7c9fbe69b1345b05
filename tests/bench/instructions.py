"""Count the instructions that a process executes, with callgrind, a tool of valgrind's.

Where other programs use the same processor, the seconds that a process needs for the same work differ by a
fifth from one time to the next. Its instructions differ by half a percent.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.patience import PATIENCE

SLOWER = 50
"""About so many times as long as usual everything takes in a process whose instructions are counted."""
_WRITTEN = "instructions"
_TOTAL = re.compile(r"^totals: (\d+)$", re.MULTILINE)


class Count:
    """How many instructions were executed. It is known when the counting has ended."""

    def __init__(self) -> None:
        self.instructions = 0


def can_count() -> bool:
    return all(shutil.which(one) for one in ("valgrind", "callgrind_control"))


def under_callgrind(where: Path) -> tuple[str, ...]:
    """Return what comes before the command of a process, so that its instructions can be counted."""
    return (
        "valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no",
        f"--callgrind-out-file={where / _WRITTEN}.%p",
    )  # fmt: skip


@asynccontextmanager
async def counting(pid: int, where: Path) -> AsyncIterator[Count]:
    """Count what this process executes meanwhile, in all of its threads and outside of the kernel."""
    counted = Count()
    await _tell(pid, "--instr=on")
    await _tell(pid, "--zero")
    yield counted
    dumps = f"{_WRITTEN}.{pid}.*"
    before = {*where.glob(dumps)}
    await _tell(pid, "--dump")
    async with asyncio.timeout(PATIENCE):
        while not (total := _total({*where.glob(dumps)} - before)):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.1)
    counted.instructions = total
    await _tell(pid, "--instr=off")


def _total(dumps: set[Path]) -> int:
    """Return the total of a dump, which is at its end; 0 as long as it isn't written."""
    return sum(int(found) for one in dumps for found in _TOTAL.findall(one.read_text("utf-8")))


async def _tell(pid: int, what: str) -> None:
    process = await asyncio.create_subprocess_exec(
        "callgrind_control", what, str(pid), stdout=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() == 0
