"""What becomes of asks when people part, leave, rest or say their age, and when a server changes or goes."""

from datetime import datetime

from bot.asks import recipient_store, store
from bot.asks.models import UNDECIDED, AskState, Reply
from bot.asks.moves import AskMoves
from bot.events import (
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    ServerForgotten,
    ServerSetForMinors,
    TieEnded,
)
from bot.ids import PersonId, ServerId
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class AskLifecycle:
    """Keeps asks true to who is there, and to who may meet."""

    def __init__(self, context: SliceContext, moves: AskMoves) -> None:
        self._outbox = context.outbox
        self._moves = moves

    async def on_tie_ended(self, tx: Tx, event: TieEnded) -> None:
        """Whoever left a pod, or was removed, is asked no more: the ordinary "can't"."""
        for asking in await recipient_store.waiting(tx, event.member, event.server):
            ask = await store.get(tx, asking.ask)
            if ask is not None and ask.asker == event.owner and asking.reply in UNDECIDED:
                await self._moves.cannot(tx, asking, event.at)

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """A boundary holds from its own commit; what the asker sees of it waits for the parting."""
        unsettled = await recipient_store.unsettled_between(tx, event.owner, event.other)
        await recipient_store.hold(tx, [asking.id for asking in unsettled])
        for asking in unsettled:
            if asking.reply is Reply.ASKED:
                # As if withdrawn: a message that stays, and opens nothing, would tell of the boundary.
                await self._outbox.close(tx, asking.id, event.at, person=asking.answerer)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Whoever is parted drops out with the ordinary "can't"; asks of somebody who left are withdrawn."""
        if event.other is not None:
            parted = await recipient_store.unsettled_between(tx, event.person, event.other)
        else:
            parted = await recipient_store.waiting(tx, event.person, event.server)
        for asking in parted:
            await self._moves.cannot(tx, asking, event.at)
        if event.other is None:
            await self._withdraw_all(tx, event.person, event.server, event.at)

    async def on_rested(self, tx: Tx, event: PersonRested) -> None:
        """Whoever rests is asked nothing: what they have not answered is the ordinary "can't"."""
        await self._cannot_answer(tx, event.person, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """They answer nothing, and what they asked closes.

        A draft is theirs alone, and goes in its days: somebody may have pressed it by mistake.
        """
        await self._cannot_answer(tx, event.person, event.at)
        for ask in await store.open_in(tx, event.person, None):
            if ask.state is not AskState.DRAFT:
                await self._moves.close(tx, ask, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """What is open there closes, as if withdrawn; drafts go in their days."""
        for id in await store.in_server(tx, event.server):
            ask = await store.get(tx, id)
            if ask is not None and ask.state not in (AskState.DRAFT, AskState.CLOSED):
                await self._moves.close(tx, ask, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Destroy every ask there."""
        for id in await store.in_server(tx, event.server):
            await self._moves.destroy(tx, id, event.at)

    async def _cannot_answer(self, tx: Tx, person: PersonId, now: datetime) -> None:
        for asking in await recipient_store.waiting(tx, person, None):
            if asking.reply in UNDECIDED:
                await self._moves.cannot(tx, asking, now)

    async def _withdraw_all(self, tx: Tx, one: PersonId, server: ServerId | None, now: datetime) -> None:
        for ask in await store.open_in(tx, one, server):
            if ask.state is AskState.DRAFT:
                await self._moves.destroy(tx, ask.id, now)
            else:
                await self._moves.close(tx, ask, now)
