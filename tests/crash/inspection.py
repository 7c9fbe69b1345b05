"""Looks at what a bot has left: after each kill, and once it has been left alone for a while."""

import asyncio
import random
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.delivery.dm_deletions import AGAIN
from tests.crash import invariants
from tests.crash.friend import Interrupted, NotOffered
from tests.crash.invariants import Accepted
from tests.crash.load import Load
from tests.crash.process import Running, Starter
from tests.crash.snapshot import Snapshot, in_use, snapshot_of
from tests.patience import PATIENCE

_LOOKS_EVERY = 0.2


class Broken(AssertionError):
    """A round after which something was lost, doubled or left behind."""


class Inspection:
    """Compares the files of the bot with what it has acknowledged, and with what Discord has accepted."""

    def __init__(self, load: Load, starts: Starter) -> None:
        self._load = load
        self._starts = starts
        self.accepted = Accepted()
        self.due: list[datetime] = []
        """When something is due next, as the files said that were looked at last."""

    async def look(self, running: Running, state: Path) -> None:
        """Check everything that must be true after the end of a bot. Raises Broken."""
        # This Discord would keep every event for the session of a bot that has ended.
        await self._load.wire.call("forget_sessions")
        await self.see()
        read_log(running)
        with snapshot_of(state) as files:
            if files is not None and files.has("SELECT 1 FROM sqlite_master WHERE name = 'agenda'"):
                self.read(files)

    async def see(self) -> None:
        """Take note of what Discord has accepted."""
        self.accepted.see(await self._load.wire.messages(after=self.accepted.last))

    async def quiet(self, state: Path) -> None:
        """Let the bot do all that it has left to do, and stop by itself. Raises Broken."""
        # What was deleted in direct messages when the bot was killed goes on after so long.
        await self._load.skip(AGAIN.total_seconds())
        running = await self._starts.start(self._load.clock.ahead, state.parent)
        left: list[str] = []
        for _ in range(int(PATIENCE / _LOOKS_EVERY)):
            await asyncio.sleep(_LOOKS_EVERY)
            with in_use(state) as files:
                left = [*invariants.unfinished(files, self._load.clock.now())]
            if not left and await self._load.wire.count("connected"):
                break
        await self.all_answered()
        code = await running.stop()
        if left or code:
            raise Broken(f"the bot was left alone, ended with {code}, and still has: {left}")
        await self.look(running, state)
        with snapshot_of(state) as files:
            assert files is not None
            refuse(invariants.unaccepted(files, self.accepted))

    async def all_answered(self) -> None:
        """Let everybody open their `/inbox`. Raises Broken if somebody gets no answer."""
        for friend in self._load.friends(self._load.life(random.Random())):
            try:
                await friend.inbox()
            except (Interrupted, NotOffered):
                raise Broken(f"the bot was left alone, and doesn't answer {friend.name}") from None

    def read(self, files: Snapshot) -> None:
        """Compare the rows with what was acknowledged and accepted. Raises Broken."""
        now = self._load.clock.now()
        refuse(f"lost: {one}" for one in self._load.submissions.lost(files, now))
        refuse(self.accepted.doubled())
        refuse(self.accepted.orphans(files))
        refuse(invariants.unsound(files))
        self.due = invariants.next_times(files, now)
        self.accepted.find_unrecorded(files)


def read_log(running: Running) -> None:
    """Raise Broken if the bot has logged an error. Its log is deleted otherwise."""
    # A process can be killed before it has opened the file.
    printed = running.printed.read_text("utf-8", "replace") if running.printed.exists() else ""
    if "ERROR" in printed or "Traceback" in printed:
        raise Broken(f"the bot logged an error: {running.printed}")
    running.printed.unlink(missing_ok=True)


def refuse(wrong: Iterable[str]) -> None:
    """Raise Broken if anything is wrong."""
    if found := [*wrong]:
        raise Broken("; ".join(found[:10]))
