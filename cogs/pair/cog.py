"""`/pair start`, `show`, `change`, `pause`, `resume`, `end` and `history`."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands
from msgspec.structs import replace

from bot.ids import ServerId
from bot.pairs.schedule import FEWEST_WEEKS, LAST, MOST_WEEKS, USUAL_WEEKS, Cadence, PairSchedule
from bot.services import Services
from bot.ui.context import Interaction, InteractionContext
from bot.ui.picked import aimed_at
from cogs.pair import strings, wording
from cogs.pair.check.handlers import CheckInHandlers
from cogs.pair.handlers import PairHandlers
from cogs.pair.months.handlers import HistoryHandlers
from cogs.pair.notifications import PairNotifications
from cogs.pair.refusals import explain
from cogs.pair.start import cards
from cogs.pair.start.handlers import ProposalHandlers
from cogs.shared import zones
from cogs.shared.calendar.wording import clock

if TYPE_CHECKING:
    from bot.app import Plumbline

_CADENCES = [app_commands.Choice(name=text, value=cadence) for cadence, text in strings.CADENCES.items()]
_MOST_CHOICES = 25
Weeks = app_commands.Range[int, FEWEST_WEEKS, MOST_WEEKS]


class PairCog(commands.GroupCog, group_name=strings.COMMAND, group_description=strings.DESCRIPTION):
    """The seven commands of `/pair`. The router handles every later press."""

    def __init__(self, bot: "Plumbline") -> None:
        self._bot = bot
        self._services = bot.services
        self._start = ProposalHandlers(bot.services, self._called)
        self._keep = PairHandlers(bot.services, self._start)
        self._months = HistoryHandlers(bot.services)
        check = CheckInHandlers(bot.services)
        lines = PairNotifications(bot.services, self._keep, check)
        self._parts = (self._start, self._keep, self._months, check, lines)

    def register(self, services: Services) -> None:
        explain(services.router)
        for part in self._parts:
            part.register(services)

    @app_commands.command(name=strings.START, description=strings.START_WHAT)
    @app_commands.describe(
        partner=strings.PARTNER, cadence=strings.CADENCE, day=strings.DAY, at=strings.AT, weeks=strings.WEEKS,
        zone=strings.ZONE,
    )  # fmt: skip
    @app_commands.choices(cadence=_CADENCES)
    async def start(
        self,
        interaction: Interaction,
        partner: discord.User | discord.Member,
        cadence: str | None = None,
        day: str | None = None,
        at: str | None = None,
        weeks: Weeks = USUAL_WEEKS,
        zone: str = "",
    ) -> None:
        ctx = await self._services.router.admit(interaction, adults_only=True)
        if ctx.server is None:
            common = await self._services.people.servers_of(ctx.person)
            await ctx.show(cards.only_in_a_server(self._called(common[0]) if len(common) == 1 else ""))
            return
        if not isinstance(partner, discord.Member):
            await ctx.show(cards.not_here())
            return
        schedule, whole = _terms(cadence, day, at, weeks), day is not None and at is not None
        await self._start.begin(ctx, ctx.server, schedule, aimed_at(ctx, partner), zone, whole=whole)

    @start.autocomplete("day")
    async def offer_days(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        chosen = interaction.namespace.cadence
        cadence = Cadence(chosen) if chosen in set(Cadence) else Cadence.WEEKLY
        # Discord's list holds 25 entries, and a month has more days. The month's last day comes first, so
        # that it can be seen.
        days = sorted(wording.days(cadence), key=lambda one: one != LAST)
        return _offered([wording.day(cadence, one) for one in days], typed)

    @start.autocomplete("at")
    async def offer_hours(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return _offered([clock(minute) for minute in range(0, 24 * 60, 30)], typed)

    @start.autocomplete("zone")
    async def offer_zones(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=one.replace("_", " "), value=one) for one in zones.matching(typed)]

    @app_commands.command(name=strings.SHOW, description=strings.SHOW_WHAT)
    async def show(self, interaction: Interaction) -> None:
        ctx = await self._services.router.admit(interaction, adults_only=True)
        id = await self._keep.which(ctx, "pairs.show")
        if id is not None:
            await ctx.show(await self._keep.card(ctx, id))

    @app_commands.command(name=strings.CHANGE, description=strings.CHANGE_WHAT)
    async def change(self, interaction: Interaction) -> None:
        await self._of_one(interaction, "pairs.change")

    @app_commands.command(name=strings.PAUSE, description=strings.PAUSE_WHAT)
    async def pause(self, interaction: Interaction) -> None:
        await self._of_one(interaction, "pairs.pausing")

    @app_commands.command(name=strings.RESUME, description=strings.RESUME_WHAT)
    async def resume(self, interaction: Interaction) -> None:
        await self._of_one(interaction, "pairs.resume")

    @app_commands.command(name=strings.END, description=strings.END_WHAT)
    async def end(self, interaction: Interaction) -> None:
        await self._of_one(interaction, "pairs.ending")

    @app_commands.command(name=strings.HISTORY, description=strings.HISTORY_WHAT)
    async def history(self, interaction: Interaction) -> None:
        await self._of_one(interaction, "pairs.history", past=True)

    async def _of_one(self, interaction: Interaction, verb: str, *, past: bool = False) -> None:
        """Do what the button of that verb does, for the person's only pair.

        If there are several, let them choose one.
        """
        ctx = await self._services.router.admit(interaction, adults_only=True)
        id = await self._keep.which(ctx, verb, past=past)
        if id is not None:
            does = self._months.history if past else self._keep.does(verb)
            await does(_about(ctx, id))

    def _called(self, server: ServerId) -> str:
        return self._services.server_lookup.name(server)


def _terms(cadence: str | None, day: str | None, at: str | None, weeks: int) -> PairSchedule:
    """Return the schedule that was typed, with default values for the rest. Raises NoSuchSchedule."""
    usual = PairSchedule(weeks=weeks).every(Cadence(cadence or Cadence.WEEKLY))
    return replace(
        usual,
        day=usual.day if day is None else wording.meant_day(usual.cadence, day),
        minute=usual.minute if at is None else wording.meant_clock(at),
    )


def _offered(names: list[str], typed: str) -> list[app_commands.Choice[str]]:
    wanted = typed.strip().casefold()
    found = [one for one in names if wanted in one.casefold()]
    found.sort(key=lambda one: not one.casefold().startswith(wanted))
    return [app_commands.Choice(name=one, value=one) for one in found[:_MOST_CHOICES]]


def _about(ctx: InteractionContext, id: str) -> InteractionContext:
    return InteractionContext(ctx.interaction, ctx.now, ctx.who, id)


async def setup(bot: "Plumbline") -> None:
    cog = PairCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
