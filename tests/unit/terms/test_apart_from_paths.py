"""The bot never connects terms with a path: not in rows, not in timing, not in a count.

Whoever is on a path would otherwise learn from it whether somebody wants something from them, and whoever
wants something whether that person is on one. `test_beside_paths.py` compares what happens.
"""

import pytest

from bot.content.library import installed
from bot.storage.schema import metadata
from bot.terms import notifications, tables, timers
from tests.architecture.tree import Source, sources

TERMS = ("bot/terms/", "cogs/terms/")
PATHS = ("bot/paths/", "cogs/path/")
OURS = [one for one in sources("bot", "cogs") if one.path.startswith(TERMS)]
THEIRS = [one for one in sources("bot", "cogs") if one.path.startswith(PATHS)]


def names(source: Source, words: tuple[str, ...]) -> list[str]:
    """Return what the module imports of these packages."""
    packages = tuple(word.rstrip("/").replace("/", ".") for word in words)
    return [one for one in source.imports() if f"{one}.".startswith(tuple(f"{word}." for word in packages))]


@pytest.mark.parametrize("source", OURS, ids=lambda one: one.path)
def test_nothing_of_terms_knows_paths(source: Source) -> None:
    assert names(source, PATHS) == []


def test_nothing_of_paths_knows_terms() -> None:
    assert [one.path for one in THEIRS if names(one, TERMS)] == []


def test_an_import_of_the_other_would_be_found() -> None:
    crossing = Source("bot/paths/service.py", "from bot.terms.models import Carrying\n")
    assert names(crossing, TERMS) != []
    assert names(crossing, PATHS) == []


def test_no_table_has_a_column_for_the_other() -> None:
    ours = {tables.terms.name, tables.carryings.name}
    for name, table in metadata.tables.items():
        targets = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        columns = {column.name for column in table.columns}
        if name in ours:
            assert not targets
            assert not [one for one in columns if "path" in one or "request" in one or "companion" in one]
        else:
            assert not targets & ours
            assert not [one for one in columns if "terms" in one or one.startswith("carry")]


def test_no_timer_and_no_message_of_terms_is_about_a_path() -> None:
    kinds = (*notifications.KINDS, timers.GOES, timers.LAPSE, timers.FORGET, timers.PART)
    assert all(kind.startswith("terms.") for kind in kinds)


def test_what_a_carrier_reads_names_a_path_only_as_something_that_they_may_know_of() -> None:
    texts = installed().carrier
    assert "path" not in texts.asked.body
    assert "path" not in texts.there.body
    [line] = [line for line in texts.how.body.splitlines() if "path" in line]
    assert "Tell friends of that person only" in line
    assert "if {name} says so" in line


@pytest.mark.parametrize("card", ["asked", "how", "there"])
def test_the_cards_for_a_carrier_can_be_read_in_twenty_seconds(card: str) -> None:
    """About five words a second."""
    assert len(getattr(installed().carrier, card).body.split()) <= 100


def test_the_card_for_whoever_it_is_brought_to_can_be_read_in_twenty_seconds() -> None:
    assert len(installed().receiving.card.body.split()) <= 100
