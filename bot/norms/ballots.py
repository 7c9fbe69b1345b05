"""A version put to the group: proposed or published, counted at its end, replaced by a newer one."""

from datetime import datetime

from bot.delivery.channel_post import ChannelPost
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.norms import note_store, posts, stand_store, store, timers
from bot.norms.drafts import mark
from bot.norms.models import (
    Ballot,
    NoChannel,
    NoNorms,
    Norm,
    NormDraft,
    NothingChanged,
    OverTaken,
    Stand,
    Version,
    VersionState,
)
from bot.norms.queries import NormQueries, StandAnswer
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class Ballots:
    """Moderators put a version to the group; members say what they think of it."""

    def __init__(self, context: SliceContext, queries: NormQueries, servers: Servers) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._channel_posts = context.channel_posts
        self._queries = queries
        self._servers = servers

    # -- moderators -----------------------------------------------------------------------------

    @writes
    async def put(
        self, tx: Tx, person: PersonId, server: ServerId, now: datetime, *, direct: bool, seen: str = ""
    ) -> Version:
        """Put the draft to the members, or publish it; a proposal that stands is replaced by it.

        `seen`: the mark of the draft as they saw it. Raises NoChannel, NoNorms, NothingChanged, OverTaken.
        """
        settings = await self._servers.get(tx, server)
        if settings.norms_channel is None:
            raise NoChannel
        held = await store.in_force(tx, server)
        norms = await self._drafted(tx, server, held, seen)
        await self._replace(tx, server, now)
        number = await store.newest_number(tx, server) + 1
        version = Version(new_id(), server, number, now, person, norms)
        ballot = Ballot.on(version, settings.ratifying, now, direct=direct)
        await store.add(tx, version, ballot)
        await store.drop_draft(tx, server)
        if direct:
            await self._give_way(tx, held, now)
        if ballot.ends_at is not None:
            await self._agenda.put(tx, timers.BALLOT_ENDS, version.id, ballot.ends_at)
        await self._channel_posts.put(
            tx, ChannelPost.to(server, settings.norms_channel, posts.BALLOT, version.id, now)
        )
        what = "norms_published" if direct else "norms_proposed"
        was = "_" if held is None else str(held.number)
        await self._servers.log.note(tx, server, person, now, [(what, was, str(number))])
        return version

    @writes
    async def withdraw(
        self, tx: Tx, person: PersonId, server: ServerId, now: datetime, number: int | None = None
    ) -> Version:
        """Take back the proposal that stands, to be worked on; raises NotYours where there is none.

        `number`: the one that is meant, and no newer one.
        """
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
        """`I'm in`, for this version and no other; raises NotYours, StandsNoMore."""
        return await self.say(tx, person, version, Stand.IN, now)

    @writes
    async def be_out(self, tx: Tx, person: PersonId, version: str, now: datetime) -> StandAnswer:
        """They are not in any more; a concern of theirs that was sent counts again."""
        await self._queries.standing(tx, person, version)
        if await stand_store.stand(tx, version, person) is not Stand.IN:
            return await self._answer(tx, person, version, fresh=False)
        return await self.unsay(tx, person, version, now)

    # -- in others' transactions ----------------------------------------------------------------

    async def say(self, tx: Tx, person: PersonId, version: str, said: Stand, now: datetime) -> StandAnswer:
        """What they say to a version: one thing each, the last one."""
        found = await self._queries.standing(tx, person, version)
        fresh = await stand_store.stand(tx, version, person) is not said
        if fresh:
            await stand_store.take(tx, found, person, said, now)
            await self._channel_posts.renew(tx, posts.BALLOT, version, now)
        return await self._answer(tx, person, version, fresh=fresh)

    async def unsay(self, tx: Tx, person: PersonId, version: str, now: datetime) -> StandAnswer:
        """What they said last counts no more; what is left is a concern that moderators still have."""
        found = await self._queries.reached(tx, person, version)
        if await note_store.concerned(tx, person, version):
            await stand_store.take(tx, found, person, Stand.CONCERN, now)
        else:
            await stand_store.untake(tx, version, person)
        await self._channel_posts.renew(tx, posts.BALLOT, version, now)
        return await self._answer(tx, person, version, fresh=True)

    async def end(self, tx: Tx, id: str, now: datetime) -> None:
        """Its days are over: it is counted, and the result is posted."""
        version, ballot = await store.get(tx, id), await store.ballot(tx, id)
        if version is None or ballot is None or ballot.state is not VersionState.OPEN:
            return
        counted = ballot.counted(*await stand_store.count(tx, id), now)
        held = await store.in_force(tx, ballot.server)
        await store.keep(tx, counted)
        await self._channel_posts.renew(tx, posts.BALLOT, id, now)
        if counted.state is VersionState.RATIFIED:
            await self._give_way(tx, held, now)
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
        return StandAnswer(found, said, fresh, await note_store.concerned(tx, person, version))

    async def _drafted(self, tx: Tx, server: ServerId, held: Version | None, seen: str) -> tuple[Norm, ...]:
        """What the draft says, if that is something to be put, and what whoever puts it has seen."""
        draft = await store.draft(tx, server)
        known = [one.norms for one in (held, await store.proposed(tx, server)) if one is not None]
        if not (known if draft is None else draft.norms):
            raise NoNorms
        if draft is None or draft.norms in known:
            raise NothingChanged
        if seen and mark(draft.norms) != seen:
            raise OverTaken
        return draft.norms

    async def _replace(self, tx: Tx, server: ServerId, now: datetime) -> None:
        standing = await store.open_ballot(tx, server)
        if standing is not None:
            await self._close(tx, standing, VersionState.REPLACED, now)

    async def _close(self, tx: Tx, ballot: Ballot, state: VersionState, now: datetime) -> None:
        await store.keep(tx, ballot.closed(state, *await stand_store.count(tx, ballot.version), now))
        await self._agenda.drop(tx, timers.BALLOT_ENDS, ballot.version)
        await self._channel_posts.renew(tx, posts.BALLOT, ballot.version, now)

    async def _give_way(self, tx: Tx, held: Version | None, now: datetime) -> None:
        """What was in force until now says so in its message."""
        if held is not None:
            await self._channel_posts.renew(tx, posts.BALLOT, held.id, now)
