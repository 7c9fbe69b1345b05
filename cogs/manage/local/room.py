"""Local lines: added, changed, removed, and behind which doors of `/support` they stand."""

from bot.errors import NotYours, TooMany
from bot.guidance.lines import SupportTopic
from bot.guidance.model import FormName
from bot.ids import ServerId, new_id
from bot.servers.model import MOST_LOCAL_LINES, LineUnwritten, LocalLine
from bot.services import Services
from bot.ui.custom_id import to
from bot.ui.form import filled
from bot.ui.press import Press
from cogs.manage.local import cards, words

_AGAIN = "again"
_WORDS = ("name", "reach", "whom")


class Local:
    """Opened from the summary of the set-up. Whatever is typed is in force at once, and in the log."""

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
            "manage.local_doors": self.doors,
            "manage.local_remove": self.remove,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def all(self, press: Press) -> None:
        await press.show(cards.local(self._lines.of(press.server)))

    async def one(self, press: Press) -> None:
        await press.show(cards.line(self._meant(press), self._texts))

    async def add(self, press: Press) -> None:
        """Its id is in the form: sent twice, it is one line."""
        if len(self._lines.of(press.server)) >= MOST_LOCAL_LINES:
            await press.show(cards.full())
            return
        await press.ask(filled(self._form, to("manage.local_wrote", new_id()), {}))

    async def edit(self, press: Press) -> None:
        one = self._meant(press)
        values = {key: getattr(one, key) for key in _WORDS}
        await press.ask(filled(self._form, to("manage.local_wrote", one.id, _AGAIN), values))

    async def wrote(self, press: Press) -> None:
        name, reach, whom = (press.typed.get(key, "") for key in _WORDS)
        typed = LocalLine(press.argument, name, reach, whom)
        again = press.word == _AGAIN
        try:
            one = await self._lines.write(_here(press), press.person, typed, press.now, again=again)
        except TooMany:
            await press.show(cards.full((name, reach, whom)))
            return
        await press.show(cards.line(one, self._texts, words.FRESH))

    async def doors(self, press: Press) -> None:
        if not {*press.chosen} <= {*SupportTopic}:
            raise NotYours
        chosen = tuple(door for door in SupportTopic if door in press.chosen)
        one = await self._lines.show_behind(_here(press), press.person, press.argument, chosen, press.now)
        await press.show(cards.line(one, self._texts))

    async def remove(self, press: Press) -> None:
        """At once: three short fields, which the log still holds."""
        await self._lines.remove(_here(press), press.person, press.argument, press.now)
        await press.show(cards.local(self._lines.of(press.server), words.REMOVED))

    def _meant(self, press: Press) -> LocalLine:
        for one in self._lines.of(press.server):
            if one.id == press.argument:
                return one
        raise NotYours


def _here(press: Press) -> ServerId:
    assert press.server is not None, "moderators are those of a server"
    return press.server
