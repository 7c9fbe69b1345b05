"""The file `authorisation.csv`: what must come when somebody presses something."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("authorisation.csv")

CELLS = frozenset(
    {
        *("does", "own", "ends", "group", "shows", "helps"),
        *("nothing", "closed", "cannot", "server", "unknown", "moderators", "-"),
    }
)
"""The words that the file explains at its top."""


@dataclass(frozen=True)
class Row:
    """A verb with its word, a command or a menu; the thing that it names; and a cell for each role."""

    key: str
    names: str
    cells: Mapping[str, str]

    @property
    def verb(self) -> str:
        """The verb of a custom_id, without its word. For a command it is empty."""
        return "" if self.is_command else self.key.partition(" ")[0]

    @property
    def word(self) -> str:
        return "" if self.is_command else self.key.partition(" ")[2]

    @property
    def is_command(self) -> bool:
        return self.key.startswith(("/", "menu "))

    @property
    def holder(self) -> str:
        """The first role for whom it does what its card promises: on their card it stood."""
        return next((role for role, cell in self.cells.items() if cell == "does"), "")

    def __str__(self) -> str:
        return f"{self.key} [{self.names}]" if self.names else self.key


def rows() -> Iterator[Row]:
    """Read the file. Lines that begin with # are for its readers."""
    lines = [line for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    head, *rest = [[cell.strip() for cell in line.split(",")] for line in lines]
    for key, names, *cells in rest:
        yield Row(key, names, dict(zip(head[2:], cells, strict=True)))
