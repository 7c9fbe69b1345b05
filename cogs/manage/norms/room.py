"""The next version: adopted, written, put to the group."""

from bot.house import House
from bot.ui.press import Press


class Norms:
    """Begins with `/manage norms`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def begin(self, press: Press) -> None:
        """The first card."""
        raise NotImplementedError
