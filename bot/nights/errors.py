"""Why something about a night is refused."""

from bot.errors import AlreadyDone, NotYours, Refusal


class NightOver(NotYours):
    """The night is over, or they aren't in it. Which of the two is not revealed."""


class NoSuchHours(Refusal):
    """A night of that length, or at that time, can't be planned."""


class NoSuchTime(Refusal):
    """That time isn't one of those offered for this night, or it has passed."""


class NightFull(Refusal):
    """As many people are in it as can be, counted as the person sees them who is told so."""


class InAnotherNight(Refusal):
    """They are in another night at that time."""


class CardLocked(Refusal):
    """The night has begun, so what they wrote sober stays as it is."""


class Yourself(Refusal):
    """Somebody chose themselves."""


class NotAPerson(Refusal):
    """A bot can't come along."""


class OwnBoundary(Refusal):
    """They have a boundary with this person that they set themselves, and may have forgotten it."""


class InvitationClosed(AlreadyDone):
    """The invitation is over: declined, lapsed or parted. Which one is not revealed."""


class LookClosed(AlreadyDone):
    """The wish is over: taken back, declined, ended or parted. Which one is not revealed."""
