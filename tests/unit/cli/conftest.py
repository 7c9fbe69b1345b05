"""The command `plumbline` in an empty folder, and an installation as the first run leaves it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import app
from bot.storage.migrate import empty
from bot.vault.keyring import Keyring
from tests.database_file import keys_beside

Plumbline = Callable[..., Result]
TOKEN = "canary.token.here"


@pytest.fixture
def plumbline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Plumbline:
    """Run a command in an empty directory, with none of this machine's settings."""
    for name in [name for name in os.environ if name.upper().startswith("PLUMBLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def installed(plumbline: Plumbline) -> Path:
    """Return a state folder as the first run leaves it."""
    state = Path("state")
    state.mkdir(mode=0o700)
    Keyring.fresh().save(state / "keys.json")
    (state / "plumbline.db").write_bytes(empty(keys_beside(state / "plumbline.db")))
    Path(".env").write_text(f"PLUMBLINE_TOKEN={TOKEN}\n")
    return state
