"""The cost of an idle `plumbline run`, against `import discord` alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure

ROUNDS = 7
_NOT_TOLD = ("PLUMBLINE_", "PYTHONDONTWRITEBYTECODE")
_SETTLING = 60.0
"""In seconds. By then, memory that only the start needed has been given back."""

_TIMED = """
import time
began = time.process_time()
{work}
print(time.process_time() - began)
"""
_DISCORD = "import discord"
_RUN = """
import bot.cli
bot.cli.program()
from importlib import import_module
for feature in bot.app.FEATURES:
    import_module(f"cogs.{feature}.cog")
"""
_HELD = """
import gc
gc.collect()
try:
    with open("/proc/self/statm") as file:
        held = int(file.read().split()[1]) * __import__("os").sysconf("SC_PAGE_SIZE")
except FileNotFoundError:  # no /proc: the most that it ever held
    import resource, sys
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(held)
"""
_IDLING = """
import asyncio
from bot.app import build
from bot.settings import Settings
async def idle():
    bot = build(Settings(_env_file=None, state_dir={state!r}))
    async def told(**_):
        return []
    bot.tree.sync = told
    async with bot:
        bot._lock.take()
        await bot.setup_hook()
        await asyncio.sleep({settling})
        exec({held!r})
asyncio.run(idle())
"""


def measured(where: Path) -> list[Figure]:
    """Measure new interpreters in turn. The second start of the bot counts: the first needs Alembic."""
    idling = _IDLING.format(state=str(where / "idle"), settling=_SETTLING, held=_HELD)
    _said(idling, where)
    _said(_TIMED.format(work=_RUN), where)
    discord, run, held_by_discord, held = [], [], [], []
    for _ in range(ROUNDS):
        discord.append(_said(_TIMED.format(work=_DISCORD), where))
        run.append(_said(_TIMED.format(work=_RUN), where))
    for _ in range(3):
        held_by_discord.append(_said(_DISCORD + _HELD, where))
        held.append(_said(idling, where))
    return [
        Figure("plumbline run imports, against discord", median(run) / median(discord), "times", 3),
        Figure("plumbline run imports", median(run) * 1000, "ms of CPU"),
        Figure("import discord", median(discord) * 1000, "ms of CPU"),
        Figure("plumbline run idles, against discord", median(held) / median(held_by_discord), "times", 2.3),
        Figure("plumbline run idles at", median(held) / 2**20, "MiB"),
        Figure("import discord is at", median(held_by_discord) / 2**20, "MiB"),
    ]


def _said(program: str, where: Path) -> float:
    """Run a program in an interpreter of its own; return the last number it printed."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_TOLD)}
    # The code is compiled once, as pip does when it installs a package.
    told |= {"PYTHONPATH": str(Path.cwd()), "PYTHONPYCACHEPREFIX": str(where / "compiled")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=where, env=told, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(json.loads(done.stdout.split()[-1]))
