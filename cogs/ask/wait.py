"""Steps 6 and 8 for the asker: waiting, reading, withdrawing."""

import asyncio

from bot.asks.model import Ask
from bot.guidance.model import FormName
from bot.ids import PersonId
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from cogs.ask.cards import wait as cards
from cogs.ask.cards.answers import answers
from cogs.shared.plans import cards as plan


class Wait:
    """An ask that was sent."""

    def __init__(self, services: Services) -> None:
        self._asks = services.asks
        self._servers = services.servers
        self._plans = services.plans
        self._presence = services.presence
        self._plan = services.library.form(FormName.PLAN)

    def register(self, services: Services) -> None:
        for verb, handler in (
            ("asks.show", self.show),
            ("asks.same", self.same),
            ("asks.read", self.read),
            ("asks.others", self.others),
            ("asks.longer", self.longer),
            ("asks.withdraw", self.withdraw),
        ):
            services.router.handle(verb, handler)

    async def show(self, press: Press) -> None:
        await press.show(await self.card(press, press.argument))

    async def card(self, press: Press, id: str) -> Card:
        """Where it stands."""
        status = await self._asks.status(press.person, id, press.now)
        until = await self._asks.until(press.person, id)
        return self._near(cards.status(status, until), status.ask)

    def _near(self, card: Card, ask: Ask) -> Card:
        return card.within(self._servers.country(ask.server))

    async def same(self, press: Press) -> None:
        """It is the same thing again: what came then, and what they meant to do."""
        status = await self._asks.status(press.person, press.argument, press.now)
        shown = await self._plans.look(press.person, press.argument)
        await (self.read(press) if status.came else self.show(press))
        if shown is not None:
            await press.add(self._near(plan.plan(self._plan, shown), status.ask))
        await press.add(cards.kept())

    async def read(self, press: Press) -> None:
        page = int(press.word) if press.word.isdecimal() else 0
        came = await self._asks.read(press.person, press.argument, press.now)
        await press.show(self._near(answers(came, page), came.ask))

    async def others(self, press: Press) -> None:
        status = await self._asks.status(press.person, press.argument, press.now)
        # Leaving is not announced: whoever has left can no longer be asked when this returns.
        picked = (self._presence.still_here(status.ask.server, PersonId(one)) for one in press.chosen)
        await asyncio.gather(*picked)
        status = await self._asks.ask_others(press.person, press.argument, press.chosen, press.now)
        await press.show(self._near(cards.sent(status), status.ask))

    async def longer(self, press: Press) -> None:
        status = await self._asks.more_time(press.person, press.argument, press.now)
        await press.show(self._near(cards.status(status, None), status.ask))

    async def withdraw(self, press: Press) -> None:
        """Asked once more, since it cannot be undone."""
        status = await self._asks.status(press.person, press.argument, press.now)
        if press.word != "sure":
            await press.show(cards.sure(status.ask))
            return
        kept_until = await self._asks.withdraw(press.person, press.argument, press.now)
        await press.show(cards.withdrawn(kept_until))
