"""Which settings a server has, who moderates it, and which server somebody means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.events import PersonParted, ServerForgotten, ServerGone, ServerReturned, ServerSetForMinors
from bot.ids import PersonId, ServerId
from bot.people.models import Person, UnderEighteen
from bot.people.service import People
from bot.servers import store
from bot.servers.local import LocalLines
from bot.servers.log import ServerLog, spoken
from bot.servers.models import FORGOTTEN_AFTER, NoServer, Server, WhichServer
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

FORGET = "servers.forget"


class Servers:
    """Settings of servers, kept in memory too: they change seldom, every room asks for them, and the
    country is needed for help that must work without the database.
    """

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._events = context.events
        self._people = people
        self.log = ServerLog(context, people)
        self.local = LocalLines(context, self.log)
        self._known: dict[ServerId, Server] = {}
        self._loaded = False

    async def load(self) -> None:
        """Fill the copy in memory; once, at start."""
        self._known = {server.id: server for server in await self._every()}
        await self.local.load()
        self._loaded = True

    def country(self, server: ServerId | None) -> str | None:
        """The country whose help lines a server's members see first, from memory."""
        known = None if server is None else self._known.get(server)
        return None if known is None else known.country

    async def get(self, tx: Tx, server: ServerId) -> Server:
        """As of the last commit."""
        if self._loaded:
            return self._known.get(server) or Server(server)
        return await store.get(tx, server)

    async def require_adult(self, tx: Tx, person: PersonId, server: ServerId) -> Person:
        """Return the person. Raises UnderEighteen if they said so, or where members may be under 18."""
        found = await self._people.get(tx, person)
        if found.minor or (await self.get(tx, server)).minors:
            raise UnderEighteen
        return found

    @reads
    async def settings(self, tx: Tx, server: ServerId) -> Server:
        return await self.get(tx, server)

    @writes
    async def keep(self, tx: Tx, server: Server) -> None:
        """As a whole, and unlogged: for what no moderator did."""
        await self._keep(tx, server)

    @writes
    async def change(
        self, tx: Tx, server: ServerId, who: PersonId, now: datetime, values: Mapping[str, Any]
    ) -> Server:
        """Set these settings of `Server`, by their names, and write down in the log what that changed."""
        before = await store.get(tx, server)
        after = replace(before, **values)
        was, is_now = spoken(before), spoken(after)
        changed = [(name, was[name], is_now[name]) for name in was]
        await self._keep(tx, after)
        await self.log.note(tx, server, who, now, changed)
        if after.minors and not before.minors:
            await self._events.publish(tx, ServerSetForMinors(now, server))
        return after

    # -- who moderates --------------------------------------------------------------------------

    @writes
    async def seen_moderating(self, tx: Tx, server: ServerId, person: PersonId, now: datetime) -> None:
        """They used `/manage` there: it is known to Plumbline from then on that they moderate."""
        seen = await store.moderator_since(tx, server, person)
        if seen is None or seen.date() != now.date():
            await store.moderates(tx, server, person, now)

    @writes
    async def seen_without(self, tx: Tx, server: ServerId, person: PersonId) -> None:
        """They have no Manage Server there, or not any more."""
        await store.moderates_no_more(tx, person, server)

    async def moderators(self, tx: Tx, server: ServerId) -> list[PersonId]:
        """Those who used `/manage` there, the last one first: Discord tells nobody else's permissions."""
        return await store.who_moderates(tx, server)

    # -- a server that goes ---------------------------------------------------------------------

    @writes
    async def left(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """The bot was removed from it: its data goes in 30 days, unless it returns."""
        before = await store.get(tx, server)
        if before.gone_at is not None:
            return
        await self._keep(tx, replace(before, gone_at=now))
        await self._agenda.put(tx, FORGET, str(server), now + FORGOTTEN_AFTER)
        await self._events.publish(tx, ServerGone(now, server))

    @writes
    async def returned(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """The bot is there, perhaps again."""
        before = await store.get(tx, server)
        if before.gone_at is not None:
            await self._keep(tx, replace(before, gone_at=None))
            await self._agenda.drop(tx, FORGET, str(server))
            await self._events.publish(tx, ServerReturned(now, server))

    async def known(self, tx: Tx) -> list[ServerId]:
        """Every server of which anything is held."""
        return sorted({*await store.known(tx), *await self.log.servers(tx), *await self._people.places(tx)})

    @reads
    async def all_known(self, tx: Tx) -> list[ServerId]:
        return await self.known(tx)

    def away(self, server: ServerId) -> bool:
        """Whether the bot was removed from it; from memory."""
        known = self._known.get(server)
        return known is not None and known.gone_at is not None

    def left_lately(self) -> list[ServerId]:
        """Those that the bot was removed from, and that are not forgotten yet."""
        return [server.id for server in self._known.values() if server.gone_at is not None]

    # -- timers and events ----------------------------------------------------------------------

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Those of these servers that the bot has not come back to are forgotten."""
        for server in (ServerId(int(subject)) for subject in subjects):
            if (await store.get(tx, server)).gone_at is not None:
                await self._events.publish(tx, ServerForgotten(now, server))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete its settings and its log. To be wired last: others look at its settings until then."""
        await self.log.forget(tx, event.server)
        await store.forget(tx, event.server)
        tx.afterwards(partial(self._forgotten, event.server))

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Whoever has left moderates no more."""
        if event.other is None:
            await store.moderates_no_more(tx, event.person, event.server)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(self, tx: Tx, server: Server) -> None:
        await store.keep(tx, server)
        tx.afterwards(lambda: self._known.update({server.id: server}))

    def _forgotten(self, server: ServerId) -> None:
        self._known.pop(server, None)

    @reads
    async def _every(self, tx: Tx) -> list[Server]:
        return await store.every(tx)


def the_one(here: ServerId | None, common: Sequence[ServerId]) -> ServerId:
    """The server meant: the one stood in, else the only one in common; raises WhichServer or NoServer."""
    if here is not None:
        return here
    if not common:
        raise NoServer
    if len(common) > 1:
        raise WhichServer(tuple(common))
    return common[0]
