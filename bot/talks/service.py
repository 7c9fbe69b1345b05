"""Asking one person to talk: who is asked, what they answer, and whether the two talked."""

from collections.abc import Collection
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.service import People
from bot.people.strangers import Named
from bot.pods.service import Pods
from bot.reports.models import Start
from bot.reports.starts import Starts
from bot.servers.service import Servers, the_one
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.errors import CannotBeAsked, TalkClosed
from bot.talks.lifecycle import TalkLifecycle
from bot.talks.models import Did, Reply, Request, Talk, TalkAbout, TalkState
from bot.talks.moves import TalkMoves
from bot.talks.privacy import TalkPrivacy
from bot.talks.queries import Offered, TalkQueries, TalkView
from bot.talks.timer_handlers import TalkTimers


class Talks:
    """Each person can have one open talk, with one other person at a time."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        servers: Servers,
        boundaries: Boundaries,
        pods: Pods,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._moves = TalkMoves(context, people)
        self._starts = starts
        self._queries = TalkQueries(people, pods, self._moves)
        self.timers = TalkTimers(context, self._moves, boundaries)
        self.lifecycle = TalkLifecycle(context, self._moves)
        self.privacy = TalkPrivacy(self._moves)

    # -- the asker ------------------------------------------------------------------------------

    async def look(self, by: PersonId, here: ServerId | None, now: datetime) -> TalkView:
        """Return their open talk, or who can be asked. Raises WhichServer, NoServer or UnderEighteen.

        Writes only if it tells them of a yes.
        """
        view = await self._look(by, here, now)
        return view if view.talk is None or not view.talk.untold else await self.show(by, view.talk.id, now)

    @reads
    async def _look(self, tx: Tx, by: PersonId, here: ServerId | None, now: datetime) -> TalkView:
        talk = await self._open(tx, by)
        common = await self._people.servers(tx, by)
        if here is not None and here not in common:
            raise NotYours
        server = talk.server if talk is not None else the_one(here, common)
        if talk is None:
            await self._servers.require_adult(tx, by, server)
        await self._servers.require_of_age(tx, by, server)
        return await self._queries.mine(tx, by, server, talk, now)

    @reads
    async def between(self, tx: Tx, by: PersonId, other: PersonId) -> tuple[bool, bool]:
        """Return whether a boundary ends a talk for which `by` asked the other, and one the other way round.

        The other person notices that end, whether or not there is a yes. So it depends neither on a yes that
        `by` wasn't told of, nor on a boundary that the other person set.
        """
        mine = [talk for talk in await store.asking(tx, other) if talk.asker == by]
        theirs = [talk for talk in await store.asking(tx, by) if talk.asker == other]
        ends = (TalkState.WAITING, TalkState.AGREED)
        return (
            any(talk.state in (*ends, TalkState.FOLLOWED) for talk in mine),
            any(talk.state in ends and not talk.hidden for talk in theirs),
        )

    @writes
    async def show(self, tx: Tx, by: PersonId, id: str, now: datetime) -> TalkView:
        """Return a talk of theirs, and record that they were told of the answer."""
        talk = await self._moves.see(tx, await self._theirs(tx, by, id))
        return await self._queries.mine(tx, by, talk.server, talk, now)

    @reads
    async def any_open(self, tx: Tx, by: PersonId) -> bool:
        """Whether they have an open talk. It tells them nothing of it."""
        return await store.open_of(tx, by) is not None

    async def of(self, by: PersonId, now: datetime) -> TalkView | None:
        """Return their open talk for /inbox; None if a message about it is listed there already."""
        view = await self._of(by, now)
        talk = None if view is None else view.talk
        return view if talk is None or not talk.untold else await self.show(by, talk.id, now)

    @reads
    async def _of(self, tx: Tx, by: PersonId, now: datetime) -> TalkView | None:
        talk = await self._open(tx, by)
        if talk is None or any(one.subject == talk.id for one in await self._outbox.listed(tx, by)):
            return None
        return await self._queries.mine(tx, by, talk.server, talk, now)

    @writes
    async def ask(
        self,
        tx: Tx,
        by: PersonId,
        server: ServerId,
        person: PersonId,
        now: datetime,
        about: TalkAbout = TalkAbout.HARD,
    ) -> TalkView:
        """Ask a person. A second time returns the talk as it is.

        Raises CannotBeAsked, UnderEighteen, Barred or StartedTooMuch.
        """
        talk = await self._open(tx, by)
        if talk is not None and talk.state is not TalkState.FREE:
            return await self._queries.mine(tx, by, talk.server, await self._moves.see(tx, talk), now)
        server = server if talk is None else talk.server
        await self._servers.require_adult(tx, by, server)
        if person not in await self._queries.free(tx, by, server, talk, now):
            raise CannotBeAsked(server, about)
        await self._starts.begin(tx, Start.TALK, by, server, [person], now)
        withheld = (await self._boundaries.may_meet(tx, by, person)).withheld
        request = Request(new_id(), person, now, withheld)
        if talk is None:
            talk = Talk(new_id(), by, server, TalkState.WAITING, (request,), about=about)
            await store.add(tx, talk)
        else:
            talk = await store.keep(tx, talk.asking(request, about))
        await self._moves.ask(tx, talk, now)
        return await self._queries.mine(tx, by, server, talk, now)

    @writes
    async def take_back(self, tx: Tx, by: PersonId, id: str, now: datetime) -> TalkView:
        """Take the talk back if it was not answered yet; otherwise return it with the answer."""
        talk = await self._theirs(tx, by, id)
        if talk.state in (TalkState.WAITING, TalkState.FREE):
            talk = await self._moves.move(tx, talk, talk.taken_back(by, now), now)
        return await self._queries.mine(tx, by, talk.server, await self._moves.see(tx, talk), now)

    @writes
    async def tell(self, tx: Tx, by: PersonId, id: str, did: Did, now: datetime) -> TalkView:
        """Record whether they got to talk. A second time changes nothing."""
        talk = await self._theirs(tx, by, id)
        if talk.state is TalkState.FOLLOWED or (talk.state is TalkState.AGREED and did is not Did.NOT_YET):
            talk = await self._moves.move(tx, talk, talk.told(did, now), now)
            await self._moves.ask_again(tx, talk, now)
        return await self._queries.mine(tx, by, talk.server, await self._moves.see(tx, talk), now)

    # -- the person who is asked ----------------------------------------------------------------

    @reads
    async def offered(self, tx: Tx, by: PersonId, request_id: str) -> Offered:
        """Return what they are asked. Raises TalkClosed if it no longer waits for them."""
        talk = await self._for(tx, by, request_id)
        return await self._queries.offered(tx, talk, request_id)

    @writes
    async def answer(self, tx: Tx, by: PersonId, request_id: str, reply: Reply, now: datetime) -> Offered:
        """Answer: today, tomorrow, or can't. The same answer a second time changes nothing.

        Until the asker is asked whether they talked, somebody who agreed can still say that they can't.
        """
        talk = await self._for(tx, by, request_id)
        if talk.state is TalkState.WAITING:
            talk = await self._moves.answer(tx, talk, reply, now)
        elif talk.state is TalkState.AGREED and reply is Reply.CANT:
            talk = await self._moves.lose(tx, talk, now)
        elif talk.current.reply is not reply:
            raise TalkClosed
        return await self._queries.offered(tx, talk, request_id)

    # -- in the caller's transaction ------------------------------------------------------------

    async def whose(self, tx: Tx, person: PersonId, source: str) -> ServerId | None:
        """Return the server of a talk of theirs that took place, for a plan made from it; otherwise None."""
        talk = await store.get(tx, source)
        mine = talk is not None and talk.asker == person and talk.state is TalkState.TALKED
        return talk.server if talk is not None and mine else None

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return which of these people were asked to talk, and where."""
        return Named.here(await store.asked_among(tx, persons))

    # -- inside ---------------------------------------------------------------------------------

    async def _open(self, tx: Tx, by: PersonId) -> Talk | None:
        talk = await store.open_of(tx, by)
        return None if talk is None else talk.as_shown

    async def _theirs(self, tx: Tx, by: PersonId, id: str) -> Talk:
        talk = await store.get(tx, id)
        if talk is None or talk.asker != by:
            raise NotYours
        return talk.as_shown

    async def _for(self, tx: Tx, by: PersonId, request_id: str) -> Talk:
        """Return the talk of a request to them.

        Under a boundary, one that waits looks as if it was taken back. One that was answered stays: without
        a boundary, it would be there as well.
        """
        talk = await store.by_request(tx, request_id)
        if talk is None or not any(r.id == request_id and r.person == by for r in talk.asked):
            raise NotYours
        over = talk.current.id != request_id or talk.hidden or talk.state is TalkState.CLOSED
        waits = talk.state is TalkState.WAITING
        if over or (waits and (await self._boundaries.may_meet(tx, talk.asker, by)).withheld):
            raise TalkClosed
        return talk
