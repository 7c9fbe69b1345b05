"""Each screen of terms is the same whether or not the person they are about is on a path, and the reverse."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct, field
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.path import strings as path_words
from cogs.terms import strings
from tests.discord.stateless import acting
from tests.discord.terming import asked, let, newest
from tests.discord.walking_paths import accompanied, entry, told

NAMES = ("ana", "bo", "cy", "cleo", "dan")
"""Ana is on a path with Bo and Cy. Cleo keeps what she wants from Ana."""
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
_ID = re.compile(r"[A-Za-z0-9_-]{16}")


class Seen(Struct):
    """What was shown, in order: of terms, and of a path."""

    terms: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)


def as_text(screen: Screen) -> str:
    """Return all that a card shows, and where its buttons lead, without the random ids in them."""
    shown = [screen.text, *screen.buttons, *screen.options, *screen.custom_ids]
    return _ID.sub("an id", "\n".join(shown))


class Story:
    """One way through everything, of which the path or the terms can be left out."""

    def __init__(self, demo: DemoClient, carrier: str, *, path: bool, terms: bool) -> None:
        self.demo, self.path, self.terms = demo, path, terms
        self.carrier = carrier
        self.seen = Seen()
        self.people: dict[str, MemberActor] = {}

    async def go(self) -> Seen:
        demo = self.demo
        demo.turn_clock(MONDAY)
        for name in NAMES:
            self.people[name] = await demo.member(name)
        if self.path:
            await accompanied(demo, "bo", "cy")
        cleo, carrier = self.people["cleo"], self.people[self.carrier]
        if self.terms:
            await asked(demo, cleo, carrier)
            offered = await entry(demo, carrier, "Somebody has a question for you")
            self.seen.terms += [as_text(offered), as_text(await offered.press("I'll carry it"))]
        await self.look()
        await demo.skip(days=39)
        if self.path:
            await (await entry(demo, self.people["ana"], path_words.IN_MET)).press(path_words.WE_MET)
        if self.terms:
            self.seen.terms.append(as_text(await let(demo, cleo)))
            read = await newest(demo, carrier)
            self.seen.terms += [as_text(read), as_text(await read.choose("Brought"))]
        await self.look()
        if self.path:
            await self.ask_for_distance()
        if self.terms:
            self.seen.terms.append(
                as_text(await (await self.slash("cleo", "terms")).press("See how it went"))
            )
        await self.look()
        return self.seen

    async def ask_for_distance(self) -> None:
        """Let Bo enter what somebody brought to him, out loud."""
        entering = await (await self.slash("bo", "path show")).press(path_words.ENTER)
        await (await entering.choose("Distance")).submit({"In one sentence": "not at movie night"})

    async def look(self) -> None:
        """Look at everything that each person has."""
        await self.demo.settle()
        if self.terms:
            home = await self.slash("cleo", "terms")
            self.seen.terms += [as_text(home), as_text(await home.press(strings.SHOW))]
            self.seen.terms += await self._own("cleo")
            if self.carrier == "dan":
                self.seen.terms += await self._own("dan")
        if self.path:
            shown = [as_text(await self.slash(name, "path show")) for name in ("ana", "bo", "cy")]
            self.seen.path += [*shown, *await self._own("ana"), *await self._own("cy")]
            if self.carrier == "dan":
                self.seen.path += await self._own("bo")

    async def _own(self, name: str) -> list[str]:
        """Return what somebody sees of everything of theirs, who has to do with one of the two alone."""
        held = await (await self.slash(name, "privacy")).press("What you keep about me")
        shown = await held.press("Show")
        erase = await (await self.slash(name, "privacy")).press("Erase")
        cards = [await self.slash(name, "inbox"), held, shown, erase]
        return [*(as_text(one) for one in cards), *told(self.demo, self.people[name])]

    async def slash(self, name: str, command: str) -> Screen:
        return await self.demo.slash(self.people[name], command)


async def story(place: Path, carrier: str, *, path: bool, terms: bool) -> Seen:
    place.mkdir()
    async with acting(place) as demo:
        return await Story(demo, carrier, path=path, terms=terms).go()


@pytest.mark.slow
@pytest.mark.parametrize("carrier", ["dan", "bo"])
async def test_terms_and_paths_show_nothing_of_each_other(tmp_path: Path, carrier: str) -> None:
    """Dan has nothing to do with the path. Bo carries the terms although he accompanies it."""
    both = await story(tmp_path / "both", carrier, path=True, terms=True)
    without_path = await story(tmp_path / "terms", carrier, path=False, terms=True)
    without_terms = await story(tmp_path / "path", carrier, path=True, terms=False)
    assert both.terms == without_path.terms
    assert both.path == without_terms.path
    assert len(both.terms) > 10
    assert len(both.path) > 10
