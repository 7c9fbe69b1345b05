"""What happens to asks when people part, leave, rest or say that they are under 18, or a server changes."""

from datetime import datetime

from bot.asks import recipient_store, store
from bot.asks.models import UNDECIDED, Ask, AskRecipient, AskState, Reply
from bot.asks.moves import AskMoves
from bot.asks.notifications import CAME, OVER, UNREAD
from bot.asks.timers import PART
from bot.boundaries.models import parting_time
from bot.events import (
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    RetentionShortened,
    ServerForgotten,
    ServerSetForMinors,
    TieEnded,
)
from bot.ids import PersonId, ServerId
from bot.pods.service import Pods
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class AskLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: AskMoves, pods: Pods) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves
        self._pods = pods

    async def on_tie_ended(self, tx: Tx, event: TieEnded) -> None:
        """When a tie ends, turn asks that the member has not answered into the ordinary "can't"."""
        for asking in await recipient_store.waiting(tx, event.member, event.server):
            ask = await store.get(tx, asking.ask)
            if ask is not None and ask.asker == event.owner:
                await self._cannot_yet(tx, ask, asking, event.at)

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold unanswered asks, and answers that the asker was not told of, whoever asked.

        The asker sees each end with the tie by which it was sent. Answers that they were told of stay.
        """
        await self._end_unopened(tx, event)
        ends = {}
        for asking in await recipient_store.unsettled_between(tx, event.owner, event.other):
            ask = await store.get(tx, asking.ask)
            if ask is None:
                continue
            if asking.reply is Reply.ANSWERED and await self._told(tx, ask, asking):
                await recipient_store.tell(tx, [asking.id])
                continue
            await self._withhold(tx, ask, asking, event.at)
            # An ask that ended before its tie, or after it, would reveal the boundary to two people who were
            # asked and compare what they see, or to the asker.
            with_tie = await self._pods.parting(tx, ask.asker, asking.answerer, ask.server)
            if ask.state is not AskState.CLOSED and with_tie is None:
                ends[asking.id] = parting_time(event.at)
        if not event.already:
            await self._agenda.put_all(tx, PART, ends)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Turn what they have not answered into the ordinary "can't", and close what they sent."""
        for asking in await recipient_store.waiting(tx, event.person, event.server):
            if asking.reply is Reply.BEYOND:
                await self._moves.cannot(tx, asking, event.at)
            else:
                await self._cannot(tx, asking, event.at)
        await self._withdraw_all(tx, event.person, event.server, event.at)

    async def on_rested(self, tx: Tx, event: PersonRested) -> None:
        """Turn asks that the resting person has not answered into the ordinary "can't"."""
        await self._cannot_answer(tx, event.person, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Turn asks that they have not answered into the ordinary "can't", and close the asks that they sent.

        Drafts are left to expire, because somebody may have pressed the button by mistake.
        """
        await self._cannot_answer(tx, event.person, event.at)
        for ask in await store.open_in(tx, event.person, None):
            if ask.state is not AskState.DRAFT:
                await self._moves.close(tx, ask, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """Close the open asks of the server, as if they were withdrawn. Drafts are left to expire."""
        for id in await store.in_server(tx, event.server):
            ask = await store.get(tx, id)
            if ask is not None and ask.state not in (AskState.DRAFT, AskState.CLOSED):
                await self._moves.close(tx, ask, event.at)

    async def on_retention_shortened(self, tx: Tx, event: RetentionShortened) -> None:
        """Keep texts for fewer days, also those of asks that have closed."""
        await self._moves.keep_shorter(tx, event.server, event.days)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Destroy every ask of the server."""
        for id in await store.in_server(tx, event.server):
            await self._moves.destroy(tx, id, event.at)

    async def _told(self, tx: Tx, ask: Ask, asking: AskRecipient) -> bool:
        """Whether a message told the asker of this answer. One about the whole ask tells of all answers."""
        return await self._outbox.told(tx, ask.asker, (CAME, OVER, UNREAD), asking.id, ask.id)

    async def _end_unopened(self, tx: Tx, event: BoundarySet) -> None:
        """End the tie of an ask that its asker's boundary closes unopened, as when somebody is removed.

        The ask closes at once. If the tie stayed, somebody who was asked under two accounts could tell that
        only one of them can't answer any more, and why.
        """
        for asking in await recipient_store.open_between(tx, event.owner, event.other):
            ask = await store.get(tx, asking.ask)
            shown = asking.reply is Reply.ASKED and not asking.withheld
            if shown and ask is not None and ask.state is AskState.OPEN:
                await self._pods.end(tx, event.owner, event.other, ask.server, event.at)

    async def _withhold(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        await recipient_store.withhold(tx, [asking.id])
        if asking.reply is Reply.ASKED:
            # It is closed like that of a withdrawn ask: a message that stays but opens nothing would reveal
            # the boundary.
            await self._outbox.close(tx, asking.id, now, person=asking.answerer)
        elif asking.reply is Reply.ANSWERED:
            await self._moves.withhold_answer(tx, ask, asking, now)

    async def _cannot_answer(self, tx: Tx, person: PersonId, now: datetime) -> None:
        for asking in await recipient_store.waiting(tx, person, None):
            ask = await store.get(tx, asking.ask)
            if ask is not None:
                await self._cannot_yet(tx, ask, asking, now)

    async def _cannot_yet(self, tx: Tx, ask: Ask, asking: AskRecipient, now: datetime) -> None:
        """Show the asker a "can't" of what they wait for, but nothing before the time of a BEYOND."""
        if asking.undecided and not await self._moves.has_its_time(tx, ask, asking):
            await self._cannot(tx, asking, now)

    async def _cannot(self, tx: Tx, asking: AskRecipient, now: datetime) -> None:
        """Show the asker a "can't". A reply across a boundary stays with its author, as without one."""
        replied = asking.reply not in UNDECIDED
        await (self._moves.part if replied else self._moves.cannot)(tx, asking, now)

    async def _withdraw_all(self, tx: Tx, one: PersonId, server: ServerId | None, now: datetime) -> None:
        for ask in await store.open_in(tx, one, server):
            if ask.state is AskState.DRAFT:
                await self._moves.destroy(tx, ask.id, now)
            else:
                await self._moves.withdraw(tx, ask, now)
