"""What the process looks like from outside, and what it wrote down about itself."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """`done`: the interactions so far. `memory`: KiB that the system has given to the process alone."""

    at: float
    done: int
    memory: int
    files: int
    sockets: int
    threads: int
    inside: dict[str, int]

    @property
    def own(self) -> int:
        """Return the memory in KiB that is in use, without SQLite's.

        SQLite's caches fill for as long as the file grows. They have a bar of their own.
        """
        return self.inside["used"] - self.inside["sqlite"]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def sample(pid: int, at: float, done: int, told: Path) -> Sample:
    process = Path(f"/proc/{pid}")
    files, sockets = _open(process / "fd")
    return Sample(
        at, done, _memory(process), files, sockets, int(_field(process / "status", "Threads:")), _last(told)
    )


def _memory(process: Path) -> int:
    """Return the anonymous memory. What is mapped from files depends on which other programs run."""
    return int(_field(process / "smaps_rollup", "Anonymous:"))


def _field(file: Path, name: str) -> str:
    return next(line.split()[1] for line in file.read_text().splitlines() if line.startswith(name))


def _open(folder: Path) -> tuple[int, int]:
    """Return how many files are open that are no sockets, and how many sockets."""
    targets = [*_targets(folder)]
    sockets = sum(one.startswith("socket:") for one in targets)
    return len(targets) - sockets, sockets


def _targets(folder: Path) -> Iterable[str]:
    for link in folder.iterdir():
        try:
            yield str(link.readlink())
        except FileNotFoundError:
            continue  # It was closed meanwhile.


def _last(told: Path) -> dict[str, int]:
    """Return the last whole line that the process has written."""
    lines = told.read_text().rpartition("\n")[0].splitlines()
    found: dict[str, int] = json.loads(lines[-1])
    return found
