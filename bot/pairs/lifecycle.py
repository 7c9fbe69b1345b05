"""What happens to pairs when people part, leave or say that they are under 18, or a server changes."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.models import parting_time
from bot.events import BoundarySet, PersonParted, PersonUnderEighteen, ServerForgotten, ServerSetForMinors
from bot.ids import PersonId
from bot.pairs import check_in_store, store
from bot.pairs.check_in import Wish
from bot.pairs.models import Pair, PairState
from bot.pairs.moves import PairMoves
from bot.pairs.notifications import BEGUN, CHANGE, PAUSED, SETTLED, SHARED, WISH, WISH_ANSWERS
from bot.pairs.timers import PART
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class PairLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: PairMoves) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold proposals, and what either was not told of. Each still sees their own side unchanged.

        Each pair ends at a random time of its own. What they were told of stays until then, and with the pair
        the words that both had sent for it. What the owner did to the pair itself, and the partner was not
        told of, ends it at once, as if the owner had ended it: a pair that began, paused or changed, and no
        message ever came about that, would reveal the boundary. For the partner a proposal goes like one that
        was taken back, with what they had typed.
        """
        ends = {}
        for pair in await store.of(tx, event.owner):
            if not pair.open or event.other not in (pair.starter, pair.partner):
                continue
            if await self._unsaid(tx, pair, event.owner):
                await self._moves.part(tx, pair, event.owner, event.at)
                continue
            ends[pair.id] = parting_time(event.at)
            if pair.state is PairState.PROPOSED and not pair.declined:
                await store.keep(tx, replace(pair, withheld=True))
                await self._moves.forget_side(tx, pair, pair.other(pair.starter))
            elif pair.state is PairState.RUNNING:
                for one in (event.owner, event.other):
                    await self._withhold(tx, pair, one, event.at)
                await self._withhold_wishes(tx, pair)
        if not event.already:
            await self._agenda.put_all(tx, PART, ends)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """End every pair of theirs. Tell the other partner, and not the person who parted.

        A draft of somebody else's forgets that they were picked.
        """
        for pair in await store.of(tx, event.person, event.server):
            if pair.state is PairState.DRAFT and pair.starter != event.person:
                await store.unpick(tx, pair.id)
            else:
                await self._moves.part(tx, pair, event.person, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """End all of their pairs and proposals."""
        for pair in await store.of(tx, event.person):
            if pair.state is PairState.RUNNING:
                await self._moves.end(tx, pair, [pair.other(event.person)], event.at)
            elif pair.starter == event.person and pair.open:
                await self._moves.end(tx, pair, (), event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """End every pair there. Both partners are told the same as at any other end."""
        for pair in await store.in_server(tx, event.server):
            if pair.state is PairState.DRAFT:
                await self._moves.remove(tx, pair, event.at)
            elif pair.open:
                both = [pair.starter, pair.other(pair.starter)] if pair.state is PairState.RUNNING else []
                await self._moves.end(tx, pair, both, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Remove every pair of the server."""
        for pair in await store.in_server(tx, event.server):
            await self._moves.remove(tx, pair, event.at)

    async def _unsaid(self, tx: Tx, pair: Pair, one: PersonId) -> bool:
        """Whether this person let the pair begin, pause or change, and the partner was not told so yet."""
        if pair.state is not PairState.RUNNING:
            return False
        return await self._outbox.untold(tx, pair.other(one), (BEGUN, PAUSED, SETTLED), pair.id)

    async def _withhold(self, tx: Tx, pair: Pair, one: PersonId, now: datetime) -> None:
        partner = pair.other(one)
        for shared in await check_in_store.shared_by(tx, pair.id, one):
            if not shared.seen and not await self._outbox.told(tx, partner, (SHARED,), shared.id):
                await check_in_store.keep(tx, replace(shared, withheld=True))
                await self._outbox.close(tx, shared.id, now, kinds=(SHARED,))
        change = await store.change(tx, pair.id, one)
        if change is not None and change.proposed:
            await store.keep_change(tx, replace(change, withheld=True))
            await self._outbox.close(tx, pair.id, now, kinds=(CHANGE,), person=partner)

    async def _withhold_wishes(self, tx: Tx, pair: Pair) -> None:
        """Withhold wishes to talk that the partner was not told of, and answers to them likewise."""
        for one in await check_in_store.wishes(tx, pair.id):
            waits = one.wish is Wish.ASKED
            to, kinds = (one.partner, (WISH,)) if waits else (one.person, WISH_ANSWERS)
            if await self._outbox.untold(tx, to, kinds, one.id):
                await check_in_store.keep(tx, replace(one, wish_withheld=True))
