"""`plumbline erase`: what it asks first, and what it refuses. tests/process/test_erase.py erases somebody."""

from pathlib import Path

import pytest

from bot import strings
from tests.unit.cli.conftest import Plumbline

ACCOUNT = "812345678901234567"


def test_nothing_is_erased_before_somebody_has_said_yes(plumbline: Plumbline, installed: Path) -> None:
    before = (installed / "plumbline.db").read_bytes()
    result = plumbline("erase", ACCOUNT)

    assert result.exit_code == 1
    assert f"Everything about the account {ACCOUNT} is erased in every server" in result.output
    assert "Erase it? [y/N]" in result.output
    assert (installed / "plumbline.db").read_bytes() == before


def test_an_account_that_nobody_knows_is_said_to_be_unknown(plumbline: Plumbline, installed: Path) -> None:
    result = plumbline("erase", ACCOUNT, "--yes")

    assert (result.exit_code, result.output.strip()) == (0, strings.ERASE_UNKNOWN.format(account=ACCOUNT))


def test_without_a_database_none_is_made(plumbline: Plumbline) -> None:
    result = plumbline("erase", ACCOUNT, "--yes")

    assert result.exit_code == 1
    assert "There is no database at" in result.output
    assert not Path("state").exists()


@pytest.mark.parametrize("account", ["robin", "0", "-3", "<@812345678901234567>"])
def test_what_is_no_number_of_an_account_is_refused(plumbline: Plumbline, account: str) -> None:
    assert plumbline("erase", "--yes", "--", account).exit_code == 2


def test_a_key_file_that_does_not_fit_has_its_exit_code(plumbline: Plumbline, installed: Path) -> None:
    (installed / "keys.json").unlink()

    assert plumbline("erase", ACCOUNT, "--yes").exit_code == 16
