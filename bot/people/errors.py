"""Why something about a person's settings is refused."""

from datetime import datetime

from bot.errors import Refusal


class UnknownZone(Refusal):
    """There is no time zone with this name."""


class UnderEighteen(Refusal):
    """This is only for adults: they said that they are under 18, or the server is set for minors."""


class NotYet(Refusal):
    """It can't be changed before `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at
