"""How a bot that is well says so, and what is said of one that doesn't answer. Alarms: `test_alarms.py`."""

import os
import signal
from pathlib import Path

import pytest

from tests.process.watched import HOST, running
from tests.wire.client import Wire


async def test_a_bot_that_is_well_says_so_everywhere(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        assert (await bot.get("/healthz"))[0] == 200
        assert await bot.plumbline("health") == (0, (await bot.get("/healthz"))[1])
        assert "plumbline_ready 1.0" in (await bot.get("/metrics"))[1]
        assert "Alarm" not in bot.printed


@pytest.mark.parametrize("way", ["ended", "stuck"])
async def test_a_bot_that_does_not_answer_is_not_well(discord: Wire, tmp_path: Path, way: str) -> None:
    async with running(discord, tmp_path) as bot:
        if way == "stuck":
            os.kill(bot.process.pid, signal.SIGSTOP)
        else:
            bot.variables = {"PLUMBLINE_MONITORING": f"{HOST}:1"}
        code, said = await bot.plumbline("health")
        os.kill(bot.process.pid, signal.SIGCONT)

        assert code == 1
        address = bot.variables["PLUMBLINE_MONITORING"]
        assert said == f"Nothing answers at {address}. The bot isn't running, or it is stuck.\n"
