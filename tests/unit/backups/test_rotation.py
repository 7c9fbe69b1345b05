"""Of each day, week and month the newest backup is kept, and nothing that isn't a backup is deleted."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backups.rotation import Keep, name_at, rotate

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 12, 1)  # noqa: DTZ001 - Hypothesis refuses bounds with a zone
TIMES = st.sets(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), min_size=1, max_size=40)
KEEPS = st.builds(Keep, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("7d4w6m", Keep(7, 4, 6)),
        ("14d", Keep(14)),
        ("2w", Keep(0, 2)),
        ("12m", Keep(0, 0, 12)),
        ("1d1m", Keep(1, 0, 1)),
        *[(text, None) for text in ("", "0d", "0d0w0m", "7", "d", "4w7d", "7d ", "-1d", "1000d", "7D")],
    ],
)
def test_how_many_to_keep_is_read_from_days_weeks_and_months(text: str, keep: Keep | None) -> None:
    assert Keep.read(text) == keep


@given(TIMES, KEEPS)
def test_the_newest_is_kept_and_the_newest_of_each_span_that_counts(times: set[datetime], keep: Keep) -> None:
    kept = keep.kept(times)

    assert max(times) in kept <= times
    days = sorted({at.date() for at in times}, reverse=True)[: keep.days]
    assert {max(at for at in times if at.date() == day) for day in days} <= kept
    assert len(kept) <= max(1, keep.days + keep.weeks + keep.months)


@given(TIMES, KEEPS)
def test_keeping_again_changes_nothing(times: set[datetime], keep: Keep) -> None:
    kept = keep.kept(times)

    assert keep.kept(kept) == kept


def test_weeks_are_those_of_iso_also_at_the_turn_of_the_year() -> None:
    thursday, friday, monday = (datetime(2025, 12, 31, tzinfo=UTC) + timedelta(days=n) for n in (1, 2, 5))

    assert Keep(weeks=2).kept([thursday, friday, monday]) == {friday, monday}


def made(folder: Path, *times: datetime) -> list[Path]:
    paths = [folder / name_at(at) for at in times]
    for path in paths:
        path.write_bytes(b"backup")
    return paths


def test_what_is_not_a_backup_is_left_alone(tmp_path: Path) -> None:
    old, new = made(tmp_path, NOON - timedelta(days=9), NOON)
    others = ["notes.txt", "plumbline-2026.db.age", f"{old.name}.partial", "plumbline.db"]
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / name_at(NOON - timedelta(days=20))).mkdir()

    gone, oldest = rotate(tmp_path, new, Keep(1))

    assert gone == [old]
    assert oldest == NOON.date()
    assert {one.name for one in tmp_path.iterdir()} == {
        *others, new.name, name_at(NOON - timedelta(days=20)),
    }  # fmt: skip


def test_nothing_newer_than_the_backup_that_was_just_made_is_deleted(tmp_path: Path) -> None:
    """A clock that was wrong for a while has made names that lie in the future."""
    ahead = made(tmp_path, *(NOON + timedelta(days=days) for days in (1, 2, 3)))
    older, new = made(tmp_path, NOON - timedelta(days=1), NOON)

    gone, oldest = rotate(tmp_path, new, Keep(1))

    assert gone == [older]
    assert oldest == NOON.date()
    assert all(one.exists() for one in (*ahead, new))


def test_without_a_backup_of_ours_nothing_is_deleted(tmp_path: Path) -> None:
    old = made(tmp_path, NOON - timedelta(days=9))
    named = tmp_path / "by-hand.age"
    named.write_bytes(b"backup")

    assert rotate(tmp_path, named, Keep(1)) == ([], date(2026, 11, 21))
    assert old[0].exists()
