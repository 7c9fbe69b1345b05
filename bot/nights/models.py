"""A night out: who is in it, who looks out for whom, what their cards say, and who is home."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.ids import PersonId, ServerId
from bot.nights.errors import InvitationClosed, LookClosed, NightOver
from bot.text import is_blank

PEOPLE_AT_MOST = 6
"""How many people a night can have, as any of them sees it."""
DESTROYED_AFTER = timedelta(hours=24)
"""How long after its end everything about a night is destroyed."""
WATCHED_FROM = timedelta(hours=1)
"""How long before its start somebody can already say that they need a hand: they may meet earlier."""
ASKED_AFTER = timedelta(minutes=30)
"""How long after the time that somebody named they are asked whether they are home."""
TOLD_AFTER = timedelta(minutes=30)
"""How long after that question those who look out for them are told that they haven't answered."""
LATER_BY = timedelta(hours=1)
"""By how much `Still out, ask later` moves the time that somebody named."""
LATE = timedelta(minutes=10)
"""A question or an alarm that comes later than this says so."""
TOO_LATE = timedelta(hours=3)
"""A question or an alarm that would come later than this doesn't come. The question of the next day does."""
SAME_CALL = timedelta(minutes=2)
"""For how long a second press of `I need a hand` is the same call."""
CALLED_LATELY = timedelta(hours=1)
"""For how long after a call a friend's card begins with what to do."""
CARD_KEPT = timedelta(days=180)
"""How long somebody's own card is kept for next time, after they last kept or used it."""


def in_time(due: datetime, now: datetime) -> bool:
    """Whether what was due then may still be sent."""
    return due <= now <= due + TOO_LATE


def is_late(due: datetime, at: datetime) -> bool:
    """Whether what was due then, and was sent at `at`, has to say that it is late."""
    return at - due > LATE


class Hours(Struct, frozen=True):
    """From when until when a night is, and when everybody is asked about it the day after."""

    starts_at: datetime
    ends_at: datetime
    noon_at: datetime


class Night(Struct, frozen=True):
    """A night. It names nobody: whoever planned it has no more to say in it than the others.

    zone: of whoever planned it. channel: where its message with `Count me in` was asked for, if it was.
    """

    id: str
    server: ServerId
    zone: str
    starts_at: datetime
    ends_at: datetime
    noon_at: datetime
    channel: int | None = None
    revision: int = 0

    @property
    def hours(self) -> Hours:
        return Hours(self.starts_at, self.ends_at, self.noon_at)

    @property
    def destroyed_at(self) -> datetime:
        return self.ends_at + DESTROYED_AFTER

    def begun(self, now: datetime) -> bool:
        return self.starts_at <= now

    def locked(self, now: datetime) -> bool:
        """Whether cards stay as they are: from the start until noon."""
        return self.starts_at <= now < self.noon_at

    def watched(self, now: datetime) -> bool:
        """Whether somebody can call for a hand, and is heard at once."""
        return self.starts_at - WATCHED_FROM <= now < self.noon_at

    def planned(self, now: datetime) -> bool:
        """Whether people can still join, choose and be chosen, and read the cards of friends."""
        return now < self.noon_at

    def require_planned(self, now: datetime) -> None:
        if not self.planned(now):
            raise NightOver

    def overlaps(self, other: Hours) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class NightCard(Struct, frozen=True):
    """What somebody writes for those who look out for them. Any of it can be blank."""

    limit: str = ""
    notice: str = ""
    words: str = ""
    way: str = ""

    @property
    def blank(self) -> bool:
        return all(is_blank(one) for one in (self.limit, self.notice, self.words, self.way))


class MemberState(StrEnum):
    INVITED = "invited"
    IN = "in"
    LEFT = "left"
    CLOSED = "closed"
    """It was never accepted: declined, lapsed or parted; nothing reveals which."""


class Member(Struct, frozen=True):
    """One person in a night, or invited to it.

    asked_by: who invited them; None if they planned it or pressed `Count me in`.
    withheld: the invitation doesn't reach them, because of a boundary.
    home_at: by when they said they'd be home. check_at: when they asked to be asked how they are.
    home_asked_at, missed_at: when they were asked, and when those who look out for them were told.
    home_said_at: when they said that they are home. thanked_at: when they thanked those who looked out.
    written: how often the card was written. The sealed text is bound to that number.
    """

    id: str
    night: str
    server: ServerId
    person: PersonId
    made_at: datetime
    state: MemberState = MemberState.IN
    asked_by: PersonId | None = None
    withheld: bool = False
    home_at: datetime | None = None
    check_at: datetime | None = None
    home_asked_at: datetime | None = None
    missed_at: datetime | None = None
    home_said_at: datetime | None = None
    thanked_at: datetime | None = None
    written: int = 0
    revision: int = 0

    @property
    def here(self) -> bool:
        return self.state is MemberState.IN

    @property
    def asked_at(self) -> datetime | None:
        """When they are to be asked whether they are home; None if they aren't to be, or not any more."""
        if not self.here or self.home_at is None or self.home_said_at is not None:
            return None
        return self.home_at + ASKED_AFTER

    @property
    def told_at(self) -> datetime | None:
        """When those who look out for them are told: half an hour after the question, late or not."""
        if self.asked_at is None or self.home_asked_at is None:
            return None
        return max(self.asked_at, self.home_asked_at) + TOLD_AFTER

    @property
    def told_late(self) -> bool:
        """Whether those who look out for them were told late, also because the question came late."""
        told, due = self.missed_at, self.asked_at
        return told is not None and due is not None and is_late(due + TOLD_AFTER, told)

    @property
    def asked_late(self) -> bool:
        """Whether the question whether they are home came late."""
        asked, due = self.home_asked_at, self.asked_at
        return asked is not None and due is not None and is_late(due, asked)

    def reaches(self, person: PersonId) -> bool:
        """Whether it is an invitation that waits for this person's answer."""
        return self.state is MemberState.INVITED and self.person == person and not self.withheld

    # -- moves ----------------------------------------------------------------------------------

    def joined(self, now: datetime) -> "Member":
        """Let them be in the night. Nothing of an earlier time in it comes back."""
        if self.here:
            return self
        return replace(self, state=MemberState.IN, made_at=now, withheld=False, **_NOTHING)

    def invited(self, by: PersonId, now: datetime, *, withheld: bool) -> "Member":
        return replace(self, state=MemberState.INVITED, asked_by=by, made_at=now, withheld=withheld)

    def closed(self) -> "Member":
        if self.state is not MemberState.INVITED:
            raise InvitationClosed
        return replace(self, state=MemberState.CLOSED)

    def left(self) -> "Member":
        if not self.here:
            raise NightOver
        return replace(self, state=MemberState.LEFT, **_NOTHING)

    def home_by(self, at: datetime | None) -> "Member":
        return replace(self, home_at=at, home_asked_at=None, missed_at=None, home_said_at=None)

    def later(self, now: datetime) -> "Member":
        """Move the time that they named by an hour. They are asked an hour from now at the soonest."""
        moved = now + LATER_BY - ASKED_AFTER
        if self.home_at is not None:
            moved = max(self.home_at + LATER_BY, moved)
        return self.home_by(moved)

    def said_home(self, now: datetime) -> "Member":
        return self if self.home_said_at is not None else replace(self, home_said_at=now)


_NOTHING: dict[str, None] = {
    "home_at": None, "check_at": None, "home_asked_at": None, "missed_at": None, "home_said_at": None,
    "thanked_at": None,
}  # fmt: skip


class LookState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    """To the person who asked it looks open."""
    TAKEN_BACK = "taken"
    ENDED = "ended"
    """It was agreed to, and one of the two left, stopped or was parted. Nothing reveals which."""


class Look(Struct, frozen=True):
    """`looker` looks out for `owner` in one night, or was asked to.

    shown: whether the owner sees it. withheld: it doesn't reach the looker, because of a boundary.
    """

    id: str
    night: str
    server: ServerId
    owner: PersonId
    looker: PersonId
    asked_at: datetime
    state: LookState = LookState.OPEN
    shown: bool = True
    withheld: bool = False
    ended_at: datetime | None = None
    revision: int = 0

    @property
    def agreed(self) -> bool:
        return self.state is LookState.AGREED

    @property
    def is_over(self) -> bool:
        """Whether it was agreed to, and has ended since."""
        return self.state is LookState.ENDED

    @property
    def waits(self) -> bool:
        """Whether the owner sees that they asked, whatever became of it."""
        return self.shown and self.state in (LookState.OPEN, LookState.DECLINED)

    def reaches(self, person: PersonId) -> bool:
        """Whether it waits for this person's answer."""
        return self.state is LookState.OPEN and self.looker == person and not self.withheld

    def other(self, person: PersonId) -> PersonId:
        return self.looker if person == self.owner else self.owner

    @property
    def as_owner_sees(self) -> "Look":
        """Return it without what only the looker knows."""
        state = LookState.OPEN if self.waits else self.state
        return replace(self, state=state, withheld=False, revision=0)

    # -- moves ----------------------------------------------------------------------------------

    def again(self, now: datetime, *, withheld: bool) -> "Look":
        """Ask once more. Whoever said no isn't asked again in this night, and nobody sees that."""
        if self.waits or self.agreed:
            return self
        if self.state is LookState.DECLINED:
            return replace(self, shown=True, asked_at=now)
        return replace(self, state=LookState.OPEN, shown=True, asked_at=now, withheld=withheld, ended_at=None)

    def accepted(self) -> "Look":
        if self.state is not LookState.OPEN or self.withheld:
            raise LookClosed
        return replace(self, state=LookState.AGREED)

    def declined(self) -> "Look":
        if self.state is not LookState.OPEN:
            raise LookClosed
        return replace(self, state=LookState.DECLINED)

    def taken_back(self) -> "Look":
        """Let the owner see it no more, and let it wait no more. A no is remembered for this night."""
        state = LookState.TAKEN_BACK if self.state is LookState.OPEN else self.state
        return replace(self, state=state, shown=False)

    def unsaid(self) -> "Look":
        """Let it be as if it had not been answered, because its owner was not told of the yes."""
        return replace(self, state=LookState.TAKEN_BACK, shown=False)

    def ended(self, now: datetime) -> "Look":
        if not self.agreed:
            raise LookClosed
        return replace(self, state=LookState.ENDED, shown=False, ended_at=now)


class Quick(StrEnum):
    """What it is, if whoever calls says so. The values are the tables of `data/night/quick.toml`."""

    DRUNK = "drunk"
    PRESSED = "pressed"
    FOLLOWED = "followed"


class Hand(Struct, frozen=True):
    """One call for a hand."""

    id: str
    night: str
    server: ServerId
    caller: PersonId
    made_at: datetime
    quick: Quick | None = None


class Heard(StrEnum):
    """Whether a friend has the message about a call, as far as Discord says."""

    REACHED = "reached"
    TRYING = "trying"
    NOT = "not"


class Reached(Struct, frozen=True):
    """What became of a call at one friend. `name` may be empty."""

    name: str
    heard: Heard


class Call(Struct, frozen=True):
    """A call for a hand as its caller sees it."""

    hand: Hand
    night: Night
    friends: tuple[Reached, ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether it is certain that it has reached nobody."""
        return all(one.heard is Heard.NOT for one in self.friends)

    @property
    def settled(self) -> bool:
        """Whether nothing about it is still under way."""
        return all(one.heard is not Heard.TRYING for one in self.friends)


class KeptCard(Struct, frozen=True):
    """Somebody's own card, kept for their next night."""

    id: str
    person: PersonId
    made_at: datetime
    goes_at: datetime
    written: int = 0
    revision: int = 0
