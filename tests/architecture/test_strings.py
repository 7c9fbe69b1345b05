"""Each call of `format` fills exactly the places of its sentence; mypy does not check that."""

import ast
from collections.abc import Iterator
from importlib import import_module
from string import Formatter

from tests.architecture.tree import Source, sources


def test_each_format_call_fills_exactly_the_places_of_its_sentence() -> None:
    calls = [(one, *call) for one in sources("bot", "cogs") for call in formatted(one)]
    wrong = [
        f"{one.path}:{line}: has {sorted(places)}, is given {sorted(given)}"
        for one, line, places, given in calls
        if places != given
    ]

    assert len(calls) > 150
    assert not wrong


def formatted(source: Source) -> Iterator[tuple[int, set[str], set[str]]]:
    """Yield for each `strings.NAME.format(...)` its line, the sentence's places and the given arguments."""
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(source.tree())
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "strings"
    }
    for node in ast.walk(source.tree()):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="format", value=ast.Attribute(value=ast.Name(id=module), attr=name))
            ) if module in modules and all(one.arg for one in node.keywords):
                sentence = getattr(import_module(modules[module]), name)
                places = {place for _, place, _, _ in Formatter().parse(sentence) if place}
                yield node.lineno, places, {one.arg for one in node.keywords if one.arg}
