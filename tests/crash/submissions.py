"""What people have submitted and the bot has said is done: it must be in the database after every kill."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.crash.snapshot import Snapshot

Present = Callable[[Snapshot], bool]


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that one person has submitted.

    until: from then on the bot's own rules may end or delete it. It is always looked for after the next kill.
    """

    kind: str
    about: str
    until: datetime
    present: Present


class Submissions:
    """All that was acknowledged, by what it is about."""

    def __init__(self) -> None:
        self.acknowledged: Counter[str] = Counter()
        self._kept: dict[tuple[str, str], Submission] = {}
        self._fresh: set[tuple[str, str]] = set()
        """What has not been looked for yet."""

    def add(self, kind: str, about: str, now: datetime, lasts: timedelta, present: Present) -> None:
        """Take note that the bot has said that it is done. A later one about the same takes its place."""
        self.acknowledged[kind] += 1
        self._kept[kind, about] = Submission(kind, about, now + lasts, present)
        self._fresh.add((kind, about))

    def drop(self, about: str, *kinds: str) -> None:
        """Expect no longer what is about this. Call it before it is undone, whatever becomes of that."""
        for kind, one in [*self._kept]:
            if one.startswith(about) and (not kinds or kind in kinds):
                del self._kept[kind, one]

    def lost(self, files: Snapshot, now: datetime) -> list[str]:
        """Return what is not in the files and should be."""
        self._kept = {key: one for key, one in self._kept.items() if one.until > now or key in self._fresh}
        self._fresh.clear()
        return [f"{one.kind} {one.about}" for one in self._kept.values() if not one.present(files)]
