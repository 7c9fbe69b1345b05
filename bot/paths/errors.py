"""Why something about a path is refused."""

from datetime import datetime

from bot.errors import AlreadyDone, Refusal, TooMany


class Yourself(Refusal):
    """Somebody invited themselves."""


class NotAPerson(Refusal):
    """A bot can't accompany anybody."""


class AlreadyCompanion(Refusal):
    """They accompany this path already."""


class OwnBoundary(Refusal):
    """They have a boundary with this person that they set themselves, and may have forgotten it."""


class CompanionsFull(TooMany):
    """There are as many companions as there can be, including open invitations."""


class InvitationClosed(Refusal):
    """The invitation is no longer open: answered, lapsed or taken back. Which one is not revealed."""


class AccompaniesAlready(Refusal):
    """They accompany another path."""


class MemberTooShort(Refusal):
    """They joined the server too recently, and can accompany a path there from `at` on."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class PathClosed(AlreadyDone):
    """It has closed."""


class CommitmentUnwritten(Refusal):
    """The sentence is blank. `kind` is what it was to be about."""

    def __init__(self, path: str, kind: str, commitment: str = "") -> None:
        super().__init__(path, kind, commitment)
        self.path = path
        self.kind = kind
        self.commitment = commitment


class TooManyCommitments(TooMany):
    """The path has as many commitments as there can be."""


class RequestUnwritten(Refusal):
    """The sentence of a request is blank."""

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(path, kind)
        self.path = path
        self.kind = kind


class TooManyRequests(TooMany):
    """The path has as many requests as there can be."""


class TooManyOfOwn(TooMany):
    """They have entered as many of the path's requests as one companion can. Another one can enter more."""


class EnteredTooMuch(Refusal):
    """They have entered as many requests lately as they can, and can go on from `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class TakesItOff(Refusal):
    """Handing a request back takes it off the path at once, so they are asked once more.

    mine: whether they entered it. Else another companion has handed it back before.
    """

    def __init__(self, request: str, *, mine: bool) -> None:
        super().__init__(request, mine)
        self.request = request
        self.mine = mine


class NotReadyYet(Refusal):
    """A step takes two held meetings, and there weren't two yet."""


class NoSuchDay(Refusal):
    """A day that was not offered."""


class NoSuchMeeting(Refusal):
    """A cadence, a day, a time or a time zone that is not one of the choices."""


class NoMeetings(Refusal):
    """There is no schedule yet, so no meeting can be the last one."""
