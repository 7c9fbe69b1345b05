"""The handlers of `/manage reports`. Whatever a moderator presses, they see what was sent to them alone."""

from bot.content.models import FormName
from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.people.models import DiscordUser
from bot.reports import notifications
from bot.reports.bars import BarView
from bot.reports.errors import BarGone, BarredAlready, BarsYourself, BarUnwritten
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from bot.ui.form import filled
from bot.ui.picked import picked
from cogs.manage.norms.home import here
from cogs.manage.reports import cards, strings

REASON = "reason"


class ReportQueueHandlers:
    """Shows the queue and its reports, and proposes, confirms and lifts bars."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._queue = services.reports.queue
        self._bars = services.reports.bars
        self._form = services.library.form(FormName.BAR)

    def register(self, services: Services) -> None:
        router, gone = services.router, cards.gone()
        router.explains(BarGone, lambda _: gone)
        router.explains(BarredAlready, lambda refused: cards.already(refused.bar))
        router.explains(BarsYourself, lambda _: cards.told(strings.YOURSELF_TITLE, strings.YOURSELF))
        router.explains(BarUnwritten, lambda _: cards.told(strings.UNWRITTEN_TITLE, strings.UNWRITTEN))
        for verb, handler in {
            "manage.reports": self.begin,
            "manage.report": self.report,
            "manage.report_done": self.done,
            "manage.report_again": self.again,
            "manage.bars": self.bars,
            "manage.bar": self.consider_author,
            "manage.bar_pick": self.pick,
            "manage.bar_picked": self.consider_member,
            "manage.bar_write": self.write,
            "manage.bar_wrote": self.propose,
            "manage.bar_show": self.bar,
            "manage.bar_confirm": self.confirm,
            "manage.bar_lift": self.lift,
        }.items():
            router.handle(verb, handler, moderators=True)
        services.dm_gateway.renders(notifications.WAITS, Whisper.READY)
        services.dm_gateway.renders(notifications.BAR_WAITS, Whisper.READY)
        services.inbox.opens(notifications.WAITS, self.opened, lambda _line, _other: strings.IN_WAITS)
        services.inbox.opens(
            notifications.BAR_WAITS, self.bar_opened, lambda _line, _other: strings.IN_BAR_WAITS
        )

    # -- reports --------------------------------------------------------------------------------

    async def begin(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.home(await self._queue.all(ctx.person, here(ctx)), ctx.argument, ctx.word))

    async def report(self, ctx: InteractionContext) -> None:
        filed = await self._queue.read(ctx.person, here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.report(filed, ctx.word))

    async def done(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.report(await self._queue.done(ctx.person, here(ctx), ctx.argument, ctx.now)))

    async def again(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.report(await self._queue.open_again(ctx.person, here(ctx), ctx.argument)))

    # -- bars -----------------------------------------------------------------------------------

    async def bars(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.bars(await self._bars.every(ctx.person, here(ctx)), ctx.word))

    async def consider_author(self, ctx: InteractionContext) -> None:
        """Say what a bar for the author of a reported passage would do."""
        view = await self._bars.consider_from(ctx.person, here(ctx), ctx.argument, ctx.now)
        await ctx.show(cards.before(view, ctx.argument, cards.REPORT))

    async def pick(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.pick())

    async def consider_member(self, ctx: InteractionContext) -> None:
        """Say what a bar for the member who was chosen would do."""
        whom = picked(ctx)
        if whom.bot:
            await ctx.show(cards.told(strings.A_BOT_TITLE, strings.A_BOT))
            return
        view = await self._bars.consider(ctx.person, here(ctx), whom.user, ctx.now)
        await ctx.show(cards.before(view, str(whom.user.discord_id), cards.MEMBER))

    async def write(self, ctx: InteractionContext) -> None:
        """Open the form for the reason. Who is meant is checked when it is sent."""
        if ctx.word not in (cards.REPORT, cards.MEMBER):
            raise NotYours
        await ctx.ask(filled(self._form, to("manage.bar_wrote", ctx.argument, ctx.word), {}))

    async def propose(self, ctx: InteractionContext) -> None:
        try:
            view = await self._propose(ctx, ctx.typed.get(REASON, ""))
        except BarUnwritten:
            await ctx.show(cards.unwritten(ctx.argument, ctx.word))
            return
        await ctx.show(cards.bar(view))

    async def _propose(self, ctx: InteractionContext, reason: str) -> BarView:
        if ctx.word == cards.REPORT:
            return await self._bars.propose_from(ctx.person, here(ctx), ctx.argument, reason, ctx.now)
        if ctx.word != cards.MEMBER or not ctx.argument.isdecimal():
            raise NotYours
        # The member's name was stored when they were chosen.
        user = DiscordUser(int(ctx.argument), "", None)
        return await self._bars.propose_for(ctx.person, here(ctx), user, reason, ctx.now)

    async def bar(self, ctx: InteractionContext) -> None:
        await ctx.show(await self._card(ctx, ctx.argument))

    async def confirm(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.bar(await self._bars.confirm(ctx.person, here(ctx), ctx.argument, ctx.now)))

    async def lift(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.lifted(await self._bars.lift(ctx.person, here(ctx), ctx.argument, ctx.now)))

    # -- messages -------------------------------------------------------------------------------

    async def opened(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Show the report in its server; elsewhere say where it can be read."""
        if self._moderates(ctx, message):
            filed = await self._queue.read(ctx.person, here(ctx), message.subject, ctx.now)
            await ctx.add(cards.report(filed))
        else:
            await ctx.add(cards.waits(strings.WAITS_TITLE, self._server(message)))

    async def bar_opened(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        if self._moderates(ctx, message):
            await ctx.add(await self._card(ctx, message.subject))
        else:
            await ctx.add(cards.waits(strings.BAR_WAITS_TITLE, self._server(message)))

    # -- inside ---------------------------------------------------------------------------------

    async def _card(self, ctx: InteractionContext, id: str) -> Card:
        view = await self._bars.show(ctx.person, here(ctx), id)
        await self._bars.read(ctx.person, id, ctx.now)
        return cards.bar(view)

    def _moderates(self, ctx: InteractionContext, message: OutboxMessage) -> bool:
        """Whether they have Manage Server where the report was sent. In a direct message nobody knows."""
        return ctx.moderates and ctx.server == message.server

    def _server(self, message: OutboxMessage) -> str:
        lookup = self._services.server_lookup
        return "" if message.server is None else lookup.name(message.server)
