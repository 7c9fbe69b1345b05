"""Only one process can use a database."""

import fcntl
from pathlib import Path

import pytest

from bot.storage.lock import AlreadyRunning, Lock


def free(path: Path) -> bool:
    """Return whether another process could take the lock."""
    with path.open("w") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "lock"


def test_a_lock_is_held_until_it_is_released(path: Path) -> None:
    with Lock(path) as lock:
        lock.take()
        assert not free(path)
    lock.release()

    assert free(path)


def test_only_its_owner_can_open_the_lock_file_and_its_folder(path: Path) -> None:
    with Lock(path):
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_lock_that_another_process_holds_cannot_be_taken(path: Path) -> None:
    path.parent.mkdir()
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        lock = Lock(path)
        with pytest.raises(AlreadyRunning):
            lock.take()
        lock.release()
        assert not free(path)

    with lock:
        assert not free(path)


def test_a_newer_lock_of_the_same_process_takes_over_from_the_older_one(path: Path) -> None:
    detached, fresh = Lock(path), Lock(path)
    detached.take()
    fresh.take()

    detached.release()
    assert not free(path)

    fresh.release()
    assert free(path)
