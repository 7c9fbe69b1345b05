"""What may be imported where: the rules that import-linter's contracts cannot express."""

import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.tree import ROOT, Source, sources

SQL = {"sqlalchemy", "aiosqlite", "sqlite3", "sqlcipher3", "alembic"}
SHARED = {"bot.errors", "bot.ids", "bot.logs", "bot.text", "msgspec"}
"""What a model may import beside other pure modules. Of the log, only the look-up of time zones makes use."""
SECRETS = {"bot/backups/age.py", "bot/storage/file_keys.py", "bot/vault/keyring.py"}
"""Where a value has a secret in it, and its representation must leave it out. A struct can't."""


def models() -> list[Source]:
    """Content is no slice. Its models are the shapes of the files in `data/`, which msgspec reads."""
    return [
        one for one in sources("bot") if one.name == "models.py" and not one.path.startswith("bot/content/")
    ]


@pytest.mark.parametrize("model", models(), ids=lambda one: one.path)
def test_a_model_imports_only_the_standard_library_errors_ids_and_other_pure_modules(model: Source) -> None:
    assert not impure(model)


def test_values_are_structs_except_where_one_has_a_secret_in_it() -> None:
    """Python compiles six methods for every dataclass at each start: docs/adr/0010-values-are-structs.md."""
    with_dataclasses = {one.path for one in sources("bot", "cogs") if "dataclasses" in one.imports()}

    assert with_dataclasses == SECRETS


def test_only_stores_tables_and_bot_storage_import_sql_libraries() -> None:
    elsewhere = [
        f"{one.path}: {module}"
        for one in sources("bot", "cogs", "data")
        if not _may_hold_sql(one)
        for module in one.imports()
        if module.partition(".")[0] in SQL
    ]

    assert not elsewhere


def test_a_store_is_imported_only_by_its_own_slice_and_by_app() -> None:
    """As in a contract of import-linter, but for every part of a store (`tables.py`, `*_store.py`)."""
    strangers = [
        f"{one.path}: {module}"
        for one in sources("bot", "cogs", "data")
        if one.path != "bot/app.py"
        for module in one.imports()
        if _is_store(module) and module.split(".")[:2] != one.path.split("/")[:2]
    ]

    assert not strangers


@pytest.mark.parametrize(
    ("name", "store"),
    [("tables", True), ("store", True), ("usage_store", True), ("restore", False), ("service", False)],
)
def test_a_store_is_known_by_its_whole_name(name: str, store: bool) -> None:
    assert _is_store(f"bot.vault.{name}") is store
    assert _may_hold_sql(Source(f"bot/vault/{name}.py", "")) is store


def test_no_module_of_the_running_bot_imports_the_migrations() -> None:
    """Alembic is slow to import, and `bot.storage.migrate` does it only when a file needs it."""
    where = "bot.storage.migrations"
    importing = [
        f"{one.path}: {module}"
        for one in sources("bot", "cogs", "data")
        if not one.path.startswith(where.replace(".", "/"))
        for module in one.imports()
        if f"{module}.".startswith(f"{where}.")
    ]

    assert not importing


def test_no_modules_import_one_another_in_a_circle() -> None:
    """Imports for types alone count too, because whoever reads one of the modules needs the others."""
    every = {one.path.removesuffix(".py").replace("/", "."): one for one in sources("bot", "cogs")}
    graph = {name: {module for module in one.imports() if module in every} for name, one in every.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle: {' <- '.join(circle.args[1])}")


def test_data_holds_no_code() -> None:
    assert [one.path for one in sources("data")] == ["data/__init__.py"]


def impure(source: Source) -> list[str]:
    """Return imports that a model may not have; a part of its slice that it imports must be pure as well."""
    found: list[str] = []
    for module in source.imports():
        parts = module.split(".")
        path = "/".join(parts) + ".py"
        if parts[0] in sys.stdlib_module_names or any(f"{module}.".startswith(f"{one}.") for one in SHARED):
            continue
        if parts[0] != "bot" or len(parts) < 3:
            found.append(module)
        elif parts[2] != "models" and (ROOT / path).is_file():
            found.extend(f"{module}: {one}" for one in impure(Source(path, (ROOT / path).read_text("utf-8"))))
    return found


def _is_store(module: str) -> bool:
    parts = module.split(".")
    return parts[0] == "bot" and any(_names_a_store(part) for part in parts[2:3])


def _may_hold_sql(one: Source) -> bool:
    return _names_a_store(one.name.removesuffix(".py")) or one.path.startswith("bot/storage/")


def _names_a_store(name: str) -> bool:
    return name in {"tables", "store"} or name.endswith("_store")
