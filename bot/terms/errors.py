"""Why something about terms is refused."""

from datetime import datetime

from bot.errors import AlreadyDone, NotYours, Refusal


class TermsUnwritten(Refusal):
    """Nothing was chosen and nothing was written. What is missing is in no message either."""


class AlreadyKept(Refusal):
    """They keep other terms already, and one text a person is kept."""


class NothingKept(NotYours):
    """They keep no terms, or none any more."""


class Yourself(Refusal):
    """Somebody asked themselves to carry their terms."""


class NotAPerson(Refusal):
    """A bot can't carry anything."""


class NotHere(Refusal):
    """Discord doesn't find the account in the server, or doesn't answer. Nobody was asked."""


class OwnBoundary(Refusal):
    """They have a boundary with this person that they set themselves, and may have forgotten it."""


class AlreadyCarries(Refusal):
    """This person carries their terms already."""


class CarryingClosed(AlreadyDone):
    """It is over: withdrawn, declined, handed back, lapsed or parted. Which one is not revealed."""


class LetTooOften(Refusal):
    """They let somebody read it as often as is allowed. They can again at `at`, and what they keep stays."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class TermsChanged(Refusal):
    """The text was changed since the card was shown on which they let it be read."""

    def __init__(self, carrying: str) -> None:
        super().__init__(carrying)
        self.carrying = carrying
