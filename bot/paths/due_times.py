"""When the people of a path meet: at the same local time in the path's own zone, also when clocks change."""

from datetime import date, datetime, timedelta

from bot.paths.models import Path
from bot.paths.schedule import MeetingSchedule
from bot.scheduling import recurrence
from bot.scheduling.cadence import Cadence
from bot.scheduling.zones import find_zone

IN_THREE_MONTHS = {Cadence.MONTHLY: 3, Cadence.FORTNIGHT: 6}
"""How many times of a cadence it is from one meeting to the next in the last step."""


def after(path: Path, moment: datetime) -> datetime | None:
    """Return the path's first meeting after that moment; None without a schedule, or while it waits.

    In the last step they meet every three months.
    """
    if path.schedule is None or path.starts_on is None or path.waits:
        return None
    if not path.last_step:
        return following(path.schedule, path.starts_on, moment)
    for _ in range(IN_THREE_MONTHS[path.schedule.cadence]):
        moment = following(path.schedule, path.starts_on, moment)
    return moment


def at(schedule: MeetingSchedule, day: date) -> datetime:
    """Return when they meet on that day."""
    return recurrence.at(schedule.zone, day, schedule.clock)


def following(schedule: MeetingSchedule, starts_on: date, moment: datetime) -> datetime:
    """Return the first time of a schedule after that moment. The first meeting is on `starts_on`."""
    first = at(schedule, starts_on)
    if moment < first:
        return first
    rule, counted_from = schedule.cadence.rule(schedule.day), schedule.cadence.counted_from(starts_on)
    found = recurrence.next_after(rule, counted_from, schedule.zone, schedule.clock, moment)
    if found is None:
        raise LookupError("a rule that never ends has no next time")
    return found


def day_of(schedule: MeetingSchedule, moment: datetime) -> date:
    """Return the day of a meeting at that moment. A change of the zone's rules moves it by hours."""
    local = moment.astimezone(find_zone(schedule.zone)).date()
    near = (local + timedelta(days=days) for days in (0, -1, 1))
    return next((day for day in near if schedule.cadence.falls_on(schedule.day, day)), local)
