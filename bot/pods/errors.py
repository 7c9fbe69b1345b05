"""Why something about pods is refused."""

from bot.errors import Refusal, TooMany


class Yourself(Refusal):
    """Somebody invited themselves."""


class NotAPerson(Refusal):
    """A bot cannot be asked."""


class AlreadyThere(Refusal):
    """They are in the pod already."""


class OwnBoundary(Refusal):
    """They have a boundary with this person that they set themselves, and may have forgotten it."""


class PodFull(TooMany):
    """The pod is full, including open invitations."""


class InvitationClosed(Refusal):
    """The invitation is no longer open: answered, lapsed or taken back. Which one is not revealed."""
