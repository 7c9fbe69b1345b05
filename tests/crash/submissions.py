"""What people have submitted and the bot has said is done: it must be in the database after every kill."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from tests.crash.snapshot import Snapshot

Present = Callable[[Snapshot], bool]


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that one person has submitted.

    until: from then on the bot's own rules may end or delete it. It is always looked for after the next kill.
    deletes: it deleted a text for good, so that the text must not come back with a backup either.
    """

    kind: str
    about: str
    until: datetime
    present: Present
    deletes: bool = False


Kept = dict[tuple[str, str], Submission]
"""Submissions by their kind and by what they are about."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a backup must contain, if it is made now. What people undo later is taken out at that time.

    must: what has to be there at any time. may: what the bot's own rules could have ended, and was there.
    """

    must: Kept
    may: Kept

    @property
    def everything(self) -> Kept:
        return self.must | self.may

    def narrow(self, files: Snapshot) -> None:
        """Take out what the bot's own rules have ended by now."""
        for key, one in [*self.may.items()]:
            if not one.present(files):
                del self.may[key]


class Submissions:
    """All that was acknowledged, by what it is about."""

    def __init__(self) -> None:
        self.acknowledged: Counter[str] = Counter()
        self.written: defaultdict[str, set[str]] = defaultdict(set)
        """Texts that could be deleted for good, by what they are about."""
        self._kept: Kept = {}
        self._fresh: set[tuple[str, str]] = set()
        """What has not been looked for yet."""
        self._ever: Kept = {}
        """Also what the bot's own rules may have ended, but not what people have undone."""
        self._followed: Followed | None = None

    def add(self, one: Submission) -> None:
        """Take note that the bot has said that it is done. A later one about the same takes its place."""
        self.acknowledged[one.kind] += 1
        self._change(one.kind, one.about)
        self._kept[one.kind, one.about] = self._ever[one.kind, one.about] = one
        self._fresh.add((one.kind, one.about))

    def drop(self, about: str, *kinds: str) -> None:
        """Expect no longer what is about this. Call it before it is undone, whatever becomes of that."""
        for kind, one in [*self._ever]:
            if one.startswith(about) and (not kinds or kind in kinds):
                self._change(kind, one)

    def drop_all(self, ids: Collection[str]) -> None:
        """Expect no longer what is about any of these. What was deleted for good stays deleted."""
        for (kind, about), one in [*self._ever.items()]:
            if not one.deletes and not set(about.split("/")).isdisjoint(ids):
                self._change(kind, about)

    def lost(self, files: Snapshot, now: datetime) -> list[str]:
        """Return what is not in the files and should be."""
        self._kept = {key: one for key, one in self._kept.items() if one.until > now or key in self._fresh}
        self._fresh.clear()
        return missing(self._kept, files)

    # -- across a restore -----------------------------------------------------------------------

    def follow(self, files: Snapshot, now: datetime) -> Followed:
        """Return what must be in a backup that is made now. The files are those in use."""
        must = {key: one for key, one in self._kept.items() if one.until > now or key in self._fresh}
        self._followed = Followed(must, {key: one for key, one in self._ever.items() if key not in must})
        self._followed.narrow(files)
        return self._followed

    def deletions(self) -> Kept:
        """Return what was deleted for good."""
        return {key: one for key, one in self._kept.items() if one.deletes}

    def begin_again(self, kept: Kept) -> None:
        """Expect this and nothing else, because the database is an older one."""
        self._kept, self._ever = dict(kept), dict(kept)
        self._fresh.clear()
        self._followed = None

    # -- inside ---------------------------------------------------------------------------------

    def _change(self, kind: str, about: str) -> None:
        for kept in (self._kept, self._ever):
            kept.pop((kind, about), None)
        if self._followed is not None:
            self._followed.must.pop((kind, about), None)
            self._followed.may.pop((kind, about), None)


def missing(kept: Kept, files: Snapshot) -> list[str]:
    """Return what is not in the files."""
    return [f"{one.kind}, {one.about}" for one in kept.values() if not one.present(files)]
