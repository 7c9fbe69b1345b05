"""A sample of the failpoints. `make crash` tries all of them."""

import secrets
from pathlib import Path

import pytest

from tests.crash.failpoints import deletions, files, trying

SAMPLE, SAMPLE_OF_FILES = 40, 20
WRITES = {f"{when} {what}" for when in ("before", "after") for what in ("BEGIN", "COMMIT", "a callback")}
REQUESTS = {
    point
    for what in ("a message", "an edit", "a deletion")
    for point in (f"before {what}", f"{what} took effect", f"{what} was answered")
}
CHANGES = {
    f"{when} {what}" for when in ("before", "after") for what in ("rename", "replace", "unlink", "fsync")
}


@pytest.mark.slow
@pytest.mark.uncounted
def test_a_crash_between_any_two_steps_loses_doubles_and_leaves_nothing(tmp_path: Path) -> None:
    seed = secrets.token_hex(4)
    tried = trying.tried(tmp_path, seed, SAMPLE)

    assert not tried.wrong, f"seed {seed}"
    assert tried.tried == SAMPLE
    assert tried.names >= WRITES | REQUESTS
    assert tried.found > 500, "the scenario writes and delivers little"


@pytest.mark.slow
@pytest.mark.uncounted
def test_a_crash_while_files_are_replaced_leaves_the_old_or_the_new_ones(tmp_path: Path) -> None:
    seed = secrets.token_hex(4)
    tried = files.tried(tmp_path, seed, SAMPLE_OF_FILES)

    assert not tried.wrong, f"seed {seed}"
    assert tried.names >= CHANGES
    assert tried.found > 70
    assert SAMPLE_OF_FILES <= tried.tried < tried.found


@pytest.mark.slow
@pytest.mark.uncounted
def test_a_crash_while_something_is_deleted_neither_brings_it_back_nor_deletes_what_is_kept(
    tmp_path: Path,
) -> None:
    tried = deletions.tried(tmp_path)

    assert not tried.wrong
    assert tried.names >= WRITES | {"before fsync", "after fsync"}
    assert tried.tried > 10
