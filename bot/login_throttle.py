"""Limit how often the bot logs in, since Discord resets the token of a bot that does so 1,000 times a day."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

MOST_A_DAY = 200
AT_ONCE = 3
"""How many starts in an hour, without a clean stop, need no pause."""
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(minutes=10)
_ENDED = "ended"


class TooManyStarts(Exception):
    """The bot has logged in too often today."""


@dataclass(frozen=True, slots=True)
class LoginThrottle:
    """Keeps the starts and the clean stops of the last day in a file, one on each line."""

    file: Path

    def pause(self, now: datetime) -> timedelta:
        """Return how long to wait before the next login. Raises TooManyStarts."""
        lately = self._lately(now)
        starts = [at for at, ended in lately if not ended]
        if len(starts) >= MOST_A_DAY:
            raise TooManyStarts
        well = max((at for at, ended in lately if ended), default=now - _DAY)
        in_vain = sum(at > max(well, now - _HOUR) for at in starts)
        if in_vain < AT_ONCE:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(in_vain - AT_ONCE + 1, 10)), _LONGEST_PAUSE)

    def started(self, now: datetime) -> None:
        """Record a start. Call it right before the login."""
        self._write([*self._lately(now), (now, False)])

    def ended_well(self, now: datetime) -> None:
        """Record a clean stop, so that the next start doesn't count as part of a crash loop."""
        self._write([*self._lately(now), (now, True)])

    def _lately(self, now: datetime) -> list[tuple[datetime, bool]]:
        """Return the entries of the last day. Unreadable lines, and those in the future, are ignored."""
        lines = self.file.read_text("utf-8", "replace").splitlines() if self.file.exists() else []
        entries = [line.partition(" ") for line in lines]
        read = [(_moment(at), word == _ENDED) for at, _, word in entries]
        return [(at, ended) for at, ended in read if at is not None and now - _DAY < at <= now]

    def _write(self, entries: list[tuple[datetime, bool]]) -> None:
        lines = "".join(f"{at.isoformat()}{f' {_ENDED}' if ended else ''}\n" for at, ended in entries)
        new = self.file.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(lines)
        new.replace(self.file)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
