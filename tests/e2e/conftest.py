"""The demo as a person starts it, and a real Chromium to look at it with."""

import asyncio
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.patience import PATIENCE

playwright = pytest.importorskip("playwright.async_api", reason="needs the dev extra: pip install -e .[dev]")

from tests.e2e.browsing import Person  # noqa: E402 - needs playwright

ROOT = Path(__file__).parents[2]
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Coming = Callable[[str], Awaitable[Person]]
WIDE, PHONE = (1280, 860), (390, 844)


def _chromium() -> str:
    """Return the path of Chromium. Without it, skip the test; in CI, where nobody reads that, fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("Chromium is not installed: the end-to-end test needs it (apt-get install chromium)")
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[str]:
    """Start a demo and yield its address; stop it at the end, and check that it leaves no files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-W", "ignore", "-m", "bot", "demo", "--port", port]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        said = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address is not None, said
        yield address.group()
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
        await process.communicate()
    assert [one.name for one in tmp_path.iterdir()] == [], "the demo leaves nothing behind"


@pytest.fixture
async def comes(demo: str) -> AsyncIterator[Coming]:
    """Return a function that opens the demo's page for a member, in a window of their own."""
    async with _windows(demo, WIDE, touch=False) as come:
        yield come


@pytest.fixture
async def comes_by_phone(demo: str) -> AsyncIterator[Coming]:
    """Return a function that opens the demo's page for a member on a phone of their own."""
    async with _windows(demo, PHONE, touch=True) as come:
        yield come


@asynccontextmanager
async def _windows(demo: str, size: tuple[int, int], *, touch: bool) -> AsyncIterator[Coming]:
    width, height = size
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=_chromium(), args=list(ARGUMENTS))

        async def come(name: str) -> Person:
            page = await browser.new_page(
                viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch
            )
            return Person(page, demo, name)

        yield come
        await browser.close()
