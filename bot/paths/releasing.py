"""When a request reaches the person on the path. Until then, nothing about it may show to them."""

from collections.abc import Collection
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.ids import PersonId
from bot.paths import companion_store, notifications, request_store, vote_store
from bot.paths.models import COMPANIONS_AT_LEAST, Companion, Path, enough
from bot.paths.request import Request
from bot.paths.sealed import SealedPaths
from bot.paths.vote import Said, Vote
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class Releasing:
    """Lets requests reach the person, inside a transaction of the caller."""

    def __init__(
        self, context: SliceContext, sealed: SealedPaths, boundaries: Boundaries, people: People
    ) -> None:
        self._outbox = context.outbox
        self._sealed = sealed
        self._boundaries = boundaries
        self._people = people

    async def hidden_from(self, tx: Tx, request: Request, companions: Collection[PersonId]) -> set[PersonId]:
        """Return from which companions a boundary keeps a request, because of who entered it."""
        meets = await self._boundaries.may_meet_each(tx, request.by, companions)
        return {one for one, meet in meets.items() if meet.withheld}

    async def ask(
        self, tx: Tx, path: Path, request: Request, now: datetime, *, but: Collection[PersonId]
    ) -> None:
        """Tell the companions but these that a request waits for their word. One who rests isn't asked."""
        hidden = await vote_store.hidden_from(tx, path.id, request.id)
        people = await self._people.these(
            tx, [one.person for one in await companion_store.of(tx, path.id) if one.person not in but]
        )
        for id, person in people.items():
            if id not in hidden and not person.resting(now):
                await self._outbox.tell(
                    tx, id, notifications.ENTERED, request.id, now, server=path.server, question=True
                )

    async def ask_anew(self, tx: Tx, path: Path, now: datetime) -> None:
        """Forget what was said of requests that haven't reached the person, and ask about them once more.

        The companions are others than those who spoke, so nobody must count as outvoted who has only gone.
        """
        for request, _ in await request_store.of(tx, path.id):
            if request.released_at is None:
                await vote_store.clear_request(tx, path.id, request.id)
                await self.ask(tx, path, request, now, but=())

    async def ask_about_those_due(self, tx: Tx, path: Path, now: datetime) -> None:
        """Ask the companions about each request for which it is time now.

        What they said before doesn't count, because it may not be wanted any more.
        """
        for request, _ in await request_store.of(tx, path.id):
            if request.released_at is None and request.kind.reaches_at(path.step):
                await vote_store.clear_agreement(tx, path.id, request.id)
                await self.ask(tx, path, request, now, but=())

    async def ask_newcomer(self, tx: Tx, path: Path, companion: Companion, now: datetime) -> None:
        """Ask a new companion for their word on each request that waits, but across no boundary."""
        for request, _ in await request_store.of(tx, path.id):
            if request.by == companion.person or request.released_at is not None:
                continue
            if await self.hidden_from(tx, request, [companion.person]):
                await vote_store.keep(tx, Vote(path.id, request.id, companion.person, Said.HIDDEN, now))
            else:
                await self._outbox.tell(
                    tx, companion.person, notifications.ENTERED, request.id, now,
                    server=path.server, question=True,
                )  # fmt: skip

    async def if_it_can(self, tx: Tx, path: Path, request: Request, now: datetime) -> None:
        """Release a request if the companions have agreed to it, and it is time.

        If a boundary stands between the person and whoever entered it, the companions see the same, and the
        person sees nothing.
        """
        if request.released_at is not None or not request.kind.reaches_at(path.step):
            return
        votes = [one for one in await vote_store.of(tx, path.id) if one.about == request.id]
        if not agreed(request, votes, await companion_store.of(tx, path.id)):
            return
        apart = (await self._boundaries.may_meet(tx, request.by, path.owner)).withheld
        released = request.released(now, None if apart else path.owner)
        sealed = await request_store.text(tx, request.id)
        await request_store.release(
            tx, released, await self._sealed.for_reader(tx, request, released, sealed)
        )
        await self._outbox.close(tx, request.id, now, kinds=(notifications.ENTERED,))
        await self._outbox.tell(
            tx, path.owner, notifications.ASKED, request.id, now, server=path.server, withheld=apart
        )


def agreed(request: Request, votes: list[Vote], companions: list[Companion]) -> bool:
    """Whether as many companions agree to a request as it takes, two at least, and whoever entered it.

    Distance takes only who entered it.
    """
    if request.kind.at_once:
        return True
    said = {one.person: one.said for one in votes}
    if any(one.person == request.by for one in companions) and said.get(request.by) is not Said.YES:
        return False
    asked = [one.person for one in companions if said.get(one.person) is not Said.HIDDEN]
    yes = sum(said.get(one) is Said.YES for one in asked)
    return yes >= COMPANIONS_AT_LEAST and enough(yes, len(asked))
