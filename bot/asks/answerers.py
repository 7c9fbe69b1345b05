"""What becomes of answerers without a press of theirs: reminders, pauses, partings, rest."""

from collections.abc import Sequence
from datetime import datetime

from bot.asks import asking_store, store
from bot.asks.course import Course
from bot.asks.kinds import AGAIN_LINE, BEYOND, REMINDED
from bot.asks.model import Ask, Asking, Reply, State
from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.ids import PersonId, ServerId
from bot.people.preferences import Preferences
from bot.people.service import Parting, People
from bot.pods.model import Tie
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

_UNDECIDED = (Reply.ASKED, Reply.READING)
"""Whoever said that it is beyond them has replied: that is still heard."""


class Answerers:
    """Keeps asks true to who is there, and to who may meet."""

    def __init__(
        self,
        course: Course,
        people: People,
        preferences: Preferences,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        self._course = course
        self._people = people
        self._boundaries = boundaries
        self._outbox = outbox
        boundaries.on_set(self._hold)
        people.on_parting(self._part)
        preferences.on_rest(self._rest)
        agenda.on(REMINDED, self._remind)
        agenda.on(BEYOND, self._beyond)

    async def tie_ended(self, tx: Tx, tie: Tie, now: datetime) -> None:
        """Whoever left a pod, or was removed, is asked no more: the ordinary "can't"."""
        for asking in await asking_store.waiting(tx, tie.member, tie.server):
            ask = await store.get(tx, asking.ask)
            if ask is not None and ask.asker == tie.owner and asking.reply in _UNDECIDED:
                await self._course.cannot(tx, asking, now)

    async def _hold(self, tx: Tx, one: PersonId, other: PersonId, now: datetime) -> None:
        """A boundary holds from its own commit; what the asker sees of it waits for the parting."""
        unsettled = await asking_store.unsettled_between(tx, one, other)
        await asking_store.hold(tx, [asking.id for asking in unsettled])
        for asking in unsettled:
            if asking.reply is Reply.ASKED:
                # As if withdrawn: a message that stays, and opens nothing, would tell of the boundary.
                await self._outbox.close(tx, asking.id, now, person=asking.answerer)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Whoever is parted drops out with the ordinary "can't"; asks of one who left are withdrawn."""
        if parting.other is not None:
            parted = await asking_store.unsettled_between(tx, parting.one, parting.other)
        else:
            parted = await asking_store.waiting(tx, parting.one, parting.server)
        for asking in parted:
            await self._course.cannot(tx, asking, now)
        if parting.other is None:
            await self._withdraw_all(tx, parting.one, parting.server, now)

    async def _withdraw_all(self, tx: Tx, one: PersonId, server: ServerId | None, now: datetime) -> None:
        for ask in await store.open_in(tx, one, server):
            if ask.state is State.DRAFT:
                await self._course.destroy(tx, ask.id, now)
            else:
                await self._course.close(tx, ask, now)

    async def _rest(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Whoever says that they are under 18 has nothing with others open either.

        A draft is theirs alone, and goes in its days: somebody may have pressed it by mistake.
        """
        for asking in await asking_store.waiting(tx, person, None):
            if asking.reply in _UNDECIDED:
                await self._course.cannot(tx, asking, now)
        if (await self._people.get(tx, person)).minor:
            for ask in await store.open_in(tx, person, None):
                if ask.state is not State.DRAFT:
                    await self._course.close(tx, ask, now)

    async def _remind(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.reply not in _UNDECIDED:
                continue
            await self._outbox.tell(
                tx, asking.answerer, AGAIN_LINE, id, now, other=ask.asker, server=ask.server, held=asking.held
            )

    async def _beyond(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Behind a boundary nothing of it reaches the asker: the parting makes it a "can't"."""
        for id in subjects:
            asking, ask = await self._of(tx, id)
            if asking is None or ask is None or asking.reply is not Reply.BEYOND:
                continue
            if not asking.held:
                await self._course.pause(tx, ask, now)

    async def _of(self, tx: Tx, id: str) -> tuple[Asking | None, Ask | None]:
        """The asking, and its ask if that is open."""
        asking = await asking_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        return asking, ask if ask is not None and ask.state is State.OPEN else None
