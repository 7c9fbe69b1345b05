"""Everybody presses everything, and what comes is what `authorisation.csv` says."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Plumbline, build
from bot.settings import Settings
from tests.system.everybody import everybody, is_command, is_menu
from tests.system.matrix import CELLS, Row, rows
from tests.system.prepared_group import ROLES


@pytest.fixture
async def plumbline(tmp_path: Path) -> AsyncIterator[Plumbline]:
    async with build(Settings(_env_file=None, state_dir=tmp_path)) as built:
        await built.load_cogs()
        yield built


async def test_every_verb_command_and_menu_has_its_row_and_no_row_is_of_nothing(plumbline: Plumbline) -> None:
    tree = plumbline.tree
    there = {
        *plumbline.services.router.verbs,
        *(f"/{one.qualified_name}" for one in tree.walk_commands() if is_command(one)),
        *(f"menu {one.name}" for one in tree.get_commands() if is_menu(one)),
    }
    assert {row.verb or row.key for row in rows()} == there


def test_every_row_is_there_once_and_has_a_known_word_for_each_of_the_eight() -> None:
    assert [one for one, times in Counter(map(str, rows())).items() if times > 1] == []
    assert [str(row) for row in rows() if tuple(row.cells) != ROLES] == []
    assert [str(row) for row in rows() if not set(row.cells.values()) <= CELLS] == []


async def test_everybody_may_do_what_the_file_says_and_nothing_else(tmp_path: Path) -> None:
    async with everybody(tmp_path) as pressing:
        found = [await pressing.problem(role, row) for row in rows() for role in ROLES]
        assert [problem for problem in found if problem is not None] == []
        for role, row, word in WRONG:
            assert await pressing.problem(role, replace(row, cells={role: word})) is not None, (
                role,
                row,
                word,
            )


WRONG = (
    ("owner", Row("asks.show", "open ask", {}), "nothing"),
    ("other", Row("asks.show", "open ask", {}), "does"),
    ("answerer", Row("asks.read_it", "closed asking", {}), "nothing"),
    ("owner", Row("asks.read", "closed ask", {}), "own"),
    ("owner", Row("asks.withdraw sure", "open ask", {}), "shows"),
    ("answerer", Row("settings.minor", "", {}), "own"),
    ("other", Row("manage.norms", "", {}), "own"),
    ("left", Row("/ask", "", {}), "own"),
)
"""Wrong cells: for each of them something must be found, or the test above would see nothing."""
