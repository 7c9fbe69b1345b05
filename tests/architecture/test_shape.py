"""Every slice uses the same file names for the same things, and a file's name says what is in it."""

import ast

import pytest

import bot.errors
from bot.errors import Refusal
from tests.architecture.tree import ROOT, Source, sources

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}
SLICES = sorted(path.parent.name for path in (ROOT / "bot").glob("*/service.py"))
SHAPE = {
    "__init__", "models", "errors", "tables", "store", "sealed", "service", "queries", "moves", "timers",
    "timer_handlers",
    "notifications", "posts", "lifecycle", "privacy", "eligibility",
}  # fmt: skip
"""Names that mean the same in every slice; docs/ARCHITECTURE.md says what each file holds."""
REFUSALS = {
    name for name, one in vars(bot.errors).items() if isinstance(one, type) and issubclass(one, Refusal)
}


def parts() -> list[Source]:
    return [one for one in sources("bot") if one.path.split("/")[1] in SLICES and one.path.count("/") == 2]


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        one.path
        for one in sources("bot", "cogs", "data", "tests")
        if EMPTY_NAMES & {part.removesuffix(".py") for part in one.path.split("/")}
    ]

    assert not empty


@pytest.mark.parametrize("part", parts(), ids=lambda one: one.path)
def test_every_file_of_a_slice_has_a_usual_name(part: Source) -> None:
    """Without a usual name, it is another store, a module of pure rules, or one whole service."""
    name = part.name.removesuffix(".py")
    acting = [one for one in ast.walk(part.tree()) if isinstance(one, ast.ClassDef) and _acts(one)]
    calculates = not acting and not any(module.startswith("bot.storage") for module in part.imports())

    assert name in SHAPE or name.endswith("_store") or calculates or len(acting) == 1


@pytest.mark.parametrize("part", parts(), ids=lambda one: one.path)
def test_no_class_with_async_methods_inherits_from_another(part: Source) -> None:
    """Services are composed. Values, errors and enums may inherit; a service may not. A protocol may."""
    acting = [
        f"{one.name}({ast.unparse(base)})"
        for one in ast.walk(part.tree())
        if isinstance(one, ast.ClassDef) and _acts(one)
        for base in one.bases
        if ast.unparse(base) != "Protocol"
    ]

    assert not acting


@pytest.mark.parametrize("part", parts(), ids=lambda one: one.path)
def test_refusals_are_only_in_errors_py(part: Source) -> None:
    refusals = [
        one.name
        for one in part.tree().body
        if isinstance(one, ast.ClassDef) and {ast.unparse(base) for base in one.bases} & REFUSALS
    ]

    assert part.name == "errors.py" or not refusals


def test_tables_are_only_in_tables_py() -> None:
    tables = [
        one.path
        for one in sources("bot")
        for node in one.tree().body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Table(")
    ]

    assert len(tables) > 20
    assert not [path for path in tables if not path.endswith("/tables.py")]


def _acts(one: ast.ClassDef) -> bool:
    """Return whether a class has an async method."""
    return any(isinstance(node, ast.AsyncFunctionDef) for node in one.body)
