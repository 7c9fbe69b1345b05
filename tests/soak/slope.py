"""How fast something grows: a robust line through samples, with its confidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_NORMAL = 1.96
"""Of a normal distribution, 95% lies within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Slope:
    """Growth by one unit of x. With 95% confidence it lies between `least` and `most`."""

    each: float
    least: float
    most: float

    def within(self, most: float) -> bool:
        """Whether it grows by no more than that, or by nothing that can be told from no growth at all."""
        return self.least <= 0 or self.each <= most


def fitted(points: Sequence[tuple[float, float]]) -> Slope:
    """Return the Theil-Sen slope: the median of the slopes between all pairs of points.

    Single points that are far off don't move it. The interval is Sen's, by the variance of Kendall's tau.
    """
    slopes = sorted(
        (y2 - y1) / (x2 - x1) for at, (x1, y1) in enumerate(points) for x2, y2 in points[at + 1 :] if x2 != x1
    )
    if not slopes:
        raise ValueError("a line needs two points")
    count = len(points)
    spread = _NORMAL * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low = max(0, round((len(slopes) - spread) / 2))
    return Slope(median(slopes), slopes[low], slopes[min(len(slopes) - 1, len(slopes) - 1 - low)])


def risen(values: Sequence[float]) -> float:
    """Return by how much the median of the last third is above that of the first third."""
    third = len(values) // 3
    return median(values[-third:]) - median(values[:third])
