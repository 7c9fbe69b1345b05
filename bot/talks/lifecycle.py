"""What happens to talks when people part, leave, rest or are under 18, or a server changes."""

from datetime import datetime

from bot.events import (
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    ServerForgotten,
    ServerSetForMinors,
)
from bot.ids import PersonId, ServerId
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.models import TalkState
from bot.talks.moves import TalkMoves


class TalkLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: TalkMoves) -> None:
        self._outbox = context.outbox
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold what they have not seen of each other, and close the messages about it.

        A message that stays but opens nothing would reveal the boundary.
        """
        for asked, asker in ((event.owner, event.other), (event.other, event.owner)):
            for talk in await store.asking(tx, asked):
                unseen = talk.state is TalkState.WAITING or (talk.state is TalkState.AGREED and not talk.seen)
                if talk.asker == asker and unseen:
                    await store.withhold(tx, talk.current)
                    await self._outbox.close(tx, talk.current.id, event.at)
                    await self._outbox.close(tx, talk.id, event.at)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Turn requests between the two into a "can't". If an asker left the server, remove their talk."""
        await self._lose_all(tx, event.person, event.other, event.server, event.at)
        if event.other is not None:
            await self._lose_all(tx, event.other, event.person, event.server, event.at)
            return
        for talk in await store.by_asker(tx, event.person):
            if event.server in (None, talk.server):
                await self._moves.remove(tx, talk, event.at)

    async def on_rested(self, tx: Tx, event: PersonRested) -> None:
        """Turn requests that wait for the resting person into a "can't".

        Talks that they agreed to are kept.
        """
        for talk in await store.asking(tx, event.person):
            if talk.state is TalkState.WAITING:
                await self._moves.lose(tx, talk, event.at)

    async def on_under_18(self, tx: Tx, event: PersonUnderEighteen) -> None:
        """Turn requests to them into a "can't", and remove their own talk."""
        for talk in await store.asking(tx, event.person):
            if talk.state in (TalkState.WAITING, TalkState.AGREED):
                await self._moves.lose(tx, talk, event.at)
        for talk in await store.by_asker(tx, event.person):
            await self._moves.remove(tx, talk, event.at)

    async def on_server_for_minors(self, tx: Tx, event: ServerSetForMinors) -> None:
        """Remove every talk of the server."""
        await self._remove_all(tx, event.server, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Remove every talk of the server."""
        await self._remove_all(tx, event.server, event.at)

    async def _remove_all(self, tx: Tx, server: ServerId, now: datetime) -> None:
        for talk in await store.in_server(tx, server):
            await self._moves.remove(tx, talk, now)

    async def _lose_all(
        self, tx: Tx, asked: PersonId, asker: PersonId | None, server: ServerId | None, now: datetime
    ) -> None:
        for talk in await store.asking(tx, asked):
            on_the_way = talk.state in (TalkState.WAITING, TalkState.AGREED)
            if on_the_way and asker in (None, talk.asker) and server in (None, talk.server):
                await self._moves.lose(tx, talk, now)
