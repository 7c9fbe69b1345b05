"""Make the recording.

    python -m tests.system.recorded.make walk      the databases, and what was shown to whom
    python -m tests.system.recorded.make screens   what today's code shows for each press

`walk` was run on the code of commit cd444db, before the refactoring that the recording is there to watch.
Don't run it again: its databases and custom_ids are useful only because they are old. Run `screens` after
a change that is meant to change what people see, and read the difference that it prints.

The walk goes through everything (`tests/system/journeys.py`). Its presses are divided into chapters. A new
one begins, with the database as it is then, when a press names a row that was not there at the start of the
last chapter, or when the clock has moved on. In a chapter, each press works on what those before left.
"""

import asyncio
import sys
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.system.conftest import walking
from tests.system.journeys import WAYS
from tests.system.recorded import recording
from tests.system.recorded.recorder import MODERATOR, Recorder
from tests.system.recorded.recording import Member, Recording, Shown
from tests.system.recorded.replay import Replay, ids, lines
from tests.system.walk import NAMES, Walk


async def walk(state: Path) -> Recording:
    """Go through everything once."""
    async with walking(state) as walk:
        await walk.demo.member(MODERATOR, shown=walk.name(MODERATOR), moderator=True)
        recorder = Recorder(walk, state)
        for way in WAYS:
            recorder.way = way.__name__
            await way(walk)
            await walk.demo.settle()
        recorder.finish()
        members = [await _member(walk, name) for name in (*NAMES, MODERATOR)]
        keys = (state / "keys.json").read_bytes()
        return Recording(ids(walk.demo), members, keys, recorder.chapters, recorder.databases)


async def screens(old: Recording, state: Path) -> list[Shown]:
    """Return what today's code shows for each press."""
    async with Replay(old, state).opened() as replay:
        return [shown async for _, shown in replay.all()]


async def _member(walk: Walk, name: str) -> Member:
    member = await walk(name)
    dm = walk.demo.env.backend.dm_channels.get(member.id)
    return Member(name, walk.name(name), member.id, dm, name == MODERATOR)


def main(what: str) -> None:
    with TemporaryDirectory(prefix="plumbline-recording-") as state:
        if what == "walk":
            recording.save(asyncio.run(walk(Path(state))))
        elif what == "screens":
            before = recording.load_screens() if recording.SCREENS.exists() else []
            now = asyncio.run(screens(recording.load(), Path(state)))
            recording.save_screens(now)
            sys.stdout.writelines(unified_diff(lines(before), lines(now), "before", "now"))
        else:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
