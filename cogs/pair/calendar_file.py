"""A calendar file of a person's check-ins: a recurrence rule in their time zone, under a neutral title."""

from datetime import datetime, timedelta
from secrets import token_hex

from bot.pairs.queries import PairView
from bot.scheduling.zones import find_zone
from cogs.pair import strings

_MAKER = "-//calendar//EN"
"""The maker that the file names. It is not the bot, because other people often see a calendar."""
_LENGTH = timedelta(minutes=15)


def schedule(view: PairView, now: datetime) -> bytes | None:
    """Return an .ics file; None if no check-in is due any more."""
    # Imported here, because its 83 modules would make each start longer, and few people ask for a file.
    from icalendar import Calendar, Event, vRecur

    day, ends_on, zone = view.side.next_day, view.pair.ends_on, view.side.zone
    if day is None or ends_on is None:
        return None
    schedule = view.pair.schedule
    local = datetime.combine(day, schedule.clock)
    rule = vRecur.from_ical(schedule.rule)
    rule["COUNT"] = len(schedule.days(day, ends_on))
    event = Event()
    event.add("uid", token_hex(16))
    event.add("dtstamp", now)
    event.add("summary", strings.EVENT)
    event.add("dtstart", local.replace(tzinfo=find_zone(zone)))
    event.add("duration", _LENGTH)
    event.add("rrule", rule)
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=day, last_date=ends_on + timedelta(days=366))
    written: bytes = calendar.to_ical()
    return written
