"""When the people of a path meet: once a month or every two weeks, in the path's own time zone."""

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.paths.errors import NoSuchMeeting
from bot.scheduling.cadence import LAST, Cadence
from bot.scheduling.zones import find_zone, is_known_zone

CADENCES = (Cadence.MONTHLY, Cadence.FORTNIGHT)
MONTH_DAYS = (1, 4, 7, 10, 13, 16, 19, 22, 25, 28, LAST)
"""The days of a month that are offered."""
ASKED_AFTER = timedelta(hours=2)
"""How long after the time of a meeting everybody is asked about it."""
SETTLES_IN = timedelta(days=1)
"""The least time from choosing the schedule to the first meeting."""
APART = {Cadence.MONTHLY: timedelta(weeks=4), Cadence.FORTNIGHT: timedelta(weeks=2)}
"""The least time from the last meeting to the first one of another schedule."""


class MeetingSchedule(Struct, frozen=True):
    """A schedule in local time. Raises NoSuchMeeting if a value is not one of those offered."""

    zone: str
    cadence: Cadence = Cadence.MONTHLY
    day: int = 1
    minute: int = 18 * 60

    def __post_init__(self) -> None:
        fits = self.cadence in CADENCES and 0 <= self.minute < 24 * 60
        if not fits or self.day not in self.cadence.days or not is_known_zone(self.zone):
            raise NoSuchMeeting

    @property
    def clock(self) -> time:
        return time(self.minute // 60, self.minute % 60)

    def first_on(self, now: datetime, last: datetime | None = None) -> date:
        """Return the day of the first meeting. last: when they met last.

        Another schedule brings no meeting nearer: steps would otherwise be a matter of days.
        """
        earliest = now + SETTLES_IN if last is None else max(now + SETTLES_IN, last + APART[self.cadence])
        return self.cadence.first_on(self.day, earliest.astimezone(find_zone(self.zone)).date())
