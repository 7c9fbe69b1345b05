"""The history of a pair, drawn by matplotlib: a row for each month, with a mark for each check-in.

It is wide and low, because Discord makes a high picture narrow on a phone, so that nobody could read it.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.pairs.check_in import CheckIn, CheckInStatus
from bot.pairs.models import About
from bot.pairs.queries import Months
from bot.ui.drawing import BLUE, GREY, GROUND, INK, png
from cogs.pair import wording
from cogs.pair.months import strings
from cogs.pair.months.cards import spanned
from cogs.shared.calendar.wording import month_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH = 4.2
_MONTH, _KEY = 0.92, 0.34
"""The height of a month, and of a line of the key, in inches."""
_MARGIN = 0.14
_LEAST_IN_A_ROW = 6
"""A row has room for at least so many marks, so that few of them don't stand far apart."""
_PALE, _VIOLET = "#BBD3E6", "#7D6DA3"
"""Calm colours: an honest answer is no alarm, so no red and no warning sign."""


class _Mark(Struct, frozen=True):
    """How one kind of answer looks.

    form: matplotlib's marker. full: whether it is filled. dark: whether the number on it is dark, as on empty
    and light markers.
    """

    form: str
    colour: str
    full: bool = True
    dark: bool = False
    line: str = "-"
    size: float = 1.0


_MARKS: dict[CheckInStatus | None, _Mark] = {
    CheckInStatus.ON_TRACK: _Mark("o", BLUE),
    CheckInStatus.HARD: _Mark("s", _PALE, dark=True, size=0.85),
    CheckInStatus.SLIPPED: _Mark("D", _VIOLET, size=0.75),
    CheckInStatus.SKIP: _Mark("s", GREY, full=False, dark=True, size=0.85),
    None: _Mark("o", GREY, full=False, dark=True),
    CheckInStatus.UNASKED: _Mark("o", GREY, full=False, dark=True, line=":"),
}


def drawn(shown: Months) -> bytes:
    """Return the picture as a PNG."""
    height = _MONTH * len(spanned(shown)) + _KEY * _key_lines(shown.check_ins) + 2 * _MARGIN
    return png(_WIDTH, height, partial(_draw, shown, height))


def _draw(shown: Months, height: float, figure: "Figure") -> None:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    top = _MARGIN
    for year, month in spanned(shown):
        here = [one for one in shown.check_ins if (one.day.year, one.day.month) == (year, month + 1)]
        _month(axes, top, month_name(year, month), here)
        top += _MONTH
    _key(axes, top, shown.check_ins, shown.about)


def _month(axes: "Axes", top: float, name: str, check_ins: Sequence[CheckIn]) -> None:
    axes.text(_MARGIN, top + 0.14, name, ha="left", va="center", fontsize=12, color=INK, weight="bold")
    if not check_ins:
        axes.text(_MARGIN, top + 0.54, strings.NO_DAYS, ha="left", va="center", fontsize=12, color=GREY)
    step = (_WIDTH - 2 * _MARGIN) / max(len(check_ins), _LEAST_IN_A_ROW)
    for place, one in enumerate(check_ins):
        mark, x, y = _MARKS[one.status], _MARGIN + step * (place + 0.5), top + 0.56
        _put(axes, x, y, mark, min(0.46, step * 0.9))
        ink = INK if mark.dark else GROUND
        axes.text(
            x, y, str(one.day.day), ha="center", va="center_baseline", fontsize=12, color=ink, weight="bold"
        )


def _put(axes: "Axes", x: float, y: float, mark: _Mark, width: float) -> None:
    face = mark.colour if mark.full else GROUND
    points = 72 * width * mark.size
    axes.scatter(
        [x], [y], s=points * points, marker=mark.form, facecolors=face, edgecolors=mark.colour,
        linewidths=1.6, linestyles=mark.line, zorder=0.5,
    )  # fmt: skip


def _occurring(check_ins: Sequence[CheckIn]) -> list[CheckInStatus | None]:
    return [status for status in _MARKS if any(one.status is status for one in check_ins)]


def _key_lines(check_ins: Sequence[CheckIn]) -> int:
    """Return how many lines the key has, with two answers on each."""
    return (len(_occurring(check_ins)) + 1) // 2


def _key(axes: "Axes", top: float, check_ins: Sequence[CheckIn], about: About | None) -> None:
    """Draw what each kind of answer that occurs looks like."""
    for place, status in enumerate(_occurring(check_ins)):
        x = _MARGIN + 0.14 + (place % 2) * _WIDTH / 2
        y = top + _KEY * (place // 2 + 0.5)
        _put(axes, x, y, _MARKS[status], 0.2)
        word = wording.looking_back(status, about)
        axes.text(x + 0.22, y, word, ha="left", va="center_baseline", fontsize=11, color=INK)
