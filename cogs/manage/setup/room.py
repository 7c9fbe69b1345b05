"""The wizard, and the settings that it sets."""

from bot.errors import NotYours
from bot.guidance.packs import Pack
from bot.norms.drafts import mark, of_pack
from bot.servers.model import Server
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from bot.ui.router import Handler
from cogs.manage.norms.home import here
from cogs.manage.setup.cards.country import closing
from cogs.manage.setup.cards.packs import preview
from cogs.manage.setup.cards.part import CHANNEL, COUNTRY, PACK, Mode
from cogs.manage.setup.cards.step import PARTS, step
from cogs.manage.setup.cards.summary import summary
from cogs.manage.setup.choices import Choosing, choosings
from cogs.manage.setup.here import Here, Lacks
from cogs.manage.setup.trial import Trial


class Setup:
    """Five steps, each kept as soon as it is chosen; afterwards a summary in which each can be changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._library = services.library
        self._servers = services.servers
        self._drafting = services.norms.drafts
        self._trial = Trial(services)

    def register(self, services: Services) -> None:
        self._trial.register(services)
        for verb, handler in {
            "manage.step": self.step,
            "manage.summary": self.summary,
            "manage.test": self.test,
            "manage.see_pack": self.see_pack,
            "manage.take_pack": self.take_pack,
        }.items():
            services.router.handle(verb, handler, moderators=True)
        for one in choosings(tuple(self._library.by_code), self._is_channel):
            services.router.handle(one.verb, self._chooses(one), moderators=True)

    async def begin(self, press: Press) -> None:
        """The first step; the summary, once anything is set."""
        now = await self._here(press)
        await press.show(
            summary(self._library, now) if now.begun else step(COUNTRY, self._library, now, Mode.STEP)
        )

    async def step(self, press: Press) -> None:
        if press.argument not in {str(number) for number in PARTS}:
            raise NotYours
        await press.show(await self._step(press, int(press.argument), _mode(press.word)))

    async def summary(self, press: Press) -> None:
        await press.show(summary(self._library, await self._here(press)))

    async def test(self, press: Press) -> None:
        """One short message in the channel for norms."""
        server, mode = here(press), _mode(press.argument)
        channel = (await self._servers.settings(server)).norms_channel
        told = "" if channel is None else await self._trial.send(press, server, channel)
        await press.show(await self._step(press, CHANNEL, mode, told))

    async def see_pack(self, press: Press) -> None:
        pack = self._pack(press.chosen[0] if press.chosen else "")
        await press.show(preview(pack, await self._here(press), _mode(press.argument)))

    async def take_pack(self, press: Press) -> None:
        """Into the draft, if it still is as the card had it; where it holds the pack already, it is done."""
        code, _, seen = press.argument.partition("-")
        pack, mode, now = self._pack(code), _mode(press.word), await self._here(press)
        norms = of_pack(pack)
        if now.desk.draft.norms != norms:
            if mark(now.desk.draft.norms) != seen:
                await press.show(preview(pack, now, mode))
                return
            await self._drafting.adopt(press.person, here(press), norms, press.now)
        if mode is Mode.ALONE:
            await self.summary(press)
        else:
            await press.show(await self._step(press, PACK + 1, mode))

    # -- inside ---------------------------------------------------------------------------------

    def _chooses(self, one: Choosing) -> Handler:
        async def choose(press: Press) -> None:
            server, mode = here(press), _mode(press.argument)
            held = await self._servers.settings(server)
            values = one.values(held, press.chosen[0] if press.chosen else press.word)
            if press.chosen and values.get("minors") and not held.minors:
                # It ends what people have with each other, for good: not by a slip in a select.
                await press.show(closing(mode))
                return
            await self._servers.change(server, press.person, press.now, values)
            await press.show(await self._step(press, one.part, mode))

        return choose

    async def _step(self, press: Press, number: int, mode: Mode, notice: str = "") -> Card:
        return step(number, self._library, await self._here(press), mode, notice)

    async def _here(self, press: Press) -> Here:
        server = here(press)
        settings = await self._servers.settings(server)
        desk = await self._drafting.desk(press.person, server, press.now)
        return Here(
            settings,
            desk,
            self._lacks(settings, settings.norms_channel),
            self._lacks(settings, settings.mods_channel),
            self._servers.local.of(server),
        )

    def _lacks(self, settings: Server, channel: int | None) -> Lacks:
        return None if channel is None else self._services.footing.lacks(settings.id, channel)

    def _is_channel(self, held: Server, channel: int) -> bool:
        return self._services.footing.lacks(held.id, channel) is not None

    def _pack(self, code: str) -> Pack:
        if code not in self._library.packs:
            raise NotYours
        return self._library.packs[code]


def _mode(word: str) -> Mode:
    if word not in set(Mode):
        raise NotYours
    return Mode(word)
