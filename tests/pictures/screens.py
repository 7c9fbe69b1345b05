"""The screens that the documentation shows, in the order in which the members of the demo come to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

from bot.demo.avatar import give_avatar
from bot.demo.cast import join_cast
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.demo.seed import LIVED, seed
from bot.demo.server import A_WEDNESDAY_NOON, run_demo_server
from bot.demo.temporary_bot import bot_in

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"

ASKED = {
    "what": "I told everyone that Ana was too tired to sing, before she could answer.",
    "felt": "She said “it’s fine” and sat down. I guess she felt passed over.",
    "asking": "Was that looking after her, or speaking for her?",
}
ANSWERED = {
    "impact": "It may have felt as if her own answer didn’t count.",
    "step": "Next time wait, even if the pause is long.",
}
"""What the members write, by the custom_ids of the fields."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A screen, and the name of its picture."""

    name: str
    screen: Screen


@asynccontextmanager
async def opened() -> AsyncIterator[DemoClient]:
    """Run the demo's server at a fixed moment, with all that has happened on it.

    Nothing is left to chance: the bot's ids are numbered, and a pair begins with the first question.
    """
    numbers = count(1)
    with (
        patch("bot.ids.secrets", SimpleNamespace(token_urlsafe=lambda _: f"{next(numbers):016}")),
        patch("bot.pairs.sheets.randbelow", lambda _: 0),
        TemporaryDirectory(prefix="plumbline-pictures-") as state,
    ):
        async with run_demo_server(bot_in(None, Path(state)), A_WEDNESDAY_NOON - LIVED) as server:
            give_avatar(server.env)
            await seed(server, await join_cast(server), A_WEDNESDAY_NOON)
            yield DemoClient(server)


async def screens(demo: DemoClient) -> AsyncIterator[Pictured]:
    """Yield one screen after the other. Buttons are pressed by their verbs: labels change more often."""
    noor, mateo, ife, wren, tamsin = [
        await demo.member(name) for name in ("noor", "mateo", "ife", "wren", "tamsin")
    ]
    yield Pictured("norm-in-the-channel", demo.cards(noor)[-1])
    yield Pictured("support", await demo.slash(wren, "support"))
    yield Pictured("told", await demo.slash(wren, "told"))
    yield Pictured("setup-summary", await demo.slash(tamsin, "manage setup"))
    yield Pictured("check-in", await pressed(demo.dms(ife)[-1], "inbox.open"))

    kinds = await pressed(await demo.slash(noor, "ask"), "asks.agree")
    preview = await (await kinds.choose("said", which="asks.kind")).submit(ASKED)
    preview = await preview.choose(["Mateo", "Ifẹ 🌿"], which="asks.pick")
    yield Pictured("ask-before-sending", preview)
    await pressed(preview, "asks.send")
    await demo.skip(minutes=5)
    read = await pressed(await pressed(demo.dms(mateo)[-1], "inbox.open"), "asks.read_it")
    yield Pictured("ask-as-a-friend-reads-it", read)
    await (await pressed(read, "asks.answer")).submit(ANSWERED)
    await demo.skip(days=1)
    news = await pressed(demo.dms(noor)[-1], "inbox.open")
    yield Pictured("answer", await pressed(news, "asks.read"))


async def pressed(screen: Screen, verb: str) -> Screen:
    """Press the button with this verb, whatever its label is."""
    found = [one for one in screen.custom_ids if one.partition(":")[2].startswith(f"{verb}:")]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} buttons {verb!r} on {screen!r}: {screen.custom_ids}")
    return await screen.press(found[0])
