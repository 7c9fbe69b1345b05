"""Only one module uses private parts of SimCord, so that an update of SimCord affects one file."""

import ast

from tests.architecture.tree import Source, sources

INTERNALS = "bot/demo/simcord_internals.py"


def private_parts(source: Source) -> set[str]:
    """Return the private attributes that a module uses, except those of `self`, and its private imports."""
    taken = {
        node.attr
        for node in ast.walk(source.tree())
        if isinstance(node, ast.Attribute) and _private(node.attr) and ast.unparse(node.value) != "self"
    }
    imported = {
        part
        for module in source.imports()
        if module.startswith("simcord.")
        for part in module.split(".")
        if _private(part)
    }
    return taken | imported


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_only_the_module_simcord_internals_names_private_parts_of_simcord() -> None:
    (internals,) = (one for one in sources("bot") if one.path == INTERNALS)
    of_simcord = private_parts(internals)
    elsewhere = {
        one.path: private_parts(one) & of_simcord
        for one in sources("bot", "cogs", "tests")
        if one.path != INTERNALS and any(module.partition(".")[0] == "simcord" for module in one.imports())
    }

    assert len(of_simcord) > 20
    assert not {path: parts for path, parts in elsewhere.items() if parts}


def test_each_private_part_of_simcord_is_listed_in_the_docstring_of_simcord_internals() -> None:
    (internals,) = (one for one in sources("bot") if one.path == INTERNALS)
    listed = ast.get_docstring(internals.tree()) or ""

    assert not {part for part in private_parts(internals) if part not in listed}
