"""Counts for moderators, of whole past months, rounded so that nobody can be recognised."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from bot.events import AskSent, AskWithdrawn, ServerForgotten
from bot.ids import PersonId, ServerId
from bot.insights import models, store
from bot.insights.models import ASKERS, MONTHS_SHOWN, REMINDERS, Month, rounded
from bot.norms.service import Norms
from bot.pairs.service import Pairs
from bot.people.service import People
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

MONTH, ALL = "insights.month", "all"
"""The subject of the one timer for all servers, since the month ends in UTC everywhere."""


class MonthEnd(Struct, frozen=True):
    """What is counted when a month ends: how many people are in for the norms, and how many in a pair."""

    servers: Sequence[ServerId]
    members_in: Mapping[ServerId, int]
    in_pairs: Mapping[ServerId, int]


class Insights:
    """Counts people rather than what they do, and shows the months that have ended.

    So that somebody is counted once, a keyed hash of their account, the server and the month is kept until
    the month ends. Without the key it says nothing about anybody.
    """

    def __init__(
        self, context: SliceContext, people: People, servers: Servers, norms: Norms, pairs: Pairs
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._vault = context.vault
        self._people = people
        self._servers = servers
        self._norms = norms
        self._pairs = pairs

    @writes
    async def start(self, tx: Tx, now: datetime) -> None:
        """Schedule the end of the current month, unless that was done before."""
        if await self._agenda.due_at(tx, MONTH, ALL) is None:
            await self._agenda.put(tx, MONTH, ALL, models.ends(now))

    async def count(self, tx: Tx, server: ServerId, what: str, now: datetime, more: int = 1) -> None:
        """Count REMINDERS in this month, in the transaction in which they happened."""
        await store.add(tx, server, models.month_of(now), what, more)

    async def count_person(
        self, tx: Tx, server: ServerId, what: str, person: PersonId, now: datetime
    ) -> None:
        """Count somebody in this month, once however often they do it."""
        month = models.month_of(now)
        await store.add_person(tx, server, month, what, await self._finger(tx, server, month, what, person))

    @reads
    async def months(self, tx: Tx, server: ServerId) -> Sequence[Month]:
        """Return the months that have ended, a year of them at most, the newest last."""
        return await store.latest(tx, server, MONTHS_SHOWN)

    # -- timers and events ----------------------------------------------------------------------

    async def on_ask_sent(self, tx: Tx, event: AskSent) -> None:
        """Count the asker."""
        await self.count_person(tx, event.server, ASKERS, event.asker, event.at)

    async def on_ask_withdrawn(self, tx: Tx, event: AskWithdrawn) -> None:
        """Don't count the asker any more, unless they sent other asks in the same month."""
        month = models.month_of(event.sent_at)
        finger = await self._finger(tx, event.server, month, ASKERS, event.asker)
        await store.take_person(tx, event.server, month, ASKERS, finger)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete the counts of the server."""
        await store.forget(tx, event.server)

    async def close_months(self, tx: Tx, _subjects: Sequence[str], now: datetime) -> None:
        """Close every month that has ended since the last time. Nothing changes while the bot is off."""
        await self._agenda.put(tx, MONTH, ALL, models.ends(now))
        last, newest = await store.last_ended(tx), models.before(models.month_of(now))
        first = await store.first_counted(tx) if last is None else models.after(last)
        standing = await self._standing(tx)
        for month in models.ended(min(first or newest, newest), now):
            await self._close(tx, month, standing)

    # -- inside ---------------------------------------------------------------------------------

    async def _finger(self, tx: Tx, server: ServerId, month: str, what: str, person: PersonId) -> bytes:
        """Return a hash of their account, so that nobody counts twice by erasing what is held about them."""
        fingers = await self._people.fingers(tx, [person])
        return self._vault.finger("tally", str(server), month, what, fingers[person].hex())

    async def _standing(self, tx: Tx) -> MonthEnd:
        servers = await self._servers.known(tx)
        return MonthEnd(servers, await self._norms.members_in(tx), await self._pairs.people_in_running(tx))

    async def _close(self, tx: Tx, month: str, standing: MonthEnd) -> None:
        tallied = await store.counted(tx, month)
        rows = {}
        for server in {*standing.servers, *standing.members_in, *standing.in_pairs, *tallied}:
            counts = tallied.get(server, {})
            rows[server] = Month(
                month,
                rounded(standing.members_in.get(server, 0)),
                rounded(counts.get(ASKERS, 0)),
                rounded(standing.in_pairs.get(server, 0)),
                rounded(counts.get(REMINDERS, 0)),
            )
        await store.close(tx, rows, month, models.earlier(month, MONTHS_SHOWN - 1))
