"""Runs `plumbline` like `tests.wire.launch`, and at each SIGUSR1 writes down what it has imported and runs.

Run as `python -m tests.process.introspected <address> <file> <command of plumbline>`. The file is JSON: the
names of all modules, and of the coroutines of all tasks.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

from tests.wire.launch import as_installed, point_at, stay_inside


def introspect(file: Path) -> None:
    from bot.app import Plumbline

    setup = Plumbline.setup_hook

    async def setup_hook(bot: Plumbline) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _write, file)
        await setup(bot)

    Plumbline.setup_hook = setup_hook  # type: ignore[method-assign, assignment] # the test's own hook around it


def _write(file: Path) -> None:
    coroutines: list[Any] = [task.get_coro() for task in asyncio.all_tasks()]
    tasks = [f"{one.cr_frame.f_globals['__name__']}.{one.__qualname__}" for one in coroutines]
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"modules": sorted(sys.modules), "tasks": sorted(tasks)}))
    new.replace(file)


if __name__ == "__main__":
    where, told = sys.argv.pop(1), Path(sys.argv.pop(1))
    as_installed()
    stay_inside(where)
    point_at(where)
    introspect(told)
    from bot.cli import main

    main()
