"""Why something about reports or bars is refused."""

from datetime import datetime

from bot.errors import NotYours, Refusal, TooMany


class OfReport(Refusal):
    """A report can't be sent as it is. `report` is its id; nothing of it is lost."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


class ReasonUnwritten(OfReport):
    """The report has no reason."""


class NobodyReads(OfReport):
    """No moderator is left who would read the report."""


class PassageGone(OfReport):
    """What was to be reported has been deleted meanwhile."""


class TooManyDrafts(TooMany):
    """They have as many unsent reports as are allowed."""


class Barred(Refusal):
    """The moderators of this server have stopped them from starting anything with others until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


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
