"""Local helplines: add, change and remove them, and choose their topics in `/support`."""

from bot.content.helplines import SupportTopic
from bot.content.models import FormName
from bot.errors import NotYours, TooMany
from bot.ids import ServerId, new_id
from bot.servers.errors import LineUnwritten
from bot.servers.models import MOST_LOCAL_LINES, LocalLine
from bot.services import Services
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.form import filled
from cogs.manage.local import cards, strings

_AGAIN = "again"
_WORDS = ("name", "reach", "whom")


class LocalHelplineHandlers:
    """Handlers that begin at the summary of the setup.

    Every change applies at once and is written to the log.
    """

    def __init__(self, services: Services) -> None:
        self._form = services.library.form(FormName.LOCAL)
        self._texts = services.library.support_texts
        self._lines = services.servers.local

    def register(self, services: Services) -> None:
        services.router.explains(LineUnwritten, lambda _: cards.unwritten())
        for verb, handler in {
            "manage.local": self.all,
            "manage.local_line": self.one,
            "manage.local_add": self.add,
            "manage.local_edit": self.edit,
            "manage.local_wrote": self.wrote,
            "manage.local_doors": self.topics,
            "manage.local_remove": self.remove,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def all(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.local(self._lines.of(ctx.server)))

    async def one(self, ctx: InteractionContext) -> None:
        await ctx.show(cards.line(self._meant(ctx), self._texts))

    async def add(self, ctx: InteractionContext) -> None:
        """Open an empty form. The new id is in the form, so that sending the form twice adds one helpline."""
        if len(self._lines.of(ctx.server)) >= MOST_LOCAL_LINES:
            await ctx.show(cards.full())
            return
        await ctx.ask(filled(self._form, to("manage.local_wrote", new_id()), {}))

    async def edit(self, ctx: InteractionContext) -> None:
        one = self._meant(ctx)
        values = {key: getattr(one, key) for key in _WORDS}
        await ctx.ask(filled(self._form, to("manage.local_wrote", one.id, _AGAIN), values))

    async def wrote(self, ctx: InteractionContext) -> None:
        name, reach, whom = (ctx.typed.get(key, "") for key in _WORDS)
        typed = LocalLine(ctx.argument, name, reach, whom)
        again = ctx.word == _AGAIN
        try:
            one = await self._lines.write(_here(ctx), ctx.person, typed, ctx.now, again=again)
        except TooMany:
            await ctx.show(cards.full((name, reach, whom)))
            return
        await ctx.show(cards.line(one, self._texts, strings.FRESH))

    async def topics(self, ctx: InteractionContext) -> None:
        if not {*ctx.chosen} <= {*SupportTopic}:
            raise NotYours
        chosen = tuple(topic for topic in SupportTopic if topic in ctx.chosen)
        one = await self._lines.show_behind(_here(ctx), ctx.person, ctx.argument, chosen, ctx.now)
        await ctx.show(cards.line(one, self._texts))

    async def remove(self, ctx: InteractionContext) -> None:
        """Remove the helpline without asking first: it is three short fields, and the log keeps them."""
        await self._lines.remove(_here(ctx), ctx.person, ctx.argument, ctx.now)
        await ctx.show(cards.local(self._lines.of(ctx.server), strings.REMOVED))

    def _meant(self, ctx: InteractionContext) -> LocalLine:
        for one in self._lines.of(ctx.server):
            if one.id == ctx.argument:
                return one
        raise NotYours


def _here(ctx: InteractionContext) -> ServerId:
    assert ctx.server is not None, "moderators are those of a server"
    return ctx.server
