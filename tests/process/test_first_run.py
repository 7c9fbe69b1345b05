"""The first start in a terminal, and `plumbline doctor --online`, against a Discord on this machine."""

import asyncio
import os
import pty
import re
import signal
import sys
from pathlib import Path

from tests.process.waiting import until
from tests.wire.client import Wire
from tests.wire.process import environment, running, start
from tests.wire.state import TOKEN


class Terminal:
    """A terminal in which somebody has typed `plumbline run`."""

    def __init__(self, process: asyncio.subprocess.Process, keyboard: int) -> None:
        self.process = process
        self._keyboard = keyboard
        self.shown = ""
        asyncio.get_running_loop().add_reader(keyboard, self._read)

    def types(self, text: str) -> None:
        os.write(self._keyboard, f"{text}\n".encode())

    async def shows(self, text: str, times: int = 1) -> None:
        async def there() -> bool:
            return " ".join(self.shown.split()).count(text) >= times

        await until(there)

    async def ended(self) -> int:
        code = await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._keyboard)
        os.close(self._keyboard)
        return code

    def _read(self) -> None:
        try:
            self.shown += os.read(self._keyboard, 4096).decode("utf-8", "replace")
        except OSError:  # the other side has closed it
            asyncio.get_running_loop().remove_reader(self._keyboard)


async def opened(discord: Wire, where: Path) -> Terminal:
    """Start `plumbline run` without a token, in a terminal."""
    keyboard, terminal = pty.openpty()
    told = environment()
    del told["PLUMBLINE_TOKEN"]
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.wire.launch", discord.address, "run",
            cwd=where, env=told, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
        )  # fmt: skip
    finally:
        os.close(terminal)
    return Terminal(process, keyboard)


async def test_the_first_start_takes_a_token_without_showing_it(discord: Wire, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# mine\nPLUMBLINE_TOKEN=\nPLUMBLINE_OPERATOR=Robin\n")
    (tmp_path / ".env").chmod(0o644)
    terminal = await opened(discord, tmp_path)
    asking = "Paste the token here (it isn't shown), and press Enter:"
    await terminal.shows(asking)
    terminal.types("not.the.token")
    await terminal.shows("Discord doesn't accept this token.")
    await terminal.shows(asking, times=2)
    terminal.types(f"  {TOKEN} ")
    await discord.wait("readies", 1)
    terminal.process.terminate()

    assert await terminal.ended() == 0
    assert TOKEN not in terminal.shown
    assert "not.the.token" not in terminal.shown
    assert "permissions=68608" in terminal.shown
    assert (tmp_path / ".env").read_text() == f"# mine\nPLUMBLINE_TOKEN={TOKEN}\nPLUMBLINE_OPERATOR=Robin\n"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


async def test_whoever_does_not_answer_starts_nothing(discord: Wire, tmp_path: Path) -> None:
    terminal = await opened(discord, tmp_path)
    await terminal.shows("Paste the token here")
    terminal.process.send_signal(signal.SIGINT)

    assert await terminal.ended() == 1
    assert not (tmp_path / ".env").exists()
    assert "Traceback" not in terminal.shown


async def test_closing_the_terminal_stops_the_bot(discord: Wire, tmp_path: Path) -> None:
    """Nobody else could stop it. As a service it reads its keys again at that signal, and goes on."""
    (tmp_path / ".env").write_text(f"PLUMBLINE_TOKEN={TOKEN}\n")
    terminal = await opened(discord, tmp_path)
    await discord.wait("readies", 1)
    terminal.process.send_signal(signal.SIGHUP)

    assert await terminal.ended() == 0
    assert "Stopped" in terminal.shown


async def test_a_crash_leaves_no_copy_of_the_memory(discord: Wire, tmp_path: Path) -> None:
    async with running(discord, tmp_path) as bot:
        limits = Path(f"/proc/{bot.process.pid}/limits").read_text()
        await bot.stop()

    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)


async def test_without_a_terminal_it_says_what_is_missing_and_ends(discord: Wire, tmp_path: Path) -> None:
    bot = await start(discord, tmp_path, "run", token="")
    printed = await bot.ended()

    assert bot.returncode == 10
    assert "Plumbline needs a bot token" in printed


async def test_the_doctor_asks_discord(discord: Wire, tmp_path: Path) -> None:
    before = await (await start(discord, tmp_path, "doctor", "--online")).ended()
    assert "ok: Discord accepts the token; the application is called Plumbline" in before
    assert "note: Discord doesn't have the commands of this version." in before
    assert "ok: to invite the bot to a server, open https://discord.com/oauth2/authorize?client_id=" in before
    assert "new key file" not in before, "what it needs for itself is nobody's business"
    marks = [line.partition(":")[0] for line in before.splitlines()]
    assert marks == sorted(marks, key=("ok", "note", "wrong").index), "what there is to do comes last"
    assert not (tmp_path / "state").exists()
    assert await discord.count("identifies") == 0

    bot = await start(discord, tmp_path)
    await discord.wait("readies", 1)
    after = await (await start(discord, tmp_path, "check", "--online")).ended()
    await bot.stop()
    assert "ok: Discord has the commands of this version" in after


async def test_the_doctor_says_that_a_token_is_refused(discord: Wire, tmp_path: Path) -> None:
    doctor = await start(discord, tmp_path, "doctor", "--online", token="not.the.token")
    printed = await doctor.ended()

    assert doctor.returncode == 1
    assert "wrong: Discord doesn't accept the token." in printed
