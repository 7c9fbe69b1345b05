"""`/plan`, and the handlers of plans, which call `services.plans`."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.content.models import FormName
from bot.delivery.outbox import OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId
from bot.plans.errors import DifferentUnwritten, NoSuchDay, PlanUnwritten, TooManyPlans
from bot.plans.notifications import DAY, STILL
from bot.plans.service import PlanView
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import Interaction, InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.inbox import InboxEntry
from cogs.plan import cards as own
from cogs.plan import forms
from cogs.plan import strings as own_strings
from cogs.shared.alongside.handlers import Alongside
from cogs.shared.plans import after, cards, strings

if TYPE_CHECKING:
    from bot.app import Plumbline


class PlanCog(commands.Cog):
    """Handlers for what somebody will do, the question on its day, and the questions months later."""

    def __init__(self, bot: "Plumbline") -> None:
        self._services = bot.services
        self._plans = bot.services.plans
        self._steps = bot.services.library.steps
        self._form = bot.services.library.form(FormName.PLAN)
        self._different = bot.services.library.form(FormName.DIFFERENT)
        self._alongside = Alongside(bot.services)

    def register(self, services: Services) -> None:
        router, dm_gateway, inbox = services.router, services.dm_gateway, services.inbox
        for verb, handler in {
            "plans.start": self.start,
            "plans.begin": self.begin,
            "plans.list": self.list,
            "plans.open": self.open,
            "plans.step": self.step,
            "plans.write": self.write,
            "plans.edit": self.edit,
            "plans.show": self.show,
            "plans.day": self.day,
            "plans.did": self.did,
            "plans.done": self.done,
            "plans.not_yet": self.not_yet,
            "plans.still": self.still,
            "plans.again": self.again,
            "plans.end": self.end,
        }.items():
            router.handle(verb, handler)
        router.explains(PlanUnwritten, lambda refused: cards.unwritten(refused.source))
        router.explains(DifferentUnwritten, lambda refused: cards.to_write_again(refused.plan))
        router.explains(TooManyPlans, lambda refused: own.too_many(refused.limit))
        router.explains(NoSuchDay, lambda _: Card(strings.NO_DAY_TITLE, strings.NO_DAY))
        for kind, text in ((DAY, strings.IN_DAY), (STILL, strings.IN_STILL)):
            dm_gateway.renders(kind, Whisper.READY)
            inbox.opens(kind, self.open_line, partial(_entry, text))
        inbox.lists(self.waiting)

    # -- the list, and a plan made from nothing else ------------------------------------------

    @app_commands.command(name=own_strings.COMMAND, description=own_strings.PLAN)
    async def plan(self, interaction: Interaction) -> None:
        ctx = await self._services.router.admit(interaction, adults_only=True)
        await ctx.show(own.listed(await self._plans.of_owner(ctx.person), 0))

    async def list(self, ctx: InteractionContext) -> None:
        if ctx.argument and not ctx.argument.isdecimal():
            raise NotYours
        await ctx.show(own.listed(await self._plans.of_owner(ctx.person), int(ctx.argument or 0)))

    async def start(self, ctx: InteractionContext) -> None:
        """Handle `What I'll do` where there is no ask and no talk: open the form of a new plan."""
        await self._plans.may_begin(ctx.person)
        await ctx.ask(forms.begin(self._form))

    async def begin(self, ctx: InteractionContext) -> None:
        shown = await self._plans.begin(ctx.person, ctx.typed.get("action", ""), ctx.now)
        await ctx.add(self._card(shown))
        await self._alongside.stand(ctx, ctx.server)

    # -- writing it -----------------------------------------------------------------------------

    async def open(self, ctx: InteractionContext) -> None:
        """Handle `What I'll do` on another card: open the form, or show the existing plan on a new card."""
        shown = await self._plans.look(ctx.person, ctx.argument)
        if shown is not None:
            await ctx.add(self._card(shown))
            return
        await ctx.ask(forms.action(self._form, ctx.argument))

    async def step(self, ctx: InteractionContext) -> None:
        """Take a next step from the list after a talk. If its label has to be finished, open the form."""
        labels = {choice.key: choice.label for choice in self._steps.choices}
        key = ctx.chosen[0] if ctx.chosen else ""
        if key not in labels:
            raise NotYours
        if key == cards.OTHER or labels[key].endswith(cards.OPEN_END):
            begun = "" if key == cards.OTHER else labels[key].removesuffix(cards.OPEN_END)
            await self._plans.look(ctx.person, ctx.argument)
            # The select is shown again behind the form, because Discord ignores choosing the same option
            # twice.
            form = forms.action(self._form, ctx.argument, begun, again=True)
            await ctx.ask(form, cards.steps(self._steps, ctx.argument))
            return
        await self._write(ctx, labels[key], again=True)

    async def write(self, ctx: InteractionContext) -> None:
        await self._write(ctx, ctx.typed.get("action", ""), again=ctx.word == forms.AGAIN)

    async def edit(self, ctx: InteractionContext) -> None:
        shown = await self._plans.show(ctx.person, ctx.argument)
        if shown.plan.writable and not shown.plan.ended:
            await ctx.ask(forms.action(self._form, shown.plan.source, shown.words.action, again=True))
        else:
            await ctx.show(self._card(shown))

    async def show(self, ctx: InteractionContext) -> None:
        await ctx.show(self._card(await self._plans.show(ctx.person, ctx.argument)))

    async def day(self, ctx: InteractionContext) -> None:
        chosen = ctx.chosen[0] if ctx.chosen else ""
        if chosen not in {choice.key for choice in self._form.field("day").choices}:
            raise NoSuchDay
        shown = await self._plans.choose(ctx.person, ctx.argument, int(chosen), ctx.now)
        await ctx.show(self._card(shown))

    async def _write(self, ctx: InteractionContext, action: str, *, again: bool) -> None:
        shown = await self._plans.write(ctx.person, ctx.argument, action, ctx.now)
        late = self._near(after.not_kept(shown, [(strings.PLAN, action)]), shown)
        card = self._card(shown) if shown.taken else late
        await (ctx.show(card) if again else ctx.add(card))
        await self._alongside.stand(ctx, shown.plan.server or ctx.server)

    def _card(self, shown: PlanView) -> Card:
        return self._near(cards.plan(self._form, shown), shown)

    def _near(self, card: Card, shown: PlanView) -> Card:
        return card.within(self._services.servers.country(shown.plan.server))

    # -- how it went ----------------------------------------------------------------------------

    async def did(self, ctx: InteractionContext) -> None:
        """Handle `I did it`: open the form about what is different now."""
        shown = await self._plans.show(ctx.person, ctx.argument)
        if shown.plan.ended:
            await ctx.show(self._card(shown))
        else:
            await ctx.ask(forms.different(self._different, shown.plan.id, shown.words))

    async def done(self, ctx: InteractionContext) -> None:
        different, stay_away = ctx.typed.get("different", ""), ctx.typed.get("stay_away", "")
        shown = await self._plans.did(ctx.person, ctx.argument, different, stay_away, ctx.now)
        typed = [(strings.DIFFERENT, different), (strings.STAY_AWAY, stay_away)]
        card = after.did(shown) if shown.taken else after.not_kept(shown, typed)
        await ctx.show(self._near(card, shown))
        await self._alongside.stand(ctx, shown.plan.server or ctx.server)

    async def not_yet(self, ctx: InteractionContext) -> None:
        shown = await self._plans.show(ctx.person, ctx.argument)
        await ctx.show(self._near(cards.later(self._form, shown), shown))

    async def still(self, ctx: InteractionContext) -> None:
        shown = await self._plans.still(ctx.person, ctx.argument, ctx.now)
        await ctx.show(self._near(after.still_doing_it(shown), shown))

    async def again(self, ctx: InteractionContext) -> None:
        """Handle `It happened again`. Help comes first, and then what they can do."""
        shown = await self._plans.show(ctx.person, ctx.argument)
        await self._plans.happened_again(ctx.person, shown.plan.source, ctx.now)
        await ctx.show(self._near(after.again(shown), shown))

    async def end(self, ctx: InteractionContext) -> None:
        """End the plan, because it is done, they changed their mind or want no more questions."""
        shown = await self._plans.end(ctx.person, ctx.argument, ctx.now)
        match ctx.word:
            case "stop":
                card = after.stopped()
            case "done":
                card = after.done()
            case _:
                card = after.changed(shown)
        await ctx.show(self._near(card, shown))

    # -- what waits -----------------------------------------------------------------------------

    async def open_line(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        await ctx.add(self._card(await self._plans.show(ctx.person, message.subject)))

    async def waiting(self, person: PersonId, _now: datetime) -> Sequence[InboxEntry]:
        """Return an entry for each of their plans about which no message is listed."""
        return [
            InboxEntry(text, to("plans.show", shown.plan.id))
            for shown in await self._plans.of_owner(person)
            if (text := cards.waits(shown)) is not None
        ]


def _entry(sentence: str, _line: OutboxMessage, _other: str) -> str:
    return sentence


async def setup(bot: "Plumbline") -> None:
    cog = PlanCog(bot)
    cog.register(bot.services)
    await bot.add_cog(cog)
