"""Servers: their settings, their moderators, and which one a person means in a direct message."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from bot.events import (
    PersonParted,
    RetentionShortened,
    ServerForgotten,
    ServerGone,
    ServerReturned,
    ServerSetForMinors,
)
from bot.ids import PersonId, ServerId
from bot.people.errors import UnderEighteen
from bot.people.models import Person
from bot.people.service import People
from bot.servers import adult_store, store
from bot.servers.adults import Adults
from bot.servers.errors import NoServer, WhichServer
from bot.servers.local import LocalLines
from bot.servers.log import ServerLog, spoken
from bot.servers.models import FORGOTTEN_AFTER, Server
from bot.servers.names import ServerNames
from bot.servers.notices import ModeratorNotices
from bot.servers.privacy import ServerPrivacy
from bot.servers.welcome import Welcome
from bot.slice_context import SliceContext
from bot.storage.session import Hint
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

FORGET = "servers.forget"
ASKED_EVERY = timedelta(days=1)
"""How often Discord is asked whether somebody still moderates a server."""


class Servers:
    """The settings of servers, also kept in memory.

    They rarely change and are needed often, and the country is needed for help that must work without the
    database.
    """

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._events = context.events
        self._people = people
        self.log = ServerLog(context, people)
        self.local = LocalLines(context, self.log)
        self.names = ServerNames(context)
        self.notices = ModeratorNotices(context)
        self.adults = Adults(context, self.get)
        self.welcome = Welcome(context, self.log, self.notices)
        self.privacy = ServerPrivacy()
        self._known: dict[ServerId, Server] = {}
        self._loaded = False

    async def load(self) -> None:
        """Fill the copy in memory: at the start, and again if another process may have changed something."""
        await self._read_all()
        await self.local.load()
        if self._db.shared:
            await self.names.load()

    def country(self, server: ServerId | None) -> str | None:
        """Return the country whose helplines a server's members see first, from memory; None if unknown."""
        known = None if server is None else self._known.get(server)
        return None if known is None else known.country

    def adult_role(self, server: ServerId | None) -> int | None:
        """Return the role of the server's adults, from memory; None if it has none."""
        known = None if server is None else self._known.get(server)
        return None if known is None else known.adult_role

    async def get(self, tx: Tx, server: ServerId) -> Server:
        """Return the settings as of the last commit."""
        if self._loaded and not self._db.shared:
            return self._known.get(server) or Server(server)
        return await store.get(tx, server)

    async def require_adult(self, tx: Tx, person: PersonId, server: ServerId) -> Person:
        """Return the person, who may start what is for adults there.

        Raises UnderEighteen, or WithoutAdultRole if the server has a role for adults and they don't have it.
        """
        found = await self.require_of_age(tx, person, server)
        await self.adults.require(tx, server, person)
        return found

    async def require_of_age(self, tx: Tx, person: PersonId, server: ServerId) -> Person:
        """Return the person, who may go on with what they have started there, with the role or without it.

        Raises UnderEighteen if they said so, or if the server is set for minors.
        """
        found = await self._people.get(tx, person)
        if found.minor or (await self.get(tx, server)).minors:
            raise UnderEighteen
        return found

    @reads
    async def settings(self, tx: Tx, server: ServerId) -> Server:
        return await self.get(tx, server)

    @writes
    async def keep(self, tx: Tx, server: Server) -> None:
        """Store all settings without a log entry. For changes that no moderator made."""
        await self._keep(tx, server)

    @writes
    async def change(
        self, tx: Tx, server: ServerId, who: PersonId, now: datetime, values: Mapping[str, Any]
    ) -> Server:
        """Set these settings, by their names in `Server`, and write the changes to the log."""
        before = await store.get(tx, server)
        after = replace(before, **values)
        was, is_now = spoken(before), spoken(after)
        changed = [(name, was[name], is_now[name]) for name in was]
        await self._keep(tx, after)
        await self.log.note(tx, server, who, now, changed)
        if after.adult_role != before.adult_role:
            await adult_store.forget(tx, server)
        if after.minors != before.minors:
            await self.welcome.renew(tx, server, now)
        if after.minors and not before.minors:
            await self._events.publish(tx, ServerSetForMinors(now, server))
        if after.retention_days < before.retention_days:
            await self._events.publish(tx, RetentionShortened(now, server, after.retention_days))
        return after

    # -- who moderates --------------------------------------------------------------------------

    @writes
    async def seen_moderating(self, tx: Tx, server: ServerId, person: PersonId, now: datetime) -> None:
        """Record that they used `/manage` there, so that they are known as a moderator."""
        seen = await store.moderator_since(tx, server, person)
        if seen is None or seen.date() != now.date():
            await store.moderates(tx, server, person, now)

    @writes
    async def seen_without(self, tx: Tx, server: ServerId, person: PersonId) -> None:
        """Record that they don't have Manage Server there."""
        await store.moderates_no_more(tx, person, server)

    @writes
    async def to_ask_about(
        self, tx: Tx, server: ServerId, persons: Collection[PersonId], now: datetime
    ) -> list[PersonId]:
        """Return those of these moderators about whom Discord must be asked, which is at most once a day."""
        unasked = await store.unasked(tx, server, persons, now - ASKED_EVERY)
        await store.asked_about(tx, server, unasked, now)
        return unasked

    async def moderators(self, tx: Tx, server: ServerId) -> list[PersonId]:
        """Return those who used `/manage` there, the latest first. Other moderators are not known."""
        return await store.who_moderates(tx, server)

    # -- removal from a server ------------------------------------------------------------------

    @writes
    async def left(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Record that the bot was removed. The server's data is deleted in 30 days unless it returns."""
        before = await store.get(tx, server)
        if before.gone_at is not None:
            return
        await self._keep(tx, replace(before, gone_at=now))
        await self._agenda.put(tx, FORGET, str(server), now + FORGOTTEN_AFTER)
        await self._events.publish(tx, ServerGone(now, server))

    @writes
    async def returned(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """Record that the bot is in the server, and end a removal if there was one."""
        before = await store.get(tx, server)
        if before.gone_at is not None:
            await self._keep(tx, replace(before, gone_at=None))
            await self._agenda.drop(tx, FORGET, str(server))
            await self._events.publish(tx, ServerReturned(now, server))

    async def known(self, tx: Tx) -> list[ServerId]:
        """Return every server about which anything is stored."""
        return sorted({*await store.known(tx), *await self.log.servers(tx), *await self._people.places(tx)})

    @reads
    async def all_known(self, tx: Tx) -> list[ServerId]:
        return await self.known(tx)

    async def away(self, tx: Tx, servers: Collection[ServerId]) -> set[ServerId]:
        """Return those of these servers from which the bot was removed."""
        if self._loaded and not self._db.shared:
            return {*self.left_lately()}.intersection(servers)
        return await store.away(tx, servers)

    def left_lately(self) -> list[ServerId]:
        """Return the servers that removed the bot and are not forgotten yet, from memory."""
        return [server.id for server in self._known.values() if server.gone_at is not None]

    # -- timers and events ----------------------------------------------------------------------

    async def forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Forget these servers, except those to which the bot has returned."""
        for server in (ServerId(int(subject)) for subject in subjects):
            if (await store.get(tx, server)).gone_at is not None:
                await self._events.publish(tx, ServerForgotten(now, server))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete the server's settings and its log.

        Wire this last, because other handlers need the settings.
        """
        await self.log.forget(tx, event.server)
        await adult_store.forget(tx, event.server)
        await store.forget(tx, event.server)
        await self.names.forget(tx, event.server)
        tx.afterwards(partial(self._forgotten, event.server))

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Forget that a person who left was a moderator, and whether they had the adults' role."""
        await adult_store.remove(tx, event.person, event.server)
        await store.moderates_no_more(tx, event.person, event.server)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep(self, tx: Tx, server: Server) -> None:
        await store.keep(tx, server)
        tx.tell_others(Hint.MEMORY)
        tx.afterwards(lambda: self._known.update({server.id: server}))

    def _forgotten(self, server: ServerId) -> None:
        self._known.pop(server, None)

    @writes
    async def _read_all(self, tx: Tx) -> None:
        """In a write, so that no older state takes the place of a newer one."""
        tx.afterwards(partial(self._read, {server.id: server for server in await store.every(tx)}))

    def _read(self, known: dict[ServerId, Server]) -> None:
        self._known, self._loaded = known, True


def the_one(here: ServerId | None, common: Sequence[ServerId]) -> ServerId:
    """Return the current server, or else the only one in common. Raises WhichServer or NoServer."""
    if here is not None:
        return here
    if not common:
        raise NoServer
    if len(common) > 1:
        raise WhichServer(tuple(common))
    return common[0]
