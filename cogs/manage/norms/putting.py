"""The draft on its way to the members: looked at, put, withdrawn."""

from contextlib import suppress

from bot.errors import NotYours
from bot.norms.drafts import mark
from bot.norms.model import NoNorms, NothingChanged, OverTaken, Version
from bot.norms.queries import NormDesk, Put
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from cogs.manage.norms.cards import put as cards
from cogs.manage.norms.cards.home import fresh
from cogs.manage.norms.home import Home, here


class Putting:
    """A version is put as it was looked at: whatever changed since is shown first."""

    def __init__(self, services: Services, home: Home) -> None:
        self._services = services
        self._norms = services.norms
        self._home = home

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.preview": self.preview,
            "manage.read": self.read,
            "manage.changes": self.changes,
            "manage.put": self.put,
            "manage.norms_channel": self.channel,
            "manage.post": self.post,
            "manage.withdraw": self.withdraw,
            "manage.withdrawn": self.withdrawn,
        }.items():
            services.router.handle(verb, handler, moderators=True)

    async def preview(self, press: Press) -> None:
        await press.show(cards.preview(await self._as_put(press)))

    async def read(self, press: Press) -> None:
        await press.show(cards.read(await self._as_put(press), press.argument))

    async def changes(self, press: Press) -> None:
        await press.show(cards.changes(await self._as_put(press), press.argument))

    async def put(self, press: Press) -> None:
        await self._follows(press, _how(press))

    async def channel(self, press: Press) -> None:
        """Chosen right there; it is the server's channel for norms from then on."""
        how, chosen = _how(press), press.chosen[0] if press.chosen else ""
        server = here(press)
        if not chosen.isdecimal() or self._services.footing.lacks(server, int(chosen)) is None:
            raise NotYours
        await self._services.servers.change(server, press.person, press.now, {"norms_channel": int(chosen)})
        await self._follows(press, how)

    async def post(self, press: Press) -> None:
        """The word is the mark of the draft as they saw it; a second press shows what was posted."""
        server, how = here(press), _how(press)
        desk = await self._home.desk(press)
        if desk.begun and mark(desk.draft.norms) == press.word:
            barred = await self._barred(press, how)
            if barred is not None:
                await press.show(barred)
                return
            direct, ballots = how == cards.DIRECT, self._norms.ballots
            try:
                version = await ballots.put(press.person, server, press.now, direct=direct, seen=press.word)
            except NothingChanged:
                version = await self._put_already(press)
        else:
            version = await self._put_already(press)
        channel = (await self._services.servers.settings(server)).norms_channel
        await press.show(cards.posted(await self._norms.queries.shown(version.id), channel))

    async def withdraw(self, press: Press) -> None:
        desk = await self._home.desk(press)
        if desk.proposal is None or desk.ballot is None or str(desk.proposal.number) != press.argument:
            raise OverTaken
        await press.show(cards.withdrawing(desk, desk.ballot, desk.proposal.number))

    async def withdrawn(self, press: Press) -> None:
        """The one that they looked at; where it stands no more, how things stand is shown."""
        number = int(press.argument) if press.argument.isdecimal() else 0
        with suppress(NotYours):
            await self._norms.ballots.withdraw(press.person, here(press), press.now, number)
        await self._home.show(press)

    # -- inside ---------------------------------------------------------------------------------

    async def _follows(self, press: Press, how: str) -> None:
        """What follows; or what is to be done first."""
        put = await self._as_put(press, direct=how == cards.DIRECT)
        barred = await self._barred(press, how)
        if barred is not None:
            await press.show(barred)
            return
        settings, desk = await self._services.servers.settings(here(press)), await self._home.desk(press)
        await press.show(cards.putting(put, desk, settings, mark(put.version.norms)))

    async def _as_put(self, press: Press, *, direct: bool | None = None) -> Put:
        """The draft as it would be put, in the way that is usual here; raises NoNorms, NothingChanged."""
        server, desk = here(press), await self._home.desk(press)
        _fit(desk)
        settings, versions = await self._services.servers.settings(server), await self._norms.versions(server)
        number = versions[0].number + 1 if versions else 1
        usual = settings.ratifying.direct if direct is None else direct
        return cards.as_put(desk, number, settings, press.now, direct=usual)

    async def _barred(self, press: Press, how: str) -> Card | None:
        """What keeps Plumbline from posting in the channel for norms, as far as Discord has told."""
        server = here(press)
        channel = (await self._services.servers.settings(server)).norms_channel
        if channel is None:
            return cards.no_channel(how)
        missing = self._services.footing.lacks(server, channel)
        if missing is None:
            return cards.no_channel(how, gone=True)
        return cards.lacks(how, channel, missing) if missing else None

    async def _put_already(self, press: Press) -> Version:
        """The newest, where it says what they saw; else somebody was quicker."""
        versions = await self._norms.versions(here(press))
        if not versions or mark(versions[0].norms) != press.word:
            raise OverTaken
        return versions[0]


def _fit(desk: NormDesk) -> None:
    """Raises NoNorms and NothingChanged, as putting it would."""
    if not desk.draft.norms:
        raise NoNorms
    if not fresh(desk):
        raise NothingChanged


def _how(press: Press) -> str:
    if press.argument not in (cards.MEMBERS, cards.DIRECT):
        raise NotYours
    return press.argument
