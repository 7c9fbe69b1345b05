"""Schedules and names in words, and the schedules that typed words mean."""

import re
from datetime import date

from bot.pairs.check_in import ANSWERS, CheckInStatus
from bot.pairs.errors import NoSuchSchedule
from bot.pairs.models import About
from bot.pairs.schedule import LAST, Cadence, PairSchedule
from bot.ui import labels
from cogs.pair import strings
from cogs.pair.check import strings as check
from cogs.shared.calendar import strings as calendar
from cogs.shared.calendar.wording import clock

_CLOCK = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?\s*", re.IGNORECASE)
_SECOND_DAY = 3


def schedule(agreed: PairSchedule) -> str:
    """Return a schedule in words, such as "every week on Sunday at 18:00, for 12 weeks"."""
    last = agreed.cadence is Cadence.MONTHLY and agreed.day == LAST
    return strings.TERMS.format(
        cadence=strings.CADENCES[agreed.cadence],
        day=strings.ON_LAST_OF_MONTH if last else day(agreed.cadence, agreed.day),
        at=clock(agreed.minute),
        weeks=agreed.weeks,
    )


def sentence(agreed: PairSchedule) -> str:
    """Return the same as `schedule`, to begin a sentence with."""
    text = schedule(agreed)
    return text[0].upper() + text[1:]


def on(day: date) -> str:
    """Return a date that is the same for every reader.

    A Discord timestamp would reveal in which zone the day begins.
    """
    return f"{day.day} {calendar.MONTHS[day.month - 1]} {day.year}"


def day(cadence: Cadence, number: int) -> str:
    if cadence is Cadence.MONTHLY:
        return strings.LAST_OF_MONTH if number == LAST else strings.OF_MONTH.format(day=number)
    first = calendar.WEEKDAYS[number]
    if cadence is not Cadence.TWICE:
        return first
    return strings.AND.format(first=first, second=calendar.WEEKDAYS[(number + _SECOND_DAY) % 7])


def days(cadence: Cadence) -> list[int]:
    """Return every day that can be chosen for a cadence."""
    return [*range(1, 29), LAST] if cadence is Cadence.MONTHLY else list(range(7))


def meant_day(cadence: Cadence, typed: str) -> int:
    """Return the day that was typed or chosen from the list. Raises NoSuchSchedule."""
    wanted = typed.strip().casefold()
    exact = [one for one in days(cadence) if wanted in (day(cadence, one).casefold(), str(one))]
    begun = [one for one in days(cadence) if wanted and day(cadence, one).casefold().startswith(wanted)]
    if exact and cadence is Cadence.MONTHLY:
        return exact[0]
    found = [one for one in exact if wanted == day(cadence, one).casefold()] or begun
    if len(found) != 1:
        raise NoSuchSchedule
    return found[0]


def meant_clock(typed: str) -> int:
    """Return the minute of the day that was typed, such as "18:00", "18" or "6pm". Raises NoSuchSchedule."""
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise NoSuchSchedule
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise NoSuchSchedule
        hour = hour % 12 + (12 if found[3].casefold() == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NoSuchSchedule
    return hour * 60 + minute


def answer(status: CheckInStatus, about: About | None) -> str:
    """Return an answer in the words of its button, which for `slipped` depend on what the aim is about."""
    if status is CheckInStatus.SLIPPED:
        return check.SLIPS[about or ""]
    return {
        CheckInStatus.ON_TRACK: check.ON_TRACK,
        CheckInStatus.HARD: check.HARD,
        CheckInStatus.SKIP: check.SKIP,
    }[status]


def noted(status: CheckInStatus, about: About | None) -> str:
    """Return what is said right after an answer."""
    return check.NOTED_SLIP[about or ""] if status is CheckInStatus.SLIPPED else check.NOTED[status]


def looking_back(status: CheckInStatus | None, about: About | None) -> str:
    """Return an answer as the history names it."""
    if status is None:
        return check.UNANSWERED
    if status is CheckInStatus.SLIPPED:
        return check.SLIPPED[about or ""]
    return check.WORDS[status] if status in ANSWERS else check.UNASKED


def name(name: str) -> str:
    return labels.name(name)
