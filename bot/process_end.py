"""Run the program's event loop and end its process, without waiting for ever for what others left behind.

`asyncio.run` waits without a limit for tasks that don't end when they are cancelled and for threads, such as
one that looks up a name; and Python itself waits for threads when it ends.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from typing import Any, NoReturn

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LEFT_TASKS_SECONDS = 0.5
_LEFT_TASKS_TRIES = 2


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` in a new event loop, and give what it leaves behind a second to end."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(main)
    finally:
        loop.run_until_complete(_end_left_tasks())
        _ignore_signals(loop)
        asyncio.set_event_loop(None)
        loop.close()


def end(code: int) -> NoReturn:
    """End the process. If threads are left, don't wait for them."""
    left = [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    if left:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


async def _end_left_tasks() -> None:
    for _ in range(_LEFT_TASKS_TRIES):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=_LEFT_TASKS_SECONDS)


def _ignore_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Let a second signal change nothing. Closing the loop would undo its handlers."""
    for number in SIGNALS:
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)
