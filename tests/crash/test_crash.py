"""A few rounds and restores of `make crash`."""

import secrets
from pathlib import Path

import pytest

from tests.crash import rounds
from tests.crash.recovery import rounds as recovery
from tests.crash.recovery.runbook import Runbook

PRIVATE_KEY = "/dev/stdin private-key.txt"


@pytest.mark.slow
async def test_a_bot_killed_at_random_moments_loses_doubles_and_leaves_nothing(tmp_path: Path) -> None:
    figures = await rounds.run(tmp_path, secrets.token_hex(4), rounds=8, cold=1)

    assert (figures.rounds, figures.cold, figures.quiet) == (8, 1, 1)
    assert figures.acknowledged.total() > 20, "the friends did little"
    assert figures.messages, "nothing was delivered"


@pytest.mark.slow
@pytest.mark.uncounted
async def test_a_backup_that_is_restored_on_another_machine_has_what_it_must_have_and_nothing_deleted(
    tmp_path: Path,
) -> None:
    figures = await recovery.run(tmp_path, secrets.token_hex(4), rounds=2)

    assert figures.rounds == 2
    assert figures.there > 10, "the friends did little"
    assert figures.erased
    assert figures.deleted


def test_the_page_for_operators_has_each_command_that_is_typed(tmp_path: Path) -> None:
    book = Runbook(tmp_path / "backups", tmp_path / "elsewhere", tmp_path / "rehearsal")
    backup = tmp_path / "backups" / "one.age"

    assert f"plumbline backup {book.backups} " in book.daily
    assert book.copy == f"cp state/keys.json state/deletions.log {book.elsewhere}/"
    for commands in (book.rehearse(backup), book.restore(backup)):
        assert f"plumbline restore {backup} --key-file private-key.txt" in commands
        assert PRIVATE_KEY in commands, "the private key isn't read"
