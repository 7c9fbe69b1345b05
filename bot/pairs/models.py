"""A pair: two accountability partners, each of whom wants to change something of their own."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId
from bot.pairs.errors import NoPartner
from bot.pairs.schedule import PairSchedule
from bot.scheduling.zones import is_known_zone
from bot.text import is_blank

PAIRS_AT_MOST = 5
"""How many pairs a person can have, including proposals of theirs that wait for an answer."""
LAPSES_AFTER = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)
"""The time between two proposals to the same person that reach them."""
DRAFT_KEPT = timedelta(days=7)
NOTES_KEPT = timedelta(days=7)
"""How long notes are kept after the end. What the partners wrote for each other is deleted at the end."""
SPEAKS_EVERY = timedelta(days=1)
"""The time between two direct messages about changes and pauses, so that nobody is put under pressure."""
SETTLES_IN = timedelta(days=1)
"""The least time from the agreement to the first check-in."""


class PairState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"


class About(StrEnum):
    """What an aim is about. It decides how a check-in words the answer that something went wrong."""

    HABIT = "habit"
    PEOPLE = "people"
    """How they treat other people."""


class PairText(Struct, frozen=True):
    """What one partner writes for both: the aim, its signs as others see them, and what to say then.

    zone: the time zone as it was typed, to fill in the form again. It may be invalid.
    """

    aim: str = ""
    signs: str = ""
    words: str = ""
    zone: str = ""

    @property
    def complete(self) -> bool:
        """Whether every required field is filled in."""
        return not any(is_blank(text) for text in (self.aim, self.signs, self.words))


class Pair(Struct, frozen=True):
    """One pair.

    withheld: only its starter sees the proposal, because there is a boundary.
    declined: the partner said no. The starter doesn't see that.
    starts_on, ends_on: the days of the first and the last check-in. During a pause `starts_on` is the day of
    the first one that is left.
    paused_by: the only person who can resume it before `paused_until`.
    """

    id: str
    server: ServerId
    starter: PersonId
    partner: PersonId | None
    made_at: datetime
    schedule: PairSchedule
    state: PairState = PairState.DRAFT
    asked_at: datetime | None = None
    withheld: bool = False
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
        """When a draft or an unanswered proposal ends by itself."""
        return self.made_at + DRAFT_KEPT if self.asked_at is None else self.asked_at + LAPSES_AFTER

    @property
    def forgotten_at(self) -> datetime:
        """When the row is no longer needed and can be deleted."""
        ended = self.ended_at or self.made_at
        if self.starts_on is not None:
            return ended + AGAIN_AFTER
        return max(ended, ended if self.asked_at is None else self.asked_at + AGAIN_AFTER)

    def keeps_away(self, now: datetime) -> bool:
        """Whether to withhold a new proposal for now, because this pair failed or ended early lately."""
        if self.state is PairState.ENDED and self.starts_on is not None:
            early = (self.ended_at or now).date() < (self.ends_on or date.min)
            return early and now < self.forgotten_at
        return not self.withheld and self.asked_at is not None and now < self.asked_at + AGAIN_AFTER

    def other(self, than: PersonId) -> PersonId:
        """Return the partner of `than`. Raises NotYours for anybody else, or before a partner was chosen."""
        if self.partner is None or than not in (self.starter, self.partner):
            raise NotYours
        return self.partner if than == self.starter else self.starter

    def reaches(self, person: PersonId) -> bool:
        """Whether this is a proposal that waits for their answer."""
        waiting = self.state is PairState.PROPOSED and person == self.partner
        return waiting and not self.withheld and not self.declined

    def counts_for(self, person: PersonId) -> bool:
        """Whether the pair counts towards this person's MOST pairs: it runs, or they proposed it and wait."""
        if self.state is PairState.RUNNING:
            return person in (self.starter, self.partner)
        return self.state is PairState.PROPOSED and person == self.starter

    def drafted_by(self, by: PersonId) -> "Pair":
        """Return the draft. Raises NotYours for anybody but its starter, AlreadyDone if it was sent."""
        if by != self.starter:
            raise NotYours
        if self.state is not PairState.DRAFT:
            raise AlreadyDone
        return self

    def proposed(self, now: datetime, *, withheld: bool) -> "Pair":
        """Send the proposal. Raises NoPartner."""
        if self.partner is None:
            raise NoPartner(self.id)
        return replace(self, state=PairState.PROPOSED, asked_at=now, withheld=withheld)

    def running(self, starts_on: date, ends_on: date) -> "Pair":
        return replace(self, state=PairState.RUNNING, starts_on=starts_on, ends_on=ends_on)

    def pausing(self, by: PersonId, until: datetime, resumes_with: date) -> "Pair":
        """Pause the pair until then. If it is paused for as long already, nothing changes."""
        if self.paused_until is not None and self.paused_until >= until:
            return self
        left = self.starts_on if self.paused else resumes_with
        return replace(self, paused_until=until, paused_by=by, starts_on=left)

    def resumed(self, starts_on: date) -> "Pair":
        """Let the pair go on from that day, with as many check-ins as were left.

        Raises AlreadyDone if it never ran.
        """
        if self.starts_on is None or self.ends_on is None:
            raise AlreadyDone
        left = len(self.schedule.days(self.starts_on, self.ends_on))
        again = replace(self, paused_until=None, paused_by=None)
        return again.running(starts_on, self.schedule.last_on(starts_on, left))

    def seen_from(self, side: "Side") -> "Pair":
        """Return the pair as this partner knows it. It differs if they resumed it across a boundary."""
        return self if side.resumed_on is None else self.resumed(side.resumed_on)

    def ended(self, now: datetime) -> "Pair":
        """End the pair. Raises AlreadyDone if it has ended."""
        if not self.open:
            raise AlreadyDone
        return replace(self, state=PairState.ENDED, ended_at=now)


class Side(Struct, frozen=True):
    """One partner's side of a pair.

    about: what their aim is about. None in pairs of version 0.1, where nobody was asked.
    next_day, next_at: their next check-in. question: the number of its question.
    missed: how many rounds in a row they have not answered.
    seen: whether the partner has read their text.
    told_at: when the partner last had a direct message about something that this person did.
    hushed_until: the end of a pause of their own that a boundary hides from the partner.
    resumed_on: the day of their first check-in after they resumed a pause which a boundary lets go on for the
    partner. From then on they have days of their own.
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
    about: About | None = None
    resumed_on: date | None = None

    @property
    def zone_lost(self) -> bool:
        """Whether this machine doesn't know their time zone any more. It is empty before they chose one."""
        return self.zone != "" and not is_known_zone(self.zone)

    def speaks(self, now: datetime) -> bool:
        """Whether what they do now is sent as a direct message.

        That is done once a day; /inbox shows the rest.
        """
        return self.told_at is None or now - self.told_at >= SPEAKS_EVERY


class ScheduleChange(Struct, frozen=True):
    """A change of the schedule that one partner suggests.

    renew: it suggests to go on after the last check-in.
    """

    pair: str
    by: PersonId
    schedule: PairSchedule
    made_at: datetime
    proposed: bool = False
    renew: bool = False
    withheld: bool = False
