"""Presses about meetings: when they are, and what everybody says after one."""

from bot.content.models import FormName
from bot.errors import NotYours
from bot.paths.answer import Sense
from bot.paths.commitment import Word
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.path import forms
from cogs.path.beside import cards as beside
from cogs.path.meet import cards
from cogs.path.meet.chosen import Chosen
from cogs.path.own.handlers import OwnHandlers
from cogs.shared import zones


class MeetHandlers:
    """Translates presses about meetings to `services.paths`."""

    def __init__(self, services: Services, own: OwnHandlers) -> None:
        self._services = services
        self._paths = services.paths
        self._library = services.library
        self._form = services.library.form(FormName.MEETING)
        self._own = own

    def register(self, services: Services) -> None:
        for verb, handler in {
            "paths.meetings": self.meetings,
            "paths.cadence": self.cadence,
            "paths.weekday": self.weekday,
            "paths.hour": self.hour,
            "paths.zone": self.zone,
            "paths.settle": self.settle,
            "paths.agree_when": self.agree_when,
            "paths.met": self.met,
            "paths.said": self.said,
            "paths.sense": self.sense,
            "paths.tell": self.tell,
        }.items():
            services.router.handle(verb, handler)

    # -- when they are --------------------------------------------------------------------------

    async def meetings(self, ctx: InteractionContext) -> None:
        path = await self._paths.queries.look_at_own(ctx.person, ctx.argument)
        await self._show(ctx, Chosen.of(path.schedule))

    async def cadence(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).every(_picked(ctx)))

    async def weekday(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).on(_picked(ctx)))

    async def hour(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).at(_picked(ctx)))

    async def zone(self, ctx: InteractionContext) -> None:
        await self._paths.queries.look_at_own(ctx.person, ctx.argument)
        await ctx.ask(forms.zone(self._form, ctx.argument, await self._zone(ctx)))

    async def settle(self, ctx: InteractionContext) -> None:
        """Set the person's time zone. It is that of the meetings from the next choice on."""
        path = await self._paths.queries.look_at_own(ctx.person, ctx.argument)
        await self._services.preferences.live_in(ctx.person, zones.meant(ctx.typed.get("zone", "")))
        await self._show(ctx, Chosen.of(path.schedule))

    async def agree_when(self, ctx: InteractionContext) -> None:
        await self._paths.queries.look_at_own(ctx.person, ctx.argument)
        made = Chosen.read(ctx.word).within(await self._zone(ctx))
        await self._paths.steps.go_on(ctx.person, ctx.argument, made, ctx.now)
        await ctx.show(await self._own.card(ctx, ctx.argument))

    async def _choose(self, ctx: InteractionContext, chosen: Chosen) -> None:
        await self._paths.queries.look_at_own(ctx.person, ctx.argument)
        await self._show(ctx, chosen)

    async def _show(self, ctx: InteractionContext, chosen: Chosen) -> None:
        zone = await self._zone(ctx)
        made = chosen.within(zone) if zone else None
        await ctx.show(cards.schedule(ctx.argument, chosen, made))

    async def _zone(self, ctx: InteractionContext) -> str:
        me = await self._services.preferences.of(ctx.person)
        return me.zone if me.zone_known and me.zone is not None else ""

    # -- after one ------------------------------------------------------------------------------

    async def asked(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card of what they are asked, for the message about it."""
        return await self._after(ctx, id)

    async def met(self, ctx: InteractionContext) -> None:
        if ctx.word not in ("yes", "no"):
            raise NotYours
        view = await self._paths.meetings.met(ctx.person, ctx.argument, ctx.word == "yes", ctx.now)
        await ctx.show(cards.after(self._library, view))

    async def said(self, ctx: InteractionContext) -> None:
        """Take what the person says of one commitment, and ask about the next."""
        if ctx.word not in (Word.HELD, Word.NOT_HELD, Word.LEFT):
            raise NotYours
        view = await self._paths.meetings.held(ctx.person, ctx.argument, Word(ctx.word), ctx.now)
        await ctx.show(cards.after(self._library, view, Word(ctx.word)))

    async def sense(self, ctx: InteractionContext) -> None:
        if ctx.word not in set(Sense):
            raise NotYours
        view = await self._paths.meetings.sense(ctx.person, ctx.argument, Sense(ctx.word), ctx.now)
        country = self._services.servers.country(view.path.server)
        if view.answer.sense is Sense.STOPPING:
            await ctx.show(beside.leaving(self._library, view.path.id, country).within(country))
            return
        await ctx.show(cards.sensed(self._library, view, country).within(country))

    async def tell(self, ctx: InteractionContext) -> None:
        view = await self._paths.meetings.tell_others(ctx.person, ctx.argument, ctx.now)
        country = self._services.servers.country(view.path.server)
        await ctx.show(cards.sensed(self._library, view, country).within(country))

    async def told(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card of what another companion told."""
        view = await self._paths.queries.told(ctx.person, id)
        country = self._services.servers.country(view.answer.server)
        return cards.told(self._library, view, country).within(country)

    async def _after(self, ctx: InteractionContext, id: str) -> Card:
        view = await self._paths.queries.asked(ctx.person, id)
        return cards.after(self._library, view).within(self._services.servers.country(view.path.server))


def _picked(ctx: InteractionContext) -> str:
    return ctx.chosen[0] if ctx.chosen else ""
