"""deploy/backups, the container beside the bot: what it does in which hour. Its clock is pretended."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "backups"
PRETENDED = """#!/bin/sh
[ "$1" != {fails} ] || exit 1
echo "$1" >> "$PLUMBLINE_STATE_DIR/done"
[ "$1" != backup ] || touch "$PLUMBLINE_STATE_DIR/last-backup"
[ "$1" != rehearse ] || touch "$PLUMBLINE_STATE_DIR/last-rehearsal"
"""
HOUR_PASSES = """#!/bin/sh
# Stands in for sleep: an hour passes for each file, and after so many hours the container is stopped.
for file in last-backup last-rehearsal; do
    file=$PLUMBLINE_STATE_DIR/$file
    [ ! -f "$file" ] || touch -d "$(date -R -r "$file") - 1 hour" "$file"
done
echo hour >> "$PLUMBLINE_STATE_DIR/hours"
[ "$(wc -l < "$PLUMBLINE_STATE_DIR/hours")" -lt {hours} ] || kill -TERM "$PPID"
"""


def sidecar(where: Path, hours: int, fails: str = "nothing") -> list[str]:
    """Let it run for so many hours beside a `plumbline` that fails in one command. Return what was done."""
    state, programs, folder = (where / name for name in ("state", "programs", "backups"))
    for one in (state, programs, folder):
        one.mkdir(exist_ok=True)
    (state / "plumbline.db").touch()
    (state / "deletions.log").write_text("a line")
    for name, text in (
        ("plumbline", PRETENDED.format(fails=fails)),
        ("sleep", HOUR_PASSES.format(hours=hours)),
    ):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    for name in ("done", "hours"):
        (state / name).write_text("")
    told = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PLUMBLINE_STATE_DIR": str(state),
        "BACKUPS": str(folder),
    }
    subprocess.run(["sh", SCRIPT], env=told, timeout=60, check=True)
    return (state / "done").read_text().split()


def test_a_backup_is_made_each_day_and_a_restore_rehearsed_each_week(tmp_path: Path) -> None:
    done = sidecar(tmp_path, 10 * 24)

    assert (done.count("backup"), done.count("rehearse")) == (10, 2)
    assert (tmp_path / "backups" / "deletions.log").read_text() == "a line"


@pytest.mark.parametrize("fails", ["backup", "rehearse"])
def test_what_failed_is_tried_again_an_hour_later_and_not_a_day(tmp_path: Path, fails: str) -> None:
    assert fails not in sidecar(tmp_path, 3, fails)
    assert fails in sidecar(tmp_path, 1)


def test_a_second_start_makes_no_second_backup(tmp_path: Path) -> None:
    assert sidecar(tmp_path, 1) == ["backup", "rehearse"]
    assert sidecar(tmp_path, 1) == []
