"""The handlers of `/manage reminders`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.ids import ServerId
from bot.reminders.errors import TooManyReminders
from bot.reminders.models import Reminder
from bot.reminders.queries import ReminderView
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.router import Handler
from cogs.manage.reminders import cards, strings
from cogs.manage.reminders.editing import ReminderEditing
from cogs.manage.reminders.guilds import Guilds
from cogs.manage.reminders.here import here
from cogs.manage.reminders.posted import Posted
from cogs.manage.reminders.wording import logged

if TYPE_CHECKING:
    from bot.app import Plumbline

Verb = Callable[..., Awaitable[ReminderView]]


class ReminderHandlers:
    """Handlers for the list of reminders, and for one reminder."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._reminders = bot.services.reminders
        self._reminders.spoken = self._logged
        self._guilds = Guilds(bot, bot.gateway_events, bot.services.reminders.events, bot.now)
        self._posted = Posted(bot.services, self._guilds)
        self._editing = ReminderEditing(bot.services)

    def register(self, services: Services) -> None:
        """Register the buttons, the renderers of channel posts, and the listeners for scheduled events."""
        for listener in self._guilds.listeners:
            self._bot.add_listener(listener)
        self._posted.register(services)
        self._editing.register(services)
        router = services.router
        router.explains(
            TooManyReminders, lambda r: Card(strings.FULL_TITLE, strings.FULL.format(limit=r.limit))
        )
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

    async def begin(self, ctx: InteractionContext) -> None:
        await self._home(ctx)

    async def show(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now))

    async def resume(self, ctx: InteractionContext) -> None:
        """Start a reminder. If a permission is missing in its channel, say so and don't start it."""
        server, id = here(ctx), ctx.argument
        one = (await self._reminders.queries.show(server, id, ctx.now)).reminder
        if self._services.channel_permissions.lacks(server, one.channel) == ():
            await self._reminders.resume(server, id, ctx.person, ctx.now)
        if one.kind.before_events:
            await self._guilds.look(server)
        await self._show(ctx, await self._reminders.queries.show(server, id, ctx.now))

    async def rest_all(self, ctx: InteractionContext) -> None:
        await self._reminders.rest_all(here(ctx), ctx.person, ctx.now)
        await self._home(ctx, strings.ALL_REST)

    async def skip(self, ctx: InteractionContext) -> None:
        """Skip the next time that the button showed, so that a second press skips nothing more."""
        seen = int(ctx.word) if ctx.word.isdecimal() else 0
        shown = await self._reminders.skip(here(ctx), ctx.argument, ctx.person, seen, ctx.now)
        await self._show(ctx, shown)

    async def times(self, ctx: InteractionContext) -> None:
        server = here(ctx)
        shown = await self._reminders.queries.show(server, ctx.argument, ctx.now)
        await ctx.show(cards.times(shown, lambda id: self._guilds.event(server, id) or strings.SOME_EVENT))

    async def preview(self, ctx: InteractionContext) -> None:
        await ctx.add(
            self._posted.preview(await self._reminders.queries.ahead(here(ctx), ctx.argument, ctx.now))
        )

    async def removing(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.removing(await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now)))

    async def remove(self, ctx: InteractionContext) -> None:
        await self._reminders.remove(here(ctx), ctx.argument, ctx.person, ctx.now)
        await self._home(ctx, strings.REMOVED)

    # -- inside ---------------------------------------------------------------------------------

    def _does(self, verb: Verb) -> Handler:
        async def does(ctx: InteractionContext) -> None:
            await self._show(ctx, await verb(here(ctx), ctx.argument, ctx.person, ctx.now))

        return does

    async def _home(self, ctx: InteractionContext, notice: str = "") -> None:
        server = here(ctx)
        home = await self._reminders.queries.home(server, ctx.now)
        await ctx.show(cards.home(home, lambda one: self._lacks(server, one), ctx.now, notice))

    async def _show(self, ctx: InteractionContext, shown: ReminderView) -> None:
        server = here(ctx)
        norms = (await self._reminders.queries.home(server, ctx.now)).norms
        lacks = self._lacks(server, shown.reminder.channel)
        await ctx.show(cards.one(shown, lacks, ctx.now, norms=norms))

    def _lacks(self, server: ServerId, channel: int) -> tuple[str, ...] | None:
        return self._services.channel_permissions.lacks(server, channel)

    def _logged(self, one: Reminder) -> str:
        return logged(one, self._guilds.channel(one.server, one.channel))
