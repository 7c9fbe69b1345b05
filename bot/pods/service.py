"""Who may ask whom: people who said yes to each other, in one server."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.people.service import Parting, People
from bot.pods import store
from bot.pods.inviting import FORGET, JOINED, LAPSE, Inviting
from bot.pods.model import Invitation, Pod, State, Tie
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

__all__ = ["ENDED", "JOINED", "KINDS", "Pods"]

ENDED = "pods.ended"
"""To the one who did not end it: a tie is no more. Its subject is the tie."""
KINDS = (JOINED, ENDED)


Ended = Callable[[Tx, Tie, datetime], Awaitable[None]]


class Pods(Inviting):
    """Inviting, agreeing, removing, leaving."""

    def __init__(
        self,
        db: Database,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        super().__init__(db, people, servers, boundaries, agenda, outbox)
        self._ended: list[Ended] = []
        boundaries.on_set(self._hold)
        people.on_parting(self._part)
        servers.on_forget(self._forget_server)

    def on_end(self, ended: Ended) -> None:
        """Be told, inside the transaction, when either side ends a tie, so that nothing is open along it."""
        self._ended.append(ended)

    # -- for asks and talks, in their transactions ----------------------------------------------

    async def available(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> list[PersonId]:
        """Who of the owner's pod can be asked now; one who set a boundary still shows until the parting."""
        if (await self._servers.get(tx, server)).minors:
            return []
        members = [tie.member for tie in await store.members(tx, owner, server)]
        people = await self._people.these(tx, members)
        return [one for one in members if not people[one].minor and not people[one].resting(now)]

    async def anyone(self, tx: Tx, owner: PersonId, server: ServerId) -> bool:
        """Whether anybody at all agreed to be asked by them there, resting or not."""
        return bool(await store.members(tx, owner, server))

    async def holds(self, tx: Tx, owner: PersonId, member: PersonId, server: ServerId) -> bool:
        """Whether `member` agreed to be asked by `owner` there."""
        return await store.between(tx, owner, member, server) is not None

    # -- ending ---------------------------------------------------------------------------------

    @writes
    async def remove(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Tie:
        """The owner lets somebody go, without a reason."""
        tie = await self._tie(tx, id)
        if tie.owner != by:
            raise NotYours
        return await self._end(tx, tie, by, now)

    @writes
    async def leave(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Tie:
        """A member is asked by this owner no more, without a reason."""
        tie = await self._tie(tx, id)
        if tie.member != by:
            raise NotYours
        return await self._end(tx, tie, by, now)

    # -- showing --------------------------------------------------------------------------------

    @reads
    async def show(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Pod:
        """Everything of theirs in one server, both lists of people by name."""
        await self._grown(tx, person, server)
        members = await store.members(tx, person, server)
        owners = await store.owners(tx, person, server)
        sent = await self._all_sent(tx, person, server, now)
        waiting = [one for one in await self._all_waiting(tx, person, now) if one.server == server]
        whom = {*(tie.member for tie in members), *(one.member for one in sent)}
        who = {*(tie.owner for tie in owners), *(one.owner for one in waiting)}
        names = await self._people.names(tx, server, whom | who)
        members.sort(key=lambda tie: _by_name(names.get(tie.member)))
        owners.sort(key=lambda tie: _by_name(names.get(tie.owner)))
        return Pod(server, tuple(members), tuple(owners), tuple(waiting), tuple(sent), names)

    @reads
    async def waiting(self, tx: Tx, person: PersonId, now: datetime) -> list[tuple[Invitation, str]]:
        """Invitations that wait for them, in every server, with the inviter's name; none for under 18."""
        if (await self._people.get(tx, person)).minor:
            return []
        found = []
        for one in await self._all_waiting(tx, person, now):
            if not (await self._servers.get(tx, one.server)).minors:
                names = await self._people.names(tx, one.server, [one.owner])
                found.append((one, names.get(one.owner, "")))
        return found

    @reads
    async def places(self, tx: Tx, person: PersonId, now: datetime) -> list[ServerId]:
        """Servers where they used the bot, or where somebody invited them."""
        waiting = [one.server for one in await self._all_waiting(tx, person, now)]
        return sorted({*await self._people.servers(tx, person), *waiting})

    async def young(self, tx: Tx, person: PersonId, _now: datetime) -> None:
        """Whoever says that they are under 18 invites nobody, and no invitation waits for them."""
        if (await self._people.get(tx, person)).minor:
            await self._withdraw(tx, person, await store.invitations_of(tx, person, None, None))

    @writes
    async def read(self, tx: Tx, by: PersonId, kind: str, subject: str, now: datetime) -> None:
        """They have opened what was told: it waits no more."""
        await self._outbox.close(tx, subject, now, kinds=(kind,), person=by)

    # -- inside ---------------------------------------------------------------------------------

    async def _tie(self, tx: Tx, id: str) -> Tie:
        found = await store.tie(tx, id)
        if found is None:
            raise NotYours
        return found

    async def _end(self, tx: Tx, tie: Tie, by: PersonId, now: datetime) -> Tie:
        await store.end_tie(tx, tie.id)
        await self._outbox.close(tx, tie.id, now)
        other = tie.member if by == tie.owner else tie.owner
        # It ends as any does; whoever set a boundary themselves hears no more of the other.
        held = await self._boundaries.holds(tx, other, by)
        await self._outbox.tell(tx, other, ENDED, tie.id, now, other=by, server=tie.server, held=held)
        for ended in self._ended:
            await ended(tx, tie, now)
        return tie

    async def _hold(self, tx: Tx, one: PersonId, other: PersonId, _now: datetime) -> None:
        """What waits between the two reaches nobody any more; to whoever made it, it waits still."""
        for invitation in await store.invitations_of(tx, one, other, None):
            if invitation.state is State.OPEN:
                await store.keep(tx, replace(invitation, held=True))

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Every tie between them ends; the ones who are left are told, the one who parted never."""
        one = parting.one
        # About somebody who is gone nothing is delivered: what tells of their going names nobody.
        named = None if parting.other is None else one
        told: set[tuple[PersonId, ServerId]] = set()
        for tie in await store.ties_of(tx, one, parting.other, parting.server):
            await store.end_tie(tx, tie.id)
            await self._outbox.close(tx, tie.id, now)
            other = tie.member if tie.owner == one else tie.owner
            if named is not None and await self._boundaries.holds(tx, other, one):
                continue  # They have parted as well.
            # Of each, as if one after the other had been ended; of who has left, once.
            if named is not None or (other, tie.server) not in told:
                told.add((other, tie.server))
                await self._outbox.tell(tx, other, ENDED, tie.id, now, other=named, server=tie.server)
        await self._withdraw(tx, one, await store.invitations_of(tx, one, parting.other, parting.server))

    async def _forget_server(self, tx: Tx, server: ServerId, _now: datetime) -> None:
        gone = await store.forget_server(tx, server)
        for kind in (LAPSE, FORGET):
            await self._agenda.drop(tx, kind, *gone)

    async def _withdraw(self, tx: Tx, one: PersonId, invitations: Iterable[Invitation]) -> None:
        for invitation in invitations:
            await self._agenda.drop(tx, LAPSE, invitation.id)
            if invitation.state is State.ACCEPTED:
                continue  # It became the tie: taking it for an open one would show it as never answered.
            mine = invitation.owner == one
            await store.keep(tx, invitation.taken_back(one) if mine else invitation.closed())


def _by_name(name: str | None) -> tuple[bool, str]:
    """As in a list of names, whoever has none there last."""
    return name is None, (name or "").casefold()
