"""What members sent to this moderator; what was not sent to them is never shown nor counted."""

from bot.services import Services
from bot.ui.press import Press
from cogs.manage.norms.cards import waiting as cards
from cogs.manage.norms.home import here


class Waiting:
    """One a page, the oldest first."""

    def __init__(self, services: Services) -> None:
        self._inbox = services.norms.inbox

    def register(self, services: Services) -> None:
        services.router.handle("manage.waiting", self.show, moderators=True)
        services.router.handle("manage.done", self.done, moderators=True)

    async def show(self, press: Press) -> None:
        """The one that a button names; else the first."""
        letters = await self._inbox.waiting(press.person, here(press))
        if not letters:
            await press.show(cards.nothing())
            return
        ids = [letter.note.id for letter in letters]
        named = press.argument in ids
        at = ids.index(press.argument) if named else 0
        await press.show(cards.letter(letters, at, press.word if named else ""))

    async def done(self, press: Press) -> None:
        """Seen to; a second press finds it so. The next one is shown, or the last that is left."""
        await self._inbox.done(press.person, here(press), press.argument, press.now)
        letters = await self._inbox.waiting(press.person, here(press))
        await press.show(cards.letter(letters, 0, "") if letters else cards.nothing())
