"""What two people have with each other in asks, as one of them sees it, for `/boundary`."""

from datetime import datetime

from msgspec import Struct

from bot.asks import recipient_store
from bot.asks.models import waited_for
from bot.asks.moves import AskMoves
from bot.ids import PersonId
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class AsksBetween(Struct, frozen=True):
    """What one of the two can see. Nothing in it depends on a boundary that the other has set."""

    asking: bool
    """They asked the other person, who seems to have given no answer yet."""
    asked: bool
    """The other person asked them, and they have not replied."""
    answered: bool
    """They answered the other person, who can read it or may have read it."""


class Between:
    """Looks at the asks between two people, and takes back one person's answers."""

    def __init__(self, context: SliceContext, moves: AskMoves) -> None:
        self._db = context.db
        self._moves = moves

    @reads
    async def seen(self, tx: Tx, by: PersonId, other: PersonId) -> AsksBetween:
        """Return what `by` can see of asks between them and the other person."""
        mine = await recipient_store.open_between(tx, by, other)
        theirs = await recipient_store.open_between(tx, other, by)
        return AsksBetween(
            # This doesn't tell who has said that it's beyond them, or that somebody is in danger.
            asking=bool(waited_for(mine)),
            asked=any(one.waits for one in theirs),
            answered=bool(await recipient_store.answers(tx, by, other)),
        )

    @writes
    async def take_back(self, tx: Tx, by: PersonId, other: PersonId, now: datetime) -> int:
        """Delete their answers to the other person; return how many there were. Each looks like a "can't"."""
        answers = await recipient_store.answers(tx, by, other)
        for one in answers:
            await self._moves.take_back(tx, one, now)
        return len(answers)
