"""Reminders: set, looked at, paused."""

from bot.house import House
from bot.ui.press import Press


class Reminders:
    """Begins with `/manage reminders`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def begin(self, press: Press) -> None:
        """The first card."""
        raise NotImplementedError
