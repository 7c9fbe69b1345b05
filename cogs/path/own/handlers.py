"""What the person on a path presses, and what they and their companions press alike."""

from bot.content.models import FormName
from bot.errors import NotYours
from bot.paths.commitment import About, Word
from bot.paths.errors import NoSuchDay, PathClosed
from bot.services import Services
from bot.ui import plain
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.path import forms, strings
from cogs.path.beside import cards as beside
from cogs.path.meet import cards as meet
from cogs.path.own import cards
from cogs.path.parts import heavy
from cogs.shared.alongside.handlers import Alongside


class OwnHandlers:
    """Translates presses on one's own path to `services.paths`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._paths = services.paths
        self._library = services.library
        self._form = services.library.form(FormName.COMMITMENT)
        self._days = services.library.form(FormName.PLAN)
        self._alongside = Alongside(services)

    def register(self, services: Services) -> None:
        for verb, handler in {
            "paths.show": self.show,
            "paths.add": self.add,
            "paths.write": self.write,
            "paths.commitment": self.commitment,
            "paths.edit": self.edit,
            "paths.rewrite": self.rewrite,
            "paths.day": self.day,
            "paths.over": self.over,
            "paths.questions": self.questions,
            "paths.ready": self.ready,
            "paths.unready": self.unready,
            "paths.back": self.back,
            "paths.again": self.again,
            "paths.again_now": self.again_now,
            "paths.more": self.more,
            "paths.closing": self.closing,
            "paths.unclose": self.unclose,
            "paths.ending": self.ending,
            "paths.end": self.end,
        }.items():
            services.router.handle(verb, handler)

    # -- showing --------------------------------------------------------------------------------

    async def open(self, ctx: InteractionContext) -> None:
        """Answer `/path show`: their own path here, or else the one that they accompany."""
        await ctx.show(await self._first(ctx))

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(await self.card(ctx, ctx.argument) if ctx.argument else await self._first(ctx))

    async def card(self, ctx: InteractionContext, id: str, notice: str = "") -> Card:
        """Return the path as the person sees it who presses: as their own, or as its companion."""
        queries = self._paths.queries
        try:
            view = await queries.show(ctx.person, id, ctx.now)
        except NotYours:
            other = await queries.show_beside(ctx.person, id)
            country = self._services.servers.country(other.path.server)
            return beside.path(self._library, other, notice).within(country)
        country = self._services.servers.country(view.path.server)
        shown = cards.own(self._library, view, country, notice) if view.path.open else cards.closed(view)
        return shown.within(country)

    async def _first(self, ctx: InteractionContext) -> Card:
        queries = self._paths.queries
        servers = [ctx.server] if ctx.server is not None else await queries.servers_of(ctx.person)
        for server in servers:
            path = await queries.open_in(ctx.person, server)
            if path is not None:
                return await self.card(ctx, path.id)
        place = await queries.beside_what(ctx.person)
        if place is not None:
            return await self.card(ctx, place.path)
        for server in servers:
            path = await queries.closed_in(ctx.person, server)
            if path is not None:
                return await self.card(ctx, path.id)
        return cards.none_here()

    # -- commitments ----------------------------------------------------------------------------

    async def add(self, ctx: InteractionContext) -> None:
        """Open the form for a sentence of the kind that was chosen."""
        kind = _about(ctx.chosen[0] if ctx.chosen else ctx.word)
        view = await self._paths.queries.show(ctx.person, ctx.argument, ctx.now)
        if not view.path.open:
            raise PathClosed
        example = self._library.path.steps[view.path.step].example(kind)
        form = forms.commitment(self._form, ctx.argument, kind, example)
        # The card is shown again behind the form, because Discord ignores choosing the same option twice.
        await ctx.ask(form, await self.card(ctx, ctx.argument))

    async def write(self, ctx: InteractionContext) -> None:
        text = ctx.typed.get("commitment", "")
        made = await self._paths.commitments.add(ctx.person, ctx.argument, _about(ctx.word), text, ctx.now)
        await ctx.show(await self._one(ctx, made.id))
        await self._stand(ctx, ctx.argument)

    async def commitment(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._one(ctx, ctx.chosen[0] if ctx.chosen else ctx.argument))

    async def edit(self, ctx: InteractionContext) -> None:
        one, text = await self._paths.commitments.show(ctx.person, ctx.argument)
        await ctx.ask(forms.rewriting(self._form, one.id, text, ctx.word))

    async def rewrite(self, ctx: InteractionContext) -> None:
        text = ctx.typed.get("commitment", "")
        one = await self._paths.commitments.rewrite(ctx.person, ctx.argument, text, ctx.now)
        if ctx.word == forms.MEETING:
            view = await self._paths.meetings.held(ctx.person, one.id, Word.CHANGED, ctx.now)
            await ctx.show(meet.after(self._library, view))
        else:
            await ctx.show(await self._one(ctx, one.id))
        await self._stand(ctx, one.path)

    async def day(self, ctx: InteractionContext) -> None:
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if chosen not in {choice.key for choice in self._days.field("day").choices}:
            raise NoSuchDay
        await self._paths.commitments.look_on(ctx.person, ctx.argument, int(chosen), ctx.now)
        await ctx.show(await self._one(ctx, ctx.argument))

    async def over(self, ctx: InteractionContext) -> None:
        """Take it off at once, and show the words once more: it's one press beside `Change it`."""
        _, text = await self._paths.commitments.show(ctx.person, ctx.argument)
        one = await self._paths.commitments.end(ctx.person, ctx.argument, ctx.now)
        notice = f"{strings.TAKEN_OFF}\n{plain.block(text)}"
        await ctx.show(await self.card(ctx, one.path, notice))

    async def look(self, ctx: InteractionContext, id: str) -> Card:
        """Return the card of a commitment, for the message about it."""
        return await self._one(ctx, id)

    async def _one(self, ctx: InteractionContext, id: str) -> Card:
        one, text = await self._paths.commitments.show(ctx.person, id)
        me = await self._services.preferences.of(ctx.person)
        view = await self._paths.queries.look_at_own(ctx.person, one.path)
        shown = cards.commitment(
            self._days, one, text, zoned=me.zone_known, heavy=heavy(self._library, [text])
        )
        return shown.within(self._services.servers.country(view.server))

    # -- steps ----------------------------------------------------------------------------------

    async def questions(self, ctx: InteractionContext) -> None:
        path = await self._paths.queries.look(ctx.person, ctx.argument)
        await ctx.show(cards.questions(self._library, path))

    async def ready(self, ctx: InteractionContext) -> None:
        await self._paths.steps.ready(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self.card(ctx, ctx.argument))

    async def unready(self, ctx: InteractionContext) -> None:
        await self._paths.steps.not_ready(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self.card(ctx, ctx.argument))

    async def back(self, ctx: InteractionContext) -> None:
        await self._paths.steps.back(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self.card(ctx, ctx.argument))

    async def again(self, ctx: InteractionContext) -> None:
        """Handle `It happened again`: first the safety of whoever was hurt. Nothing has changed yet."""
        path = await self._paths.queries.look(ctx.person, ctx.argument)
        country = self._services.servers.country(path.server)
        own = path.owner == ctx.person
        await ctx.show(cards.again(self._library, path.id, country, own=own).within(country))

    async def again_now(self, ctx: InteractionContext) -> None:
        path = await self._paths.steps.happened_again(ctx.person, ctx.argument, ctx.now)
        alone = path.owner == ctx.person and path.begun_at is None
        await ctx.show(await self.card(ctx, path.id, strings.STILL_AT_STOP if alone else ""))

    # -- the end --------------------------------------------------------------------------------

    async def more(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.more(await self._paths.queries.look_at_own(ctx.person, ctx.argument)))

    async def closing(self, ctx: InteractionContext) -> None:
        await self._paths.steps.close_together(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self.card(ctx, ctx.argument))

    async def unclose(self, ctx: InteractionContext) -> None:
        await self._paths.steps.go_on_after_all(ctx.person, ctx.argument, ctx.now)
        await ctx.show(await self.card(ctx, ctx.argument))

    async def ending(self, ctx: InteractionContext) -> None:
        """Say what ending it means. For everybody: also somebody under 18 can end it."""
        view = await self._paths.queries.show(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.ending(view.path) if view.path.open else cards.closed(view))

    async def end(self, ctx: InteractionContext) -> None:
        await self._paths.steps.end(ctx.person, ctx.argument, ctx.now)
        view = await self._paths.queries.show(ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.closed(view))

    # -- inside ---------------------------------------------------------------------------------

    async def _stand(self, ctx: InteractionContext, path: str) -> None:
        """Add more help if what was typed needs it. The words are kept as usual."""
        view = await self._paths.queries.show(ctx.person, path, ctx.now)
        await self._alongside.stand(ctx, view.path.server)


def _about(kind: str) -> About:
    if kind not in set(About):
        raise NotYours
    return About(kind)
