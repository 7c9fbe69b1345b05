"""`.env.example` shows every setting with its default, and no other."""

from pathlib import Path

import attrs
import pytest

from bot.settings import PREFIX, Settings
from tests.architecture.tree import ROOT

EXAMPLE = ROOT / ".env.example"


def shown() -> dict[str, str]:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_setting_is_shown_with_its_default() -> None:
    defaults = {
        f"{PREFIX}{field.name.upper()}": "" if field.default is None else str(field.default)
        for field in attrs.fields(Settings)
    }

    assert shown() == defaults


def test_the_unchanged_example_gives_the_default_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in shown():
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(EXAMPLE.read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    assert Settings() == Settings(_env_file=None)
