"""A pod: the people who agreed to be asked by one person in one server. Either side can end it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from bot.errors import NotYours, Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser

MEMBERS_AT_MOST = 8
"""How many people a pod can have, including open invitations."""
LAPSES_AFTER = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)
"""The time between two invitations to the same person that reach them."""


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    """CLOSED may mean declined, refused for good, lapsed, taken back or parted; nothing reveals which."""


class Tie(Struct, frozen=True):
    """`member` agreed to be asked by `owner`."""

    id: str
    server: ServerId
    owner: PersonId
    member: PersonId
    since: datetime


class Sent(Struct, frozen=True):
    """All that an inviter can know of an invitation: whom they invited, and how long it looks open."""

    id: str
    member: PersonId
    until: datetime


class SentAll(Struct, frozen=True):
    """What became of several invitations: those that were sent, and why each of the others was not."""

    sent: tuple[Sent, ...] = ()
    refused: tuple[tuple[DiscordUser, Refusal], ...] = ()


class Between(Struct, frozen=True):
    """What somebody can see of pods between them and another person, in all servers together."""

    asks: bool
    """They can ask the other person."""
    answers: bool
    """The other person can ask them."""
    invited: bool
    """They invited the other person, who seems to have given no answer yet."""


class Invitation(Struct, frozen=True):
    """One invitation.

    made_at: when it last really reached its member. withheld: there is a boundary.
    shown_until: how long it looks open to its inviter, whatever its state is; None after it was taken back.
    """

    id: str
    server: ServerId
    owner: PersonId
    member: PersonId
    made_at: datetime
    shown_until: datetime | None
    state: InvitationState = InvitationState.OPEN
    withheld: bool = False

    @property
    def lapses_at(self) -> datetime:
        return self.made_at + LAPSES_AFTER

    @property
    def forgotten_at(self) -> datetime:
        """When the row is no longer needed and can be deleted."""
        return max(self.made_at + AGAIN_AFTER, self.shown_until or self.made_at)

    def reaches(self, member: PersonId, now: datetime) -> bool:
        """Whether the invitation waits for this person. Boundaries that were set later are not considered."""
        return (
            member == self.member
            and self.state is InvitationState.OPEN
            and not self.withheld
            and now < self.lapses_at
        )

    def shown(self, now: datetime) -> Sent | None:
        """Return what its inviter sees; None if it was accepted or taken back, or `shown_until` is past."""
        if self.state is InvitationState.ACCEPTED or self.shown_until is None or self.shown_until <= now:
            return None
        return Sent(self.id, self.member, self.shown_until)

    def again(self, now: datetime, withheld: bool) -> "Invitation":
        """Invite once more. It reaches the member only after AGAIN_AFTER; before that it only looks sent."""
        shown = replace(self, shown_until=now + LAPSES_AFTER)
        if now < self.made_at + AGAIN_AFTER:
            return (
                replace(shown, state=InvitationState.CLOSED)
                if self.state is InvitationState.ACCEPTED
                else shown
            )
        return replace(shown, made_at=now, state=InvitationState.OPEN, withheld=withheld)

    def accepted(self) -> "Invitation":
        return replace(self, state=InvitationState.ACCEPTED)

    def closed(self) -> "Invitation":
        """Return the invitation as closed for its member. Its inviter sees no change."""
        return replace(self, state=InvitationState.CLOSED)

    def taken_back(self, by: PersonId) -> "Invitation":
        if by != self.owner:
            raise NotYours
        return replace(self, state=InvitationState.CLOSED, shown_until=None)


class Pod(Struct, frozen=True):
    """What one person sees of pods in one server. `names` lacks people who have no name there any more."""

    server: ServerId
    members: tuple[Tie, ...] = ()
    """The people who agreed to be asked by them."""
    owners: tuple[Tie, ...] = ()
    """The people by whom they agreed to be asked."""
    invitations: tuple[Invitation, ...] = ()
    """The invitations that wait for their answer."""
    sent: tuple[Sent, ...] = ()
    """The invitations whose answer they wait for."""
    names: Mapping[PersonId, str] = field(default_factory=dict)
