"""Why something in a server, or about its settings, is refused."""

from datetime import datetime

from bot.errors import Refusal
from bot.ids import ServerId


class WhichServer(Refusal):
    """In a direct message: the person uses the bot in several servers, and must choose one."""

    def __init__(self, servers: tuple[ServerId, ...]) -> None:
        super().__init__(servers)
        self.servers = servers


class NoServer(Refusal):
    """In a direct message: the person has not used the bot in any server yet."""


class NotAModerator(Refusal):
    """Only people with Manage Server may do this."""


class WithoutAdultRole(Refusal):
    """This is for those who have the adults' role of the server, and they were last seen there without it."""


class NewHere(Refusal):
    """They joined this server too recently, and can start an ask from `at` on."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class LineUnwritten(Refusal):
    """The name, the contact or the scope of a local helpline is blank."""
