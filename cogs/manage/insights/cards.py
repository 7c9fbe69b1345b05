"""The cards of `/manage insights`: the counts in words. The handler adds a picture."""

from collections.abc import Sequence
from datetime import datetime

from bot.insights.models import Month
from bot.ui.components import Card
from bot.ui.when import day
from cogs.manage.insights import strings
from cogs.shared.calendar.wording import month_name


def months(shown: Sequence[Month]) -> Card:
    return Card(strings.TITLE, "\n".join(in_words(shown)), small=strings.SMALL)


def nothing(ends_at: datetime) -> Card:
    return Card(strings.EMPTY_TITLE, strings.EMPTY.format(day=day(ends_at)))


def in_words(shown: Sequence[Month]) -> list[str]:
    """Return each month with its counts, newest first."""
    return [
        strings.A_MONTH.format(month=name(one), counts=strings.BETWEEN.join(_said(one)))
        for one in reversed(shown)
    ]


def alt(shown: Sequence[Month]) -> str:
    """Describe the picture for a screen reader.

    The counts are not in it, because the card has them as text.
    """
    return strings.ALT.format(last=name(shown[-1]))


def name(month: Month) -> str:
    year, number = month.month.split("-")
    return month_name(int(year), int(number) - 1)


def counts(month: Month) -> dict[str, int | None]:
    """Return each count of a month by its name in words, in the order in which they are shown.

    What was not counted in that month is None.
    """
    return {
        strings.MEMBERS_IN: month.members_in,
        strings.ASKERS: month.askers,
        strings.IN_PAIRS: month.in_pairs,
        strings.REMINDERS: month.reminders,
    }


def _said(month: Month) -> list[str]:
    return [
        strings.COUNTED.format(count=count or strings.FEW, what=what)
        for what, count in counts(month).items()
        if count is not None
    ]
