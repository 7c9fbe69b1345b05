"""A pair: two partners in accountability, each with something of their own to change."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.errors import NoPartner
from bot.pairs.schedule import PairSchedule

MOST = 5
"""Pairs that one person can be in, together with those whose answer they wait for."""
LAPSES_AFTER = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)
"""Between two proposals to the same person that reach them."""
DRAFT_KEPT = timedelta(days=7)
NOTES_KEPT = timedelta(days=7)
"""After the end; aims, signs and sentences go with the end itself."""
SPEAKS_EVERY = timedelta(days=1)
"""Between two messages to the other about changes and pauses: suggesting again and again must not press."""
SETTLES_IN = timedelta(days=1)
"""From both having agreed to the first check-in, at least."""


class PairState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PairText:
    """What one partner writes for both: the aim, its signs as seen from outside, and what may be said then.

    `zone`: the time zone as it was typed, for the form to open with; it may be none.
    """

    aim: str = ""
    signs: str = ""
    words: str = ""
    zone: str = ""

    @property
    def complete(self) -> bool:
        return all(text.strip() for text in (self.aim, self.signs, self.words))


@dataclass(frozen=True, slots=True)
class Pair:
    """`held`: it reaches nobody but its starter. `declined`: the partner said no; its starter sees nothing of
    that. `starts_on`, `ends_on`: the days of the first check-in, or while it is paused of the first that is
    left, and of the last. `paused_by` alone can resume it before `paused_until`."""

    id: str
    server: ServerId
    starter: PersonId
    partner: PersonId | None
    made_at: datetime
    schedule: PairSchedule
    state: PairState = PairState.DRAFT
    asked_at: datetime | None = None
    held: bool = False
    declined: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    paused_until: datetime | None = None
    paused_by: PersonId | None = None
    ended_at: datetime | None = None
    revision: int = 0

    @property
    def open(self) -> bool:
        return self.state is not PairState.ENDED

    @property
    def paused(self) -> bool:
        return self.paused_until is not None

    @property
    def lapses_at(self) -> datetime:
        """When a draft, or a proposal that nobody took up, ends by itself."""
        return self.made_at + DRAFT_KEPT if self.asked_at is None else self.asked_at + LAPSES_AFTER

    @property
    def forgotten_at(self) -> datetime:
        """When nothing depends on it any more."""
        ended = self.ended_at or self.made_at
        if self.starts_on is not None:
            return ended + AGAIN_AFTER
        return max(ended, ended if self.asked_at is None else self.asked_at + AGAIN_AFTER)

    def keeps_away(self, now: datetime) -> bool:
        """Whether another proposal would press: this one came to nothing, or ended early, lately."""
        if self.state is PairState.ENDED and self.starts_on is not None:
            early = (self.ended_at or now).date() < (self.ends_on or date.min)
            return early and now < self.forgotten_at
        return not self.held and self.asked_at is not None and now < self.asked_at + AGAIN_AFTER

    def other(self, than: PersonId) -> PersonId:
        """The one of the two who is not `than`; raises NotYours for others, or before one was chosen."""
        if self.partner is None or than not in (self.starter, self.partner):
            raise NotYours
        return self.partner if than == self.starter else self.starter

    def reaches(self, person: PersonId) -> bool:
        """Whether this proposal waits for them."""
        waiting = self.state is PairState.PROPOSED and person == self.partner
        return waiting and not self.held and not self.declined

    def counts_for(self, person: PersonId) -> bool:
        """Whether it is one of their five: what runs, and what they wait for."""
        if self.state is PairState.RUNNING:
            return person in (self.starter, self.partner)
        return self.state is PairState.PROPOSED and person == self.starter

    def drafted_by(self, by: PersonId) -> "Pair":
        """Raises NotYours for anybody but its starter, AlreadyDone once it was sent."""
        if by != self.starter:
            raise NotYours
        if self.state is not PairState.DRAFT:
            raise AlreadyDone
        return self

    def proposed(self, now: datetime, *, held: bool) -> "Pair":
        if self.partner is None:
            raise NoPartner(self.id)
        return replace(self, state=PairState.PROPOSED, asked_at=now, held=held)

    def running(self, starts_on: date, ends_on: date) -> "Pair":
        return replace(self, state=PairState.RUNNING, starts_on=starts_on, ends_on=ends_on)

    def pausing(self, by: PersonId, until: datetime, resumes_with: date) -> "Pair":
        """No check-ins before that time; a pause that is longer already stays as it is."""
        if self.paused_until is not None and self.paused_until >= until:
            return self
        left = self.starts_on if self.paused else resumes_with
        return replace(self, paused_until=until, paused_by=by, starts_on=left)

    def resumed(self, starts_on: date) -> "Pair":
        """As many check-ins as were left, from that day on."""
        if self.starts_on is None or self.ends_on is None:
            raise AlreadyDone
        left = len(self.schedule.days(self.starts_on, self.ends_on))
        again = replace(self, paused_until=None, paused_by=None)
        return again.running(starts_on, self.schedule.last_on(starts_on, left))

    def ended(self, now: datetime) -> "Pair":
        if not self.open:
            raise AlreadyDone
        return replace(self, state=PairState.ENDED, ended_at=now)


@dataclass(frozen=True, slots=True)
class Side:
    """One partner's half. `next_day`, `next_at`: their next check-in. `question`: the number of the next one.

    `missed`: rounds in a row without an answer. `seen`: whether the other has read their words. `told_at`:
    when the other last had a message of something that this one did. `hushed_until`: their own pause, of
    which the other sees nothing, since a boundary stands between the two.
    """

    id: str
    pair: str
    person: PersonId
    zone: str
    question: int
    written: int = 0
    next_day: date | None = None
    next_at: datetime | None = None
    missed: int = 0
    hushed_until: datetime | None = None
    seen: bool = False
    told_at: datetime | None = None

    def speaks(self, now: datetime) -> bool:
        """Whether what they do now is a message to the other: once a day; the rest waits in /inbox."""
        return self.told_at is None or now - self.told_at >= SPEAKS_EVERY


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """Other terms that one partner puts to the other. `renew`: for going on after the last check-in."""

    pair: str
    by: PersonId
    schedule: PairSchedule
    made_at: datetime
    proposed: bool = False
    renew: bool = False
    held: bool = False
