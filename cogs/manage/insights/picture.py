"""A picture of the last six months as bars. Each count has a panel of its own, so that it needs no colour.

It is made to be read on a phone, where it is about 340 pixels wide.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.insights.models import FEWEST, Month
from bot.ui.drawing import BLUE, FAINT, GREY, GROUND, INK, png
from cogs.manage.insights import strings
from cogs.manage.insights.cards import counts, name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDE, _HIGH = 4.8, 4.8
_MONTHS = 6
"""There is always room for this many months: one bar alone would fill the whole width."""
_LOW = 0.06
"""The height of the outline that means "fewer than 10", as a fraction of the panel's height."""


def drawn(shown: Sequence[Month]) -> bytes:
    """Return the picture as a PNG."""
    return png(_WIDE, _HIGH, partial(_draw, shown[-_MONTHS:]))


def _draw(shown: Sequence[Month], figure: "Figure") -> None:
    for place, what in enumerate(strings.PANEL):
        axes = figure.add_axes((0.03 + 0.5 * (place % 2), 0.57 - 0.5 * (place // 2), 0.44, 0.33))
        axes.set_title(strings.PANEL[what], loc="left", fontsize=12.5, color=INK, weight="bold", pad=8)
        _panel(axes, [name(one) for one in shown], [counts(one)[what] for one in shown])


def _panel(axes: "Axes", months: Sequence[str], values: Sequence[int | None]) -> None:
    top = max(FEWEST, *(value or 0 for value in values)) * 1.18
    axes.set_xlim(-0.6, _MONTHS - 0.4)
    axes.set_ylim(0, top)
    axes.set_facecolor(GROUND)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(length=0, labelsize=10.5, labelcolor=GREY)
    axes.set_yticks([])
    axes.set_xticks(range(len(months)), [month[: strings.SHORT_MONTH] for month in months])
    for place, value in enumerate(values):
        if value is not None:
            _bar(axes, place, value, top)


def _bar(axes: "Axes", place: int, value: int, top: float) -> None:
    """Draw one bar with its number, or an empty outline if the count is fewer than 10."""
    if value:
        axes.bar(place, value, width=0.66, color=BLUE)
    else:
        axes.bar(place, top * _LOW, width=0.66, color=GROUND, edgecolor=GREY, linewidth=1, linestyle=":")
    height, label = (value, str(value)) if value else (top * _LOW, strings.FEW_SHORT)
    axes.text(place, height + top * 0.02, label, ha="center", va="bottom", fontsize=10.5, color=INK)
