"""Modules have names that say something."""

from tests.laws.tree import sources

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        one.path
        for one in sources("bot", "cogs", "data", "tests")
        if EMPTY_NAMES & {part.removesuffix(".py") for part in one.path.split("/")}
    ]

    assert not empty
