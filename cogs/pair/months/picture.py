"""The history of a pair as a calendar, drawn by matplotlib: each answer has a shape and a colour."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.pairs.check_in import CheckIn, CheckInStatus
from bot.pairs.queries import Months
from bot.ui.drawing import AMBER, BLUE, FAINT, GREY, GROUND, INK, RED, png
from cogs.pair.months import strings
from cogs.pair.months.cards import spanned, word
from cogs.shared.calendar.wording import month_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROWS = 7.6


@dataclass(frozen=True, slots=True)
class _Mark:
    """How one kind of answer looks.

    form: matplotlib's marker. full: whether it is filled. dark: whether the number on it is dark, as on empty
    and light markers.
    """

    form: str
    colour: str
    full: bool = True
    dark: bool = False
    line: str = "-"
    size: float = 190


_MARKS: dict[CheckInStatus | None, _Mark] = {
    CheckInStatus.ON_TRACK: _Mark("o", BLUE),
    CheckInStatus.HARD: _Mark("^", AMBER, dark=True, size=330),
    CheckInStatus.SLIPPED: _Mark("D", RED, size=170),
    CheckInStatus.SKIP: _Mark("s", GREY, full=False, dark=True),
    None: _Mark("o", GREY, full=False, dark=True),
    CheckInStatus.UNASKED: _Mark("o", GREY, full=False, dark=True, line=":"),
}


def drawn(shown: Months) -> bytes:
    """Return the picture as a PNG."""
    return png(3.1 * max(len(spanned(shown)), 2), 3.5, partial(_draw, shown))


def _draw(shown: Months, figure: "Figure") -> None:
    months = spanned(shown)
    for place, (year, month) in enumerate(months):
        axes = figure.add_axes((_left(place, len(months)), 0.17, _width(len(months)), 0.8))
        _month(axes, year, month, shown.check_ins)
    _legend(figure, shown.check_ins)


def _left(place: int, count: int) -> float:
    return 0.03 + place * (1 / max(count, 2))


def _width(count: int) -> float:
    return 1 / max(count, 2) - 0.05


def _month(axes: "Axes", year: int, month: int, check_ins: Sequence[CheckIn]) -> None:
    axes.set_xlim(-0.6, 6.6)
    axes.set_ylim(_ROWS, -0.4)
    axes.axis("off")
    axes.text(
        3, 0.1, month_name(year, month), ha="center", va="center", fontsize=11, color=INK, weight="bold"
    )
    for column, name in enumerate(strings.DAYS):
        axes.text(column, 1.1, name, ha="center", va="center", fontsize=8, color=GREY)
    here = {one.day: one for one in check_ins}
    for row, week in enumerate(calendar.Calendar().monthdatescalendar(year, month + 1)):
        for column, day in enumerate(week):
            if day.month == month + 1:
                _day(axes, column, row + 2.1, day, here.get(day))


def _day(axes: "Axes", x: float, y: float, day: date, one: CheckIn | None) -> None:
    if one is None:
        axes.text(x, y, str(day.day), ha="center", va="center", fontsize=8, color=FAINT)
        return
    mark = _MARKS[one.status]
    _put(axes, x, y, mark, mark.size)
    lower = 0.1 if mark.form == "^" else 0
    ink = INK if mark.dark else GROUND
    axes.text(x, y + lower, str(day.day), ha="center", va="center", fontsize=7.5, color=ink, weight="bold")


def _put(axes: "Axes", x: float, y: float, mark: _Mark, size: float) -> None:
    face = mark.colour if mark.full else GROUND
    axes.scatter(
        [x], [y], s=size, marker=mark.form, facecolors=face, edgecolors=mark.colour,
        linewidths=1.4, linestyles=mark.line, zorder=0.5,
    )  # fmt: skip


def _legend(figure: Any, check_ins: Sequence[CheckIn]) -> None:
    """Draw the legend, only for the kinds of answers that occur."""
    occurring = [status for status in _MARKS if any(one.status is status for one in check_ins)]
    axes = figure.add_axes((0.03, 0.0, 0.94, 0.15))
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 10)
    axes.axis("off")
    for place, status in enumerate(occurring):
        x = 2 + place * 100 / max(len(occurring), 3)
        _put(axes, x, 5, _MARKS[status], 60)
        axes.text(x + 2, 5, word(status).capitalize(), ha="left", va="center", fontsize=8, color=INK)
