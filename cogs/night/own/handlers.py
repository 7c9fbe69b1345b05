"""Presses on one's own night: planning it, its card, when to be asked, and leaving."""

from datetime import datetime

from bot.content.models import FormName
from bot.errors import NotYours
from bot.ids import ServerId
from bot.nights.errors import NoSuchTime
from bot.nights.hours import times
from bot.nights.models import NightCard
from bot.nights.queries import NightView
from bot.scheduling.zones import find_zone
from bot.servers.service import the_one
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.night import forms, strings
from cogs.night.out import cards as out
from cogs.night.own import cards
from cogs.night.own.chosen import Chosen
from cogs.shared import zones
from cogs.shared.alongside.handlers import Alongside


class OwnHandlers:
    """Translates presses on one's own night to `services.nights`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._nights = services.nights
        self._library = services.library
        self._form = services.library.form(FormName.NIGHT)
        self._zone_form = services.library.form(FormName.ZONE)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "nights.open": self.open,
            "nights.plan": self.plan,
            "nights.day": self.day,
            "nights.from": self.begins,
            "nights.until": self.ends,
            "nights.zone": self.zone,
            "nights.settle": self.settle,
            "nights.planned": self.planned,
            "nights.which": self.which,
            "nights.show": self.show,
            "nights.more": self.more,
            "nights.card": self.card,
            "nights.edit": self.edit,
            "nights.write": self.write,
            "nights.kept": self.kept,
            "nights.keep": self.keep,
            "nights.forget": self.forget,
            "nights.home_at": self.home_at,
            "nights.check_at": self.check_at,
            "nights.leave": self.leave,
        }.items():
            services.router.handle(verb, handler)

    # -- showing --------------------------------------------------------------------------------

    async def open(self, ctx: InteractionContext) -> None:
        """Show the night that is on or comes next; the first card to somebody who is in none."""
        views = await self._nights.queries.mine(ctx.person, ctx.now)
        on = [view for view in views if view.night.watched(ctx.now)]
        if on or len(views) == 1:
            await ctx.show(self.view(ctx, (on or views)[0]))
            return
        if views:
            await ctx.show(cards.which(views, find_zone(await self._zone(ctx) or views[0].night.zone)))
            return
        await self._services.router.require_adult(ctx)
        country = self._services.servers.country(ctx.server)
        kept = await self._nights.queries.kept(ctx.person)
        await ctx.show(cards.first(self._library, country, kept=not kept.blank))

    async def which(self, ctx: InteractionContext) -> None:
        await self._show(ctx, ctx.chosen[0] if ctx.chosen else "")

    async def show(self, ctx: InteractionContext) -> None:
        await self._show(ctx, ctx.argument)

    async def more(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.more(view, ctx.now), view))

    def view(self, ctx: InteractionContext, view: NightView, notice: str = "") -> Card:
        """Return the card of a night: before it, while it is on, or the day after."""
        if not view.night.begun(ctx.now):
            card = cards.before(view, ctx.now, notice)
        elif view.night.planned(ctx.now):
            card = cards.during(view, notice)
        else:
            card = out.noon(view, self._library, self._country(view))
        return self._near(card, view)

    # -- planning -------------------------------------------------------------------------------

    async def plan(self, ctx: InteractionContext) -> None:
        """Begin a plan. The message before an event says when that begins, in seconds since 1970."""
        # Before anything is chosen it is said that this can't be the place for it.
        await self._server(ctx)
        zone = await self._zone(ctx)
        await self._choose(ctx, _before_event(ctx.word, zone), ctx.word)

    async def day(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).on(_picked(ctx)))

    async def begins(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).at(_picked(ctx)))

    async def ends(self, ctx: InteractionContext) -> None:
        await self._choose(ctx, Chosen.read(ctx.word).for_hours(_picked(ctx)))

    async def zone(self, ctx: InteractionContext) -> None:
        await ctx.ask(forms.zone(self._zone_form, ctx.word, await self._zone(ctx)))

    async def settle(self, ctx: InteractionContext) -> None:
        """Set the person's time zone, and go on with the plan."""
        zone = zones.meant(ctx.typed.get("zone", ""))
        await self._services.preferences.live_in(ctx.person, zone)
        await self._choose(ctx, _before_event(ctx.word, zone))

    async def planned(self, ctx: InteractionContext) -> None:
        chosen = Chosen.read(ctx.word)
        zone = await self._zone(ctx)
        if not zone:
            await ctx.show(cards.no_zone(""))
            return
        view = await self._nights.plan(
            ctx.person, await self._server(ctx), zone, chosen.day, chosen.starts, chosen.ends, ctx.now
        )
        await ctx.show(self.view(ctx, view, strings.PLANNED))

    # -- one's card -----------------------------------------------------------------------------

    async def card(self, ctx: InteractionContext) -> None:
        """Show their card, or open the form if it is blank. The one that they kept is filled in."""
        view = await self._nights.show(ctx.person, ctx.argument)
        if not view.night.planned(ctx.now):
            await ctx.show(self._near(out.own_card(view, self._library), view))
        elif view.card.blank:
            await self._ask(ctx, view)
        else:
            locked = view.night.locked(ctx.now)
            await ctx.show(self._near(cards.locked(view) if locked else cards.card(view), view))

    async def edit(self, ctx: InteractionContext) -> None:
        await self._ask(ctx, await self._nights.show(ctx.person, ctx.argument))

    async def write(self, ctx: InteractionContext) -> None:
        typed = {key: ctx.typed.get(key, "") for key in ("limit", "notice", "words", "way")}
        view = await self._nights.cards.write(ctx.person, ctx.argument, NightCard(**typed), ctx.now)
        await ctx.show(self.view(ctx, view))
        await self._alongside.stand(ctx, view.night.server)

    async def kept(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.kept(await self._nights.queries.kept(ctx.person)))

    async def keep(self, ctx: InteractionContext) -> None:
        await self._nights.cards.keep(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.kept(await self._nights.queries.kept(ctx.person), strings.KEPT))

    async def forget(self, ctx: InteractionContext) -> None:
        await self._nights.cards.forget(ctx.person)
        await ctx.show(cards.kept(NightCard(), strings.KEPT_DELETED))

    # -- when to be asked -----------------------------------------------------------------------

    async def home_by(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        zone = await self._zone(ctx) or view.night.zone
        await ctx.show(self._near(cards.home_by(view, times(view.night.hours, zone, ctx.now), zone), view))

    async def home_at(self, ctx: InteractionContext) -> None:
        at = await self._time(ctx)
        view = await self._nights.during.home_by(ctx.person, ctx.argument, at, ctx.now)
        await ctx.show(self.view(ctx, view))

    async def check(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        zone = await self._zone(ctx) or view.night.zone
        await ctx.show(self._near(cards.check_at(view, times(view.night.hours, zone, ctx.now), zone), view))

    async def check_at(self, ctx: InteractionContext) -> None:
        at = await self._time(ctx)
        view = await self._nights.during.check_at(ctx.person, ctx.argument, at, ctx.now)
        await ctx.show(self.view(ctx, view))

    # -- leaving --------------------------------------------------------------------------------

    async def leaving(self, ctx: InteractionContext) -> None:
        view = await self._nights.show(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.leaving(view.member.id), view))

    async def leave(self, ctx: InteractionContext) -> None:
        await self._nights.company.leave(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.left())

    # -- inside ---------------------------------------------------------------------------------

    async def _show(self, ctx: InteractionContext, member: str) -> None:
        await ctx.show(self.view(ctx, await self._nights.show(ctx.person, member)))

    async def _choose(self, ctx: InteractionContext, chosen: Chosen | None, begins: str = "") -> None:
        zone = await self._zone(ctx)
        if not zone:
            await ctx.show(cards.no_zone(begins))
            return
        local = ctx.now.astimezone(find_zone(zone))
        await ctx.show(cards.plan(chosen or Chosen.usual(local), zone, local))

    async def _ask(self, ctx: InteractionContext, view: NightView) -> None:
        written = view.card if not view.card.blank else await self._nights.queries.kept(ctx.person)
        await ctx.ask(forms.card(self._form, view.member.id, written), self.view(ctx, view))

    async def _time(self, ctx: InteractionContext) -> datetime | None:
        view = await self._nights.show(ctx.person, ctx.argument)
        try:
            return cards.time_of(_picked(ctx), view)
        except (ValueError, OverflowError):
            raise NoSuchTime from None

    async def _zone(self, ctx: InteractionContext) -> str:
        me = await self._services.preferences.of(ctx.person)
        return me.zone if me.zone_known and me.zone is not None else ""

    async def _server(self, ctx: InteractionContext) -> ServerId:
        """Return the server in which they plan: this one, or the only one that they share with the bot."""
        return the_one(ctx.server, await self._services.people.servers_of(ctx.person))

    def _country(self, view: NightView) -> str | None:
        return self._services.servers.country(view.night.server)

    def _near(self, card: Card, view: NightView) -> Card:
        return card.within(self._country(view))


_SECONDS_AT_MOST = 11
"""The digits of a time in seconds that a calendar can still show."""


def _before_event(begins: str, zone: str) -> Chosen | None:
    """Return a night that begins with an event, in seconds since 1970; None if there is no event."""
    if not zone or not begins.isdecimal() or len(begins) > _SECONDS_AT_MOST:
        return None
    return Chosen.starting(datetime.fromtimestamp(int(begins), find_zone(zone)))


def _picked(ctx: InteractionContext) -> str:
    if not ctx.chosen:
        raise NotYours
    return ctx.chosen[0]
