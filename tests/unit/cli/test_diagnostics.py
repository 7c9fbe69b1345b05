"""What `plumbline check` says of the helplines and texts."""

from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from bot.content.library import Library, Unreadable, installed
from bot.diagnostics import Finding, Mark, examine


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_check_warns_of_helplines_that_nobody_has_checked_for_more_than_180_days() -> None:
    then = max(line.seen_on for country in installed().countries() for line in country.lines)

    fresh, old = examine(then), examine(date(then.year + 1, 12, 31))

    assert not [finding for finding in fresh if "more than 180 days ago" in finding.what]
    assert next(finding.mark for finding in old if "more than 180 days ago" in finding.what) is Mark.WARNED


def test_check_says_which_of_the_five_columns_each_country_has() -> None:
    found = {finding.what: finding.mark for finding in examine(date(2026, 11, 22))}
    has = {what.partition(" has: ")[0]: what for what in found if " has: " in what}

    assert set(has) == {country.name for country in installed().countries()}
    assert "missing" not in has["New Zealand"]
    assert has["Germany"].endswith("missing: lines for people who worry about what they did")
    assert has["India"].endswith(
        "missing: lines for people who worry about what they did, care without the police"
    )
    assert {found[what] for what in has.values()} == {Mark.RIGHT}


def test_check_reports_a_text_that_cannot_be_used_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        raise Unreadable("talk.toml is missing")

    monkeypatch.setattr(Library, "load", broken)

    assert Finding(Mark.WRONG, "talk.toml is missing") in examine(date(2026, 11, 22))
