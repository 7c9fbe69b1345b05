"""People who walk through the bot, and how each of them presses, chooses and types."""

from collections.abc import Iterator
from typing import Any

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen, Values
from bot.ui.custom_id import CustomId

NAMES = ("ana", "ben", "cleo", "dan", "eli", "fin", "gus", "hal")
MARK = "canary"
WENT_WRONG = "That didn't work"


class Walk:
    """Every text that is typed, and every name, is a canary: a string that occurs nowhere else.

    `twice`: every button is pressed twice at once, and every form is sent twice.
    """

    def __init__(self, demo: DemoClient, *, twice: bool = False) -> None:
        self.demo = demo
        self.canaries: dict[str, str] = {}
        self.typed_into: set[tuple[str, str]] = set()
        """The fields into which a canary was typed: each by the verb of its form and its name."""
        self._twice = twice

    async def gather(self) -> None:
        """Let everybody join the server."""
        for name in NAMES:
            await self.demo.member(name, shown=self.name(name))

    async def __call__(self, name: str) -> MemberActor:
        return await self.demo.member(name)

    def canary(self, of: str) -> str:
        letters = "".join(filter(str.isalnum, of))
        return self.canaries.setdefault(of, f"{MARK}{len(self.canaries):03}qx{letters}")

    def name(self, of: str) -> str:
        """Return the name by which this person is shown."""
        return self.canary(f"name of {of}")

    # -- what they do ---------------------------------------------------------------------------

    async def slash(self, name: str, command: str, **options: Any) -> Screen:
        return _sound(await self.demo.slash(await self(name), command, **options))

    async def menu(self, name: str, command: str, target: Any) -> Screen:
        return _sound(await self.demo.menu(await self(name), command, target))

    async def press(self, screen: Screen, label: str) -> Screen:
        if not self._twice:
            return _sound(await screen.press(label))
        first, second = await screen.press_twice(label)
        _sound(second)
        return _sound(first)

    async def choose(self, screen: Screen, values: Values, *, which: str = "") -> Screen:
        return _sound(await screen.choose(values, which=which))

    async def submit(self, form: Screen, **typed: str) -> Screen:
        leads, fields = form.form.custom_id, {field.custom_id: field.value for field in form.form.fields}
        route = CustomId.read(leads)
        assert route is not None, leads
        self.typed_into |= {(route.verb, name) for name, text in typed.items() if MARK in text}
        shown = _sound(await form.submit(typed))
        if self._twice:
            _sound(await self.demo.forge_form(form.member, leads, {**fields, **typed}))
        return shown

    async def newest(self, name: str) -> Screen:
        """Open their newest direct message, a minute later, because new DM channels are paced."""
        await self.demo.skip(minutes=2)
        waiting = [line for line in self.demo.dms(await self(name)) if "Open" in line.buttons]
        return await self.press(waiting[-1], "Open")

    async def entry(self, name: str, words: str) -> Screen:
        """Open the entry in their /inbox that contains these words."""
        inbox = await self.slash(name, "inbox")
        while True:
            for custom_id, text in beside(inbox):
                if words in text:
                    return await self.press(inbox, custom_id)
            inbox = await self.press(inbox, "Next")

    # -- what they type -------------------------------------------------------------------------

    def typed(self, of: str, more: str = "") -> dict[str, str]:
        """Return the three fields of an ask; `more` makes the first two long."""
        texts = {key: self.canary(f"{of}: {key}") for key in ("what", "felt", "asking")}
        return {key: text if key == "asking" else text + more for key, text in texts.items()}

    def answer(self, of: str) -> dict[str, str]:
        return {key: self.canary(f"{of}: {key}") for key in ("impact", "step", "missing", "offer")}


def beside(inbox: Screen) -> Iterator[tuple[str, str]]:
    """Yield the custom_id of each entry's button, with the text beside it."""
    for part in inbox.message.components[0]["components"]:
        if part.get("accessory"):
            yield part["accessory"]["custom_id"], part["components"][0]["content"]


def _sound(screen: Screen) -> Screen:
    for shown in (screen, *screen.followups):
        assert WENT_WRONG not in shown, shown
    return screen
