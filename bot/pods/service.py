"""Who may ask whom in a server."""

from collections.abc import Collection
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.people.models import Person
from bot.people.service import People
from bot.people.strangers import Named
from bot.pods import store
from bot.pods.invitations import Invitations
from bot.pods.lifecycle import PodLifecycle
from bot.pods.models import Between, Invitation, Pod, Tie
from bot.pods.moves import PodMoves
from bot.pods.privacy import PodPrivacy
from bot.pods.timer_handlers import PodTimers
from bot.pods.timers import PART
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Pods:
    """Shows and ends ties, and looks them up for asks and talks."""

    circle = store.KNOWN
    """Selects the people of the reader's pods, and those whom they invited, for labels."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._people = people
        self._servers = servers
        self.invitations = Invitations(context, people, servers, boundaries, starts)
        self._moves = moves = PodMoves(context, starts.quotas)
        self.timers = PodTimers(context, moves, boundaries)
        self.lifecycle = PodLifecycle(context, moves)
        self.privacy = PodPrivacy(moves)

    # -- for asks and talks, in the caller's transaction ----------------------------------------

    async def available(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> list[Person]:
        """Return who of the owner's pod can be asked now, also those with a boundary until the parting."""
        if (await self._servers.get(tx, server)).minors:
            return []
        members = [tie.member for tie in await store.members(tx, owner, server)]
        without = await self._servers.adults.without(tx, server, members)
        people = (await self._people.these(tx, members)).values()
        return [one for one in people if one.id not in without and not one.minor and not one.resting(now)]

    async def anyone(self, tx: Tx, owner: PersonId, server: ServerId) -> bool:
        """Whether anybody agreed to be asked by them there, resting or not."""
        return bool(await store.members(tx, owner, server))

    async def parting(self, tx: Tx, owner: PersonId, member: PersonId, server: ServerId) -> datetime | None:
        """Return when their tie ends because of a boundary; None if there is none, or it has no such time."""
        tie = await store.between(tx, owner, member, server)
        return None if tie is None else await self._agenda.due_at(tx, PART, tie.id)

    async def named(self, tx: Tx, persons: Collection[PersonId], now: datetime) -> Named:
        """Return which of these people have ties or invitations, and where their names are shown.

        An invitation that was taken back or has lapsed is kept for a while so that nobody is invited again
        and again. That needs the account, but not the name.
        """
        invited = await store.invitations_to(tx, persons)
        shown = {
            (one.server, one.member) for one in invited if one.shown(now) or one.reaches(one.member, now)
        }
        tied = await store.tied_among(tx, persons)
        known = {*(one.member for one in invited), *(person for _, person in tied)}
        return Named(frozenset(known), frozenset(shown | tied))

    @reads
    async def people(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everyone who is in anybody's pod or has one, with its server, for the daily check."""
        return await store.everyone(tx)

    async def end(self, tx: Tx, owner: PersonId, member: PersonId, server: ServerId, now: datetime) -> None:
        """End the tie by which `owner` can ask `member`, as `remove` does, if there is one."""
        tie = await store.between(tx, owner, member, server)
        if tie is not None:
            await self._moves.end(tx, tie, now)

    # -- ending ---------------------------------------------------------------------------------

    @writes
    async def remove(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Tie:
        """Remove a member from their own pod, without a reason."""
        tie = await self._tie(tx, id)
        if tie.owner != by:
            raise NotYours
        await self._moves.end(tx, tie, now)
        return tie

    @writes
    async def leave(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Tie:
        """Leave somebody's pod, without a reason. A yes that its owner was not told of looks never given."""
        tie = await self._tie(tx, id)
        if tie.member != by:
            raise NotYours
        await self._moves.end_by_member(tx, tie, now)
        return tie

    # -- showing --------------------------------------------------------------------------------

    @reads
    async def show(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> Pod:
        """Return everything about pods that concerns a person in one server.

        Both lists of people are sorted by name.
        """
        await self._servers.require_of_age(tx, person, server)
        members = await store.members(tx, person, server)
        owners = await store.owners(tx, person, server)
        sent = await self.invitations.sent_by(tx, person, server, now)
        waiting = [one for one in await self.invitations.waiting_for(tx, person, now) if one.server == server]
        whom = {*(tie.member for tie in members), *(one.member for one in sent)}
        who = {*(tie.owner for tie in owners), *(one.owner for one in waiting)}
        names = await self._people.labels(tx, person, server, dict.fromkeys(whom | who))
        members.sort(key=lambda tie: _by_name(names.get(tie.member)))
        owners.sort(key=lambda tie: _by_name(names.get(tie.owner)))
        return Pod(server, tuple(members), tuple(owners), tuple(waiting), tuple(sent), names)

    @reads
    async def waiting(self, tx: Tx, person: PersonId, now: datetime) -> list[tuple[Invitation, str]]:
        """Return the invitations to them, in every server, with the inviter's name; none if under 18."""
        if (await self._people.get(tx, person)).minor:
            return []
        found = []
        for one in await self.invitations.waiting_for(tx, person, now):
            if not (await self._servers.get(tx, one.server)).minors:
                names = await self._people.labels(tx, person, one.server, {one.owner: None})
                found.append((one, names.get(one.owner, "")))
        return found

    @reads
    async def between(self, tx: Tx, person: PersonId, other: PersonId, now: datetime) -> Between:
        """Return what this person can see of pods between the two, whatever boundary the other set."""
        ties = await store.ties_of(tx, person, other, None)
        invitations = await store.invitations_of(tx, person, other, None)
        return Between(
            asks=any(tie.owner == person for tie in ties),
            answers=any(tie.owner == other for tie in ties),
            invited=any(one.owner == person and one.shown(now) is not None for one in invitations),
        )

    @reads
    async def places(self, tx: Tx, person: PersonId, now: datetime) -> list[ServerId]:
        """Return the servers where they used the bot or were invited."""
        waiting = [one.server for one in await self.invitations.waiting_for(tx, person, now)]
        return sorted({*await self._people.servers(tx, person), *waiting})

    @writes
    async def read(self, tx: Tx, by: PersonId, kind: str, subject: str, now: datetime) -> None:
        """Close a message of theirs, because they have opened it."""
        await self._outbox.close(tx, subject, now, kinds=(kind,), person=by)

    # -- inside ---------------------------------------------------------------------------------

    async def _tie(self, tx: Tx, id: str) -> Tie:
        found = await store.tie(tx, id)
        if found is None:
            raise NotYours
        return found


def _by_name(name: str | None) -> tuple[bool, str]:
    """Return the key that sorts a list of names. People without a name come last."""
    return name is None, (name or "").casefold()
