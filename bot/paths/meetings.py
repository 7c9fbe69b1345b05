"""After a meeting: what everybody is asked privately. The person on the path sees nothing of the others'."""

from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId
from bot.paths import answer_store, commitment_store, companion_store, due_times, notifications, store, timers
from bot.paths.answer import Answer, Sense
from bot.paths.commitment import Word
from bot.paths.moves import PathMoves
from bot.paths.queries import AnswerView, PathQueries
from bot.paths.schedule import ASKED_AFTER
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx


class Meetings:
    """Keeps what people say after a meeting, until the next one."""

    def __init__(
        self, context: SliceContext, queries: PathQueries, moves: PathMoves, boundaries: Boundaries
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._queries = queries
        self._moves = moves
        self._boundaries = boundaries

    @writes
    async def met(self, tx: Tx, by: PersonId, id: str, met: bool, now: datetime) -> AnswerView:
        """Say whether they met. It can be changed until the next meeting."""
        answer = await self._queries.answer(tx, by, id)
        kept = await answer_store.keep(tx, replace(answer, met=met))
        return await self._after(tx, by, kept, now)

    @writes
    async def held(self, tx: Tx, by: PersonId, id: str, word: Word, now: datetime) -> AnswerView:
        """Say of one's own commitment how it held. Nobody else sees it. Return what is asked next."""
        one = await commitment_store.get(tx, id)
        if one is None or one.owner != by:
            raise NotYours
        await self._queries.own(tx, by, one.path)
        answer = await answer_store.latest(tx, one.path, by)
        if answer is None:
            raise NotYours
        await commitment_store.keep(tx, one.spoken_of(word, now))
        return await self._after(tx, by, answer, now)

    @writes
    async def sense(self, tx: Tx, by: PersonId, id: str, sense: Sense, now: datetime) -> AnswerView:
        """Say, as a companion, how it is going. Nobody sees it unless they tell it themselves."""
        answer = await self._companions(tx, by, id)
        if answer.sense is not sense and answer.told:
            # What was told is taken back: the other companions must not read another word in its place.
            await self._outbox.close(tx, id, now, kinds=(notifications.TOLD,))
            answer = replace(answer, told=False)
        kept = await answer_store.keep(tx, replace(answer, sense=sense))
        await self._outbox.close(tx, id, now, person=by)
        return await self._queries.answer_view(tx, by, kept)

    @writes
    async def tell_others(self, tx: Tx, by: PersonId, id: str, now: datetime) -> AnswerView:
        """Tell the other companions what they said, because they choose to. A second time changes nothing."""
        answer = await self._companions(tx, by, id)
        if answer.sense is None or not answer.sense.can_be_told:
            raise NotYours
        if not answer.told:
            answer = await answer_store.keep(tx, replace(answer, told=True))
            others = [one.person for one in await companion_store.of(tx, answer.path) if one.person != by]
            meets = await self._boundaries.may_meet_each(tx, by, others)
            for other in others:
                await self._outbox.tell(
                    tx, other, notifications.TOLD, id, now,
                    other=by, server=answer.server, withheld=meets[other].withheld,
                )  # fmt: skip
        return await self._queries.answer_view(tx, by, answer)

    @writes
    async def follow(self, tx: Tx) -> int:
        """Move meetings whose zone has changed its rules; return how many were moved."""
        moved = 0
        for path in await store.expecting(tx):
            if path.schedule is None or path.next_at is None:
                continue
            day = due_times.day_of(path.schedule, path.next_at)
            at = due_times.at(path.schedule, day)
            if at != path.next_at:
                await store.keep(tx, replace(path, next_at=at))
                await self._agenda.put(tx, timers.MEET, path.id, at + ASKED_AFTER)
                moved += 1
        return moved

    async def _after(self, tx: Tx, by: PersonId, answer: Answer, now: datetime) -> AnswerView:
        """Return what is asked next. The message stays open until the person has said all of it."""
        view = await self._queries.answer_view(tx, by, answer)
        if view.own and view.next is None:
            await self._outbox.close(tx, answer.id, now, person=by)
        return view

    async def _companions(self, tx: Tx, by: PersonId, id: str) -> Answer:
        answer = await self._queries.answer(tx, by, id)
        await self._queries.accompanied(tx, by, answer.path)
        return answer
