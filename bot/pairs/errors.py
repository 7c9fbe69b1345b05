"""The refusals of this slice."""

from datetime import datetime

from bot.errors import AlreadyDone, Refusal, TooMany


class Yourself(Refusal):
    """Somebody chose themselves as the partner."""


class NotAPerson(Refusal):
    """A bot cannot be a partner."""


class OwnBoundary(Refusal):
    """They have a boundary with this person that they set themselves, and may have forgotten it."""


class AlreadyPaired(Refusal):
    """The two are a pair already, or one of them has proposed it. `pair` is its id."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class TooManyPairs(TooMany):
    """They have as many pairs as are allowed, including proposals that wait for an answer."""


class PairClosed(AlreadyDone):
    """It is no longer open: it was answered, lapsed, ended or taken back. Which one is not revealed."""


class NoPartner(Refusal):
    """No partner was chosen yet."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class ZoneUnknown(Refusal):
    """No time zone has the name that was typed. The rest of the form is kept."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class PairUnwritten(Refusal):
    """A required field is blank. The form is kept."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


class NothingLeft(Refusal):
    """No check-in is left that could be paused."""


class TooLateTonight(Refusal):
    """No hour is left this evening to which the check-in could be moved."""

    def __init__(self, check_in: str) -> None:
        super().__init__(check_in)
        self.check_in = check_in


class NoteUnwritten(Refusal):
    """The note to a check-in has no words."""

    def __init__(self, check_in: str) -> None:
        super().__init__(check_in)
        self.check_in = check_in


class PausedByOther(Refusal):
    """The partner paused it, so only they can resume it before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class NoSuchSchedule(Refusal):
    """A day, a time or a length that is not one of the choices."""
