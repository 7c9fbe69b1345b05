"""Pairs: two partners in accountability. One room for each thing that they do together."""

from dataclasses import replace
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.ids import PersonId, ServerId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.changes import Changes
from bot.pairs.checking import CheckIns
from bot.pairs.course import Course
from bot.pairs.ends import Ends
from bot.pairs.history import History
from bot.pairs.kinds import CHANGE_LINE, SHARED_LINE
from bot.pairs.letters import Letters
from bot.pairs.looking import Looking
from bot.pairs.model import Pair, State
from bot.pairs.pauses import Pauses
from bot.pairs.proposals import Proposals
from bot.pairs.sharing import Sharing
from bot.pairs.zones import Zones
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda
from bot.vault.sealing import Vault


class Pairs(Looking):
    """What either can do alone, at any time; and the rooms for the rest."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        people: People,
        preferences: Preferences,
        servers: Servers,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        letters = Letters(vault)
        super().__init__(db, letters, people, servers, boundaries)
        self._outbox = outbox
        course = Course(agenda, outbox)
        self._ends = Ends(people, letters, agenda, outbox)
        self.proposals = Proposals(
            db, letters, course, self._ends, people, preferences, servers, boundaries, agenda, outbox
        )
        self.changes = Changes(db, self, course, agenda, outbox)
        self.pauses = Pauses(db, self, course, agenda, outbox)
        self.check_ins = CheckIns(db, self, letters, course, people, outbox)
        self.sharing = Sharing(db, self, letters, outbox)
        self.history = History(db, self, letters)
        self.zones = Zones(db, course, people)
        preferences.on_rest(self._rest)
        boundaries.on_set(self._set_apart)
        servers.on_forget(self._forget)
        servers.on_minors(self._for_minors)

    @writes
    async def end(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """At once, without a reason. The other gets the sentence that every ending has."""
        pair = await self.running(tx, by, id)
        await self._ends.end(tx, pair, [pair.other(by)], now)

    @writes
    async def read(self, tx: Tx, by: PersonId, kind: str, subject: str, now: datetime) -> None:
        """They have opened what was told: it waits no more."""
        await self._outbox.close(tx, subject, now, kinds=(kind,), person=by)

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """All that is theirs in every pair; after the parting from everyone, by which these have ended."""
        for pair in await store.of(tx, person):
            await self._ends.erase(tx, pair, person, now)

    @writes
    async def saw(self, tx: Tx, by: PersonId, id: str) -> None:
        """They have read what the other wrote for them."""
        pair = await self.running(tx, by, id)
        side = await side_store.of(tx, id, pair.other(by))
        if side is not None and not side.seen and not await self.apart(tx, pair):
            await side_store.keep(tx, replace(side, seen=True))

    async def count_running(self, tx: Tx) -> dict[ServerId, int]:
        """For every server, how many run there."""
        return await store.count_running(tx)

    # -- inside ---------------------------------------------------------------------------------

    async def _set_apart(self, tx: Tx, owner: PersonId, other: PersonId, now: datetime) -> None:
        """What is unread between the two is held back; each of them still sees their own as it was."""
        for pair in await store.of(tx, owner):
            if other not in (pair.starter, pair.partner):
                continue
            if pair.state is State.PROPOSED and not pair.declined:
                await store.keep(tx, replace(pair, held=True))
            elif pair.state is State.RUNNING:
                for one in (owner, other):
                    await self._hold_back(tx, pair, one, now)

    async def _hold_back(self, tx: Tx, pair: Pair, one: PersonId, now: datetime) -> None:
        for shared in await check_in_store.shared_by(tx, pair.id, one):
            if not shared.seen:
                await check_in_store.keep(tx, replace(shared, held=True))
                await self._outbox.close(tx, shared.id, now, kinds=(SHARED_LINE,))
        change = await store.change(tx, pair.id, one)
        if change is not None and change.proposed:
            await store.keep_change(tx, replace(change, held=True))
            await self._outbox.close(tx, pair.id, now, kinds=(CHANGE_LINE,), person=pair.other(one))

    async def _forget(self, tx: Tx, server: ServerId, now: datetime) -> None:
        for pair in await store.in_server(tx, server):
            await self._ends.remove(tx, pair, now)

    async def _for_minors(self, tx: Tx, server: ServerId, now: datetime) -> None:
        """It is set for minors: no pair runs there, and both get the sentence of any ending."""
        for pair in await store.in_server(tx, server):
            if pair.state is State.DRAFT:
                await self._ends.remove(tx, pair, now)
            elif pair.open:
                both = [pair.starter, pair.other(pair.starter)] if pair.state is State.RUNNING else []
                await self._ends.end(tx, pair, both, now)

    async def _rest(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Rest leaves what one set oneself; whoever says that they are under 18 is in no pair any more."""
        if not (await self._people.get(tx, person)).minor:
            return
        for pair in await store.of(tx, person):
            if pair.state is State.RUNNING:
                await self._ends.end(tx, pair, [pair.other(person)], now)
            elif pair.starter == person and pair.open:
                await self._ends.end(tx, pair, (), now)
