"""`bot.app.run` with a fake bot: how it ends, well or badly."""

import asyncio
import fcntl
import logging
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord.ext import commands

from bot import startup_errors
from bot.app import utcnow
from bot.content.library import Unreadable
from bot.login_throttle import MOST_A_DAY, LoginThrottle, TooManyStarts
from bot.settings import Misconfigured, Settings
from bot.storage.database import Damaged
from bot.storage.lock import AlreadyRunning, Lock
from bot.storage.migrate import NewerSchema
from bot.ui.running import TokenRefused, Unreachable, keep_running
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable
from tests.patience import PATIENCE


@pytest.fixture(autouse=True)
def put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what a running program sets for its whole process."""
    monkeypatch.setattr("bot.logs.begin", lambda *_: None)
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", False)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", False)
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, token=cast("Any", "a.b.c"), state_dir=tmp_path / "state")


class Bot:
    """A fake bot that runs until it is cancelled, or does what a test gives it to do once connected."""

    def __init__(self, then: Callable[[], object] | None = None) -> None:
        self._then = then
        self.told: list[str] = []

    async def __aenter__(self) -> "Bot":
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.told.append("closed")

    async def start(self, token: str) -> None:
        self.told.append(token)
        if self._then is not None:
            self._then()
        await asyncio.get_running_loop().create_future()


async def run(settings: Settings, bot: Bot) -> None:
    def build(_lock: Lock) -> commands.AutoShardedBot:
        return cast("commands.AutoShardedBot", bot)

    await asyncio.wait_for(keep_running(settings, build, utcnow), PATIENCE)


def raising(error: Exception) -> Callable[[], object]:
    def then() -> None:
        raise error

    return then


def answer(status: int) -> Any:
    return type("Answer", (), {"status": status, "reason": "so"})()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_closes_the_bot_and_releases_the_lock(settings: Settings, how: signal.Signals) -> None:
    bot = Bot(lambda: os.kill(os.getpid(), how))

    await run(settings, bot)

    assert bot.told == ["a.b.c", "closed"]
    assert "ended" in (settings.state_dir / "starts").read_text()
    with Lock(settings.state_dir / "lock"):
        pass


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (discord.LoginFailure("no"), TokenRefused),
        (discord.ConnectionClosed(cast("Any", None), shard_id=0, code=4004), TokenRefused),
        (discord.ConnectionClosed(cast("Any", None), shard_id=0, code=4013), Unreachable),
        (discord.DiscordServerError(answer(503), "down"), Unreachable),
        (cast("Any", discord.GatewayNotFound)(), Unreachable),
        (aiohttp.ClientConnectionError(), Unreachable),
        (TimeoutError(), Unreachable),
        (commands.ExtensionFailed("cogs.ask", Unreadable("world.toml is missing")), Unreadable),
        (NewerSchema("9999"), NewerSchema),
    ],
)
async def test_an_error_that_ends_the_bot_is_raised_after_the_bot_was_closed(
    settings: Settings, error: Exception, meant: type[Exception]
) -> None:
    bot = Bot(raising(error))

    with pytest.raises(meant):
        await run(settings, bot)

    assert bot.told[-1] == "closed"
    assert "ended" not in (settings.state_dir / "starts").read_text()


async def test_after_too_many_starts_the_bot_does_not_log_in(settings: Settings) -> None:
    settings.state_dir.mkdir()
    starts, bot = LoginThrottle(settings.state_dir / "starts"), Bot()
    for _ in range(MOST_A_DAY):
        starts.started(utcnow())

    with pytest.raises(TooManyStarts):
        await run(settings, bot)

    assert not bot.told


async def test_a_signal_ends_the_pause_before_a_login(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.state_dir.mkdir()
    starts, bot = LoginThrottle(settings.state_dir / "starts"), Bot()
    for _ in range(30):
        starts.started(utcnow())
    asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGTERM)

    with caplog.at_level(logging.WARNING):
        await run(settings, bot)

    assert not bot.told
    assert "'seconds': 600" in caplog.text


async def test_after_a_short_pause_the_bot_starts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoginThrottle, "pause", lambda *_: timedelta(seconds=0.01))
    bot = Bot(lambda: os.kill(os.getpid(), signal.SIGTERM))

    await run(settings, bot)

    assert bot.told == ["a.b.c", "closed"]


async def test_a_second_process_is_refused_before_its_bot_starts(settings: Settings) -> None:
    bot = Bot()
    settings.state_dir.mkdir()
    # To the lock, another open file is the same as another process.
    with (settings.state_dir / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning):
            await run(settings, bot)

    assert not bot.told
    assert not (settings.state_dir / "starts").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Misconfigured("Keep one."), "Keep one."),
        (AlreadyRunning(), "Another Plumbline runs"),
        (KeyFileMissing(), "keys.json is not. Put the copy"),
        (KeyFileUnusable(), "is not a key file"),
        (NewerSchema(), "newer Plumbline"),
        (Damaged(), "is damaged"),
        (Unreadable("world.toml is missing"), "world.toml is missing"),
        (TooManyStarts(), "200 times since yesterday"),
        (TokenRefused(), "Discord refused the token"),
        (Unreachable(), "Discord does not answer"),
        (PermissionError(13, "no", "state/lock"), "should be a folder that Plumbline may write in"),
    ],
)
def test_each_startup_error_has_a_plain_sentence(settings: Settings, error: Exception, said: str) -> None:
    assert said in (startup_errors.sentence(error, settings) or "")


def test_a_key_file_that_cannot_be_read_has_a_sentence_of_its_own(settings: Settings) -> None:
    error = PermissionError(13, "no", str(settings.key_path))

    assert "keys.json should be a file" in (startup_errors.sentence(error, settings) or "")


def test_an_unexpected_error_has_no_sentence(settings: Settings) -> None:
    assert startup_errors.sentence(ZeroDivisionError(), settings) is None
