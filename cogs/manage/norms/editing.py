"""The draft's norms: written, edited, ordered, retired."""

from collections.abc import Mapping, Sequence

from bot.errors import NotYours, TooMany
from bot.norms.model import MOST, OverTaken
from bot.norms.queries import NormDesk
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from cogs.manage.norms import forms, words
from cogs.manage.norms.cards import edit as cards
from cogs.manage.norms.home import Home, here


class Editing:
    """What is typed lands in the draft at once, or is shown with why it did not."""

    def __init__(self, services: Services, home: Home) -> None:
        self._library = services.library
        self._drafting = services.norms.drafts
        self._home = home

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.edit": self.all,
            "manage.norm": self.one,
            "manage.write": self.write,
            "manage.wrote": self.wrote,
            "manage.ask": self.ask,
            "manage.asked": self.asked,
            "manage.up": self.up,
            "manage.down": self.down,
            "manage.retire": self.retire,
            "manage.retired": self.retired,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def all(self, press: Press) -> None:
        await press.show(cards.norms(await self._home.desk(press)))

    async def one(self, press: Press) -> None:
        """Chosen in the select, or named by a button."""
        key = press.chosen[0] if press.chosen else press.argument
        await press.show(_card(await self._home.desk(press), key))

    async def write(self, press: Press) -> None:
        """The form: of the norm named, or empty."""
        if press.argument:
            one = await self._drafting.norm(here(press), press.argument, press.now)
            await press.ask(forms.norm(self._library, one))
            return
        desk = await self._home.desk(press)
        if len(desk.draft.norms) >= MOST:
            await _show(press, cards.full({}))
            return
        await press.ask(forms.norm(self._library, None))

    async def wrote(self, press: Press) -> None:
        await self._say(press, forms.parts(press.typed))

    async def ask(self, press: Press) -> None:
        one = await self._drafting.norm(here(press), press.argument, press.now)
        await press.ask(forms.question(self._library, one))

    async def asked(self, press: Press) -> None:
        """Of a norm that is still there: a question alone is none."""
        await self._drafting.norm(here(press), press.argument, press.now)
        await self._say(press, {"question": press.typed.get("question", "").strip()})

    async def up(self, press: Press) -> None:
        await self._move(press, up=True)

    async def down(self, press: Press) -> None:
        await self._move(press, up=False)

    async def retire(self, press: Press) -> None:
        desk = await self._home.desk(press)
        one = await self._drafting.norm(here(press), press.argument, press.now)
        await press.show(cards.retiring(desk, one))

    async def retired(self, press: Press) -> None:
        """A second press finds it left out already."""
        desk = await self._drafting.retire(press.person, here(press), press.argument, press.now)
        await press.show(cards.norms(desk, words.RETIRED))

    # -- inside ---------------------------------------------------------------------------------

    async def _say(self, press: Press, parts: Mapping[str, str]) -> None:
        server, key = here(press), press.argument
        try:
            desk = await self._drafting.write(
                press.person, server, key, parts, press.now, seen=press.word
            )  # fmt: skip
        except TooMany:
            await _show(press, cards.full(parts))
        except OverTaken:
            one = await self._drafting.norm(server, key, press.now)
            await _show(press, cards.changed(one, parts))
        else:
            await press.show(_card(desk, key, words.NORM_FRESH))

    async def _move(self, press: Press, *, up: bool) -> None:
        server, key = here(press), press.argument
        desk = await self._drafting.move(
            press.person, server, key, press.now, up=up, seen=press.word
        )  # fmt: skip
        await press.show(_card(desk, key))


def _card(desk: NormDesk, key: str, notice: str = "") -> Card:
    one = next((norm for norm in desk.draft.norms if norm.key == key), None)
    if one is None:
        raise NotYours
    return cards.norm(desk, one, notice)


async def _show(press: Press, shown: Sequence[Card]) -> None:
    await press.show(shown[0])
    for card in shown[1:]:
        await press.add(card)
