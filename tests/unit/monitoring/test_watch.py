"""An alarm is a line in the log when it begins, and another one when it is over."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.monitoring import watch as watch_module
from bot.monitoring.watch import Watch
from bot.storage.database import Database
from tests.unit.monitoring.fixtures import NOON, Seen, monitor


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return what was logged. structlog hands its values to the log as they are."""
    return [cast("dict[str, Any]", one.msg) for one in caplog.records]


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, object]]:
    """Return the level and the sentence of each line, and which alarm it names."""
    return [(line["level"], line["event"], line.get("alarm")) for line in lines(caplog)]


async def test_an_alarm_is_logged_once_and_when_it_is_over(
    tmp_path: Path, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    seen = Seen()
    watch = Watch(monitor(tmp_path, seen, db))
    await watch.look()
    assert said(caplog) == []

    seen.silent = timedelta(minutes=6)
    await watch.look()
    await watch.look()
    assert said(caplog) == [("warning", "Alarm", "discord_silent")]
    assert lines(caplog)[0]["why"] == "Nothing has come from Discord for 6 minutes."

    caplog.clear()
    seen.silent, seen.now = timedelta(), NOON + timedelta(minutes=2)
    await watch.look()
    assert said(caplog) == [("info", "An alarm is over", "discord_silent")]
    assert lines(caplog)[0]["seconds"] == 120


async def test_an_error_does_not_end_the_watch(
    tmp_path: Path, db: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "EVERY_SECONDS", 0.001)
    seen, looks, twice = Seen(), 0, asyncio.Event()

    async def failing() -> list[object]:
        nonlocal looks
        looks += 1
        if looks == 2:
            twice.set()
        raise ValueError

    monkeypatch.setattr(seen, "waiting", failing)
    watching = asyncio.create_task(Watch(monitor(tmp_path, seen, db)).run())
    await twice.wait()
    watching.cancel()

    assert ("error", "Looking at the bot's health failed", None) in said(caplog)
