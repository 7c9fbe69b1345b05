"""The process ends in time with its exit code, whatever is left running in it."""

import subprocess
import sys
import time

import pytest

from tests.patience import PATIENCE

SECONDS = 10

A_THREAD = """
import asyncio, time
from bot import process_end

async def main():
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
    await asyncio.sleep(0.1)

process_end.run(main())
process_end.end(12)
"""

A_TASK = """
import asyncio
from bot import process_end

async def stubborn():
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            pass

async def main():
    main.task = asyncio.create_task(stubborn())
    await asyncio.sleep(0.1)

process_end.run(main())
process_end.end(12)
"""

A_BLOCKED_LOOP = """
import asyncio, os, pathlib, signal, sys, tempfile, time
from contextlib import nullcontext
from bot.settings import Settings
from bot.ui import running

class Bot:
    async def __aenter__(self): return self
    async def __aexit__(self, *_): pass
    async def close(self): time.sleep(60)
    async def start(self, token):
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(60)

running.STOPS_WITHIN_SECONDS = 1
settings = Settings(_env_file=None, token="a.b.c", state_dir=pathlib.Path(tempfile.mkdtemp()))
from bot.app import utcnow
asyncio.run(
    running.keep_running(
        settings, lambda lock: Bot(), utcnow, on_hangup=Bot.close, beside=lambda bot: nullcontext()
    )
)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "code"), [(A_THREAD, 12), (A_TASK, 12), (A_BLOCKED_LOOP, 0)], ids=["thread", "task", "loop"]
)
def test_the_process_ends_in_time_whatever_is_left(program: str, code: int) -> None:
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", program], timeout=PATIENCE, check=False, capture_output=True, text=True
    )

    assert ended.returncode == code, ended.stderr
    assert time.monotonic() - began < SECONDS
