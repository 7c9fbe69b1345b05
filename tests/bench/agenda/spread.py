"""The results of three runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.figure import Figure

RUNS = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure for each run; the middle one counts."""

    name: str
    runs: Sequence[float]
    unit: str
    bar: float | None = None

    @property
    def figure(self) -> Figure:
        return Figure(self.name, median(self.runs), self.unit, self.bar)

    @property
    def row(self) -> str:
        """The figures as a line of a Markdown table."""
        figures = (f"{one:.3g}" if one < 1 else f"{one:.2f}" for one in (median(self.runs), *self._ends))
        bar = "" if self.bar is None else f"{self.bar:g}"
        held = "" if self.bar is None else "held" if self.figure.held else "**not held**"
        return f"| {self.name} | {' | '.join(figures)} | {self.unit} | {bar} | {held} |"

    @property
    def _ends(self) -> tuple[float, float]:
        return min(self.runs), max(self.runs)


def by_run(rounds: Sequence[float]) -> list[float]:
    """Return the quickest round of each run: other work of the machine can only make a round slower."""
    each = len(rounds) // RUNS
    return [min(rounds[at : at + each]) for at in range(0, len(rounds), each)]


def against(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return our time divided by theirs, for each run."""
    return [one / other for one, other in zip(by_run(ours), by_run(theirs), strict=True)]
