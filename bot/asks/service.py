"""The asker's side of an ask, from `Send` to its last page."""

from datetime import datetime

from bot.asks import asking_store, store
from bot.asks.course import Course
from bot.asks.drafts import Drafts
from bot.asks.kinds import CLOSES, DESTROYED
from bot.asks.letters import Letters
from bot.asks.model import Ask, State
from bot.asks.sending import Sending
from bot.asks.view import Answers, Status, View
from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.storage.database import Database
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


class Asks(Sending):
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
        super().__init__(db, letters, course, drafts, view, boundaries, agenda, outbox)
        self._people = people

    @writes
    async def withdraw(self, tx: Tx, by: PersonId, id: str, now: datetime) -> datetime | None:
        """It closes for everyone; a second press finds it closed. When its text is destroyed."""
        ask = await self._mine(tx, by, id)
        if ask.state is not State.CLOSED:
            await self._course.close(tx, ask, now)
        return await self._agenda.due_at(tx, DESTROYED, id)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Answers:
        """What has come. The first reading after the wait is over closes the ask."""
        ask = await self._course.settled(tx, await self._mine(tx, by, id), now)
        shown = [one for one in (await self._view.status(tx, ask, now)).asked if one.asking.readable]
        await asking_store.show(tx, [one.asking.id for one in shown])
        came = [(one.name, await self._letters.answer(tx, one.asking)) for one in shown]
        if came and ask.closes_by_reading(await asking_store.of(tx, id)):
            ask = await self._course.close(tx, ask, now)
        words = await self._letters.words(tx, ask)
        return Answers(ask, words, came, await self._agenda.due_at(tx, DESTROYED, id))

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
    async def until(self, tx: Tx, by: PersonId, id: str) -> datetime | None:
        """When it closes by itself; once it has closed, when its text is destroyed."""
        ask = await self._mine(tx, by, id)
        return await self._agenda.due_at(tx, DESTROYED if ask.state is State.CLOSED else CLOSES, id)

    async def place(self, tx: Tx, by: PersonId, id: str) -> ServerId | None:
        """The server of an ask of theirs, for a plan made from it; None for anything else."""
        ask = await store.get(tx, id)
        return ask.server if ask is not None and ask.asker == by and ask.state is not State.DRAFT else None

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Everyone in an open ask: among these, who may have left is looked for every day."""
        return await asking_store.people_in_open(tx)
