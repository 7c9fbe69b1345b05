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


def test_it_is_held_until_released(path: Path) -> None:
    with Lock(path) as lock:
        lock.take()
        assert not free(path)
    lock.release()

    assert free(path)


def test_nobody_else_can_see_or_open_it(path: Path) -> None:
    with Lock(path):
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600


def test_another_process_has_it(path: Path) -> None:
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


def test_the_last_of_one_process_takes_it_over(path: Path) -> None:
    detached, fresh = Lock(path), Lock(path)
    detached.take()
    fresh.take()

    detached.release()
    assert not free(path)

    fresh.release()
    assert free(path)
