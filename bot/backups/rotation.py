"""Which backups of a folder are kept: the newest of each of the last days, weeks and months that have one."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

_NAME = "plumbline-%Y%m%dT%H%M%SZ.db.age"
_KEEP = re.compile(r"(?=.)(?:(\d{1,3})d)?(?:(\d{1,3})w)?(?:(\d{1,3})m)?")


class Keep(Struct, frozen=True):
    """For how many days, weeks and months one backup each is kept."""

    days: int = 0
    weeks: int = 0
    months: int = 0

    @classmethod
    def read(cls, text: str) -> "Keep | None":
        """Read something like `7d4w6m`; None if it isn't of this form or would keep nothing."""
        found = _KEEP.fullmatch(text)
        keep = cls(*(int(number or 0) for number in found.groups())) if found else cls()
        return keep if any((keep.days, keep.weeks, keep.months)) else None

    @property
    def span(self) -> timedelta:
        """How long the oldest backup can be kept, if there is one in each day, week and month."""
        return timedelta(days=max(self.days, 7 * self.weeks, 31 * self.months) + 1)

    def kept(self, times: Iterable[datetime]) -> set[datetime]:
        """Return the times of the backups to keep. The newest is always one of them."""
        newest_first = sorted(times, reverse=True)
        return {
            *newest_first[:1],
            *_newest_of_each(newest_first, self.days, lambda at: (at.date(),)),
            *_newest_of_each(newest_first, self.weeks, lambda at: at.isocalendar()[:2]),
            *_newest_of_each(newest_first, self.months, lambda at: (at.year, at.month)),
        }


def name_at(now: datetime) -> str:
    return now.astimezone(UTC).strftime(_NAME)


def rotate(folder: Path, made: Path, keep: Keep) -> tuple[list[Path], date | None]:
    """Delete backups that are older than the one just made and no longer kept.

    Return them, and the day of the oldest that is left.
    """
    found = {at: path for path in folder.iterdir() if (at := _made_at(path)) is not None and path.is_file()}
    newest = _made_at(made)
    kept = keep.kept(found)
    # Nothing is deleted for the sake of a file that wasn't checked just now.
    gone = [] if newest is None else [at for at in sorted(found) if at not in kept and at < newest]
    for at in gone:
        found[at].unlink()
    left = found.keys() - set(gone)
    return [found[at] for at in gone], min(left).date() if left else None


def _newest_of_each(
    newest_first: list[datetime], most: int, span: Callable[[datetime], tuple[object, ...]]
) -> list[datetime]:
    newest: dict[tuple[object, ...], datetime] = {}
    for at in newest_first:
        newest.setdefault(span(at), at)
    return list(newest.values())[:most]


def _made_at(path: Path) -> datetime | None:
    """Return when a backup was made, which its name says; None if the file isn't one of ours."""
    try:
        return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
