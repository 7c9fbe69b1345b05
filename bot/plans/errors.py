"""Why something about a plan is refused."""

from bot.errors import Refusal, TooMany


class NoSuchDay(Refusal):
    """A day that was not offered."""


class TooManyPlans(TooMany):
    """They have as many plans of their own as there can be."""


class PlanUnwritten(Refusal):
    """Nothing was written. Without a source, the plan was to be made from nothing else."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


class DifferentUnwritten(Refusal):
    """They did it, and a field about what is different now was left blank."""

    def __init__(self, plan: str) -> None:
        super().__init__(plan)
        self.plan = plan
