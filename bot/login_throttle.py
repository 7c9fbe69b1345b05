"""Limit how often the bot logs in, since Discord resets the token of a bot that does so 1,000 times a day.

A login is an IDENTIFY on the gateway: one at each start, and one whenever a session can't be resumed. It is
counted where it is made, so whatever causes logins (a crash loop, a token that was reset, an outage) meets
the same limit.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from bot.logs import get_logger
from bot.storage.files import or_nothing

log = get_logger(__name__)

MOST_A_DAY = 200
"""For each shard."""
MOST_OF_ALL = 900
"""However many shards there are: Discord resets the token after a thousand."""
AT_ONCE = 3
"""How many logins without a session that went well need no pause."""
WENT_WELL_AFTER = timedelta(minutes=10)
"""A session that lasts as long as this went well, so the logins before it no longer count as failed."""
APART_SECONDS = 5.0
"""Discord takes one login in five seconds from a bot, unless it is a very large one."""
_DAY = timedelta(days=1)
_LONGEST_PAUSE = timedelta(minutes=10)
_ROOM_BYTES = 4096
_SHARDS = "shards"
_ENDED = "ended"
"""Stands beside the time at which a session went well. Earlier versions wrote it after a clean stop."""


class TooManyLogins(Exception):
    """The bot has logged in too often today. `until`: when it may log in again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class LoginThrottle(Struct, frozen=True):
    """Keeps the logins of the last day, and when a session went well, in a file: one on each line."""

    file: Path

    def pause(self, now: datetime, shards: int = 1, unwritten: Sequence[datetime] = ()) -> timedelta:
        """Return how long to wait from now until the next login. Raises TooManyLogins.

        With several shards, each of them logs in once at a start, so that many logins count as one. How many
        there are is in the file too, for a start that doesn't know it yet.
        `unwritten`: logins that could not be written to the file.
        """
        entries, known = self._read(now)
        shards = max(shards, known)
        lately = sorted([*entries, *((at, False) for at in unwritten if now - _DAY < at <= now)])
        logins = [at for at, well in lately if not well]
        most = _most(shards)
        if len(logins) >= most:
            raise TooManyLogins(logins[-most] + _DAY)
        well = max((at for at, well in lately if well), default=now - _DAY)
        in_vain = sum(at > well for at in logins) // shards
        if in_vain < AT_ONCE:
            return timedelta(0)
        pause = min(timedelta(seconds=2 ** min(in_vain - AT_ONCE + 1, 10)), _LONGEST_PAUSE)
        return max(logins[-1] + pause - now, timedelta(0))

    def left(self, now: datetime, shards: int = 1, unwritten: Sequence[datetime] = ()) -> int:
        """Return how many more logins there may be within a day from the first that still counts."""
        entries, known = self._read(now)
        return max(_most(max(shards, known)) - sum(not well for _, well in entries) - len(unwritten), 0)

    def require_room(self) -> None:
        """Raises OSError if a login could not be recorded, for example on a full disk."""
        new = self.file.with_suffix(".new")
        with or_nothing(new):
            new.write_bytes(bytes(_ROOM_BYTES))
        new.unlink()

    def logged_in(self, now: datetime, unwritten: Sequence[datetime] = (), shards: int = 1) -> None:
        """Record a login, and those that could not be recorded before. Call it right before it is made."""
        entries, _ = self._read(now)
        self._write([*entries, *((at, False) for at in (*unwritten, now))], shards)

    def went_well(self, now: datetime) -> None:
        """Record that a session went well, so that the logins before it no longer count as failed."""
        entries, shards = self._read(now)
        self._write([*entries, (now, True)], shards)

    def _read(self, now: datetime) -> tuple[list[tuple[datetime, bool]], int]:
        """Return the entries of the last day, and how many shards there were.

        Unreadable lines, and those in the future, are ignored.
        """
        lines = self.file.read_text("utf-8", "replace").splitlines() if self.file.exists() else []
        entries = [line.partition(" ") for line in lines]
        read = [(_moment(at), word == _ENDED) for at, _, word in entries]
        counted = [int(word) for what, _, word in entries if what == _SHARDS and word.isdecimal()]
        lately = [(at, well) for at, well in read if at is not None and now - _DAY < at <= now]
        return lately, max(counted, default=1)

    def _write(self, entries: list[tuple[datetime, bool]], shards: int) -> None:
        lines = "".join(f"{at.isoformat()}{f' {_ENDED}' if well else ''}\n" for at, well in entries)
        lines += f"{_SHARDS} {shards}\n" if shards > 1 else ""
        new = self.file.with_suffix(".new")
        opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with or_nothing(new), os.fdopen(opened, "w") as file:
            file.write(lines)
        new.replace(self.file)


class LoginGate(Protocol):
    """Lets the processes of one bot log in one after the other."""

    def turn(self, shard: int) -> AbstractAsyncContextManager[None]:
        """Let nobody else make a login that would be too close to this one. Raises TooManyLogins."""
        ...


class OpenGate:
    """The gate of a process that is the whole bot: nobody else logs in."""

    @asynccontextmanager
    async def turn(self, shard: int) -> AsyncIterator[None]:
        yield


class Logins:
    """Lets the shards of this process log in one after the other, as often as the throttle allows."""

    def __init__(
        self, throttle: LoginThrottle, now: Callable[[], datetime], gate: LoginGate | None = None
    ) -> None:
        self._throttle = throttle
        self._gate = gate or OpenGate()
        self._now = now
        self._one_at_a_time = asyncio.Lock()
        self._last: float | None = None
        self._unwritten: list[datetime] = []
        self._shards = 1

    @asynccontextmanager
    async def turn(self, shards: int, shard: int = 0) -> AsyncIterator[None]:
        """Wait until a login may be made, and let nobody else make one meanwhile. Raises TooManyLogins.

        shards: how many this process has. shard: the one that logs in.
        """
        async with self._one_at_a_time:
            self._shards = shards
            pause = self._throttle.pause(self._now(), shards, self._unwritten).total_seconds()
            if pause:
                log.warning("Plumbline has logged in often lately and waits", seconds=round(pause))
            await asyncio.sleep(max(pause, self._apart()))
            async with self._gate.turn(shard):
                yield

    def made(self) -> None:
        """Count a login, which is made right afterwards.

        If the disk has filled up since the start, it is counted in memory: `/support` must still be answered.
        """
        self._last = asyncio.get_running_loop().time()
        now = self._now()
        try:
            self._throttle.logged_in(now, self._unwritten, self._shards)
        except OSError as error:
            self._unwritten.append(now)
            log.warning("A login could not be written down, and is counted in memory", error=error)
        else:
            self._unwritten.clear()

    def went_well(self) -> None:
        """Take note that a session went well. It can't be written on a full disk, and needn't be."""
        try:
            self._throttle.went_well(self._now())
        except OSError as error:
            log.warning("It could not be noted that a session went well", error=error)

    def left(self) -> int:
        """Return how many more times this bot may log in today."""
        return self._throttle.left(self._now(), self._shards, self._unwritten)

    def _apart(self) -> float:
        """Return how many seconds are left until Discord takes another login of this process."""
        if self._last is None:
            return 0
        return max(self._last + APART_SECONDS - asyncio.get_running_loop().time(), 0)


def _most(shards: int) -> int:
    return min(MOST_A_DAY * shards, MOST_OF_ALL)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
