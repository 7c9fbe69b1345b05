"""When a night is, and which times can be chosen in it. Every time is a moment, computed once.

Only what a list of times shows depends on a time zone, so neither a second zone nor a change of clocks can
move a question or an alarm.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from bot.nights.errors import NoSuchHours
from bot.nights.models import Hours
from bot.scheduling import recurrence
from bot.scheduling.zones import find_zone, is_known_zone

SHORTEST, LONGEST = timedelta(hours=1), timedelta(hours=18)
AHEAD_AT_MOST = timedelta(days=14)
"""How far ahead a night can be planned."""
BEGUN_AT_MOST = timedelta(hours=6)
"""How long ago a night may have begun when it is planned: some plan it late."""
NOON = time(12)
ASKED_WITHIN = timedelta(hours=18)
"""The longest time from the end of a night to the question of the day after."""
HOME_AFTER_END = timedelta(hours=2)
"""How long after the end of a night somebody can say that they'll be home."""
STEP, WIDE_STEP = timedelta(minutes=30), timedelta(hours=1)
CHOICES_AT_MOST = 24
"""One less than a select of Discord takes: the other says that they don't want to be asked."""
_DAY = timedelta(days=1)


class Chosen(Struct, frozen=True):
    """A time that can be chosen, and what a clock shows then. `again`: an earlier one shows the same."""

    at: datetime
    clock: time
    again: bool = False


def hours(zone: str, day: date, begins: time, ends: time, now: datetime) -> Hours:
    """Return the hours of a night in local time. An end that isn't later than the start is the next day's.

    Raises NoSuchHours if it is too short or too long, too far ahead, or began too long ago.
    """
    # A day far away from today may not even exist as a moment, so no moment is computed from it.
    if not is_known_zone(zone) or abs(day - now.date()) > AHEAD_AT_MOST + 2 * _DAY:
        raise NoSuchHours
    starts_at = recurrence.at(zone, day, begins)
    ends_at = recurrence.at(zone, day if ends > begins else day + _DAY, ends)
    begun_too_long = starts_at < now - BEGUN_AT_MOST or ends_at <= now
    if begun_too_long or starts_at > now + AHEAD_AT_MOST or not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise NoSuchHours
    return Hours(starts_at, ends_at, _noon_after(zone, ends_at))


def times(within: Hours, zone: str, now: datetime) -> tuple[Chosen, ...]:
    """Return the times that somebody can choose in a night, as clocks in this zone show them."""
    latest = min(within.ends_at + HOME_AFTER_END, within.noon_at)
    wide = latest - within.starts_at > STEP * CHOICES_AT_MOST
    step = WIDE_STEP if wide else STEP
    found, seen = [], Counter[time]()
    at = within.starts_at + step
    while at <= latest:
        clock = at.astimezone(find_zone(zone)).time().replace(fold=0)
        if at > now:
            found.append(Chosen(at, clock, again=seen[clock] > 0))
        seen[clock] += 1
        at += step
    return tuple(found)


def _noon_after(zone: str, ends_at: datetime) -> datetime:
    """Return the first local noon that isn't before the end of a night, or earlier if that is far away.

    All text is destroyed a day after the end. Some hours must be left in which the question can be answered.
    """
    day = ends_at.astimezone(find_zone(zone)).date()
    near = (recurrence.at(zone, day + _DAY * days, NOON) for days in (0, 1, 2))
    noon = next((at for at in near if at >= ends_at), ends_at.astimezone(UTC))
    return min(noon, ends_at + ASKED_WITHIN)
