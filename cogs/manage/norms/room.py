"""The next version: adopted, written, put to the group."""

from bot.house import House
from bot.ui.press import Press
from cogs.manage.norms import refusals
from cogs.manage.norms.editing import Editing
from cogs.manage.norms.home import Home
from cogs.manage.norms.packs import Packs
from cogs.manage.norms.putting import Putting
from cogs.manage.norms.versions import Versions
from cogs.manage.norms.waiting import Waiting


class Norms:
    """Begins with `/manage norms`."""

    def __init__(self, house: House) -> None:
        refusals.explain(house.door)
        self._home = Home(house)
        Packs(house, self._home)
        Editing(house, self._home)
        Putting(house, self._home)
        Versions(house)
        Waiting(house)

    async def begin(self, press: Press) -> None:
        """The first card."""
        await self._home.show(press)
