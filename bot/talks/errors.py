"""Why something about a talk is refused."""

from bot.errors import AlreadyDone, Refusal
from bot.ids import ServerId


class CannotBeAsked(Refusal):
    """This person can't be asked now. The reason is not revealed."""

    def __init__(self, server: ServerId, about: str) -> None:
        super().__init__(server)
        self.server = server
        self.about = about


class TalkClosed(AlreadyDone):
    """It no longer waits for this person: taken back, lapsed or parted. Which one is not revealed."""
