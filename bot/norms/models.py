"""Norms, their versions, and the ballot on each version."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, TooMany
from bot.ids import PersonId, ServerId, new_id
from bot.servers.models import Ratifying

NORMS_AT_MOST = 15
"""The most norms a group can have. People don't remember more."""
TITLE, SENTENCE, LONGER, QUESTION = 50, 300, 400, 200
"""The most characters of a norm's parts, as typed."""


class Norm(Struct, frozen=True):
    """One norm. Its `key` is the same in all versions. Parts that are left out are empty."""

    key: str
    title: str
    norm: str
    why: str = ""
    kept: str = ""
    question: str = ""


class ChangeKind(StrEnum):
    """How a version differs from another, norm by norm."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    MOVED = "moved"


class NormChange(Struct, frozen=True):
    kind: ChangeKind
    norm: Norm
    """The norm as it is now, or as it was if it was retired."""
    was: Norm | None = None


class Version(Struct, frozen=True):
    """Norms as they were put to the group. A version never changes."""

    id: str
    server: ServerId
    number: int
    made_at: datetime
    made_by: PersonId
    norms: tuple[Norm, ...]

    def norm(self, key: str) -> Norm | None:
        return next((one for one in self.norms if one.key == key), None)


class VersionState(StrEnum):
    """The state of a ballot. The newest version that is RATIFIED or PUBLISHED is in force."""

    OPEN = "open"
    RATIFIED = "ratified"
    PUBLISHED = "published"
    NOT_RATIFIED = "not ratified"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


IN_FORCE = (VersionState.RATIFIED, VersionState.PUBLISHED)


class Stand(StrEnum):
    """A member's answer to a version."""

    IN = "in"
    CONCERN = "concern"


class Ballot(Struct, frozen=True):
    """How a version was put to the group. The counts are those at its end, and 0 until then.

    If it was replaced or withdrawn, nobody counted the concerns, and they stay 0.
    """

    version: str
    server: ServerId
    state: VersionState
    share: int
    least: int
    opened_at: datetime
    ends_at: datetime | None = None
    closed_at: datetime | None = None
    yes: int = 0
    concerns: int = 0

    @classmethod
    def on(
        cls, version: Version, rule: Ratifying, now: datetime, *, direct: bool, members: int | None = None
    ) -> "Ballot":
        """Open a ballot by that rule, or with `direct` publish the version at once.

        `members` is how many members the server has, as far as anybody can count them.
        """
        least = rule.least_of(members)
        if direct:
            return cls(
                version.id, version.server, VersionState.PUBLISHED, rule.share, least, now, closed_at=now
            )
        ends_at = now + timedelta(days=rule.days)
        return cls(version.id, version.server, VersionState.OPEN, rule.share, least, now, ends_at)

    def closed(self, state: VersionState, yes: int, concerns: int, now: datetime) -> "Ballot":
        if self.state is not VersionState.OPEN:
            raise AlreadyDone
        return replace(self, state=state, yes=yes, concerns=concerns, closed_at=now)

    def counted(self, yes: int, concerns: int, now: datetime) -> "Ballot":
        """Count it: ratified if enough members are in, and a large enough share of those who answered."""
        carried = yes >= self.least and yes * 100 >= self.share * (yes + concerns)
        return self.closed(
            VersionState.RATIFIED if carried else VersionState.NOT_RATIFIED, yes, concerns, now
        )


class NormDraft(Struct, frozen=True):
    """The next version, which moderators edit together."""

    server: ServerId
    norms: tuple[Norm, ...]
    changed_at: datetime
    changed_by: PersonId
    revision: int = 0

    def with_norms(self, norms: Sequence[Norm], by: PersonId, now: datetime) -> "NormDraft":
        if len(norms) > NORMS_AT_MOST:
            raise TooMany(NORMS_AT_MOST)
        return replace(self, norms=tuple(norms), changed_at=now, changed_by=by, revision=self.revision + 1)

    def added(self, norm: Norm, by: PersonId, now: datetime) -> "NormDraft":
        return self.with_norms([*self.norms, norm], by, now)

    def edited(self, norm: Norm, by: PersonId, now: datetime) -> "NormDraft":
        """Replace the norm with this key. If it was retired meanwhile it is added again."""
        if all(one.key != norm.key for one in self.norms):
            return self.added(norm, by, now)
        return self.with_norms([norm if one.key == norm.key else one for one in self.norms], by, now)

    def retired(self, key: str, by: PersonId, now: datetime) -> "NormDraft":
        return self.with_norms([one for one in self.norms if one.key != key], by, now)

    def moved(self, key: str, up: bool, by: PersonId, now: datetime) -> "NormDraft":
        """Move the norm one place up or down, unless it is at that end already."""
        norms = list(self.norms)
        at = next((place for place, one in enumerate(norms) if one.key == key), None)
        to = None if at is None else at + (-1 if up else 1)
        if at is None or to is None or not 0 <= to < len(norms):
            return self
        norms[at], norms[to] = norms[to], norms[at]
        return self.with_norms(norms, by, now)


def fresh_key() -> str:
    return new_id()
