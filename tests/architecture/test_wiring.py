"""One table says who reacts to what, and the services given to cogs expose no database."""

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bot import events
from bot.app import build
from bot.services import Services
from bot.settings import Settings
from bot.storage.database import Database
from tests.architecture.tree import Source, sources

WIRING = next(one for one in sources("bot") if one.path == "bot/wiring.py")
REGISTERING = {"on", "explains", "renders", "opens", "lists", "follow_from", "add_listener"}
KIND_AT = {"put": 1, "put_all": 1, "drop": 1, "due_at": 1, "clear": 2}
"""Which argument of each of the agenda's methods is the kind."""


def test_every_event_stands_in_exactly_one_row_of_the_table() -> None:
    defined = {
        name
        for name, one in vars(events).items()
        if isinstance(one, type) and issubclass(one, events.Event) and one is not events.Event
    }

    assert Counter(_first_arguments("on")) == Counter(defined)


def test_every_kind_of_timer_stands_in_exactly_one_row_of_the_table() -> None:
    kinds = {kind for one in sources("bot") for kind in _kinds_put_on_the_agenda(one)}
    rows = Counter(_value(row, WIRING) for row in _first_arguments("due"))

    assert set(rows.values()) == {1}
    assert set(rows) == kinds


def test_nothing_is_registered_in_a_constructor() -> None:
    found = [
        f"{one.path}:{call.lineno}"
        for one in sources("bot", "cogs")
        for call in _calls_in_constructors(one)
        if isinstance(call.func, ast.Attribute) and call.func.attr in REGISTERING
    ]

    assert not found


def test_handlers_of_events_timers_and_posts_are_registered_only_in_the_table() -> None:
    """The table is `bot/wiring.py`."""
    elsewhere = [
        f"{one.path}:{node.lineno}"
        for one in sources("bot", "cogs")
        if one.path != WIRING.path
        for node in ast.walk(one.tree())
        if isinstance(node, ast.Attribute)
        and node.attr == "on"
        and isinstance(node.value, ast.Attribute | ast.Name)
        and ast.unparse(node.value).rpartition(".")[2].strip("_") in {"events", "agenda", "channel_posts"}
    ]

    assert not elsewhere


def test_the_services_that_cogs_get_lead_to_no_database(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, _env_file=None)
    services = build(settings, lambda: datetime(2026, 1, 1, tzinfo=UTC)).services

    reached = list(_public(services, "services", set()))

    assert len(reached) > len(Services.__struct_fields__)
    assert not [path for path, one in reached if isinstance(one, Database)]


def test_no_cog_names_a_database_or_imports_storage() -> None:
    named = [
        f"{one.path}:{node.lineno}"
        for one in sources("cogs")
        for node in ast.walk(one.tree())
        if isinstance(node, ast.Attribute) and node.attr in {"db", "_db", "database"}
    ]
    typed = [
        f"{one.path}: {module}" for one in sources("cogs") for module in one.imports() if "storage" in module
    ]

    assert not named + typed


def _first_arguments(called: str) -> Iterator[str]:
    """Yield the first argument of each call of this name in the table, as it is written there."""
    for node in ast.walk(WIRING.tree()):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == called:
            yield ast.unparse(node.args[0])


def _kinds_put_on_the_agenda(one: Source) -> Iterator[str]:
    """Yield the kinds of timers that a module names where it sets, moves or drops one."""
    for node in ast.walk(one.tree()):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value).endswith("agenda")
            and node.func.attr in KIND_AT
        ):
            for part in ast.walk(node.args[KIND_AT[node.func.attr]]):
                if isinstance(part, ast.Name | ast.Attribute) and _last(part).isupper():
                    value = _value(ast.unparse(part), one)
                    if type(value) is str:
                        yield value


def _last(name: ast.Name | ast.Attribute) -> str:
    return ast.unparse(name).rpartition(".")[2]


def _value(name: str, one: Source) -> object:
    """Return the value of a name in this module."""
    module: object = import_module(one.path.removesuffix(".py").replace("/", "."))
    for part in name.split("."):
        module = getattr(module, part)
    return module


def _calls_in_constructors(one: Source) -> Iterator[ast.Call]:
    for node in ast.walk(one.tree()):
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from (call for call in ast.walk(node) if isinstance(call, ast.Call))


def _public(one: object, path: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Yield our objects that can be reached from here through public attributes."""
    if id(one) in seen:
        return
    seen.add(id(one))
    yield path, one
    if not type(one).__module__.startswith("bot."):
        return
    names = [*getattr(one, "__dict__", {}), *getattr(type(one), "__slots__", ())]
    for name in names:
        if not name.startswith("_"):
            yield from _public(getattr(one, name, None), f"{path}.{name}", seen)
