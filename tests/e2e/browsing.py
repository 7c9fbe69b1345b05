"""A person at the demo's page: what they click, choose, type and read, in a real browser."""

import re
from typing import Any

from playwright.async_api import FrameLocator, Locator, Page, expect

from tests.patience import PATIENCE

MOMENT = PATIENCE * 1000
"""`PATIENCE` in milliseconds, the unit of Playwright."""
READY = "() => window.simcordPreview && simcordPreview.ready && !simcordPreview.pendingAction"

_PLACES = {"general": "#general", "mods": "#mods", "dms": "DMs"}
"""How each place is called in the title of its frame, after the member's name."""

_SMALL = """() => [...document.querySelectorAll("a[href],button,select,summary, textarea, [role=combobox]")]
  .filter((one) => one.checkVisibility() && !one.closest(".skip-link, .text-display, .visually-hidden"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""
_BEYOND = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest(".visually-hidden, .skip-link"))
  .map((one) => one.outerHTML.slice(0, 120))"""


class Person:
    """One member of the demo's server, in a window of their own; `presses` counts forms too."""

    def __init__(self, page: Page, at: str, name: str) -> None:
        self._page = page
        page.set_default_timeout(MOMENT)
        self._at = at
        self._name = name
        self.presses = 0

    @property
    def pane(self) -> FrameLocator:
        return self._page.frame_locator("#frames iframe:not([hidden])")

    @property
    def last(self) -> Locator:
        """The newest message in the conversation."""
        return self.pane.locator(".channel-message").last

    async def look_at(self, place: str) -> None:
        """Go to this member's #general, #mods or DMs by the list of people."""
        if not self._page.url.startswith(self._at):
            await self._page.goto(self._at)
        row = self._page.locator(f'.person[data-name="{self._name}"]')
        await row.locator(f'a[data-place="{place}"]').click()
        # The frame from before is shown for a moment more. Once it is hidden, it never becomes ready.
        shown = self._page.locator("#frames iframe:not([hidden])")
        title = f"{await row.locator('.name').inner_text()}: {_PLACES[place]}"
        await expect(shown).to_have_attribute("title", title, timeout=MOMENT)
        await self._settled()

    async def is_in_view(self, what: Locator) -> None:
        await expect(what).to_be_in_viewport(ratio=0.9, timeout=MOMENT)

    async def slash(self, command: str) -> None:
        """Run a command that needs no options, typed where messages are written."""
        box = self.pane.locator("#channel-composer-input")
        await box.fill(f"/{command}")
        option = self.pane.locator(".command-popup").get_by_text(f"/{command}", exact=True).first
        await expect(option).to_be_visible(timeout=MOMENT)
        await box.press("Enter")
        await expect(self.pane.locator(".command-chip")).to_be_visible(timeout=MOMENT)
        before = await self.pane.locator(".channel-message").count()
        await self._page.keyboard.press("Enter")
        await expect(self.pane.locator(".channel-message")).to_have_count(before + 1, timeout=MOMENT)
        await self._settled()
        await expect(self.last).to_be_in_viewport(ratio=0.5, timeout=MOMENT)

    async def begin_command(self, command: str) -> None:
        """Choose a command with options by touch, as far as its first option."""
        await self.pane.locator("#channel-composer-input").fill(f"/{command}")
        await self.pane.locator(".command-entry").first.tap()
        await expect(self.pane.locator(".command-suggestion").first).to_be_visible(timeout=MOMENT)

    async def tap(self, what: str, named: str = "") -> None:
        """Touch the first such thing in the conversation, which must be inside the window."""
        found = self.pane.locator(what).filter(has_text=named).first
        await expect(found).to_be_in_viewport(ratio=0.9, timeout=MOMENT)
        await found.tap()

    async def type_command(self, command: str) -> None:
        """Write a command and choose it, without a mouse."""
        await self.pane.locator("#channel-composer-input").focus()
        await self._page.keyboard.type(f"/{command}")
        await expect(self.pane.locator(".command-popup")).to_be_visible(timeout=MOMENT)
        await self._page.keyboard.press("Enter")
        await expect(self.pane.locator(".command-chip")).to_be_visible(timeout=MOMENT)

    async def key(self, key: str, then: str, text: str = "") -> None:
        """Press a key, and expect that there is such a thing in the conversation, with this text."""
        await self._settled()
        await self._page.keyboard.press(key)
        await expect(self.pane.locator(then).filter(has_text=text).first).to_be_visible(timeout=MOMENT)

    async def expect_no_command(self) -> None:
        """Expect that no command is begun, and the field takes messages."""
        await expect(self.pane.locator(".command-chip")).to_have_count(0, timeout=MOMENT)

    async def small_targets(self) -> list[str]:
        """Return what can be pressed in the page or in the conversation and is under 44 pixels high."""
        inside = await (await self._frame()).evaluate(_SMALL)
        return [*await self._page.evaluate(_SMALL), *inside]

    async def wider_than_the_window(self) -> list[str]:
        """Return what reaches beyond the right edge, in the page and in the conversation."""
        inside = await (await self._frame()).evaluate(_BEYOND)
        return [*await self._page.evaluate(_BEYOND), *inside]

    async def press(self, label: str) -> None:
        """Press the newest button with this label."""
        await self._settled()
        self.presses += 1
        await self.pane.locator(".channel-message").get_by_role("button", name=label, exact=True).last.click()
        await self._settled()

    async def choose(self, prompt: str, *labels: str) -> None:
        """Choose one or several labels in the newest select with this prompt."""
        await self._settled()
        self.presses += 1
        select = self.pane.locator(".channel-message").get_by_role("combobox", name=prompt).last
        many = await select.evaluate("one => one.parentElement.dataset.maximum !== '1'")
        await select.click()
        for label in labels:
            await self.pane.get_by_role("option", name=label).last.click()
        if many:
            await select.click()
        await self._settled()

    async def type(self, label: str, text: str) -> None:
        """Fill in a field of the form that is open."""
        field = self.pane.locator(".modal-field").filter(has_text=label).first
        await field.locator(".modal-input").fill(text)

    async def send_form(self) -> None:
        self.presses += 1
        await self.pane.locator(".modal-dialog button[type=submit]").click()
        await expect(self.pane.locator(".modal-dialog")).to_have_count(0, timeout=MOMENT)
        await self._settled()

    async def sees(self, text: str) -> None:
        """Expect this in the newest message; the marks that keep the direction of names are ignored."""
        letters = "[\u2068\u2069]*".join(re.escape(letter) for letter in text)
        await expect(self.last).to_contain_text(re.compile(letters), timeout=MOMENT)

    async def sees_form(self, title: str) -> None:
        await expect(self.pane.locator(".modal-title")).to_contain_text(title, timeout=MOMENT)

    async def skip(self, span: str) -> None:
        """Let an hour, a day or a week pass, by the button under the clock."""
        await self._page.get_by_role("button", name=f"+ 1 {span}").click()
        await expect(self._page.get_by_role("button", name="+ 1 hour")).to_be_enabled(timeout=MOMENT)
        await self._settled()

    async def restart_the_bot(self) -> None:
        if not await self._page.get_by_role("button", name="Restart it").is_visible():
            await self._page.get_by_text("Restart the bot").click()
        await self._page.get_by_role("button", name="Restart it").click()
        await expect(self._page.locator("#status")).to_contain_text("restarted", timeout=MOMENT)
        await self._settled()

    async def picture(self, path: str) -> None:
        await self._page.screenshot(path=path)

    async def _settled(self) -> None:
        """Wait until SimCord's page shows the result of its last action."""
        frame: Any = await self._frame()
        await frame.wait_for_function(READY, timeout=MOMENT)

    async def _frame(self) -> Any:
        await expect(self.pane.locator("#channel-layout")).to_be_visible(timeout=MOMENT)
        element = await self._page.locator("#frames iframe:not([hidden])").element_handle(timeout=MOMENT)
        return await element.content_frame()
