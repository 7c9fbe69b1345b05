"""The source of `bot/`, `cogs/` and `data/` as text and as syntax trees, for the architecture tests."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the root, with `/` between its parts."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def tree(self) -> ast.Module:
        return _parsed(self.text)

    def imports(self) -> Iterator[str]:
        """Yield every imported module; a name imported from a package counts as a module of it."""
        for node in walked(self.tree()):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sources(*wings: str) -> list[Source]:
    """Return every Python file of these directories, including migrations."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for wing in wings
        for path in sorted((ROOT / wing).rglob("*.py"))
    ]


@cache
def walked(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return every node of a tree, which must not change. It is cached, because many laws use every node."""
    return tuple(ast.walk(tree))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
