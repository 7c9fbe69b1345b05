"""Reminders: set, looked at, paused."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.ids import ServerId
from bot.reminders.model import Kind, Reminder, TooManyReminders
from bot.reminders.queries import Shown
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from bot.ui.router import Handler
from cogs.manage.reminders import cards, words
from cogs.manage.reminders.editing import Editing
from cogs.manage.reminders.guilds import Guilds
from cogs.manage.reminders.here import here
from cogs.manage.reminders.posted import Posted
from cogs.manage.reminders.wording import logged

if TYPE_CHECKING:
    from bot.app import Plumbline

Verb = Callable[..., Awaitable[Shown]]


class Reminders:
    """Begins with `/manage reminders`."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._reminders = bot.services.reminders
        self._reminders.spoken = self._logged
        self._guilds = Guilds(bot, bot.services.reminders.events, bot.now)
        self._posted = Posted(bot.services, self._guilds)
        self._editing = Editing(bot.services)

    def register(self, services: Services) -> None:
        """Its buttons, its posts, and what Discord tells of scheduled events."""
        for listener in self._guilds.listeners:
            self._bot.add_listener(listener)
        self._posted.register(services)
        self._editing.register(services)
        router = services.router
        router.explains(TooManyReminders, lambda r: Card(words.FULL_TITLE, words.FULL.format(limit=r.limit)))
        for verb, handler in {
            "manage.reminders": self.begin,
            "manage.rem_show": self.show,
            "manage.rem_resume": self.resume,
            "manage.rem_pause": self._does(self._reminders.pause),
            "manage.rem_rest": self._does(self._reminders.rest),
            "manage.rem_rest_all": self.rest_all,
            "manage.rem_skip": self.skip,
            "manage.rem_times": self.times,
            "manage.rem_preview": self.preview,
            "manage.rem_removing": self.removing,
            "manage.rem_remove": self.remove,
        }.items():
            router.handle(verb, handler, moderators=True)

    async def begin(self, press: Press) -> None:
        await self._home(press)

    async def show(self, press: Press) -> None:
        await self._show(press, await self._reminders.queries.show(here(press), press.argument, press.now))

    async def resume(self, press: Press) -> None:
        """Where something is missing in its channel, that is said, and nothing has begun."""
        server, id = here(press), press.argument
        one = (await self._reminders.queries.show(server, id, press.now)).reminder
        if self._services.footing.lacks(server, one.channel) == ():
            await self._reminders.resume(server, id, press.person, press.now)
        if one.kind is Kind.EVENT:
            await self._guilds.look(server)
        await self._show(press, await self._reminders.queries.show(server, id, press.now))

    async def rest_all(self, press: Press) -> None:
        await self._reminders.rest_all(here(press), press.person, press.now)
        await self._home(press, words.ALL_REST)

    async def skip(self, press: Press) -> None:
        """What the button showed as the next: a second press leaves out nothing more."""
        seen = int(press.word) if press.word.isdecimal() else 0
        shown = await self._reminders.skip(here(press), press.argument, press.person, seen, press.now)
        await self._show(press, shown)

    async def times(self, press: Press) -> None:
        server = here(press)
        shown = await self._reminders.queries.show(server, press.argument, press.now)
        await press.show(cards.times(shown, lambda id: self._guilds.event(server, id) or words.SOME_EVENT))

    async def preview(self, press: Press) -> None:
        await press.add(
            self._posted.preview(await self._reminders.queries.ahead(here(press), press.argument, press.now))
        )

    async def removing(self, press: Press) -> None:
        await press.show(
            cards.removing(await self._reminders.queries.show(here(press), press.argument, press.now))
        )

    async def remove(self, press: Press) -> None:
        await self._reminders.remove(here(press), press.argument, press.person, press.now)
        await self._home(press, words.REMOVED)

    # -- inside ---------------------------------------------------------------------------------

    def _does(self, verb: Verb) -> Handler:
        async def does(press: Press) -> None:
            await self._show(press, await verb(here(press), press.argument, press.person, press.now))

        return does

    async def _home(self, press: Press, notice: str = "") -> None:
        server = here(press)
        home = await self._reminders.queries.home(server, press.now)
        await press.show(cards.home(home, lambda one: self._lacks(server, one), press.now, notice))

    async def _show(self, press: Press, shown: Shown) -> None:
        server = here(press)
        norms = (await self._reminders.queries.home(server, press.now)).norms
        lacks = self._lacks(server, shown.reminder.channel)
        await press.show(cards.one(shown, lacks, press.now, norms=norms))

    def _lacks(self, server: ServerId, channel: int) -> tuple[str, ...] | None:
        return self._services.footing.lacks(server, channel)

    def _logged(self, one: Reminder) -> str:
        return logged(one, self._guilds.channel(one.server, one.channel))
