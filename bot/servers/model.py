"""A server as Plumbline sees it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import Refusal
from bot.ids import ServerId


class WhichServer(Refusal):
    """In a direct message: there are several servers in common, and this needs one."""

    def __init__(self, servers: tuple[ServerId, ...]) -> None:
        super().__init__(servers)
        self.servers = servers


class NoServer(Refusal):
    """In a direct message: there is no server in common yet."""


@dataclass(frozen=True, slots=True)
class Server:
    """Settings of one server.

    retention_days: 1 to 30, how long text stays after an ask closes.
    country: ISO 3166 alpha-2 in small letters, for help lines; None until it is set.
    minors: whether members may be under 18.
    """

    id: ServerId
    retention_days: int = 7
    country: str | None = None
    minors: bool = False

    @property
    def retention(self) -> timedelta:
        return timedelta(days=self.retention_days)
