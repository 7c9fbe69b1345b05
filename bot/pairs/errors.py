"""What the rules of pairs do not allow, by name."""

from datetime import datetime

from bot.errors import AlreadyDone, Refusal, TooMany


class Yourself(Refusal):
    """Nobody is their own partner."""


class NotAPerson(Refusal):
    """A bot cannot be a partner."""


class OwnBoundary(Refusal):
    """They set a boundary with this person themselves, and may have forgotten it."""


class AlreadyPaired(Refusal):
    """The two are a pair already, or this one waits for the other's answer."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class TooManyPairs(TooMany):
    """They are in five already, those that wait for an answer included."""


class PairClosed(AlreadyDone):
    """It waits no more: answered, lapsed, ended or taken away. Which of these is not said."""


class NoPartner(Refusal):
    """Nobody was chosen yet."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class ZoneUnknown(Refusal):
    """No time zone has the name that was typed; the rest of the form is kept."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class PairUnwritten(Refusal):
    """Something that is needed holds only blanks; the form is kept."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class NothingLeft(Refusal):
    """No check-in is left that could be paused or moved."""


class PausedByOther(Refusal):
    """The partner paused it, and it is theirs to resume before the day."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until
