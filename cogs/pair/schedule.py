"""The selects for a schedule: how often, on which day, at which hour and for how long."""

from bot.pairs.schedule import LAST, MOST_WEEKS, Cadence, PairSchedule
from bot.ui.components import Choice, Option
from bot.ui.custom_id import to
from cogs.pair import strings, wording
from cogs.shared.calendar.wording import clock

_HALF = 15
_WEEKS = (4, 6, 8, 10, 12, 16, 20, 26, 39, MOST_WEEKS)


def selects(id: str, schedule: PairSchedule, word: str = "") -> list[Choice]:
    """Return the selects. `word` says whether the schedule is a draft's (empty) or a change's."""
    return [
        _cadence(id, schedule, word),
        *_days(id, schedule, word),
        _hours(id, schedule, word),
        _weeks(id, schedule, word),
    ]


def _cadence(id: str, schedule: PairSchedule, word: str) -> Choice:
    options = [
        Option(text[0].upper() + text[1:], cadence, chosen=cadence == schedule.cadence)
        for cadence, text in strings.CADENCES.items()
    ]
    return Choice(strings.CADENCE_PROMPT, to("pairs.cadence", id, word), options)


def _days(id: str, schedule: PairSchedule, word: str) -> list[Choice]:
    options = [
        Option(_named(schedule.cadence, day), str(day), chosen=day == schedule.day)
        for day in wording.days(schedule.cadence)
    ]
    if schedule.cadence is not Cadence.MONTHLY:
        return [Choice(strings.DAY_PROMPT, to("pairs.day", id, word), options)]
    # A select holds 25 options and a month has more days, so there are two selects.
    return [
        Choice(strings.EARLY_PROMPT, to("pairs.day", id, word), options[:_HALF]),
        Choice(strings.LATE_PROMPT, to("pairs.late_day", id, word), options[_HALF:]),
    ]


def _hours(id: str, schedule: PairSchedule, word: str) -> Choice:
    minutes = sorted({*(60 * hour for hour in range(24)), schedule.minute})
    options = [Option(clock(minute), str(minute), chosen=minute == schedule.minute) for minute in minutes]
    return Choice(strings.AT_PROMPT, to("pairs.at", id, word), options)


def _weeks(id: str, schedule: PairSchedule, word: str) -> Choice:
    lengths = sorted({*_WEEKS, schedule.weeks})
    options = [
        Option(strings.SOME_WEEKS.format(weeks=weeks), str(weeks), chosen=weeks == schedule.weeks)
        for weeks in lengths
    ]
    return Choice(strings.WEEKS_PROMPT, to("pairs.weeks", id, word), options)


def _named(cadence: Cadence, day: int) -> str:
    text = wording.day(cadence, day)
    return text[0].upper() + text[1:] if cadence is Cadence.MONTHLY or day == LAST else text
