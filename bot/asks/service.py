"""The asker's side of an ask, from `Send` to its last page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.asks import asking_store, store, wait
from bot.asks.course import ASKED_LINE, DESTROYED, DRAFT_ENDS, MESSAGE_ENDS, Course
from bot.asks.drafts import Drafts
from bot.asks.letters import Letters
from bot.asks.model import (
    ASKED_AT_MOST,
    OPEN_AT_MOST,
    Ask,
    Asking,
    CannotBeAsked,
    NobodyChosen,
    Reply,
    State,
    TooManyOpen,
    Unwritten,
)
from bot.asks.view import Answers, Status, View
from bot.boundaries.service import Boundaries
from bot.delivery.line import Line
from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.service import People
from bot.storage.database import Database, Tx
from bot.storage.transaction import reads, writes
from bot.timing.agenda import Agenda


class Asks:
    """Send, wait, read, withdraw."""

    def __init__(
        self,
        db: Database,
        letters: Letters,
        course: Course,
        drafts: Drafts,
        view: View,
        people: People,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        self.db = db
        self._letters = letters
        self._course = course
        self._drafts = drafts
        self._view = view
        self._people = people
        self._boundaries = boundaries
        self._agenda = agenda
        self._outbox = outbox

    @writes
    async def send(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Status:
        """Ask those who were picked. A second press finds it sent, and shows it."""
        draft = await store.get(tx, id)
        if draft is None or draft.asker != by:
            raise NotYours
        if draft.state is not State.DRAFT:
            return await self._view.status(tx, draft, now)
        if not (await self._letters.words(tx, draft)).complete or draft.kind is None:
            raise Unwritten
        if await store.open_count(tx, by) >= OPEN_AT_MOST:
            raise TooManyOpen
        chosen = await self._able(tx, draft, draft.chosen, ASKED_AT_MOST, now)
        ends_at = await self._end(tx, draft, chosen, now)
        ask = await store.move(tx, draft, draft.sent(now, ends_at), message=None)
        await self._agenda.drop(tx, DRAFT_ENDS, id)
        await self._agenda.drop(tx, MESSAGE_ENDS, id)
        await self._put_to(tx, ask, chosen, now)
        await self._course.waits(tx, ask, now)
        return await self._view.status(tx, ask, now)

    @writes
    async def ask_others(self, tx: Tx, by: PersonId, id: str, chosen: Sequence[str], now: datetime) -> Status:
        """Ask somebody else too; where the wait was over, another begins."""
        ask = await self._mine(tx, by, id)
        ask.taking_answers()
        status = await self._view.status(tx, ask, now)
        people = await self._able(tx, ask, [PersonId(one) for one in chosen], status.room, now)
        await self._put_to(tx, ask, people, now)
        if ask.over_at is not None:
            ends_at = await self._end(tx, ask, people, now)
            ask = await store.move(tx, ask, replace(ask, over_at=None, ends_at=ends_at))
            await self._course.waits(tx, ask, now)
        return await self._view.status(tx, ask, now)

    @writes
    async def more_time(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Status:
        """Another wait of the same kind; raises NoMoreTime after the second."""
        ask = await self._mine(tx, by, id)
        waiting = [one.answerer for one in await asking_store.of(tx, id)]
        later = max(now, ask.ends_at or now)
        longer = await store.move(tx, ask, ask.longer(await self._end(tx, ask, waiting, later)))
        await self._course.waits(tx, longer, now)
        return await self._view.status(tx, longer, now)

    @writes
    async def withdraw(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """It closes for everyone; a second press finds it closed."""
        ask = await self._mine(tx, by, id)
        if ask.state is not State.CLOSED:
            await self._course.close(tx, ask, now)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Answers:
        """What has come. The first reading after the wait is over closes the ask."""
        ask = await self._mine(tx, by, id)
        shown = [one for one in (await self._view.status(tx, ask, now)).asked if one.reply is Reply.ANSWERED]
        await asking_store.show(tx, [one.asking.id for one in shown])
        came = [(one.name, await self._letters.answer(tx, one.asking)) for one in shown]
        words = await self._letters.words(tx, ask)
        if ask.state is State.OPEN and ask.over_at is not None and came:
            ask = await self._course.close(tx, ask, now)
        return Answers(ask, words, came)

    @reads
    async def status(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Status:
        return await self._view.status(tx, await self._mine(tx, by, id), now)

    @reads
    async def status_of(self, tx: Tx, by: PersonId, asking_id: str, now: datetime) -> Status:
        """The same, found by one of its askings."""
        asking = await asking_store.get(tx, asking_id)
        if asking is None:
            raise NotYours
        return await self._view.status(tx, await self._mine(tx, by, asking.ask), now)

    @reads
    async def held(self, tx: Tx, by: PersonId) -> list[Ask]:
        """Their asks whose text is still kept, newest first: open, paused, closed."""
        return await store.of(tx, by, State.OPEN, State.PAUSED, State.CLOSED)

    @reads
    async def kept_until(self, tx: Tx, by: PersonId, id: str) -> datetime | None:
        """When the text of a closed ask is destroyed."""
        await self._mine(tx, by, id)
        return await self._agenda.due_at(tx, DESTROYED, id)

    async def place(self, tx: Tx, by: PersonId, id: str) -> ServerId | None:
        """The server of an ask of theirs, for a plan made from it; None for anything else."""
        ask = await store.get(tx, id)
        return ask.server if ask is not None and ask.asker == by and ask.state is not State.DRAFT else None

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Everyone in an open ask: among these, who may have left is looked for every day."""
        return await asking_store.people_in_open(tx)

    # -- inside ---------------------------------------------------------------------------------

    async def _mine(self, tx: Tx, by: PersonId, id: str) -> Ask:
        ask = await store.get(tx, id)
        if ask is None:
            raise NotYours
        ask.asked_by(by)
        return ask

    async def _able(
        self, tx: Tx, ask: Ask, chosen: Sequence[PersonId], most: int, now: datetime
    ) -> list[PersonId]:
        """Those picked, if all of them can still be asked; raises NobodyChosen, CannotBeAsked."""
        if not 1 <= len(chosen) <= most:
            raise NobodyChosen
        can = {person for person, _ in await self._drafts.can_be_asked(tx, ask, now)}
        if not can.issuperset(chosen):
            raise CannotBeAsked
        return list(chosen)

    async def _end(self, tx: Tx, ask: Ask, asked: Sequence[PersonId], now: datetime) -> datetime:
        """The wait's end; one that falls in an answerer's quiet hours ends two hours after them."""
        end = wait.ends(ask.wait, now, (await self._people.get(tx, ask.asker)).tz)
        quiet = [(await self._people.get(tx, one)).quiet_until(end) for one in asked]
        return max([end, *(until + wait.AFTER_QUIET for until in quiet if until is not None)])

    async def _put_to(self, tx: Tx, ask: Ask, people: Sequence[PersonId], now: datetime) -> None:
        new = [
            Asking(
                new_id(),
                ask.id,
                one,
                Reply.ASKED,
                now,
                (await self._boundaries.may_meet(tx, ask.asker, one)).held,
            )
            for one in people
        ]
        await asking_store.add(tx, new)
        lines = [
            Line.to(
                one.answerer, ASKED_LINE, one.id, now,
                other=ask.asker, server=ask.server, held=one.held, question=True,
            )
            for one in new
        ]  # fmt: skip
        await self._outbox.tell_all(tx, lines)
