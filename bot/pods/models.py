"""A pod: people who said yes to being asked by one person, in one server; either side ends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import NotYours, Refusal, TooMany
from bot.ids import PersonId, ServerId

MOST = 8
"""People in one pod, together with those whose answer its owner waits for."""
LAPSES_AFTER = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)
"""Between two invitations to the same person that reach them."""


class Yourself(Refusal):
    """Nobody is in their own pod."""


class NotAPerson(Refusal):
    """A bot cannot be asked."""


class AlreadyThere(Refusal):
    """They are in the pod already."""


class OwnBoundary(Refusal):
    """They set a boundary with this person themselves, and may have forgotten it."""


class PodFull(TooMany):
    """A pod has its eight, those who were invited and may still answer included."""


class InvitationClosed(Refusal):
    """An invitation that waits no more: answered, lapsed, or taken away. Which of these is not said."""


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    """Declined, refused for good, lapsed, taken back or parted: one state, so that nothing tells which."""


@dataclass(frozen=True, slots=True)
class Tie:
    """`member` agreed to be asked by `owner`."""

    id: str
    server: ServerId
    owner: PersonId
    member: PersonId
    since: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """All that an inviter can know of an invitation: whom, and how long it shows as waiting."""

    id: str
    member: PersonId
    until: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """`made_at`: when it last truly went out. `shown_until`: how long its inviter sees it wait, whatever
    became of it; None once they took it back. `held`: it stands behind a boundary, and reaches nobody."""

    id: str
    server: ServerId
    owner: PersonId
    member: PersonId
    made_at: datetime
    shown_until: datetime | None
    state: InvitationState = InvitationState.OPEN
    held: bool = False

    @property
    def lapses_at(self) -> datetime:
        return self.made_at + LAPSES_AFTER

    @property
    def forgotten_at(self) -> datetime:
        """When nothing depends on it any more."""
        return max(self.made_at + AGAIN_AFTER, self.shown_until or self.made_at)

    def reaches(self, member: PersonId, now: datetime) -> bool:
        """Whether it waits for this person, boundaries set since then aside."""
        return (
            member == self.member
            and self.state is InvitationState.OPEN
            and not self.held
            and now < self.lapses_at
        )

    def shown(self, now: datetime) -> Sent | None:
        """What its inviter sees; nothing once it was accepted, taken back, or has waited long enough."""
        if self.state is InvitationState.ACCEPTED or self.shown_until is None or self.shown_until <= now:
            return None
        return Sent(self.id, self.member, self.shown_until)

    def again(self, now: datetime, held: bool) -> "Invitation":
        """The inviter invites once more: a true one after 90 days; before, one that only looks like it."""
        shown = replace(self, shown_until=now + LAPSES_AFTER)
        if now < self.made_at + AGAIN_AFTER:
            return (
                replace(shown, state=InvitationState.CLOSED)
                if self.state is InvitationState.ACCEPTED
                else shown
            )
        return replace(shown, made_at=now, state=InvitationState.OPEN, held=held)

    def accepted(self) -> "Invitation":
        return replace(self, state=InvitationState.ACCEPTED)

    def closed(self) -> "Invitation":
        """Over for whom it was for; its inviter sees no change."""
        return replace(self, state=InvitationState.CLOSED)

    def taken_back(self, by: PersonId) -> "Invitation":
        if by != self.owner:
            raise NotYours
        return replace(self, state=InvitationState.CLOSED, shown_until=None)


@dataclass(frozen=True, slots=True)
class Pod:
    """What one person sees of pods in one server; `names` lacks whoever has no name there any more."""

    server: ServerId
    members: tuple[Tie, ...] = ()
    """Who agreed to be asked by them."""
    owners: tuple[Tie, ...] = ()
    """Whom they agreed to answer."""
    invitations: tuple[Invitation, ...] = ()
    """What waits for their answer."""
    sent: tuple[Sent, ...] = ()
    """Whose answer they wait for."""
    names: Mapping[PersonId, str] = field(default_factory=dict)
