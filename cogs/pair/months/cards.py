"""The history of a pair in words. The handler adds a picture."""

from bot.pairs.queries import Months
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.pair import wording
from cogs.pair.months import strings
from cogs.shared.calendar.wording import month_name


def months(shown: Months, back: int) -> Card:
    """Show a page of months in words. `back`: how many pages it is before the newest one."""
    text = "\n".join(in_words(shown))
    earlier = [Button(strings.EARLIER, to("pairs.history", shown.pair.id, str(back + 1)))]
    later = [Button(strings.LATER, to("pairs.history", shown.pair.id, str(back - 1)))]
    notes = Button(strings.NOTES, to("pairs.notes", shown.pair.id, "0"))
    row = [*(earlier if shown.earlier else []), *(later if shown.later else []), notes]
    return Card(
        strings.HISTORY_TITLE.format(name=wording.name(shown.name)),
        text,
        rows=(row,),
        small=strings.HISTORY_SMALL,
    )


def nothing() -> Card:
    return Card(strings.NO_HISTORY_TITLE, strings.NO_HISTORY)


def in_words(shown: Months) -> list[str]:
    """Return one line for each month, newest last."""
    return [
        strings.A_MONTH.format(month=month_name(year, month), days=_days(shown, year, month))
        for year, month in spanned(shown)
    ]


def alt(shown: Months) -> str:
    """Return what the picture shows, for a screen reader, in at most 1,024 characters."""
    text = " ".join(line.replace("**", "") + "." for line in in_words(shown))
    return strings.ALT.format(text=text)[:1024]


def spanned(shown: Months) -> list[tuple[int, int]]:
    """Return (year, month) for each month that is shown, in order. The month counts from 0."""
    year, month = shown.first_month
    return [divmod(12 * year + month - 1 + ahead, 12) for ahead in range(shown.count)]


def _days(shown: Months, year: int, month: int) -> str:
    here = [one for one in shown.check_ins if (one.day.year, one.day.month) == (year, month + 1)]
    told = [
        strings.A_DAY.format(day=one.day.day, status=wording.looking_back(one.status, shown.about).lower())
        for one in here
    ]
    return strings.BETWEEN.join(told) or strings.NO_DAYS
