"""Months and counts, without a database."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights import models


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 0), (9, 0), (10, 10), (14, 10), (15, 15)])
def test_counts_are_rounded_down_to_fives(count: int, shown: int) -> None:
    assert models.rounded(count) == shown


def test_the_month_of_a_time_is_computed_in_utc() -> None:
    tonga = timezone(timedelta(hours=13))
    assert models.month_of(datetime(2026, 12, 1, 3, tzinfo=tonga)) == "2026-11"


def test_a_month_ends_where_the_next_begins() -> None:
    assert models.ends(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert models.ends(datetime(2027, 1, 1, tzinfo=UTC)) == datetime(2027, 2, 1, tzinfo=UTC)


def test_only_whole_months_have_ended() -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert models.ended("2026-11", now) == ["2026-11", "2026-12"]
    assert models.ended("2027-01", now) == []
    assert models.ended("2027-02", now) == []


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(9998, 12, 31)))
def test_before_and_after_undo_each_other(day: date) -> None:
    month = f"{day:%Y-%m}"
    assert models.before(models.after(month)) == month == models.after(models.before(month))
    assert models.begins(month) < models.begins(models.after(month))
    assert models.earlier(month, 12)[5:] == month[5:]
