"""Files and functions that a person can hold in their head, under names that say something."""

import ast

from tests.laws.tree import sources

LONGEST_FILE = 200
LONGEST_FUNCTION = 30
VERSIONS = "/migrations/versions/"
"""A revision is one list of tables, written by Alembic."""
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}


def test_no_file_is_longer_than_two_hundred_lines() -> None:
    long = [
        f"{one.path}: {len(one.lines)}"
        for one in sources("bot", "cogs")
        if len(one.lines) > LONGEST_FILE and VERSIONS not in one.path
    ]

    assert not long


def test_no_function_is_longer_than_thirty_lines() -> None:
    long = [
        f"{one.path}:{node.lineno} {node.name}: {lines}"
        for one in sources("bot", "cogs")
        if VERSIONS not in one.path
        for node in ast.walk(one.tree())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := _own_lines(node)) > LONGEST_FUNCTION
    ]

    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        one.path
        for one in sources("bot", "cogs", "data", "tests")
        if EMPTY_NAMES & {part.removesuffix(".py") for part in one.path.split("/")}
    ]

    assert not empty


def _own_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to the end, the docstring left out: it explains, and is not read to follow the steps."""
    end = node.end_lineno or node.lineno
    first = node.body[0]
    told = (first.end_lineno or first.lineno) - first.lineno + 1 if ast.get_docstring(node) is not None else 0
    return end - node.lineno + 1 - told
