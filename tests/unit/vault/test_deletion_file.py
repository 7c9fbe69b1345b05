"""The deletion log's lines tell nothing without the key file, survive a cut, and are read back in batches."""

import os
from datetime import date
from pathlib import Path

import pytest

from bot.vault.deletion_file import LINE, Batch, DeletionFile, DeletionsUnusable, Entry, Kind, State
from bot.vault.keyring import Keyring
from tests.unit.vault.conftest import entries

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def batch(number: int, day: date = MONDAY) -> Batch:
    return Batch(bytes([number]) * 16, day, frozenset({bytes([number, 1]) * 8, bytes([number, 2]) * 8}))


def written(file: DeletionFile, *batches: Batch) -> None:
    for one in batches:
        file.append(entries(one), one.day)
        file.append([Entry(Kind.COMMITTED, one.id)], one.day, durable=False)


@pytest.fixture
def file(tmp_path: Path) -> DeletionFile:
    return DeletionFile(tmp_path / "place" / "deletions.log", Keyring.fresh())


def test_what_was_written_is_read_back_in_order(file: DeletionFile) -> None:
    person = Batch(b"p" * 16, TUESDAY, persons=frozenset({b"q" * 16}))
    written(file, batch(1), person)
    file.append(entries(batch(2)), TUESDAY)
    file.append([Entry(Kind.UNDONE, batch(2).id)], TUESDAY)
    file.append(entries(batch(3)), TUESDAY)

    found = file.batches()

    assert [one.id for one in found] == [b"\1" * 16, b"p" * 16, b"\2" * 16, b"\3" * 16]
    assert [one.state for one in found] == [State.COMMITTED, State.COMMITTED, State.UNDONE, State.OPEN]
    assert found[0].keys == batch(1).keys
    assert (found[1].keys, found[1].persons, found[1].day) == (frozenset(), person.persons, TUESDAY)
    assert file.last() == found[-1]


def test_only_what_follows_a_mark_is_returned(file: DeletionFile) -> None:
    written(file, *map(batch, range(1, 5)))

    assert [one.id[0] for one in file.after(batch(2).id)[1]] == [3, 4]
    assert file.after(batch(4).id) == (True, [])
    known, found = file.after(b"x" * 16)
    assert not known
    assert [one.id[0] for one in found] == [1, 2, 3, 4]


def test_no_file_is_an_empty_log(file: DeletionFile) -> None:
    assert file.batches() == []
    assert file.after(None) == (False, [])
    assert file.last() is None


def test_all_lines_have_one_length_and_none_repeats(file: DeletionFile) -> None:
    written(file, batch(1), batch(1))
    lines = file.path.read_bytes().splitlines(keepends=True)

    assert {len(line) for line in lines} == {LINE}
    assert len(set(lines)) == len(lines) == 8
    assert all(line.startswith(b"2026-11-23 ") for line in lines)
    assert not any(one in file.path.read_bytes() for one in (b"\1" * 16, b"key", b"person"))
    assert file.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", range(1, LINE))
def test_a_line_that_was_cut_short_is_dropped(file: DeletionFile, left: int) -> None:
    written(file, batch(1))
    whole = file.path.read_bytes()
    file.append(entries(batch(2))[:1], MONDAY)
    os.truncate(file.path, len(whole) + left)

    assert [one.id for one in file.batches()] == [batch(1).id]
    written(file, batch(3))
    assert [one.id for one in file.batches()] == [batch(1).id, batch(3).id]
    assert file.path.stat().st_size % LINE == 0


@pytest.mark.parametrize("change", ["other ring", "other day", "a byte", "no beginning", "text"])
def test_a_file_that_is_not_this_installations_whole_log_is_refused(file: DeletionFile, change: str) -> None:
    written(file, batch(1))
    content = bytearray(file.path.read_bytes())
    if change == "other ring":
        file = DeletionFile(file.path, Keyring.fresh())
    elif change == "other day":
        content[:10] = b"2026-11-24"
    elif change == "a byte":
        content[30] ^= 1
    elif change == "no beginning":
        del content[:LINE]
    else:
        content[:] = b"these are my notes\n" * 40
    file.path.write_bytes(content)

    with pytest.raises(DeletionsUnusable):
        file.batches()
    with pytest.raises(DeletionsUnusable):
        file.last()
    assert file.path.read_bytes() == content


def test_what_is_appended_is_on_the_disk_when_append_returns(
    file: DeletionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda opened: synced.append(os.fstat(opened).st_size))

    file.append(entries(batch(1)), MONDAY)
    assert 3 * LINE in synced
    synced.clear()
    file.append([Entry(Kind.COMMITTED, batch(1).id)], MONDAY, durable=False)
    assert not synced


def test_old_batches_are_forgotten_but_for_the_last_of_them(file: DeletionFile) -> None:
    written(file, batch(1), batch(2), batch(3, TUESDAY), batch(4, FRIDAY))
    before = file.path.read_bytes()

    assert file.forget_before(MONDAY) == 0
    assert file.forget_before(TUESDAY) == 4
    assert [one.id for one in file.batches()] == [batch(n).id for n in (2, 3, 4)]
    assert file.path.read_bytes() == before[4 * LINE :]
    assert file.forget_before(FRIDAY) == 4
    assert [one.id for one in file.batches()] == [batch(n).id for n in (3, 4)]
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.path.parent.iterdir()] == ["deletions.log"]


def test_a_link_to_the_log_stays_a_link(file: DeletionFile, tmp_path: Path) -> None:
    real = tmp_path / "real.log"
    written(file, batch(1), batch(2, TUESDAY))
    file.path.rename(real)
    file.path.symlink_to(real)

    written(file, batch(3, FRIDAY))
    file.forget_before(FRIDAY)

    assert file.path.is_symlink()
    assert [one.id for one in file.batches()] == [batch(n).id for n in (2, 3)]
