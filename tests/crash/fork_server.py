"""A process that has imported everything, and forks a bot whenever it is told to: that saves a second each.

Run as `python -m tests.crash.fork_server <address>`. It reads lines of `<seconds ahead> <file to print to>`,
and prints the number of each process once it is forked, and how it ended once it has. A process runs in the
directory of the file that it prints to.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

from tests.wire.launch import stay_inside


def warm_up() -> None:
    """Import what a bot imports between its start and its end, and nothing that begins a thread or a loop."""
    from bot.app import FEATURES

    for feature in FEATURES:
        import_module(f"cogs.{feature}.cog")
    for name in ("bot.cli", "bot.startup_errors", "alembic.command", "alembic.config", "icalendar"):
        import_module(name)
    gc.collect()
    gc.freeze()


def become_a_bot(address: str, ahead: float, printed: str) -> None:
    from bot.cli import main
    from tests.crash.launch import prepare

    output = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in ((0, nothing), (1, output), (2, output)):
        os.dup2(file, number)
    os.chdir(Path(printed).parent)
    prepare(address, ahead)
    sys.argv[1:] = ["run"]
    main()


def serve(address: str) -> None:
    for line in sys.stdin:
        ahead, _, printed = line.strip().partition(" ")
        process = os.fork()
        if not process:
            become_a_bot(address, float(ahead), printed)
            os._exit(0)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    stay_inside(sys.argv[1])
    warm_up()
    serve(sys.argv[1])
