"""The same thing again: what somebody asked not long ago, as far as there is something of it to open."""

from datetime import datetime

from bot.asks import asking_store, store
from bot.asks.model import SAME_WITHIN, Ask, Reply
from bot.asks.tables import OPEN
from bot.plans.service import Plans
from bot.storage.tx import Tx


class Earlier:
    """Looks for what `Same` would open."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    async def than(self, tx: Tx, draft: Ask, now: datetime) -> Ask | None:
        """The newest ask of theirs there that is open, or of which an answer or a plan is left."""
        for ask in await store.sent_since(tx, draft.asker, draft.server, now - SAME_WITHIN):
            if ask.state in OPEN or await self._left(tx, ask):
                return ask
        return None

    async def _left(self, tx: Tx, ask: Ask) -> bool:
        answered = any(one.reply is Reply.ANSWERED for one in await asking_store.of(tx, ask.id))
        return answered or await self._plans.of(tx, ask.id) is not None
