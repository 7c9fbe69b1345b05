"""`bot.app.run` with a fake bot: how it ends, well or badly."""

import asyncio
import errno
import fcntl
import logging
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord.ext import commands
from sqlalchemy.exc import OperationalError

from bot import startup_errors
from bot.app import utcnow
from bot.content.library import Unreadable
from bot.exit_codes import ExitCode
from bot.login_throttle import MOST_A_DAY, LoginThrottle, TooManyLogins
from bot.settings import Misconfigured, Settings
from bot.storage.database import Damaged
from bot.storage.driver import sqlite
from bot.storage.lock import AlreadyRunning, Lock
from bot.storage.migrate import NewerSchema
from bot.storage.unavailable import Reason, StorageUnavailable
from bot.ui.discord_errors import Rejected, TokenRefused, TooManyRequests, Unreachable
from bot.ui.running import keep_running
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable
from tests.patience import PATIENCE


@pytest.fixture(autouse=True)
def put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what a running program sets for its whole process."""
    monkeypatch.setattr("bot.logs.begin", lambda *_: None)
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", False)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", False)
    before, hangup = os.umask(0o077), signal.getsignal(signal.SIGHUP)
    yield
    os.umask(before)
    signal.signal(signal.SIGHUP, hangup)


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

    async def __aexit__(self, *_error: object) -> None: ...

    async def close(self) -> None:
        self.told.append("closed")

    async def hear(self) -> None:
        self.told.append("hangup")
        if len(self.told) == 2:
            raise KeyError
        os.kill(os.getpid(), signal.SIGTERM)

    async def start(self, token: str) -> None:
        self.told.append(token)
        if self._then is not None:
            self._then()
        await asyncio.get_running_loop().create_future()


async def run(settings: Settings, bot: Bot) -> None:
    def build(_lock: Lock) -> commands.AutoShardedBot:
        return cast("commands.AutoShardedBot", bot)

    async def on_hangup(_bot: commands.AutoShardedBot) -> None:
        await bot.hear()

    await asyncio.wait_for(
        keep_running(settings, build, utcnow, on_hangup=on_hangup, beside=lambda _: nullcontext()), PATIENCE
    )


def raising(error: Exception) -> Callable[[], object]:
    def then() -> None:
        raise error

    return then


def answer(status: int) -> Any:
    return type("Answer", (), {"status": status, "reason": "so", "headers": {}})()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_closes_the_bot_and_releases_the_lock(settings: Settings, how: signal.Signals) -> None:
    bot = Bot(lambda: os.kill(os.getpid(), how))

    await run(settings, bot)

    assert bot.told == ["a.b.c", "closed"]
    assert not (settings.state_dir / "starts").exists(), "only a login is counted"
    with Lock(settings.state_dir / "lock"):
        pass


async def test_each_hangup_is_handed_on_also_after_one_that_failed(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    def twice() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(os.kill, os.getpid(), signal.SIGHUP)
        loop.call_later(0.05, os.kill, os.getpid(), signal.SIGHUP)

    bot = Bot(twice)

    await run(settings, bot)

    assert bot.told == ["a.b.c", "hangup", "hangup", "closed"]
    assert "Reading the key file again failed" in caplog.text
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (discord.LoginFailure("no"), TokenRefused),
        (discord.ConnectionClosed(cast("Any", None), shard_id=0, code=4004), TokenRefused),
        (discord.ConnectionClosed(cast("Any", None), shard_id=0, code=4013), Rejected),
        (discord.DiscordServerError(answer(503), "down"), Unreachable),
        (discord.HTTPException(answer(400), {"code": 50035}), Rejected),
        (discord.HTTPException(answer(429), "slowly"), TooManyRequests),
        (discord.RateLimited(60), TooManyRequests),
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
    assert not (settings.state_dir / "starts").exists(), "only a login is counted"


async def test_after_too_many_starts_the_bot_does_not_log_in(settings: Settings) -> None:
    settings.state_dir.mkdir()
    starts, bot = LoginThrottle(settings.state_dir / "starts"), Bot()
    for _ in range(MOST_A_DAY):
        starts.logged_in(utcnow())

    with pytest.raises(TooManyLogins):
        await run(settings, bot)

    assert not bot.told


async def test_a_signal_ends_the_pause_before_a_login(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.state_dir.mkdir()
    starts, bot = LoginThrottle(settings.state_dir / "starts"), Bot()
    for _ in range(30):
        starts.logged_in(utcnow())
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
    ("error", "code", "said"),
    [
        (Misconfigured("Keep one."), ExitCode.MISCONFIGURED, "Keep one."),
        (AlreadyRunning(), ExitCode.ALREADY_RUNNING, "Another Plumbline runs"),
        (KeyFileMissing(), ExitCode.KEY_FILE_MISSING, "keys.json isn't. Put your copy"),
        (KeyFileUnusable(), ExitCode.KEY_FILE_UNUSABLE, "isn't a key file"),
        (NewerSchema(), ExitCode.DATABASE_NEWER, "newer Plumbline"),
        (Damaged(), ExitCode.DATABASE_DAMAGED, "is damaged"),
        (Unreadable("world.toml is missing"), ExitCode.TEXTS_UNREADABLE, "world.toml is missing"),
        (TooManyLogins(utcnow()), ExitCode.TOO_MANY_LOGINS, "can log in again"),
        (TokenRefused(), ExitCode.TOKEN_REFUSED, "Discord doesn't accept the token"),
        (Unreachable(), ExitCode.UNREACHABLE, "can't reach Discord"),
        (TooManyRequests(0.3), ExitCode.UNREACHABLE, "Start Plumbline again in 1 min."),
        (TooManyRequests(None), ExitCode.UNREACHABLE, "Start Plumbline again later"),
        (Rejected(400, 50035), ExitCode.REJECTED, "The HTTP status was 400, and Discord's error code 50035"),
        (Rejected(None, 4013), ExitCode.REJECTED, "closed the connection with code 4013"),
        (
            PermissionError(13, "no", "state/lock"),
            ExitCode.STATE_UNUSABLE,
            "should be a folder that Plumbline may write in",
        ),
        (OSError(errno.ENOSPC, "full"), ExitCode.DISK_FULL, "the disk is full or read only"),
        (OSError(errno.EROFS, "read only", "state/lock"), ExitCode.DISK_FULL, "full or read only"),
        (OSError(errno.EFBIG, "too large", "state/starts"), ExitCode.DISK_FULL, "full or read only"),
        (OSError(errno.EIO, "no", "state/starts"), ExitCode.DISK_FAILING, "the disk reports errors"),
        (IsADirectoryError(21, "no", "state/starts"), ExitCode.STATE_UNUSABLE, "may write in"),
        (StorageUnavailable(Reason.LOCKED), ExitCode.DATABASE_LOCKED, "locked by another program"),
        (StorageUnavailable(Reason.FULL), ExitCode.DISK_FULL, "full or read only"),
    ],
)
def test_each_ending_has_a_plain_sentence_and_a_code_of_its_own(
    settings: Settings, error: Exception, code: ExitCode, said: str
) -> None:
    ended = startup_errors.ending(error, settings)

    assert ended is not None
    assert ended.code is code
    assert said in ended.sentence


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, ExitCode.DISK_FULL),
        (sqlite3.SQLITE_READONLY_DBMOVED, ExitCode.DISK_FULL),
        (sqlite3.SQLITE_CANTOPEN, ExitCode.STATE_UNUSABLE),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ExitCode.DATABASE_LOCKED),
        (sqlite3.SQLITE_IOERR_WRITE, ExitCode.DISK_FAILING),
        (sqlite3.SQLITE_CORRUPT_INDEX, ExitCode.DATABASE_DAMAGED),
        (sqlite3.SQLITE_NOTADB, ExitCode.DATABASE_DAMAGED),
    ],
)
def test_whatever_keeps_the_database_from_being_used_has_its_code(
    settings: Settings, number: int, code: ExitCode
) -> None:
    error = sqlite.OperationalError("no")
    error.sqlite_errorcode = number

    for one in (error, OperationalError("INSERT", {}, error)):
        ended = startup_errors.ending(one, settings)
        assert ended is not None
        assert ended.code is code


def test_a_key_file_that_cannot_be_read_has_a_sentence_of_its_own(settings: Settings) -> None:
    ended = startup_errors.ending(PermissionError(13, "no", str(settings.key_path)), settings)

    assert ended is not None
    assert ended.code is ExitCode.STATE_UNUSABLE
    assert "keys.json should be a file" in ended.sentence


def test_an_unexpected_error_has_no_sentence(settings: Settings) -> None:
    assert startup_errors.ending(ZeroDivisionError(), settings) is None
