"""One measured figure, and its limit."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """`bar` is the limit, or None for a figure that is only shown."""

    name: str
    figure: float
    unit: str
    bar: float | None = None

    @property
    def held(self) -> bool:
        return self.bar is None or self.figure <= self.bar

    def told(self) -> dict[str, Any]:
        return {**asdict(self), "figure": round(self.figure, 3), "held": self.held}


def table(figures: list[Figure]) -> str:
    """Return the figures as text: one line each, in columns."""
    rows = [
        (
            one.name,
            f"{one.figure:.2f} {one.unit}",
            "" if one.bar is None else f"at most {one.bar:g}",
            "" if one.bar is None else ("held" if one.held else "NOT HELD"),
        )
        for one in figures
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    return "\n".join(
        "  ".join(
            (row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3])
        ).rstrip()
        for row in rows
    )
