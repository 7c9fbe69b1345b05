"""What talks hold about a person: their own talk, and requests of others to talk with them."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import PersonId
from bot.privacy.models import Consequence
from bot.privacy.slice_privacy import HeldTable, ledger_of, owned
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.models import Reply, TalkState
from bot.talks.moves import TalkMoves
from bot.talks.tables import LEDGER, requests, talks

_UNDER_WAY = {TalkState.WAITING, TalkState.AGREED, TalkState.FOLLOWED}
"""The states in which whoever was asked can see the talk."""


class TalkPrivacy:
    """Shows, and erases, one person's part in talks. There is no text in them."""

    tables: Sequence[HeldTable] = (
        HeldTable(talks, ledger_of(LEDGER, talks), mine=owned(talks, "asker")),
        HeldTable(
            requests,
            ledger_of(LEDGER, requests),
            # A request that they didn't agree to is the asker's. Whether it waits, and for how long it is
            # kept, would tell of a boundary.
            mine=lambda person: (
                (requests.c.person == person) & requests.c.reply.in_((Reply.TODAY, Reply.TOMORROW))
            ),
        ),
    )

    def __init__(self, moves: TalkMoves) -> None:
        self._moves = moves

    async def consequences(self, tx: Tx, person: PersonId, _now: datetime) -> Sequence[Consequence]:
        """A request that waits for their answer isn't theirs, so it doesn't end like a talk of theirs."""
        asked = {talk.state for talk in await store.asking(tx, person) if not talk.hidden}
        own = {talk.as_shown.state for talk in await store.by_asker(tx, person)}
        ends = TalkState.AGREED in asked or own & _UNDER_WAY
        found = [Consequence.TALKS_END] if ends else []
        return [*found, Consequence.CANT_ANSWER] if TalkState.WAITING in asked else found

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Remove their talks. Whoever asked them to talk sees no name from then on."""
        for talk in await store.by_asker(tx, person):
            await self._moves.remove(tx, talk, now)
        await store.forget_requests(tx, person)
