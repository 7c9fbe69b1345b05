"""Who changed what."""

from bot.house import House
from bot.ui.press import Press


class Log:
    """Begins with `/manage log`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def begin(self, press: Press) -> None:
        """The first card."""
        raise NotImplementedError
