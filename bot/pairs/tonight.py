"""When a check-in can be asked again this evening, in the local time of the person who is asked."""

from datetime import datetime, time, timedelta

from bot.people.models import Person
from bot.scheduling import recurrence
from bot.scheduling.zones import find_zone

EVENING = (time(20), time(20, 30), time(21), time(21, 30), time(22))
"""The local times to which a check-in can be moved. The first one that fits is taken."""
AHEAD = timedelta(minutes=30)
"""The least time until then. A question that comes back after a few minutes helps nobody."""


def tonight(person: Person, zone: str, now: datetime, before: datetime) -> datetime | None:
    """Return the first fitting time of this evening; None if there is none.

    It is at least AHEAD of now, earlier than `before`, and outside their quiet hours, in which nothing is
    sent. `zone` is the zone of the check-in. It counts only for people who have set none themselves.
    """
    at_home = person.zone if person.zone is not None and person.zone_known else zone
    today = now.astimezone(find_zone(at_home)).date()
    return next((at for at in (recurrence.at(at_home, today, clock) for clock in EVENING)
                 if now + AHEAD <= at < before and person.quiet_until(at) is None), None)  # fmt: skip
