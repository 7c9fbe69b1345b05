"""A person: what holds for them everywhere, whatever the server."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.ids import PersonId, ServerId

AGE_CAN_CHANGE_AFTER = timedelta(days=1)


class UnknownZone(Refusal):
    """No time zone of that name exists."""


class UnderEighteen(Refusal):
    """This is for those of 18 and over: they said that they are younger, or the server is set for minors."""


class NotYet(Refusal):
    """It can be changed, later."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class DiscordUser:
    """Somebody as an interaction brought them: their account, and what they are called where they stand."""

    discord_id: int
    name: str
    server: ServerId | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of their own day in which nothing is sent; they may pass midnight."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When they end there, if it is in them."""
        local = now.astimezone(zone)
        if self.start == self.end or not self.covers(local.time()):
            return None
        # Where the clock is put back, the hour that comes twice ends the second time for whoever is in it.
        end = datetime.combine(local.date(), self.end, zone).replace(fold=local.fold)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), self.end, zone)
        return end.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody set for themselves. `resting_until` may be FOREVER."""

    id: PersonId
    zone: str | None = None
    quiet: Quiet | None = None
    resting_until: datetime | None = None
    minor_since: datetime | None = None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone or "UTC")

    @property
    def minor(self) -> bool:
        return self.minor_since is not None

    def resting(self, now: datetime) -> bool:
        return self.resting_until is not None and now < self.resting_until

    def quiet_until(self, now: datetime) -> datetime | None:
        """When their quiet hours end, if they are in them."""
        return None if self.quiet is None else self.quiet.until(now, self.tz)

    def may_say_grown(self, now: datetime) -> None:
        """Whoever said that they are under 18 can take it back after a day; raises NotYet before."""
        if self.minor_since is not None and now < self.minor_since + AGE_CAN_CHANGE_AFTER:
            raise NotYet(self.minor_since + AGE_CAN_CHANGE_AFTER)


FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of a rest that has none."""
