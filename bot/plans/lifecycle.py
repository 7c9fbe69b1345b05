"""What happens to plans when their owner says that they are under 18, or a server changes."""

from datetime import datetime

from bot.events import PersonUnderEighteen, ServerForgotten, ServerSetForMinors
from bot.ids import ServerId
from bot.plans import store
from bot.plans.moves import PlanMoves
from bot.storage.tx import Tx


class PlanLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, moves: PlanMoves) -> None:
        self._moves = moves

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Remove all of their plans."""
        for plan in await store.by_owner(tx, event.person):
            await self._moves.remove(tx, plan, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """Remove every plan that was made from something in the server."""
        await self._remove_all(tx, event.server, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Remove every plan that was made from something in the server."""
        await self._remove_all(tx, event.server, event.at)

    async def _remove_all(self, tx: Tx, server: ServerId, now: datetime) -> None:
        for plan in await store.in_server(tx, server):
            await self._moves.remove(tx, plan, now)
