"""A plan: one thing that a person will do, a day on which they are asked about it, and later questions."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.plans.errors import NoSuchDay

MONTHS = (1, 3, 6)
"""The numbers of months after `I did it` at which they are asked again."""
DAYS = range(1, 32)
OWN_AT_MOST = 10
"""How many plans a person can have that were made from nothing else."""
_OWN = "own-"
WITHOUT_A_DAY = timedelta(days=7)
UNANSWERED = timedelta(days=30)
"""How long the question on the day, and the last question, wait for an answer."""
KEPT_AFTER_END = timedelta(days=7)
"""How long the row of an ended plan is kept. Its text is deleted at once."""
_HOUR = time(18)


class PlanState(StrEnum):
    WANTS_DAY = "wants_day"
    SET = "set"
    ASKED = "asked"
    """Its day has come, and the question waits for an answer."""
    KEEPING = "keeping"
    """They did it, and the next of the later questions is still to come."""
    STILL = "still"
    """One of the later questions waits for an answer."""
    ENDED = "ended"


class PlanText(Struct, frozen=True):
    """What the owner wrote, as they typed it."""

    action: str
    different: str = ""
    stay_away: str = ""


class Plan(Struct, frozen=True):
    """One plan.

    source: the id of the ask or talk that it was made from, or one that `own_source` returned.
    server: where that ask or talk was; None for a plan that was made from nothing else.
    month: the last of MONTHS that was asked, or 0.
    goes_at: when it is deleted unless something happens.
    written: how often its text was written. The sealed text is bound to that number.
    """

    id: str
    owner: PersonId
    source: str
    server: ServerId | None
    state: PlanState = PlanState.WANTS_DAY
    day_at: datetime | None = None
    did_at: datetime | None = None
    month: int = 0
    goes_at: datetime | None = None
    written: int = 0
    revision: int = 0

    def of(self, by: PersonId) -> "Plan":
        if by != self.owner:
            raise NotYours
        return self

    @property
    def ended(self) -> bool:
        return self.state is PlanState.ENDED

    @property
    def own(self) -> bool:
        """Whether it was made from nothing else: it belongs to no server."""
        return self.source.startswith(_OWN)

    @property
    def writable(self) -> bool:
        """Whether its action can be rewritten: not after they did it."""
        return self.state not in (PlanState.KEEPING, PlanState.STILL)

    def rewritten(self, now: datetime) -> "Plan":
        """Count a new version of the text. A plan that was asked about or that ended begins again."""
        if not self.writable:
            raise AlreadyDone
        kept = replace(self, written=self.written + 1)
        if self.state is PlanState.SET:
            return kept
        return replace(
            kept, state=PlanState.WANTS_DAY, day_at=None, did_at=None, month=0, goes_at=now + WITHOUT_A_DAY
        )

    def on(self, days: int, zone: ZoneInfo, now: datetime) -> "Plan":
        """Set its day, `days` from today. The question is asked at 18:00 in the owner's zone."""
        if self.state not in (PlanState.WANTS_DAY, PlanState.SET, PlanState.ASKED):
            raise AlreadyDone
        if days not in DAYS:
            raise NoSuchDay
        local = now.astimezone(zone).date() + timedelta(days=days)
        return replace(self, state=PlanState.SET, day_at=_evening(local, zone), goes_at=None)

    def asked(self, zone: ZoneInfo, now: datetime) -> "Plan":
        """Record that a question is asked: that of the day, or the latest of the later ones that is due."""
        if self.state is PlanState.SET:
            return replace(self, state=PlanState.ASKED, goes_at=now + UNANSWERED)
        due = [month for month in MONTHS if month > self.month and self.month_at(month, zone) <= now]
        if self.state not in (PlanState.KEEPING, PlanState.STILL) or not due:
            raise AlreadyDone
        last = due[-1] == MONTHS[-1]
        return replace(self, state=PlanState.STILL, month=due[-1], goes_at=now + UNANSWERED if last else None)

    def did(self, now: datetime) -> "Plan":
        """Record that they did it. Doing it again only rewrites the text and moves no question."""
        if self.state in (PlanState.KEEPING, PlanState.STILL):
            return replace(self, written=self.written + 1)
        if self.ended:
            raise AlreadyDone
        return replace(
            self, state=PlanState.KEEPING, did_at=now, month=0, goes_at=None, written=self.written + 1
        )

    def answered(self, now: datetime) -> "Plan":
        """Record an answer to a later question: go on to the next one, or end after the last one."""
        if self.state is not PlanState.STILL:
            raise AlreadyDone
        if self.month == MONTHS[-1]:
            return self.end(now)
        return replace(self, state=PlanState.KEEPING, goes_at=None)

    def end(self, now: datetime) -> "Plan":
        """End it: nothing more is asked, and its text is deleted."""
        if self.ended:
            raise AlreadyDone
        return replace(self, state=PlanState.ENDED, goes_at=now + KEPT_AFTER_END)

    def next_at(self, zone: ZoneInfo) -> datetime | None:
        """When the next question is asked; None if none will be."""
        if self.state is PlanState.SET:
            return self.day_at
        if self.state not in (PlanState.KEEPING, PlanState.STILL):
            return None
        left = [month for month in MONTHS if month > self.month]
        return self.month_at(left[0], zone) if left else None

    def month_at(self, month: int, zone: ZoneInfo) -> datetime:
        """Return 18:00 of the day `month` months after they did it, or of that month's last day."""
        if self.did_at is None:
            raise AlreadyDone
        return _evening(_months_on(self.did_at.astimezone(zone).date(), month), zone)


def own_source() -> str:
    """Return a new source for a plan that is made from nothing else."""
    return f"{_OWN}{new_id()}"


def _evening(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, _HOUR, zone).astimezone(UTC)


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
