"""When the people of a path meet: once a month or every two weeks, in the path's own time zone."""

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.paths.errors import NoSuchMeeting
from bot.scheduling import recurrence
from bot.scheduling.cadence import LAST, Cadence
from bot.scheduling.zones import find_zone, is_known_zone

CADENCES = (Cadence.MONTHLY, Cadence.FORTNIGHT)
MONTH_DAYS = (1, 4, 7, 10, 13, 16, 19, 22, 25, 28, LAST)
"""The days of a month that are offered."""
ASKED_AFTER = timedelta(hours=2)
"""How long after the time of a meeting everybody is asked about it."""
SETTLES_IN = timedelta(days=1)
"""The least time from choosing the schedule to the first meeting."""
_IN_THREE_MONTHS = {Cadence.MONTHLY: 3, Cadence.FORTNIGHT: 6}


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

    def first_on(self, now: datetime) -> date:
        """Return the day of the first meeting."""
        earliest = (now + SETTLES_IN).astimezone(find_zone(self.zone)).date()
        return self.cadence.first_on(self.day, earliest)

    def at(self, day: date) -> datetime:
        """Return when they meet on that day."""
        return recurrence.at(self.zone, day, self.clock)

    def day_of(self, moment: datetime) -> date:
        """Return the day of a meeting at that moment. A change of the zone's rules moves it by hours."""
        local = moment.astimezone(find_zone(self.zone)).date()
        near = (local + timedelta(days=days) for days in (0, -1, 1))
        return next((day for day in near if self.cadence.falls_on(self.day, day)), local)

    def following(self, starts_on: date, after: datetime, *, seldom: bool = False) -> datetime:
        """Return the first meeting after that moment; `seldom`: the one three months on."""
        first = self.at(starts_on)
        if after < first and not seldom:
            return first
        for _ in range(_IN_THREE_MONTHS[self.cadence] if seldom else 1):
            found = recurrence.next_after(
                self.cadence.rule(self.day),
                self.cadence.counted_from(starts_on),
                self.zone,
                self.clock,
                after,
            )
            if found is None:
                raise LookupError("a rule that never ends has no next time")
            after = found
        return after
