"""A person: the settings that apply to them in every server."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.ids import PersonId, ServerId
from bot.people.errors import NotYet
from bot.scheduling.zones import FALLBACK, find_zone, is_known_zone

AGE_CAN_CHANGE_AFTER = timedelta(days=1)


class DiscordUser(Struct, frozen=True):
    """A Discord account from an interaction, with the name that it has in the current server.

    The username belongs to the account, and no other account has it.
    """

    discord_id: int
    name: str
    server: ServerId | None = None
    username: str = ""


class Quiet(Struct, frozen=True):
    """Quiet hours in the person's local time, in which nothing is sent. They may go past midnight."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours end, if `now` is in them; otherwise None."""
        local = now.astimezone(zone)
        if self.start == self.end or not self.covers(local.time()):
            return None
        # When clocks are put back, an hour occurs twice. The quiet hours end in its second occurrence.
        end = datetime.combine(local.date(), self.end, zone).replace(fold=local.fold)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), self.end, zone)
        return end.astimezone(UTC)


class Person(Struct, frozen=True):
    """What a person has set for themselves. `resting_until` may be FOREVER."""

    id: PersonId
    zone: str | None = None
    quiet: Quiet | None = None
    resting_until: datetime | None = None
    minor_since: datetime | None = None

    @property
    def tz(self) -> ZoneInfo:
        """Their time zone; UTC if they have set none, or one that this machine doesn't know any more."""
        return find_zone(self.zone or FALLBACK)

    @property
    def zone_lost(self) -> bool:
        """Whether they have set a time zone that this machine doesn't know any more."""
        return self.zone is not None and not is_known_zone(self.zone)

    @property
    def zone_known(self) -> bool:
        return self.zone is not None and not self.zone_lost

    @property
    def minor(self) -> bool:
        return self.minor_since is not None

    def resting(self, now: datetime) -> bool:
        return self.resting_until is not None and now < self.resting_until

    def quiet_until(self, now: datetime) -> datetime | None:
        """Return when their quiet hours end; None if they are not in them."""
        return None if self.quiet is None else self.quiet.until(now, self.tz)

    def may_say_adult(self, now: datetime) -> None:
        """Raises NotYet if they said less than a day ago that they are under 18."""
        if self.minor_since is not None and now < self.minor_since + AGE_CAN_CHANGE_AFTER:
            raise NotYet(self.minor_since + AGE_CAN_CHANGE_AFTER)


FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The `resting_until` of a rest without an end."""
