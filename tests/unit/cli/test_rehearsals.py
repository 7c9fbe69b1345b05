"""`plumbline rehearse`: a restore that is tried without touching anything."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.backups import age
from bot.backups.leftovers import remove_copies
from bot.settings import Settings
from tests.database_file import open_file
from tests.unit.cli.conftest import Plumbline
from tests.unit.cli.test_backups import Used, used

__all__ = ["used"]
pytestmark = pytest.mark.slow


def files(used: Used) -> dict[str, bytes]:
    """Return every file of the installation, but for locks and journals that are empty."""
    there = [one for one in Path().rglob("*") if one.is_file() and not one.name.endswith(("lock", "-shm"))]
    read = {str(one): one.read_bytes() for one in there}
    return {name: content for name, content in read.items() if content or not name.endswith("-wal")}


DONE = {"state/last-rehearsal": b""}
"""What the running bot looks at, to say when it was too long ago."""


def settings(used: Used) -> Settings:
    return Settings(_env_file=None, state_dir=used.state)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock as another process would."""
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        yield


def test_without_a_backup_a_new_one_is_restored_and_nothing_is_left(used: Used, plumbline: Plumbline) -> None:
    used.write()
    before = files(used)
    told = plumbline("rehearse")

    assert told.exit_code == 0, told.output
    assert "The rehearsal went well" in told.output
    assert files(used) == before | DONE


def test_a_backup_that_is_given_is_restored_and_what_was_deleted_since_counts(
    used: Used, plumbline: Plumbline
) -> None:
    used.write()
    used.back_up()
    used.delete()
    before = files(used)
    told = plumbline("rehearse", "backup.age", "--key-file", str(used.identity))

    assert told.exit_code == 0, told.output
    assert "(1 keys)" in told.output
    assert files(used) == before | DONE


def test_a_rehearsal_is_no_backup(used: Used, plumbline: Plumbline) -> None:
    used.write()
    plumbline("rehearse")

    assert not settings(used).last_backup_path.exists()


@pytest.mark.parametrize("spoilt", ["cut", "other key", "no private key", "no database", "no key file"])
def test_what_would_not_work_is_said(used: Used, plumbline: Plumbline, spoilt: str) -> None:
    used.write()
    path = used.back_up()
    more = ["--key-file", str(used.identity)]
    match spoilt:
        case "cut":
            path.write_bytes(path.read_bytes()[:-100])
        case "other key":
            Path("other.txt").write_text(age.new_pair().private)
            more = ["--key-file", "other.txt"]
        case "no private key":
            more = []
        case "no database":
            used.lose()
        case "no key file":
            (used.state / "keys.json").unlink()
    told = plumbline("rehearse", *([] if spoilt == "no database" else ["backup.age", *more]))

    assert told.exit_code == 1
    assert "Traceback" not in told.output
    assert {
        "cut": "is cut short",
        "other key": "doesn't open",
        "no private key": "private key",
        "no database": "There is no database at",
        "no key file": "key file",
    }[spoilt] in told.output
    assert not settings(used).rehearsal_path.exists()


def test_two_rehearsals_at_once_do_not_disturb_one_another(used: Used, plumbline: Plumbline) -> None:
    used.write()
    with held(settings(used).rehearsal_lock_path):
        told = plumbline("rehearse")

    assert told.exit_code == 1
    assert told.output == "Another backup or rehearsal is under way. Try again when it's done.\n"


def test_it_works_while_the_bot_runs(used: Used, plumbline: Plumbline) -> None:
    used.write()
    with held(used.state / "lock"), open_file(used.database) as file:
        file.execute("BEGIN IMMEDIATE")
        told = plumbline("rehearse")
        file.execute("ROLLBACK")

    assert told.exit_code == 0, told.output


def test_what_a_killed_rehearsal_left_is_deleted(used: Used) -> None:
    left = settings(used).rehearsal_path
    left.mkdir()
    (left / "plumbline.db").write_bytes(b"what people have deleted since")

    with held(settings(used).rehearsal_lock_path):
        remove_copies(settings(used))
        assert left.exists()
    remove_copies(settings(used))
    assert not left.exists()
