"""`/settings`, and every press on its cards."""

from datetime import time

from dateutil.relativedelta import relativedelta
from discord import app_commands
from discord.ext import commands

from bot.asks.drafts import CONSENT
from bot.errors import NotYours
from bot.people.models import FOREVER, Quiet
from bot.services import Services
from bot.ui.context import Interaction, InteractionContext
from cogs.me.settings import cards, strings
from cogs.shared import zones

_SPANS = {"day": relativedelta(days=1), "week": relativedelta(weeks=1), "month": relativedelta(months=1)}
_USUAL = (22, 7)
"""The hours that are preselected if a person has no quiet hours."""


class SettingsCog(commands.Cog):
    """Translates `/settings` to `services.preferences`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._preferences = services.preferences

    def register(self, services: Services) -> None:
        for verb, handler in {
            "settings.show": self.show,
            "settings.zone": self.zone,
            "settings.quiet": self.quiet,
            "settings.quiet_from": self.quiet_from,
            "settings.quiet_to": self.quiet_to,
            "settings.quiet_keep": self.quiet_keep,
            "settings.quiet_none": self.quiet_none,
            "settings.rest": self.rest,
            "settings.rest_for": self.rest_for,
            "settings.rest_end": self.rest_end,
            "settings.age": self.age,
            "settings.minor": self.minor,
            "settings.grown": self.said_adult,
        }.items():
            services.router.handle(verb, handler)

    @app_commands.command(name=strings.COMMAND, description=strings.SETTINGS)
    @app_commands.describe(zone=strings.ZONE)
    async def settings(self, interaction: Interaction, zone: str | None = None) -> None:
        ctx = await self._services.router.admit(interaction)
        if zone is None:
            await self._show(ctx)
            return
        meant = zones.meant(zone)
        await self._preferences.live_in(ctx.person, meant)
        await self._show(ctx, strings.ZONE_KEPT.format(zone=meant))

    @settings.autocomplete(strings.ZONE_OPTION)
    async def offer(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=zone.replace("_", " "), value=zone) for zone in zones.matching(typed)
        ]

    async def show(self, ctx: InteractionContext) -> None:
        await self._show(ctx)

    async def zone(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.zone())

    # -- quiet hours ----------------------------------------------------------------------------

    async def quiet(self, ctx: InteractionContext) -> None:
        quiet = (await self._preferences.of(ctx.person)).quiet
        hours = _USUAL if quiet is None else (quiet.start.hour, quiet.end.hour)
        await ctx.show(cards.quiet(*hours))

    async def quiet_from(self, ctx: InteractionContext) -> None:
        _, end = _held(ctx.argument)
        await ctx.show(cards.quiet(_hour(ctx.chosen[0] if ctx.chosen else ""), end))

    async def quiet_to(self, ctx: InteractionContext) -> None:
        start, _ = _held(ctx.argument)
        await ctx.show(cards.quiet(start, _hour(ctx.chosen[0] if ctx.chosen else "")))

    async def quiet_keep(self, ctx: InteractionContext) -> None:
        start, end = _held(ctx.argument)
        quiet = Quiet(time(start), time(end))
        await self._preferences.keep_quiet(ctx.person, quiet)
        await self._show(
            ctx, strings.QUIET_KEPT.format(start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}")
        )

    async def quiet_none(self, ctx: InteractionContext) -> None:
        await self._preferences.keep_quiet(ctx.person, None)
        await self._show(ctx, strings.QUIET_GONE)

    # -- rest -----------------------------------------------------------------------------------

    async def rest(self, ctx: InteractionContext) -> None:
        """Show the card about rests: in place of `/settings`, or beside a card whose button says "new"."""
        card = cards.rest(await self._preferences.of(ctx.person), ctx.now)
        await (ctx.add(card) if ctx.argument == "new" else ctx.show(card))

    async def rest_for(self, ctx: InteractionContext) -> None:
        if ctx.argument not in cards.RESTS:
            raise NotYours
        span = _SPANS.get(ctx.argument)
        until = FOREVER if span is None else ctx.now + span
        await self._preferences.rest(ctx.person, until, ctx.now)
        await self._show(ctx, strings.REST_BEGUN)

    async def rest_end(self, ctx: InteractionContext) -> None:
        await self._preferences.rest(ctx.person, None, ctx.now)
        await self._show(ctx, strings.REST_ENDED)

    # -- age ------------------------------------------------------------------------------------

    async def age(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.age(await self._preferences.of(ctx.person)))

    async def minor(self, ctx: InteractionContext) -> None:
        await self._preferences.say_minor(ctx.person, ctx.now)
        await ctx.show(cards.minor(self._services.library.under18.card))

    async def said_adult(self, ctx: InteractionContext) -> None:
        await self._preferences.say_adult(ctx.person, ctx.now)
        await self._show(ctx, strings.GROWN_KEPT)

    async def _show(self, ctx: InteractionContext, notice: str = "") -> None:
        person = await self._preferences.of(ctx.person)
        # Whoever pressed `Continue, I'm 18+` before their first ask has said that they are an adult, too.
        said_adult = await self._preferences.said_adult(ctx.person)
        said_adult = said_adult or await self._preferences.consented_ever(ctx.person, CONSENT)
        elsewhere = await self._services.pairs.zones.elsewhere(ctx.person)
        card = cards.settings(person, ctx.now, notice, said_adult=said_adult, elsewhere=elsewhere)
        await ctx.show(card)


def _held(argument: str) -> tuple[int, int]:
    """Return the two hours that the custom_id of a card carries as four digits."""
    return _hour(argument[:2]), _hour(argument[2:])


def _hour(digits: str) -> int:
    if len(digits) != 2 or not digits.isdecimal() or int(digits) > 23:
        raise NotYours
    return int(digits)
