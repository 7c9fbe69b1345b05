"""Steps 6 and 8 for the asker: waiting, reading, withdrawing."""

from bot.house import House
from bot.ui.press import Press
from cogs.ask.cards import wait as cards


class Wait:
    """An ask that was sent."""

    def __init__(self, house: House) -> None:
        self._asks = house.asks
        self._servers = house.servers
        for verb, handler in (
            ("asks.show", self.show),
            ("asks.read", self.read),
            ("asks.others", self.others),
            ("asks.longer", self.longer),
            ("asks.withdraw", self.withdraw),
        ):
            house.door.on(verb, handler)

    async def show(self, press: Press) -> None:
        await self.show_ask(press, press.argument)

    async def show_ask(self, press: Press, id: str) -> None:
        """Where it stands."""
        status = await self._asks.status(press.person, id, press.now)
        await press.show(cards.status(status, await self._asks.kept_until(press.person, id)))

    async def read(self, press: Press) -> None:
        page = int(press.word) if press.word.isdecimal() else 0
        came = await self._asks.read(press.person, press.argument, press.now)
        await press.show(cards.answers(came, page))

    async def others(self, press: Press) -> None:
        status = await self._asks.ask_others(press.person, press.argument, press.chosen, press.now)
        await press.show(cards.sent(status))

    async def longer(self, press: Press) -> None:
        status = await self._asks.more_time(press.person, press.argument, press.now)
        await press.show(cards.status(status, None))

    async def withdraw(self, press: Press) -> None:
        """Asked once more, since it cannot be undone."""
        status = await self._asks.status(press.person, press.argument, press.now)
        if press.word != "sure":
            await press.show(cards.sure(status.ask))
            return
        await self._asks.withdraw(press.person, press.argument, press.now)
        settings = await self._servers.settings(status.ask.server)
        await press.show(cards.withdrawn(settings.retention_days))
