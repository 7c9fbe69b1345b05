"""The documentation names only files that exist, and names that are in these files."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.contact import service as contact
from tests.architecture.tree import ROOT

PAGES = sorted(
    [
        *ROOT.glob("docs/**/*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "tests/README.md")),
    ]
)
FILE = re.compile(r"`((?:bot|cogs|data|docs|tests)/[\w./*-]+)`")
OURS = re.compile(r"`([A-Z][A-Za-z_]+(?:\.\w+)?(?:\(\))?)`")
NOT_OURS: frozenset[str] = frozenset({"ROLLBACK"})
"""Words in backticks that stand for something outside the code, such as SQL's."""
NAMED = re.compile(r"`((?:bot|cogs|tests)/[\w./-]+\.py)` \(((?:`[\w.]+`(?:, )?)+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    named = {one.rstrip("/") for one in FILE.findall(page.read_text("utf-8"))}

    assert not [one for one in sorted(named) if not any(ROOT.glob(one))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_name_that_a_page_gives_beside_a_file_stands_in_it(page: Path) -> None:
    """For example "`bot/asks/models.py` (`Ask`)"."""
    missing = [
        f"{file}: {name}"
        for file, names in NAMED.findall(page.read_text("utf-8"))
        for name in re.findall(r"[\w.]+", names)
        if not re.search(rf"\b{name.rpartition('.')[2]}\b", (ROOT / file).read_text("utf-8"))
    ]

    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_class_and_constant_that_a_page_names_is_in_the_code(page: Path) -> None:
    code = words()
    named = {
        part for one in OURS.findall(page.read_text("utf-8")) for part in one.rstrip("()").split(".") if part
    }

    assert not sorted(named - code - NOT_OURS)


def test_the_page_for_operators_explains_every_kind_of_delivery() -> None:
    places = [
        *ROOT.glob("bot/*/notifications.py"),
        *ROOT.glob("bot/*/posts.py"),
    ]
    kinds = set(contact.KINDS) | {
        kind
        for place in places
        for kind in re.findall(r'^[A-Z_]+ = "([a-z]+\.[a-z_]+)"$', place.read_text("utf-8"), re.MULTILINE)
    }
    page = (ROOT / "docs/OPERATIONS.md").read_text("utf-8")

    assert len(kinds) > 30
    assert not sorted(kind for kind in kinds if f"`{kind}`" not in page)


@cache
def words() -> frozenset[str]:
    """Return every word in the code."""
    places = [path for root in ("bot", "cogs", "tests") for path in (ROOT / root).rglob("*.py")]
    places += [ROOT / name for name in ("pyproject.toml", "Makefile", ".env.example")]
    return frozenset(word for path in places for word in re.findall(r"\w+", path.read_text("utf-8")))


def test_the_patterns_find_many_files_and_names_in_the_pages() -> None:
    """Without this, the tests above might look at nothing."""
    text = "".join(page.read_text("utf-8") for page in PAGES)

    assert len(FILE.findall(text)) > 200
    assert len(NAMED.findall(text)) > 40
