"""Putting a version of the norms to the group: proposing, publishing, voting, counting, replacing."""

from datetime import datetime, timedelta

from bot.delivery.channel_post import ChannelPost
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.norms import note_store, posts, stand_store, store, timers
from bot.norms.drafts import mark
from bot.norms.errors import NoChannel, NoNorms, NothingChanged, OverTaken
from bot.norms.models import Ballot, Norm, NormDraft, Stand, Version, VersionState
from bot.norms.queries import NormQueries, StandAnswer
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

_RECOUNTS = timedelta(seconds=1)
"""How long a press waits for others, so that one edit of the message counts them all."""


class Ballots:
    """Moderators propose or publish versions, and members answer them.

    A concern can be kept from some of the moderators. So until the vote ends nothing that everybody sees
    depends on it: neither a count nor an edit of the message. The result of a vote includes every concern,
    for everybody at once. A vote that is called off has no result, since a moderator could call it off to
    learn of a concern.
    """

    def __init__(self, context: SliceContext, queries: NormQueries, servers: Servers) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._channel_posts = context.channel_posts
        self._queries = queries
        self._servers = servers

    # -- moderators -----------------------------------------------------------------------------

    @writes
    async def put(
        self,
        tx: Tx,
        person: PersonId,
        server: ServerId,
        now: datetime,
        *,
        direct: bool,
        seen: str = "",
        members: int | None = None,
    ) -> Version:
        """Propose the draft to the members, or publish it. It replaces an open proposal.

        `seen` is the mark of the draft as the moderator saw it. `members` is how many members the server has.
        Raises NoChannel, NoNorms, NothingChanged or OverTaken.
        """
        settings = await self._servers.get(tx, server)
        if settings.norms_channel is None:
            raise NoChannel
        current = await store.in_force(tx, server)
        norms = await self._drafted(tx, server, current, seen)
        await self._replace(tx, server, now)
        number = await store.newest_number(tx, server) + 1
        version = Version(new_id(), server, number, now, person, norms)
        ballot = Ballot.on(version, settings.ratifying, now, direct=direct, members=members)
        await store.add(tx, version, ballot)
        await store.drop_draft(tx, server)
        if direct:
            await self._renew_message(tx, current, now)
        if ballot.ends_at is not None:
            await self._agenda.put(tx, timers.BALLOT_ENDS, version.id, ballot.ends_at)
        await self._channel_posts.put(
            tx, ChannelPost.to(server, settings.norms_channel, posts.BALLOT, version.id, now)
        )
        what = "norms_published" if direct else "norms_proposed"
        was = "_" if current is None else str(current.number)
        await self._servers.log.note(tx, server, person, now, [(what, was, str(number))])
        return version

    @writes
    async def withdraw(
        self, tx: Tx, person: PersonId, server: ServerId, now: datetime, number: int | None = None
    ) -> Version:
        """Withdraw the open proposal, to work on it. Raises NotYours if none, or another number, is open."""
        ballot = await store.open_ballot(tx, server)
        version = None if ballot is None else await store.get(tx, ballot.version)
        if ballot is None or version is None or number not in (None, version.number):
            raise NotYours
        await self._close(tx, ballot, VersionState.WITHDRAWN, now)
        if await store.draft(tx, server) is None:
            await store.keep_draft(tx, NormDraft(server, version.norms, now, person))
        await self._servers.log.note(tx, server, person, now, [("norms_withdrawn", str(version.number), "_")])
        return version

    # -- members --------------------------------------------------------------------------------

    @writes
    async def be_in(self, tx: Tx, person: PersonId, version: str, now: datetime) -> StandAnswer:
        """Record `I'm in` for this version. Raises NotYours or StandsNoMore."""
        return await self.say(tx, person, version, Stand.IN, now)

    @writes
    async def be_out(self, tx: Tx, person: PersonId, version: str, now: datetime) -> StandAnswer:
        """Take back `I'm in`. A concern that they have sent counts again in the vote."""
        found = await self._queries.standing(tx, person, version)
        if not await stand_store.shown_in(tx, version, person):
            return await self._answer(tx, person, version, fresh=False)
        if await self._queries.voting(tx, found) and await note_store.concerned(tx, person, version):
            await stand_store.take(tx, found, person, Stand.CONCERN, now)
        else:
            await stand_store.untake(tx, version, person)
        await self._recount(tx, version, now)
        return await self._answer(tx, person, version, fresh=True)

    # -- in the caller's transaction ------------------------------------------------------------

    async def say(self, tx: Tx, person: PersonId, version: str, said: Stand, now: datetime) -> StandAnswer:
        """Record a member's answer to a version. It replaces their last answer."""
        found = await self._queries.standing(tx, person, version)
        was_in = await stand_store.shown_in(tx, version, person)
        fresh = await stand_store.stand(tx, version, person) is not said
        if fresh:
            hidden = said is Stand.CONCERN and was_in
            await stand_store.take(tx, found, person, said, now, shown_in=hidden)
        if said is Stand.IN and not was_in:
            await self._recount(tx, version, now)
        return await self._answer(tx, person, version, fresh=fresh)

    async def object(self, tx: Tx, person: PersonId, version: str, now: datetime) -> None:
        """Count a concern in the vote on this version. Outside a vote it only goes to its readers."""
        found = await self._queries.standing(tx, person, version)
        if await self._queries.voting(tx, found):
            await self.say(tx, person, version, Stand.CONCERN, now)

    async def unobject(self, tx: Tx, person: PersonId, version: str, now: datetime) -> bool:
        """Take a concern out of the vote. Return whether they are in again, as they were before it.

        Nothing changes if they have answered otherwise since, or if moderators have another one of theirs.
        """
        said = await stand_store.stand(tx, version, person)
        if said is not Stand.CONCERN or await note_store.concerned(tx, person, version):
            return False
        if await stand_store.shown_in(tx, version, person):
            found = await self._queries.reached(tx, person, version)
            await stand_store.take(tx, found, person, Stand.IN, now)
            return True
        await stand_store.untake(tx, version, person)
        return False

    async def end(self, tx: Tx, id: str, now: datetime) -> None:
        """End the vote: count it, and post the result."""
        version, ballot = await store.get(tx, id), await store.ballot(tx, id)
        if version is None or ballot is None or ballot.state is not VersionState.OPEN:
            return
        counted = ballot.counted(*await stand_store.count(tx, id), now)
        current = await store.in_force(tx, ballot.server)
        await store.keep(tx, counted)
        await stand_store.settle(tx, id)
        await self._channel_posts.renew(tx, posts.BALLOT, id, now)
        if counted.state is VersionState.RATIFIED:
            await self._renew_message(tx, current, now)
        elif await store.draft(tx, ballot.server) is None:
            await store.keep_draft(tx, NormDraft(version.server, version.norms, now, version.made_by))
        settings = await self._servers.get(tx, ballot.server)
        if settings.norms_channel is not None and settings.gone_at is None:
            await self._channel_posts.put(
                tx, ChannelPost.to(ballot.server, settings.norms_channel, posts.RESULT, id, now)
            )

    # -- inside ---------------------------------------------------------------------------------

    async def _answer(self, tx: Tx, person: PersonId, version: str, *, fresh: bool) -> StandAnswer:
        found = await self._queries.reached(tx, person, version)
        said = await stand_store.stand(tx, version, person)
        concern = await note_store.concerned(tx, person, version)
        voting = await self._queries.voting(tx, found)
        return StandAnswer(found, said, fresh, concern, await stand_store.shown(tx, version), voting)

    async def _recount(self, tx: Tx, version: str, now: datetime) -> None:
        """Show the new count in the channel, so soon that people see their own press counted."""
        await self._channel_posts.renew(tx, posts.BALLOT, version, now, within=_RECOUNTS)

    async def _drafted(
        self, tx: Tx, server: ServerId, current: Version | None, seen: str
    ) -> tuple[Norm, ...]:
        """Return the draft's norms, if there is something to propose and it is as the moderator saw it."""
        draft = await store.draft(tx, server)
        known = [one.norms for one in (current, await store.proposed(tx, server)) if one is not None]
        if not (known if draft is None else draft.norms):
            raise NoNorms
        if draft is None or draft.norms in known:
            raise NothingChanged
        if seen and mark(draft.norms) != seen:
            raise OverTaken
        return draft.norms

    async def _replace(self, tx: Tx, server: ServerId, now: datetime) -> None:
        ballot = await store.open_ballot(tx, server)
        if ballot is not None:
            await self._close(tx, ballot, VersionState.REPLACED, now)

    async def _close(self, tx: Tx, ballot: Ballot, state: VersionState, now: datetime) -> None:
        yes = await stand_store.shown(tx, ballot.version)
        await store.keep(tx, ballot.closed(state, yes, 0, now))
        await self._agenda.drop(tx, timers.BALLOT_ENDS, ballot.version)
        await self._channel_posts.renew(tx, posts.BALLOT, ballot.version, now)

    async def _renew_message(self, tx: Tx, current: Version | None, now: datetime) -> None:
        """Update the message of the version that was in force until now."""
        if current is not None:
            await self._channel_posts.renew(tx, posts.BALLOT, current.id, now)
