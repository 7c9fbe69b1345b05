"""What happens to nights when people part, leave, rest or are under 18, or a server changes."""

from bot.boundaries.models import parting_time
from bot.events import (
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    ServerForgotten,
    ServerSetForMinors,
)
from bot.nights import look_store, member_store, notifications, store
from bot.nights.models import LookState, Member
from bot.nights.moves import NightMoves
from bot.nights.timers import PART
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class NightLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: NightMoves) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """End at once what holds between the two, and tell the other as if its owner had left the night.

        Here safety goes before silence: nobody must count on somebody who gets no alarm any more. A yes of
        which nobody was told looks as if it had never been given. Neither leaves the night by it.
        """
        for look in await look_store.of_two(tx, event.owner, event.other):
            unheard = look.looker == event.owner and await self._outbox.untold(
                tx, look.owner, (notifications.AGREED,), look.id
            )
            if look.agreed and unheard:
                await self._moves.unsay(tx, look, event.at)
            else:
                await self._moves.part(tx, look, event.owner, event.at)
        for member in await member_store.between(tx, event.owner, event.other):
            if member.person == event.owner:
                await self._moves.close(tx, member)
            elif member.reaches(event.other) and not event.already:
                # They may have seen it already. Whoever comes along meanwhile doesn't see who invited them.
                await self._agenda.put(tx, PART, member.id, parting_time(event.at))

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Let them leave the nights of that server, or all of them."""
        for member in await member_store.of_person(tx, event.person):
            if event.server is None or member.server == event.server:
                await self._out(tx, member, event)

    async def on_rested(self, tx: Tx, event: PersonRested) -> None:
        """Close what asks something of them. A night that they joined goes on: others count on them."""
        for look in await look_store.waiting(tx, event.person):
            await self._outbox.close(tx, look.id, event.at, person=event.person)
            if look.state is LookState.OPEN:
                await look_store.keep(tx, look.declined())
        for member in await member_store.of_person(tx, event.person):
            await self._moves.close(tx, member)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Let them leave every night, and tell those who count on them, as if they had left."""
        for member in await member_store.of_person(tx, event.person):
            await self._out(tx, member, event)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """End the nights that haven't begun. One that is on runs out: at night it may be needed."""
        for night in await store.in_server(tx, event.server):
            if not night.watched(event.at) and not night.begun(event.at):
                for member in await member_store.of(tx, night.id):
                    await self._out(tx, member, event)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete the nights of a server."""
        for night in await store.in_server(tx, event.server):
            await self._moves.destroy(tx, night, event.at)

    # -- inside ---------------------------------------------------------------------------------

    async def _out(
        self, tx: Tx, member: Member, event: PersonParted | PersonUnderEighteen | ServerSetForMinors
    ) -> None:
        """Let somebody leave, or close their invitation, if they haven't left by what came before."""
        current = await member_store.get(tx, member.id)
        if current is None:
            return
        if current.here:
            await self._moves.leave(tx, current, event.at)
        else:
            await self._moves.close(tx, current)
