"""Why something about reports or bars is refused."""

from datetime import datetime

from bot.errors import NotYours, Refusal, TooMany
from bot.ids import ServerId


class ReasonUnwritten(Refusal):
    """The report has no reason. `report` is its id."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


class NobodyReads(Refusal):
    """No moderator is left who would read the report. `report` is its id."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


class PassageGone(Refusal):
    """What was to be reported has been deleted meanwhile. `report` is the id of the report, which is kept."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


class TooManyDrafts(TooMany):
    """They have as many unsent reports as are allowed."""


class Barred(Refusal):
    """The moderators of `server` have stopped them from starting anything with others until `until`."""

    def __init__(self, until: datetime, server: ServerId) -> None:
        super().__init__(until, server)
        self.until = until
        self.server = server


class StartedTooMuch(Refusal):
    """They have started as much as is allowed, and can start something again at `at`.

    of_two: it is about one other person, and not about all that they have started.
    """

    def __init__(self, at: datetime, *, of_two: bool) -> None:
        super().__init__(at)
        self.at = at
        self.of_two = of_two


class BarUnwritten(Refusal):
    """A bar was proposed without a reason."""


class BarsYourself(Refusal):
    """A moderator picked themselves."""


class BarredAlready(Refusal):
    """There is a bar for this person already: `bar` is its id. It may wait for a second moderator."""

    def __init__(self, bar: str) -> None:
        super().__init__(bar)
        self.bar = bar


class BarGone(NotYours):
    """The bar was lifted, taken back or has lapsed."""
