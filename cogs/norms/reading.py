"""Norms read, and answered: in `/norms`, and on the message in the channel."""

from collections.abc import Callable

from bot.errors import NotYours
from bot.ids import ServerId
from bot.norms.model import StandsNoMore
from bot.norms.queries import Put
from bot.servers.model import NoServer
from bot.services import Services
from bot.ui.look import Card
from bot.ui.press import Press
from cogs.norms import words
from cogs.norms.cards import read as cards
from cogs.norms.cards.read import Seen

Called = Callable[[ServerId], str]
"""The name of a server; empty where it is not known."""


class Reading:
    """A server's norms as one member sees them."""

    def __init__(self, services: Services, called: Called) -> None:
        self._services = services
        self._norms = services.norms
        self._ballots = services.norms.ballots
        self._queries = services.norms.queries
        self._called = called

    def register(self, services: Services) -> None:
        for verb, handler in {
            "norms.show": self.show,
            "norms.page": self.page,
            "norms.changes": self.changes,
            "norms.why": self.why,
            "norms.all": self.all,
            "norms.in": self.be_in,
            "norms.out": self.be_out,
        }.items():
            services.router.handle(verb, handler)

    # -- reading --------------------------------------------------------------------------------

    async def show(self, press: Press) -> None:
        """What stands in the server that is meant; in a direct message one may have to be chosen."""
        id = press.chosen[0] if press.chosen else press.argument
        if id or press.server is not None:
            await self._show(press, server_of(id) if id else press.server)
            return
        gone = self._services.servers.left_lately()
        common = [one for one in await self._services.people.servers_of(press.person) if one not in gone]
        if not common:
            raise NoServer
        if len(common) > 1:
            await press.show(cards.which({server: self._called(server) for server in common}))
            return
        await self._show(press, common[0])

    async def page(self, press: Press) -> None:
        put = await self._queries.see(press.person, press.argument)
        await self._say(
            press, put, cards.norms(put, await self._seen(press, put.version.server), _page(press))
        )

    async def changes(self, press: Press) -> None:
        put = await self._queries.see(press.person, press.argument)
        await self._say(
            press, put, cards.changes(put, await self._seen(press, put.version.server), _page(press))
        )

    async def why(self, press: Press) -> None:
        put = await self._queries.see(press.person, press.argument)
        one = put.version.norm(press.chosen[0] if press.chosen else "")
        if one is None:
            raise NotYours
        await self._say(press, put, cards.norm(put, one))

    async def all(self, press: Press) -> None:
        """From the message in the channel: the version that it is about."""
        put = await self._queries.posted(press.person, press.argument)
        await self._say(press, put, cards.norms(put, await self._seen(press, put.version.server)))

    # -- answering ------------------------------------------------------------------------------

    async def be_in(self, press: Press) -> None:
        try:
            answer = await self._ballots.be_in(press.person, press.argument, press.now)
        except StandsNoMore:
            await self.late(press, press.argument)
            return
        await press.show(self._near(cards.answered(answer), answer.version.server))

    async def be_out(self, press: Press) -> None:
        try:
            answer = await self._ballots.be_out(press.person, press.argument, press.now)
        except StandsNoMore:
            await self.late(press, press.argument)
            return
        await press.show(self._near(cards.answered(answer), answer.version.server))

    async def late(self, press: Press, version: str) -> None:
        """It can't be answered any more: what can is shown."""
        put = await self._queries.see(press.person, version)
        view = await self._norms.here(press.person, put.version.server)
        none = view.version is None and view.proposal is None
        sentence = words.LATE_NONE if none else words.LATE
        await self._show(press, put.version.server, sentence.format(number=put.version.number))

    # -- inside ---------------------------------------------------------------------------------

    async def _show(self, press: Press, server: ServerId | None, notice: str = "") -> None:
        """What is in force, else what is proposed, else that there is nothing."""
        assert server is not None, "it was looked for above"
        if press.server is None and not await self._services.presence.still_here(server, press.person):
            raise NotYours
        seen = await self._seen(press, server)
        shown = seen.view.version or seen.view.proposal
        if shown is None:
            await press.show(self._near(cards.none(server, seen, notice), server))
            return
        put = await self._queries.see(press.person, shown.id)
        card = cards.norms if seen.view.version is not None else cards.changes
        await self._say(press, put, card(put, seen, notice=notice))

    async def _seen(self, press: Press, server: ServerId) -> Seen:
        view = await self._norms.here(press.person, server)
        sent = bool(await self._norms.notes.mine(press.person, server))
        return Seen(view, sent, self._called(server) if press.server is None else "")

    async def _say(self, press: Press, put: Put, card: Card) -> None:
        await press.show(self._near(card, put.version.server))

    def _near(self, card: Card, server: ServerId) -> Card:
        return card.within(self._services.servers.country(server))


def server_of(id: str) -> ServerId:
    if not id.isdecimal():
        raise NotYours
    return ServerId(int(id))


def _page(press: Press) -> int:
    return int(press.word) if press.word.isdecimal() else 0
