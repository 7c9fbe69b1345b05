"""What happens to terms when people part, leave or are under 18, or a server changes."""

from msgspec.structs import replace

from bot.boundaries.models import parting_time
from bot.events import BoundarySet, PersonParted, PersonUnderEighteen, ServerForgotten, ServerSetForMinors
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.terms import carrying_store, store
from bot.terms.models import Carrying, CarryState
from bot.terms.moves import TermsMoves
from bot.terms.notifications import CAME, LET
from bot.terms.timers import PART


class TermsLifecycle:
    """Reacts to events about people and servers. Terms belong to no server, and carrying them to one."""

    def __init__(self, context: SliceContext, moves: TermsMoves) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold what either was not told of, and let each carrying end at a random time of its own.

        To its author an invitation still looks open; one that its author sent is taken back at a random time
        too. A yes of which the author was not told looks at once as if it had never been given.
        """
        ends = []
        for carrying in await carrying_store.of(tx, event.owner, event.other):
            if carrying.agreed and await self._parts_later(tx, carrying, event):
                ends.append(carrying.id)
            elif carrying.state is CarryState.OPEN:
                await self._moves.keep(tx, replace(carrying, withheld=True))
                ends += [carrying.id] if carrying.author == event.owner else []
            elif carrying.waits(event.at) and carrying.author == event.owner:
                await self._moves.keep(tx, replace(carrying, withheld=True))
                ends.append(carrying.id)
        if not event.already:
            await self._agenda.put_all(tx, PART, {id: parting_time(event.at) for id in ends})

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """End what they carry and what is carried for them, unless the two share another server.

        What they were asked to carry names nobody from then on, as after an erasing: somebody who comes back
        and is asked again is somebody new to its author either way.
        """
        for carrying in await carrying_store.of(tx, event.person):
            if event.server is not None and carrying.server != event.server:
                continue
            away = None if event.server is None else await self._moves.elsewhere(tx, carrying)
            if away is not None:
                await self._moves.keep(tx, away)
                continue
            await self._moves.part(tx, carrying, event.person, event.at)
            if carrying.carrier == event.person:
                await self._moves.unname(tx, carrying, event.person, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Delete their terms, and hand back what they carry."""
        own = await store.of(tx, event.person)
        if own is not None:
            await self._moves.remove(tx, own, event.at)
        for carrying in await carrying_store.received(tx, event.person):
            await self._moves.hand_back(tx, carrying, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """End what is carried between people who share no other server. Terms themselves stay."""
        for carrying in await carrying_store.in_server(tx, event.server):
            away = await self._moves.elsewhere(tx, carrying)
            if away is not None:
                await self._moves.keep(tx, away)
            elif carrying.agreed:
                await self._moves.end_for_both(tx, carrying, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete who was asked there, unless the two share another server. Terms themselves stay."""
        for carrying in await carrying_store.in_server(tx, event.server):
            away = await self._moves.elsewhere(tx, carrying)
            if away is not None:
                await self._moves.keep(tx, away)
            else:
                await self._moves.remove_carrying(tx, carrying, event.at)

    # -- inside ---------------------------------------------------------------------------------

    async def _parts_later(self, tx: Tx, carrying: Carrying, event: BoundarySet) -> bool:
        """Withhold what passes no more, and return whether it ends at a random time. Otherwise it ended.

        A word that the carrier left before stays, as it does when they hand it back: /terms shows its author
        that there is one before they open it, and it may be all that they ever get to hear.
        """
        mine = carrying.author == event.owner
        if not mine and await self._moves.untold(tx, carrying):
            await self._moves.hand_back(tx, carrying.rested(event.at), event.at)
            return False
        told = carrying.seen or await self._outbox.told(tx, carrying.carrier, (LET,), carrying.id)
        if carrying.readable and not carrying.seen:
            if mine and told:
                # As an ask that was not opened: nobody reads it after its author set a boundary.
                await self._moves.withdraw(tx, carrying, event.at)
                return False
            carrying = await self._moves.take_away(tx, carrying, carrying.ungiven(), event.at)
        if mine:
            # Whoever sets a boundary gets no more messages about the other person. The word is in /terms.
            await self._outbox.close(tx, carrying.id, event.at, kinds=(CAME,))
        await self._moves.keep(tx, replace(carrying, withheld=True))
        return True
