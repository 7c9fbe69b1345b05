"""The handlers for the settings of a reminder: one select for each, and a form for the time zone."""

from collections.abc import Callable
from typing import Any

from bot.errors import NotYours
from bot.reminders.models import AT_LEAST, BEFORE, CADENCES, Reminder, ReminderKind
from bot.reminders.queries import ReminderView
from bot.scheduling.cadence import Cadence
from bot.scheduling.recurrence import known_zones
from bot.services import Services
from bot.text import is_blank
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.form import Field, Form
from bot.ui.router import Handler
from cogs.manage.reminders import cards, choices, strings
from cogs.manage.reminders.here import here
from cogs.shared import zones

_ZONE, _ZONE_MOST = "zone", 60
_MINUTES = range(24 * 60)


Sets = Callable[[Services, Reminder, str], dict[str, Any]]
"""Returns the settings that follow from a choice. Raises ValueError or KeyError if it was not offered."""


class ReminderEditing:
    """Stores each setting as soon as it is chosen."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._reminders = services.reminders

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.rem_add": self.add,
            "manage.rem_kind": self.kind,
            "manage.rem_edit": self.edit,
            "manage.rem_limits": self.limits,
            "manage.rem_zone": self.zone,
            "manage.rem_zoned": self.zoned,
            "manage.rem_zone_is": self._chooses(_zone),
            "manage.rem_channel": self._chooses(_channel),
            "manage.rem_cadence": self._chooses(_cadence),
            "manage.rem_day": self._chooses(_day),
            "manage.rem_late_day": self._chooses(_day),
            "manage.rem_at": self._chooses(_minute),
            "manage.rem_before": self._chooses(_before),
            "manage.rem_least": self._limits(_least),
            "manage.rem_quiet": self._limits(_quiet),
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def add(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.kind())

    async def kind(self, ctx: InteractionContext) -> None:
        """Add a reminder in the channel for norms, or else in this channel, in the moderator's time zone."""
        server, chosen = here(ctx), ctx.chosen[0] if ctx.chosen else ""
        if chosen not in set(ReminderKind):
            raise NotYours
        settings = await self._services.servers.settings(server)
        channel = settings.norms_channel or ctx.interaction.channel_id or 0
        zone = (await self._services.preferences.of(ctx.person)).tz.key
        shown = await self._reminders.add(server, ctx.person, ReminderKind(chosen), channel, zone, ctx.now)
        await self._show(ctx, shown)

    async def edit(self, ctx: InteractionContext) -> None:
        await self._show(ctx, await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now))

    async def limits(self, ctx: InteractionContext) -> None:
        """Show the card for how quiet it may be."""
        await ctx.show(cards.limits(await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now)))

    # -- the time zone --------------------------------------------------------------------------

    async def zone(self, ctx: InteractionContext) -> None:
        shown = await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now)
        field = Field(_ZONE, strings.ZONE_FIELD, _ZONE_MOST, long=False, value=shown.reminder.zone)
        leads = to("manage.rem_zoned", ctx.argument)
        await ctx.ask(Form(leads, strings.ZONE_TITLE, strings.ZONE_ABOVE, [field]))

    async def zoned(self, ctx: InteractionContext) -> None:
        """Take the form with the time zone."""
        typed = ctx.typed.get(_ZONE, "")
        zone = zones.meant(typed)
        if zone in known_zones():
            await self._set(ctx, {"zone": zone})
            return
        found = zones.matching(typed) if not is_blank(typed) else []
        await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.zones(ctx.argument, found))

    # -- inside ---------------------------------------------------------------------------------

    def _chooses(self, sets: Sets) -> Handler:
        async def choose(ctx: InteractionContext) -> None:
            await self._show(ctx, await self._chosen(ctx, sets))

        return choose

    def _limits(self, sets: Sets) -> Handler:
        async def choose(ctx: InteractionContext) -> None:
            await ctx.show(cards.limits(await self._chosen(ctx, sets)))

        return choose

    async def _chosen(self, ctx: InteractionContext, sets: Sets) -> ReminderView:
        shown = await self._reminders.queries.show(here(ctx), ctx.argument, ctx.now)
        try:
            values = sets(self._services, shown.reminder, ctx.chosen[0] if ctx.chosen else "")
        except (ValueError, KeyError):
            raise NotYours from None
        return await self._reminders.change(here(ctx), ctx.argument, ctx.person, ctx.now, values)

    async def _set(self, ctx: InteractionContext, values: dict[str, Any]) -> None:
        shown = await self._reminders.change(here(ctx), ctx.argument, ctx.person, ctx.now, values)
        await self._show(ctx, shown)

    async def _show(self, ctx: InteractionContext, shown: ReminderView) -> None:
        one = shown.reminder
        await ctx.show(cards.edit(shown, self._services.channel_permissions.lacks(one.server, one.channel)))


# -- what each choice sets --------------------------------------------------------------------------


def _channel(services: Services, one: Reminder, chosen: str) -> dict[str, Any]:
    """Accept only a channel of this server. Discord offers no other, but a press can be forged."""
    if services.channel_permissions.lacks(one.server, int(chosen)) is None:
        raise ValueError(chosen)
    return {"channel": int(chosen)}


def _cadence(_services: Services, _one: Reminder, chosen: str) -> dict[str, Any]:
    return {"cadence": CADENCES[CADENCES.index(Cadence(chosen))]}


def _day(_services: Services, one: Reminder, chosen: str) -> dict[str, Any]:
    """Set the day.

    If another moderator has changed the cadence and the day doesn't exist any more, change nothing.
    """
    return {"day": int(chosen)} if int(chosen) in one.cadence.days else {}


def _minute(_services: Services, _one: Reminder, chosen: str) -> dict[str, Any]:
    return {"minute": _MINUTES.index(int(chosen))}


def _before(_services: Services, _one: Reminder, chosen: str) -> dict[str, Any]:
    return {"before": BEFORE[BEFORE.index(int(chosen))]}


def _least(_services: Services, _one: Reminder, chosen: str) -> dict[str, Any]:
    return {"at_least": AT_LEAST[AT_LEAST.index(int(chosen))]}


def _quiet(_services: Services, one: Reminder, chosen: str) -> dict[str, Any]:
    start, end = choices.quiets(one)[chosen]
    return {"quiet_from": start, "quiet_to": end}


def _zone(_services: Services, _one: Reminder, chosen: str) -> dict[str, Any]:
    if chosen not in known_zones():
        raise ValueError(chosen)
    return {"zone": chosen}
