"""Draw every picture of the documentation again: `python -m tests.pictures`, or `make pictures`."""

import asyncio
import shutil
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.demo.client.client import DemoClient
from bot.demo.member_pages import MemberPages
from bot.demo.serve import _listening, open_demo
from bot.demo.temporary_bot import bot_in
from tests.e2e.browsing import READY
from tests.e2e.conftest import ARGUMENTS
from tests.pictures.screens import FOLDER, Pictured, opened, screens
from tests.pictures.text import visible

COLOURS = 128
"""So many colours are enough for text, and make the files small."""
DEMO = FOLDER.parent / "demo.png"


async def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("make pictures needs Chromium: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        async with opened() as demo:
            async for pictured in screens(demo):
                await _draw(browser, demo, pictured)
        await _draw_demo(browser)
        await browser.close()


async def _draw(browser: Browser, demo: DemoClient, pictured: Pictured) -> None:
    """Show the card's conversation as its reader sees it on a phone, and take a picture of the card."""
    screen = pictured.screen
    channel = demo.env.backend.get_channel(screen.message.channel_id)
    pages = MemberPages(demo.env, asyncio.Lock())
    direct = channel.guild_id is None
    address = await pages.open(
        screen.member.user.dm_channel if direct else demo.general,
        screen.member.user if direct else screen.member,
        framed_by="'none'",
    )
    page = await browser.new_page(
        viewport={"width": 440, "height": 2400}, device_scale_factor=1.5, color_scheme="dark"
    )
    await page.goto(address)
    await page.wait_for_function(READY)
    message = page.locator(f'.channel-message[data-message-id="{screen.message.id}"] .message-components')
    _keep(await message.screenshot(), FOLDER / f"{pictured.name}.png")
    (FOLDER / f"{pictured.name}.txt").write_text(visible(screen), encoding="utf-8")
    await page.close()


async def _draw_demo(browser: Browser) -> None:
    """Take a picture of the whole page of the demo."""
    with TemporaryDirectory(prefix="plumbline-pictures-") as state, _listening(0) as listener:
        async with open_demo(bot_in(None, Path(state)), listener):
            page = await browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
            await page.goto(f"http://127.0.0.1:{listener.getsockname()[1]}/#/noor/general")
            await _frame_ready(page)
            _keep(await page.screenshot(), DEMO)
            await page.close()


async def _frame_ready(page: Page) -> None:
    element = await page.wait_for_selector("#frames iframe:not([hidden])")
    frame = None if element is None else await element.content_frame()
    if frame is not None:
        await frame.wait_for_function(READY)
    await page.wait_for_timeout(1000)


def _keep(picture: bytes, path: Path) -> None:
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


asyncio.run(main())
