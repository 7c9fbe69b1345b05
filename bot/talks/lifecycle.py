"""What happens to talks when people part, leave, rest or are under 18, or a server changes."""

from datetime import datetime

from bot.boundaries.models import parting_time
from bot.events import (
    BoundarySet,
    PersonParted,
    PersonRested,
    PersonUnderEighteen,
    ServerForgotten,
    ServerSetForMinors,
)
from bot.ids import ServerId
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.models import Talk, TalkState
from bot.talks.moves import TalkMoves
from bot.talks.notifications import AGREED
from bot.talks.timers import FOLLOW, LAPSE, PART


class TalkLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, moves: TalkMoves) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Withhold what waits for an answer, and a yes that the asker was not told of.

        Each talk between the two ends at a random time of its own. A yes that the asker was told of stays
        until then. What an earlier boundary withheld keeps its times.
        """
        ends = {}
        for asked, asker in ((event.owner, event.other), (event.other, event.owner)):
            for talk in await store.asking(tx, asked):
                if talk.asker != asker or talk.current.withheld:
                    continue
                ends_at = await self._ends_at(tx, talk, event)
                if ends_at is not None:
                    ends[talk.id] = ends_at
        if not event.already:
            await self._agenda.put_all(tx, PART, ends)

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """Turn requests to them into a "can't", and remove their own talk."""
        for talk in await store.asking(tx, event.person):
            on_the_way = talk.state in (TalkState.WAITING, TalkState.AGREED)
            if on_the_way and event.server in (None, talk.server):
                await self._moves.lose(tx, talk, event.at)
        for talk in await store.by_asker(tx, event.person):
            if event.server in (None, talk.server):
                await self._moves.remove(tx, talk, event.at)

    async def on_rested(self, tx: Tx, event: PersonRested) -> None:
        """Turn requests that wait for the resting person into a "can't".

        Talks that they agreed to are kept, unless their own boundary lets the asker go on waiting.
        """
        for talk in await store.asking(tx, event.person):
            lapses = await self._agenda.due_at(tx, LAPSE, talk.id)
            if talk.state is TalkState.WAITING or (talk.yes_withheld and lapses is not None):
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

    async def _ends_at(self, tx: Tx, talk: Talk, event: BoundarySet) -> datetime | None:
        """Withhold what was not told, and return when the talk ends by this boundary, if it does.

        A yes that was told ends before its asker is asked whether they talked. Once they were asked, it looks
        as if nothing but their answer ended it, so only a boundary of their own does.
        """
        if talk.state is TalkState.FOLLOWED:
            if talk.asker == event.owner:
                await self._moves.stop_asking(tx, talk, event.at)
            return None
        if talk.state is TalkState.AGREED and await self._told(tx, talk):
            await self._moves.see(tx, talk)
            return parting_time(event.at, await self._agenda.due_at(tx, FOLLOW, talk.id))
        on_the_way = talk.state in (TalkState.WAITING, TalkState.AGREED)
        goes_on = on_the_way and await self._withhold(tx, talk, event)
        return parting_time(event.at) if goes_on else None

    async def _told(self, tx: Tx, talk: Talk) -> bool:
        return talk.seen or await self._outbox.told(tx, talk.asker, (AGREED,), talk.id)

    async def _withhold(self, tx: Tx, talk: Talk, event: BoundarySet) -> bool:
        """Withhold a request or its yes, and return whether the talk still goes on.

        Its messages are closed: if they stayed, they would open nothing.
        """
        await store.withhold(tx, talk.current)
        await self._outbox.close(tx, talk.current.id, event.at)
        await self._outbox.close(tx, talk.id, event.at, kinds=(AGREED,))
        return talk.state is TalkState.WAITING or await self._withhold_yes(tx, talk, event)

    async def _withhold_yes(self, tx: Tx, talk: Talk, event: BoundarySet) -> bool:
        """Let nothing of a yes show to whoever set no boundary, and return whether the talk still goes on.

        If they agreed, its timers stay as they are, and the random time ends the talk: an end at the moment
        of the lapse would tell them that their yes was withheld. If they asked, they go on waiting, and the
        request lapses as it would have without an answer. If its time has passed, it is recorded as lapsed
        at that time.
        """
        if event.owner != talk.current.person:
            return True
        await self._agenda.drop(tx, FOLLOW, talk.id)
        lapses_at = talk.current.lapses_at
        if lapses_at > event.at:
            await self._agenda.put(tx, LAPSE, talk.id, lapses_at)
            return True
        await self._moves.lose(tx, talk, lapses_at)
        return False
