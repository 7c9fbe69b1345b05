"""The handlers for the history of a pair and for the calendar file."""

from bot.services import Services
from bot.ui.components import Attached, Card
from bot.ui.context import InteractionContext
from bot.ui.picture_queue import Picture
from cogs.pair import calendar_file
from cogs.pair import strings as pair_words
from cogs.pair.months import cards, picture, strings


class HistoryHandlers:
    """Shows people only their own check-ins."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pairs = services.pairs

    def register(self, services: Services) -> None:
        for verb, handler in {
            "pairs.file": self.file,
            "pairs.history": self.history,
            "pairs.move": self.move,
        }.items():
            services.router.handle(verb, handler)

    async def file(self, ctx: InteractionContext) -> None:
        view = await self._pairs.queries.show(ctx.person, ctx.argument, ctx.now)
        written = calendar_file.schedule(view, ctx.now)
        if written is None:
            await ctx.add(Card(pair_words.NO_FILE_TITLE, pair_words.NO_FILE))
            return
        text = pair_words.FILE_TEXT.format(title=pair_words.EVENT)
        await ctx.add(Card(pair_words.FILE_TITLE, text, attached=Attached(pair_words.FILE_NAME, written)))

    async def history(self, ctx: InteractionContext) -> None:
        back = int(ctx.word) if ctx.word.isdecimal() else 0
        id = ctx.chosen[0] if ctx.chosen else ctx.argument
        shown = await self._pairs.history.months(ctx.person, id, back)
        if not shown.check_ins:
            await ctx.show(cards.nothing())
            return
        card = cards.months(shown, back).within(self._services.servers.country(shown.pair.server))
        drawing = Picture(strings.PICTURE_NAME, cards.alt(shown), picture.drawn, shown)
        await ctx.show_with(card, drawing, self._services.pictures)

    async def move(self, ctx: InteractionContext) -> None:
        """Move the check-ins to the time zone that the person has set since."""
        await self._pairs.zones.move(ctx.person)
        await ctx.show(Card(pair_words.ZONES_TITLE, pair_words.ZONES_MOVED))
