"""How a pair ends, whatever the cause: the same rows and the same one sentence each time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery.outbox import Outbox
from bot.ids import PersonId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.kinds import (
    ASK,
    ENDED_LINE,
    ENDS,
    FORGET,
    LAPSE,
    LAPSED_LINE,
    NOTES_END,
    RESUME,
    ROUND_ENDS,
    SILENT,
)
from bot.pairs.letters import Letters
from bot.pairs.model import NOTES_KEPT, Pair, State
from bot.people.service import Parting, People
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda


class Ends:
    """Aims, signs and sentences vanish with the end, notes seven days later."""

    def __init__(self, people: People, letters: Letters, agenda: Agenda, outbox: Outbox) -> None:
        self._letters = letters
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(ENDS, self._ends)
        agenda.on(LAPSE, self._lapse)
        agenda.on(NOTES_END, self._notes_end)
        agenda.on(FORGET, self._forget)
        people.on_parting(self._part)

    async def end(self, tx: Tx, pair: Pair, tell: Sequence[PersonId], now: datetime) -> Pair:
        """It is over for both. The line names nobody: no boundary holds it back, and it tells of no cause."""
        ran = pair.state is State.RUNNING
        ended = await store.keep(tx, pair.ended(now))
        await self._silence(tx, ended, now)
        await self._letters.forget_words(tx, pair.id)
        await side_store.forget_words(tx, pair.id)
        await store.drop_changes(tx, pair.id)
        # The pair alone is kept longer: it says that the two were put together lately, and nothing else.
        await self._agenda.put(tx, NOTES_END, pair.id, now + NOTES_KEPT if ran else now)
        await self._agenda.put(tx, FORGET, pair.id, ended.forgotten_at)
        for person in tell:
            await self._outbox.tell(tx, person, ENDED_LINE, pair.id, now, server=pair.server)
        return ended

    async def remove(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """Nothing of it is left: no key, no row, no alarm, no line."""
        await self._silence(tx, pair, now)
        await self._agenda.clear(tx, pair.id, (NOTES_END, FORGET))
        await self._letters.forget_words(tx, pair.id)
        await self._letters.forget_notes(tx, pair.id)
        await store.remove(tx, pair.id)

    async def erase(self, tx: Tx, pair: Pair, person: PersonId, now: datetime) -> None:
        """All that is theirs, after their parting. What is the other's stays as long as after any ending."""
        if pair.starter == person and pair.starts_on is None:
            await self.remove(tx, pair, now)
            return
        await self._letters.forget_words(tx, pair.id, person)
        await self._letters.forget_notes(tx, pair.id, person)
        await self._outbox.close(tx, pair.id, now, person=person)
        await check_in_store.remove(tx, pair.id, person)
        await side_store.remove(tx, pair.id, person)
        if not pair.open:
            # They cannot be asked again under this id: nothing depends on it but the other's notes.
            await self._agenda.put(tx, FORGET, pair.id, (pair.ended_at or now) + NOTES_KEPT)

    async def _silence(self, tx: Tx, pair: Pair, now: datetime) -> None:
        """No alarm of it rings any more, and every message about it is edited to say that it closed."""
        await self._agenda.clear(tx, pair.id, (ENDS, LAPSE, RESUME))
        await self._outbox.close(tx, pair.id, now)
        for side in (await side_store.of_pairs(tx, [pair.id]))[pair.id]:
            await self._agenda.clear(tx, side.id, (ASK, SILENT))
            await self._outbox.close(tx, side.id, now)
        for one in await check_in_store.of_pair(tx, pair.id):
            await self._agenda.drop(tx, ROUND_ENDS, one.id)
            await self._outbox.close(tx, one.id, now)

    # -- what comes due -------------------------------------------------------------------------

    async def _ends(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """The round of the last check-in has closed."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is State.RUNNING and pair.partner is not None:
                await self.end(tx, pair, (pair.starter, pair.partner), now)

    async def _lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """A draft goes without a word; of a proposal its starter hears the same, whatever became of it."""
        for pair in (await store.these(tx, subjects)).values():
            if pair.state is State.DRAFT:
                await self.remove(tx, pair, now)
            elif pair.state is State.PROPOSED:
                await self.end(tx, pair, (), now)
                await self._outbox.tell(tx, pair.starter, LAPSED_LINE, pair.id, now, server=pair.server)

    async def _notes_end(self, tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        for id in subjects:
            await self._letters.forget_notes(tx, id)
            await check_in_store.remove(tx, id)
            await side_store.remove(tx, id)

    async def _forget(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for pair in (await store.these(tx, subjects)).values():
            if not pair.open:
                await self.remove(tx, pair, now)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Every pair between them ends; the one who is left is told, the one who parted never."""
        for pair in await store.of(tx, parting.one, parting.server):
            if not pair.open or parting.other not in (None, pair.starter, pair.partner):
                continue
            if pair.state is State.RUNNING:
                await self.end(tx, pair, [pair.other(parting.one)], now)
            elif pair.starter == parting.one:
                # Whoever parts waits for nobody any more.
                await self.end(tx, pair, (), now)
            elif pair.state is State.PROPOSED:
                await store.keep(tx, replace(pair, declined=True))
