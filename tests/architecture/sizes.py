"""Long files and functions, for somebody to look at. Being long is not an error."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import sources

LONG_FILE = 400
LONG_FUNCTION = 50


def long_ones() -> Iterator[str]:
    """Yield each file over 400 lines and each function over 50, except migrations."""
    for one in sources("bot", "cogs"):
        if "/migrations/" in one.path:
            continue
        if len(one.lines) > LONG_FILE:
            yield f"{one.path}: {len(one.lines)} lines"
        for node in ast.walk(one.tree()):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONG_FUNCTION:
                    yield f"{one.path}:{node.lineno}: {node.name} has {length} lines"
