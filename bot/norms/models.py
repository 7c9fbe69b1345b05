"""Norms, the versions in which a group had them, and how each version came about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import AlreadyDone, Refusal, TooMany
from bot.ids import PersonId, ServerId, new_id
from bot.servers.models import Ratifying

MOST = 15
"""How many norms a group has at most: more are not kept in mind."""
TITLE, SENTENCE, LONGER, QUESTION = 50, 300, 400, 200
"""Characters of a norm's parts at most, as typed."""


class NoNorms(Refusal):
    """There is not one norm to be put to anybody."""


class NothingChanged(Refusal):
    """The draft says what is in force already."""


class NoChannel(Refusal):
    """No channel for norms has been chosen yet."""


class OverTaken(Refusal):
    """Somebody else has changed the draft meanwhile: how it stands now is shown first."""


class StandsNoMore(Refusal):
    """This version can't be answered any more: it was replaced, taken back, or not agreed on."""


@dataclass(frozen=True, slots=True)
class Norm:
    """`key` stays the same through all versions; what a moderator leaves out is empty."""

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


@dataclass(frozen=True, slots=True)
class NormChange:
    kind: ChangeKind
    norm: Norm
    """As it is now; a retired one as it was."""
    was: Norm | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What was put to the group once: it never changes."""

    id: str
    server: ServerId
    number: int
    made_at: datetime
    made_by: PersonId
    norms: tuple[Norm, ...]

    def norm(self, key: str) -> Norm | None:
        return next((one for one in self.norms if one.key == key), None)


class VersionState(StrEnum):
    """Of a ballot. In force is the newest version that is RATIFIED or PUBLISHED."""

    OPEN = "open"
    RATIFIED = "ratified"
    PUBLISHED = "published"
    NOT_RATIFIED = "not ratified"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


IN_FORCE = (VersionState.RATIFIED, VersionState.PUBLISHED)


class Stand(StrEnum):
    """What a member said to a version."""

    IN = "in"
    CONCERN = "concern"


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a version is put to the group. The counts are those at its close, and 0 until then."""

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
    def on(cls, version: Version, rule: Ratifying, now: datetime, *, direct: bool) -> "Ballot":
        """Put to the members by that rule, or published and in force at once."""
        if direct:
            return cls(
                version.id, version.server, VersionState.PUBLISHED, rule.share, rule.least, now, closed_at=now
            )
        ends_at = now + timedelta(days=rule.days)
        return cls(version.id, version.server, VersionState.OPEN, rule.share, rule.least, now, ends_at)

    def closed(self, state: VersionState, yes: int, concerns: int, now: datetime) -> "Ballot":
        if self.state is not VersionState.OPEN:
            raise AlreadyDone
        return replace(self, state=state, yes=yes, concerns=concerns, closed_at=now)

    def counted(self, yes: int, concerns: int, now: datetime) -> "Ballot":
        """At its end: ratified if enough were in, and enough of those who pressed."""
        carried = yes >= self.least and yes * 100 >= self.share * (yes + concerns)
        return self.closed(
            VersionState.RATIFIED if carried else VersionState.NOT_RATIFIED, yes, concerns, now
        )


@dataclass(frozen=True, slots=True)
class NormDraft:
    """The next version, while moderators work on it together."""

    server: ServerId
    norms: tuple[Norm, ...]
    changed_at: datetime
    changed_by: PersonId
    revision: int = 0

    def with_norms(self, norms: Sequence[Norm], by: PersonId, now: datetime) -> "NormDraft":
        if len(norms) > MOST:
            raise TooMany(MOST)
        return replace(self, norms=tuple(norms), changed_at=now, changed_by=by, revision=self.revision + 1)

    def added(self, norm: Norm, by: PersonId, now: datetime) -> "NormDraft":
        return self.with_norms([*self.norms, norm], by, now)

    def edited(self, norm: Norm, by: PersonId, now: datetime) -> "NormDraft":
        """The norm of this key says something else; one that was retired meanwhile is added again."""
        if all(one.key != norm.key for one in self.norms):
            return self.added(norm, by, now)
        return self.with_norms([norm if one.key == norm.key else one for one in self.norms], by, now)

    def retired(self, key: str, by: PersonId, now: datetime) -> "NormDraft":
        return self.with_norms([one for one in self.norms if one.key != key], by, now)

    def moved(self, key: str, up: bool, by: PersonId, now: datetime) -> "NormDraft":
        """One place up or down; at the end already, it stays."""
        norms = list(self.norms)
        at = next((place for place, one in enumerate(norms) if one.key == key), None)
        to = None if at is None else at + (-1 if up else 1)
        if at is None or to is None or not 0 <= to < len(norms):
            return self
        norms[at], norms[to] = norms[to], norms[at]
        return self.with_norms(norms, by, now)


def fresh_key() -> str:
    return new_id()
