"""The process: serves until SIGTERM. It prints its address once it listens."""

import asyncio
import contextlib
import signal
import sys

from tests.wire.server import served


async def main() -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with served() as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
