"""Past months, in counts."""

from bot.house import House
from bot.ui.press import Press


class Insights:
    """Begins with `/manage insights`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def begin(self, press: Press) -> None:
        """The first card."""
        raise NotImplementedError
