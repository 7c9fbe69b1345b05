"""`plumbline demo` as a process: it answers, it says plainly that a port is taken, and it leaves no files."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import aiohttp
import pytest

from bot.demo.serve import _ending, serve
from bot.demo.temporary_bot import temporary
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


async def _demo(home: Path, port: int) -> Process:
    environment = {**os.environ, "TMPDIR": str(home), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-m", "bot", "demo", "--port", str(port)]
    return await asyncio.create_subprocess_exec(*command, cwd=home, env=environment, stdout=PIPE, stderr=PIPE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_answers_and_leaves_no_files_when_it_ends(
    tmp_path: Path, ending: signal.Signals
) -> None:
    port = _free_port()
    process = await _demo(tmp_path, port)
    assert process.stdout is not None
    said = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    assert f"http://127.0.0.1:{port}" in said
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/") as page:
        assert page.status == 200
        assert "Was I out of line?" in await page.text()
    [state] = tmp_path.iterdir()
    assert state.stat().st_mode & 0o777 == 0o700
    process.send_signal(ending)
    out, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, errors.decode()
    assert "its files are gone" in out.decode()
    assert errors == b""
    assert list(tmp_path.iterdir()) == []


async def test_the_demo_says_plainly_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await _demo(tmp_path, taken.getsockname()[1])
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "is taken by another program" in errors.decode()
    assert "--port" in errors.decode()
    assert list(tmp_path.iterdir()) == []


async def test_after_the_first_signal_a_second_ctrl_c_is_no_longer_caught() -> None:
    ending = _ending()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(ending.wait(), PATIENCE)
    assert not asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
    assert asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)


async def test_the_demo_leaves_no_files_when_it_runs_in_this_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = _free_port()
    serving = asyncio.create_task(serve(temporary(tmp_path), port))
    said = ""
    while str(port) not in said:
        await asyncio.sleep(0.05)
        assert not serving.done(), serving
        said += capsys.readouterr().out
    os.kill(os.getpid(), signal.SIGINT)
    await serving
    assert "its files are gone" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
