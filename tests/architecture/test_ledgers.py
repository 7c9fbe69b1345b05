"""Every column is listed in the ledger of its slice, which says what `/privacy` exports and erases."""

import importlib
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.storage.ledger import Ledger
from bot.storage.schema import metadata
from tests.architecture.tree import sources

KEEPERS = [
    one.path.removesuffix(".py").replace("/", ".")
    for one in sources("bot")
    if "/migrations/" not in one.path and "bot.storage.schema.metadata" in one.imports()
]


def ledgers() -> Iterator[Ledger]:
    for keeper in KEEPERS:
        yield from importlib.import_module(keeper).LEDGER


@pytest.mark.parametrize("keeper", KEEPERS)
def test_every_module_with_tables_has_a_ledger(keeper: str) -> None:
    kept = importlib.import_module(keeper).LEDGER

    assert kept
    assert all(isinstance(ledger, Ledger) for ledger in kept)


def test_every_table_has_one_ledger_that_lists_each_of_its_columns_once() -> None:
    kept = {ledger.table: ledger for ledger in ledgers()}

    assert len(kept) == len(list(ledgers()))
    assert {name: sorted(ledger.columns) for name, ledger in kept.items()} == {
        name: sorted(table.columns.keys()) for name, table in metadata.tables.items()
    }


def test_no_column_is_in_two_lists_of_its_ledger() -> None:
    twice = [
        f"{ledger.table}.{column}"
        for ledger in ledgers()
        for column, times in Counter((*ledger.subjects, *ledger.exported, *ledger.internal)).items()
        if times > 1
    ]

    assert not twice


def test_every_exported_column_is_about_somebody() -> None:
    """A column about a person, in a row without a person, could be neither exported nor erased."""
    assert not [ledger.table for ledger in ledgers() if ledger.exported and not ledger.subjects]
