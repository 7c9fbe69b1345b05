"""Presses during a night: how somebody is, that they need a hand, that they are home; and the day after."""

from datetime import datetime, timedelta

from bot.errors import NotYours
from bot.nights.models import Call, Quick
from bot.nights.queries import NightView
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.night.out import cards
from cogs.night.own import cards as own
from cogs.night.standby.handlers import StandbyHandlers

LOOKS_AGAIN = (0.4, 0.6, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0)
"""After how many seconds each it is looked again who has the message of a call. Together they are less than
ten minutes: after fifteen Discord changes a card no more."""
LONG = timedelta(seconds=16)
"""After so long they are told to call whoever hasn't got the message."""


class OutHandlers:
    """Translates presses to `services.nights.during`."""

    def __init__(self, services: Services, standby: StandbyHandlers) -> None:
        self._services = services
        self._nights = services.nights
        self._during = services.nights.during
        self._library = services.library
        self._standby = standby
        self._follow_ups = services.follow_ups

    def register(self, services: Services) -> None:
        for verb, handler in {
            "nights.fine": self.fine,
            "nights.out": self.still_out,
            "nights.home": self.home,
            "nights.hand": self.hand,
            "nights.quick": self.quick,
            "nights.noon": self.noon,
            "nights.thanks": self.thanks,
        }.items():
            services.router.handle(verb, handler)

    # -- answering ------------------------------------------------------------------------------

    async def fine(self, ctx: InteractionContext) -> None:
        await self._during.fine(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.fine(self._library, ctx.argument))

    async def still_out(self, ctx: InteractionContext) -> None:
        await self._during.still_out(ctx.person, ctx.argument, ctx.now)
        view = await self._nights.show(ctx.person, ctx.argument)
        country = self._country(view)
        await ctx.show(cards.out(self._library, country, view).within(country))

    async def home(self, ctx: InteractionContext) -> None:
        await self._during.home(ctx.person, ctx.argument, ctx.now)
        view = await self._nights.show(ctx.person, ctx.argument)
        await ctx.show(cards.arrived(self._library, view).within(self._country(view)))

    # -- I need a hand --------------------------------------------------------------------------

    async def hand(self, ctx: InteractionContext) -> None:
        """Tell those who look out for them, and show who has the message as Discord takes it."""
        made = await self._during.call(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._call(made, ctx.now))
        if not made.settled:
            # Not in the interaction's own task, for which erasing and the end of the process wait.
            self._follow_ups.begin(self._follow(ctx, made), lambda: self._standby.go_on(ctx))

    async def _follow(self, ctx: InteractionContext, made: Call) -> None:
        """Change the card until it is certain who has the message, or say what is when the bot stops."""
        passed, shown = timedelta(), self._call(made, ctx.now)
        for seconds in LOOKS_AGAIN:
            goes_on = await self._follow_ups.pause(seconds)
            passed += timedelta(seconds=seconds) if goes_on else LONG
            made = await self._during.reached(ctx.person, made.hand.id)
            card = self._call(made, ctx.now + passed)
            if card != shown and not await ctx.refresh(card):
                return
            if made.settled or not goes_on:
                return
            shown = card

    async def quick(self, ctx: InteractionContext) -> None:
        """Say what it is. Friends see it on the card that they open."""
        if ctx.word not in set(Quick):
            raise NotYours
        if not self._nights.standby.stored(ctx.argument) and await self._standby.quick(ctx):
            return
        made = await self._during.quick(ctx.person, ctx.argument, Quick(ctx.word), ctx.now)
        await ctx.show(self._call(made, ctx.now))

    # -- the day after --------------------------------------------------------------------------

    async def noon(self, ctx: InteractionContext) -> None:
        if ctx.word not in (cards.FINE, cards.MORE):
            raise NotYours
        view = await self._nights.show(ctx.person, ctx.argument)
        fine = ctx.word == cards.FINE
        card = cards.was_fine(view, self._library) if fine else cards.after(view)
        await ctx.show(card.within(self._country(view)))

    async def thanks(self, ctx: InteractionContext) -> None:
        await self._during.thank(ctx.person, ctx.argument, ctx.now)
        view = await self._nights.show(ctx.person, ctx.argument)
        await ctx.show(cards.thanked(view).within(self._country(view)))

    # -- for messages ---------------------------------------------------------------------------

    async def how(self, ctx: InteractionContext, member: str, *, check: bool, late: bool) -> Card:
        view = await self._during.asked(ctx.person, member)
        if not view.night.planned(ctx.now):
            return self.over()
        texts = self._library.night.during
        return cards.how(texts.check if check else texts.start, view.member.id, late=late).within(
            self._country(view)
        )

    async def is_home(self, ctx: InteractionContext, member: str) -> Card:
        view = await self._during.asked(ctx.person, member)
        country = self._country(view)
        return cards.home(view, self._library, country).within(country)

    async def after(self, ctx: InteractionContext, member: str) -> Card:
        view = await self._during.asked(ctx.person, member)
        country = self._country(view)
        return cards.noon(view, self._library, country).within(country)

    def over(self) -> Card:
        return own.over(self._library.night.after.over)

    # -- inside ---------------------------------------------------------------------------------

    def _call(self, made: Call, now: datetime) -> Card:
        country = self._services.servers.country(made.night.server)
        waited = now - made.hand.made_at >= LONG
        return cards.call(made, self._library, country, waited=waited).within(country)

    def _country(self, view: NightView) -> str | None:
        return self._services.servers.country(view.night.server)
