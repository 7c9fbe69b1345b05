"""The wizard, and the settings that it sets."""

from bot.house import House
from bot.ui.press import Press


class Setup:
    """Begins with `/manage setup`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def begin(self, press: Press) -> None:
        """The first card."""
        raise NotImplementedError
