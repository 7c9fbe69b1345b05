"""A server as Plumbline sees it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import Refusal
from bot.ids import PersonId, ServerId

FORGOTTEN_AFTER = timedelta(days=30)
"""How long a server's data is kept after the bot was removed from it."""
MOST_LOCAL_LINES = 3


class WhichServer(Refusal):
    """In a direct message: there are several servers in common, and this needs one."""

    def __init__(self, servers: tuple[ServerId, ...]) -> None:
        super().__init__(servers)
        self.servers = servers


class NoServer(Refusal):
    """In a direct message: there is no server in common yet."""


class NotAModerator(Refusal):
    """For those with Manage Server alone."""


class NewHere(Refusal):
    """They joined this server lately: asking begins for them at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class LineUnwritten(Refusal):
    """A local line whose name, way to reach it, or scope is blank."""


@dataclass(frozen=True, slots=True)
class LocalLine:
    """A service near a server's members, as a moderator wrote it: its name, how to reach it, whom it is for.

    doors: on which pages of `/support` it stands. At first on those for somebody who was hurt, and for who
    was told: one for people worried about what they did is never filled with others' lines.
    """

    id: str
    name: str
    reach: str
    whom: str
    doors: tuple[str, ...] = ("hurt", "told")

    def whole(self) -> "LocalLine":
        """Each part on one line, without blanks around it; raises LineUnwritten."""
        name, reach, whom = (" ".join(text.split()) for text in (self.name, self.reach, self.whom))
        if not (name and reach and whom):
            raise LineUnwritten
        return replace(self, name=name, reach=reach, whom=whom)

    @property
    def spoken(self) -> str:
        """As the log writes it."""
        return " · ".join((self.name, self.reach, self.whom, ", ".join(self.doors)))


@dataclass(frozen=True, slots=True)
class Ratifying:
    """How norms come into force.

    direct: published as they are; else put to the members.
    share: percent of those who pressed who must be in, 50 to 100.
    least: how many must be in at least, 1 to 500.
    days: how long a proposal stands, 1 to 30.
    """

    direct: bool = False
    share: int = 67
    least: int = 5
    days: int = 7


@dataclass(frozen=True, slots=True)
class Server:
    """Settings of one server; what nobody has set has its default.

    retention_days: 1 to 30, how long text stays after an ask closes.
    country: ISO 3166 alpha-2 in small letters, for help lines; None until it is set.
    minors: whether members may be under 18.
    newcomer_days: 0 to 30, how long somebody is a member before they can start an ask.
    norms_channel: where norms are put to the members.
    mods_channel: where moderators see that something waits for them.
    gone_at: since when the bot is no longer there.
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

    @property
    def retention(self) -> timedelta:
        return timedelta(days=self.retention_days)

    def may_start_at(self, joined_at: datetime) -> datetime:
        """From when on somebody who joined then can start an ask."""
        return joined_at + timedelta(days=self.newcomer_days)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: who changed which setting, when, from what to what."""

    number: int
    at: datetime
    who: PersonId
    setting: str
    was: str
    now: str
