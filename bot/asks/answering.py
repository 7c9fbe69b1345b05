"""The answerer's side of an ask."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.asks import asking_store, store
from bot.asks.course import CAME_LINE, REMINDED, Course
from bot.asks.letters import Letters
from bot.asks.model import Answer, Ask, Asking, Closed, Reply, Unwritten, Words
from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.people.preferences import Preferences
from bot.people.service import Parting, People
from bot.storage.database import Database, Tx
from bot.storage.transaction import reads, writes
from bot.timing.agenda import Agenda


@dataclass(frozen=True, slots=True)
class Invited:
    """An ask as an answerer sees it before reading: who asks, about what kind of thing."""

    asking: Asking
    ask: Ask
    name: str
    alone: bool
    """Nobody else was asked: what they say will be known to come from them."""


class Answering:
    """Read it, answer it, or leave it: no reason is ever owed."""

    def __init__(
        self,
        db: Database,
        letters: Letters,
        course: Course,
        people: People,
        preferences: Preferences,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        self.db = db
        self._letters = letters
        self._course = course
        self._people = people
        self._boundaries = boundaries
        self._agenda = agenda
        self._outbox = outbox
        people.on_parting(self._part)
        preferences.on_rest(self._rest)

    @reads
    async def invited(self, tx: Tx, by: PersonId, id: str) -> Invited:
        """Raises Closed for what takes no answers, AlreadyDone for what they answered, NotYours else."""
        asking, ask = await self._open(tx, by, id)
        return await self._invited(tx, asking, ask)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str) -> tuple[Invited, Words]:
        """They read what was asked."""
        asking, ask = await self._open(tx, by, id)
        if asking.reply is Reply.ASKED:
            asking = await asking_store.move(tx, asking, asking.replied(Reply.READING))
            await self._agenda.drop(tx, REMINDED, id)
        return await self._invited(tx, asking, ask), await self._letters.words(tx, ask)

    @writes
    async def not_now(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """It stays in their inbox; one reminder at half the wait, if that is still to come."""
        asking, ask = await self._open(tx, by, id)
        if ask.ends_at is not None:
            half = asking.asked_at + (ask.ends_at - asking.asked_at) / 2
            if half > now:
                await self._agenda.put(tx, REMINDED, id, half)
        return await self._invited(tx, asking, ask)

    @writes
    async def cannot(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """The ordinary "can't", which `This is about me or someone close` is too, for the asker."""
        asking, ask = await self._open(tx, by, id)
        invited = await self._invited(tx, asking, ask)
        await self._course.cannot(tx, asking, now)
        return invited

    @writes
    async def beyond(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """The asker is told, one to three hours on, that this is beyond one of those asked."""
        asking, _ = await self._open(tx, by, id)
        await self._course.beyond(tx, asking, now)

    @reads
    async def form(self, tx: Tx, by: PersonId, id: str) -> Answer:
        """What the form is filled in with."""
        asking, _ = await self._open(tx, by, id)
        return await self._letters.answer(tx, asking)

    @writes
    async def keep(self, tx: Tx, by: PersonId, id: str, answer: Answer) -> None:
        """Keep what was typed, unsent; raises what stands against answering at all."""
        asking, _ = await self._open(tx, by, id)
        await self._write(tx, asking, answer, Reply.READING)

    @writes
    async def answer(self, tx: Tx, by: PersonId, id: str, answer: Answer, now: datetime) -> Invited:
        """Send the answer; raises Unwritten when a field that must hold something holds only blanks."""
        asking, ask = await self._open(tx, by, id)
        if not answer.complete:
            raise Unwritten
        asking = await self._write(tx, asking, answer, Reply.ANSWERED)
        await self._agenda.drop(tx, REMINDED, id)
        await self._outbox.close(tx, id, now)
        await self._outbox.tell(
            tx, ask.asker, CAME_LINE, ask.id, now, other=asking.answerer, server=ask.server
        )
        await self._course.replied(tx, ask, now)
        return await self._invited(tx, asking, ask)

    # -- inside ---------------------------------------------------------------------------------

    async def _open(self, tx: Tx, by: PersonId, id: str) -> tuple[Asking, Ask]:
        asking = await asking_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None:
            raise NotYours
        asking.answering(by)
        ask.taking_answers()
        if (await self._boundaries.may_meet(tx, by, ask.asker)).held:
            raise Closed
        return asking, ask

    async def _invited(self, tx: Tx, asking: Asking, ask: Ask) -> Invited:
        names = await self._people.names(tx, ask.server, [ask.asker])
        alone = len(await asking_store.of(tx, ask.id)) == 1
        return Invited(asking, ask, names.get(ask.asker, ""), alone)

    async def _write(self, tx: Tx, asking: Asking, answer: Answer, reply: Reply) -> Asking:
        written = replace(asking, reply=reply, written=asking.written + 1)
        sealed = await self._letters.seal_answer(tx, written, answer)
        return await asking_store.move(tx, asking, written, words=sealed)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Whoever is parted drops out with the ordinary "can't"; asks of one who left are withdrawn."""
        waiting = await asking_store.waiting_between(tx, parting.one, parting.other, parting.server)
        for asking in waiting:
            await self._course.cannot(tx, asking, now)
        if parting.other is None:
            await self._withdraw_all(tx, parting.one, parting.server, now)

    async def _withdraw_all(self, tx: Tx, one: PersonId, server: ServerId | None, now: datetime) -> None:
        for ask in await store.open_in(tx, one, server):
            if ask.sent_at is None:
                await self._course.destroy(tx, ask.id, now)
            else:
                await self._course.close(tx, ask, now)

    async def _rest(self, tx: Tx, person: PersonId, now: datetime) -> None:
        for asking in await asking_store.waiting_between(tx, person, None, None):
            await self._course.cannot(tx, asking, now)
