"""What becomes of a talk: every move of it, with the alarms and lines that go with each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Outbox
from bot.ids import PersonId, ServerId
from bot.people.preferences import Preferences
from bot.people.service import Parting, People
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.model import Reply, State, Talk
from bot.timing.agenda import Agenda

LAPSE = "talks.lapse"
FOLLOW = "talks.follow"
GO = "talks.go"
"""All three have the talk as their subject."""

ASKED = "talks.asked"
"""To the one who is asked. Its subject is the request; the others' is the talk."""
AGREED = "talks.agreed"
CANT = "talks.cant"
DID_YOU = "talks.did_you"
KINDS = (ASKED, AGREED, CANT, DID_YOU)


class Course:
    """Used by `Talks`, inside its transactions, and by the agenda."""

    def __init__(
        self, people: People, preferences: Preferences, boundaries: Boundaries, agenda: Agenda, outbox: Outbox
    ) -> None:
        self._people = people
        self._boundaries = boundaries
        self._agenda = agenda
        self._outbox = outbox
        agenda.on(LAPSE, self._lapse)
        agenda.on(FOLLOW, self._follow)
        agenda.on(GO, self._go)
        boundaries.on_set(self._hold)
        people.on_parting(self._part)
        preferences.on_rest(self._rest)

    async def ask(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Tell the one whom it is about now, and wait for a day."""
        request = talk.current
        await self._outbox.close(tx, talk.id, now)
        await self._agenda.drop(tx, GO, talk.id)
        await self._agenda.put(tx, LAPSE, talk.id, request.lapses_at)
        await self._outbox.tell(
            tx, request.person, ASKED, request.id, now,
            other=talk.asker, server=talk.server, held=request.held, question=True,
        )  # fmt: skip

    async def answer(self, tx: Tx, talk: Talk, reply: Reply, now: datetime) -> Talk:
        if reply is Reply.CANT:
            return await self.lose(tx, talk, now)
        talk = await self.move(tx, talk, talk.answered(reply, now), now)
        zone = (await self._people.get(tx, talk.asker)).tz
        await self._agenda.put(tx, FOLLOW, talk.id, talk.follows_at(zone, now))
        await self._outbox.tell(
            tx, talk.asker, AGREED, talk.id, now, other=talk.current.person, server=talk.server
        )
        return talk

    async def lose(self, tx: Tx, talk: Talk, now: datetime) -> Talk:
        """No talk with this one. The line names nobody, so that no boundary can hold it back."""
        talk = await self.move(tx, talk, talk.lost(now), now)
        await self._outbox.tell(tx, talk.asker, CANT, talk.id, now, server=talk.server)
        return talk

    async def ask_again(self, tx: Tx, talk: Talk, now: datetime) -> None:
        """Whether they got to talk is asked once more, if the talk is kept for so long."""
        again = talk.asked_again_at(now)
        if talk.state is State.AGREED and again is not None:
            await self._agenda.put(tx, FOLLOW, talk.id, again)

    async def as_shown(self, tx: Tx, talk: Talk) -> Talk:
        """As its asker may see it: an answer that a boundary overtook never came, so it still waits."""
        if talk.state is not State.AGREED or talk.seen:
            return talk
        apart = await self._boundaries.may_meet(tx, talk.asker, talk.current.person)
        held = talk.current.held or apart.held
        return replace(talk, state=State.WAITING) if held else talk

    async def again_at(self, tx: Tx, talk: Talk) -> datetime | None:
        return await self._agenda.due_at(tx, FOLLOW, talk.id)

    async def move(self, tx: Tx, before: Talk, after: Talk, now: datetime) -> Talk:
        """Write it; every line and alarm of where it stood goes, and it is on the agenda to go itself."""
        moved = await store.keep(tx, after)
        await self._outbox.close(tx, before.id, now)
        await self._outbox.close(tx, before.current.id, now)
        await self._agenda.drop(tx, LAPSE, before.id)
        await self._agenda.drop(tx, FOLLOW, before.id)
        if moved.goes_at is not None:
            await self._agenda.put(tx, GO, moved.id, moved.goes_at)
        return moved

    async def remove(self, tx: Tx, talk: Talk, now: datetime) -> None:
        await self._outbox.close(tx, talk.id, now)
        await self._outbox.close(tx, talk.current.id, now)
        for kind in (LAPSE, FOLLOW, GO):
            await self._agenda.drop(tx, kind, talk.id)
        await store.remove(tx, talk.id)

    # -- what happens by itself -----------------------------------------------------------------

    async def _lapse(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is not None and talk.state is State.WAITING and talk.current.lapses_at <= now:
                await self.lose(tx, talk, now)

    async def _follow(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is None or talk.state is not State.AGREED:
                continue
            if (await self.as_shown(tx, talk)).state is State.WAITING:
                await self.lose(tx, talk, now)
            else:
                await self.move(tx, talk, talk.followed(), now)
                await self._outbox.tell(tx, talk.asker, DID_YOU, id, now, server=talk.server, question=True)

    async def _go(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        for id in subjects:
            talk = await store.get(tx, id)
            if talk is not None and talk.goes_at is not None and talk.goes_at <= now:
                await self.remove(tx, talk, now)

    async def _hold(self, tx: Tx, one: PersonId, other: PersonId, now: datetime) -> None:
        """What either has not seen of the other's stays unseen, and its message says that it has closed: one
        that stays and opens nothing would tell of the boundary."""
        for asked, asker in ((one, other), (other, one)):
            for talk in await store.asking(tx, asked):
                unseen = talk.state is State.WAITING or (talk.state is State.AGREED and not talk.seen)
                if talk.asker == asker and unseen:
                    await store.hold(tx, talk.current)
                    await self._outbox.close(tx, talk.current.id, now)
                    await self._outbox.close(tx, talk.id, now)

    async def _part(self, tx: Tx, parting: Parting, now: datetime) -> None:
        """Whoever is parted from the asker can't; an asker who leaves takes their talk with them."""
        await self._lose_all(tx, parting.one, parting.other, parting.server, now)
        if parting.other is not None:
            await self._lose_all(tx, parting.other, parting.one, parting.server, now)
            return
        for talk in await store.by_asker(tx, parting.one):
            if parting.server in (None, talk.server):
                await self.remove(tx, talk, now)

    async def _lose_all(
        self, tx: Tx, asked: PersonId, asker: PersonId | None, server: ServerId | None, now: datetime
    ) -> None:
        for talk in await store.asking(tx, asked):
            on_the_way = talk.state in (State.WAITING, State.AGREED)
            if on_the_way and asker in (None, talk.asker) and server in (None, talk.server):
                await self.lose(tx, talk, now)

    async def _rest(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Whoever says that they are under 18 takes their own talk along, as whoever leaves does."""
        minor = (await self._people.get(tx, person)).minor
        for talk in await store.asking(tx, person):
            if talk.state is State.WAITING or (minor and talk.state is State.AGREED):
                await self.lose(tx, talk, now)
        for talk in await store.by_asker(tx, person) if minor else ():
            await self.remove(tx, talk, now)
