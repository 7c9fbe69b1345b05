"""A server as Plumbline sees it."""

from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct, field
from msgspec.structs import replace

from bot.ids import PersonId, ServerId
from bot.servers.errors import LineUnwritten
from bot.text import is_blank

FORGOTTEN_AFTER = timedelta(days=30)
"""How long a server's data is kept after the bot was removed from it."""
MOST_LOCAL_LINES = 3
BY_SIZE = 0
"""The threshold that follows the number of members."""
FEWEST, MOST = 5, 30
"""The bounds of the threshold that follows the number of members."""


class LocalLine(Struct, frozen=True):
    """A service near a server's members, as a moderator wrote it.

    reach: how to reach it. whom: whom it is for.
    topics: the pages of `/support` on which it is shown. At first those are the pages for people who were
    hurt or were told about it. The page for people who worry about what they did needs helplines made
    for them.
    """

    id: str
    name: str
    reach: str
    whom: str
    topics: tuple[str, ...] = ("hurt", "told")

    def whole(self) -> "LocalLine":
        """Return it with each part on one line and without blanks around it. Raises LineUnwritten."""
        name, reach, whom = (" ".join(text.split()) for text in (self.name, self.reach, self.whom))
        if any(is_blank(text) for text in (name, reach, whom)):
            raise LineUnwritten
        return replace(self, name=name, reach=reach, whom=whom)

    @property
    def spoken(self) -> str:
        """The text for the log."""
        return " · ".join((self.name, self.reach, self.whom, ", ".join(self.topics)))


def by_size(members: int | None) -> int:
    """Return the threshold for so many members: a fifth of them, but at least FEWEST and at most MOST."""
    return min(MOST, max(FEWEST, ceil((members or 0) / 5)))


class Ratifying(Struct, frozen=True):
    """How norms come into force.

    direct: they are published without a vote.
    share: the percentage of those who answer that must be in, 50 to 100.
    least: how many members must be in at least, 1 to 500, or BY_SIZE.
    days: how long a vote is open, 1 to 30.
    """

    direct: bool = False
    share: int = 67
    least: int = BY_SIZE
    days: int = 7

    def least_of(self, members: int | None) -> int:
        """Return how many must be in, in a server with so many members; None if nobody can count them."""
        return by_size(members) if self.least == BY_SIZE else self.least


class Server(Struct, frozen=True):
    """The settings of one server.

    retention_days: 1 to 30, how long text is kept after an ask closes. A longer time holds only for asks that
    are begun after it was chosen (see `Ask.kept_days`).
    country: ISO 3166 alpha-2 in small letters, for helplines; None until it is set.
    minors: whether members may be under 18, without a role that tells the adults apart.
    adult_role: the role of the adults. Only its holders can start what is for adults; None if all can.
    newcomer_days: 0 to 30, how long somebody must be a member before they can start an ask.
    norms_channel: the channel in which members vote on norms.
    mods_channel: the channel in which moderators are told that something waits for them.
    gone_at: when the bot was removed; None if it is there.
    """

    id: ServerId
    retention_days: int = 7
    country: str | None = None
    minors: bool = False
    newcomer_days: int = 3
    norms_channel: int | None = None
    mods_channel: int | None = None
    ratifying: Ratifying = field(default_factory=Ratifying)
    gone_at: datetime | None = None
    adult_role: int | None = None

    def may_start_at(self, joined_at: datetime) -> datetime:
        """When somebody who joined at `joined_at` can start an ask."""
        return joined_at + timedelta(days=self.newcomer_days)


class LogEntry(Struct, frozen=True):
    """One entry of the log: who changed which setting, when, from what to what."""

    number: int
    at: datetime
    who: PersonId
    setting: str
    was: str
    now: str
