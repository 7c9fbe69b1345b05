"""Runs `plumbline` like `tests.wire.launch`, and writes down every few seconds what it holds in memory.

Run as `python -m tests.soak.launch <address> <file> <command of plumbline>`. Each line of the file is JSON.
It must be started with the variables in `COUNTED`.
"""

import asyncio
import ctypes
import gc
import json
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from sqlcipher3 import _sqlite3

from tests.wire.launch import point_at, stay_inside

EVERY_SECONDS = 5.0
COUNTED = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1"}
"""With these, all memory comes from one heap of the C library, which counts every byte that is in use.

Otherwise Python keeps pools of its own, and each thread has a heap. How much of those the system has handed
out depends on what happened to run at the same moment, and grows for an hour on a slow machine.
"""
LEAK = "SOAK_LEAK"
"""A variable that says how many bytes to leak for each interaction, to see whether the soak finds them."""
_leaked: list[bytearray] = []


def sqlite_kib() -> int:
    """Return how much memory SQLite holds, nearly all of it for caches whose size is limited."""
    used = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
    used.restype = ctypes.c_int64
    return int(used()) // 1024


class _Heap(ctypes.Structure):
    """What the C library says of its heap (mallinfo2 of glibc, 2.33 and later), in bytes."""

    _fields_: ClassVar = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks",
            "keepcost",
        )
    ]  # fmt: skip


def heap_kib() -> tuple[int, int]:
    """Return how much memory is in use, and how much the C library keeps for later after it was freed."""
    told = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if told is None or any(os.environ.get(name) != value for name, value in COUNTED.items()):
        raise OSError(f"memory can be counted with glibc 2.33 or later, and with {COUNTED}")
    told.restype = _Heap
    heap = told()
    return int(heap.uordblks + heap.hblkhd) // 1024, int(heap.fordblks) // 1024


def inside(bot: Any) -> dict[str, int]:
    """Return how many there are of everything that could pile up in the bot or in discord.py.

    Garbage that waits for its collector doesn't count, nor do SQLAlchemy's compiled statements. It keeps 500
    of them at most, and a rare statement that is compiled late would look like growth.
    """
    bot.db.adapter.engine.clear_compiled_cache()
    gc.collect()
    state, views = bot._connection, bot._connection._view_store
    used, free = heap_kib()
    return {
        "tasks": len(asyncio.all_tasks()),
        "used": used,
        "sqlite": sqlite_kib(),
        "free": free,
        "objects": len(gc.get_objects()),
        "interactions": sum(type(one).__name__ == "Interaction" for one in gc.get_objects()),
        "buckets": len(bot.http._buckets),
        "views": sum(len(one) for one in views._views.values()) + len(views._modals),
        "dm_channels": len(state._private_channels),
        "users": len(state._users),
        "members": sum(len(guild._members) for guild in bot.guilds),
    }


async def probe(bot: Any, file: Path) -> None:
    while True:
        with file.open("a") as lines:
            lines.write(json.dumps(inside(bot)) + "\n")
        await asyncio.sleep(EVERY_SECONDS)


def watch(file: Path) -> None:
    """Let the bot begin to write down what it holds, once its event loop runs."""
    from bot.app import Plumbline

    setup = Plumbline.setup_hook

    async def setup_hook(bot: Plumbline) -> None:
        bot.probing = asyncio.create_task(probe(bot, file))  # type: ignore[attr-defined] # kept from being collected
        if leak := int(os.environ.get(LEAK, "0")):
            bot.add_listener(_leaking(leak), "on_interaction")
        await setup(bot)

    Plumbline.setup_hook = setup_hook  # type: ignore[method-assign, assignment] # the test's own hook around it


def _leaking(size: int) -> Any:
    async def on_interaction(_interaction: object) -> None:
        _leaked.append(bytearray(os.urandom(size)))

    return on_interaction


if __name__ == "__main__":
    where, told = sys.argv.pop(1), Path(sys.argv.pop(1))
    stay_inside(where)
    point_at(where)
    watch(told)
    from bot.cli import main
    from tests import without_limits

    without_limits.lift()
    main()
