"""Why something about a plan is refused."""

from bot.errors import Refusal


class NoSuchDay(Refusal):
    """A day that was not offered."""


class PlanUnwritten(Refusal):
    """Nothing was written."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source
