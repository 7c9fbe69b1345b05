"""Asking people: at `Send`, and later when somebody can't or more time is needed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.asks import asking_store, store, wait
from bot.asks.course import Course
from bot.asks.drafts import Drafts
from bot.asks.kinds import ASKED_LINE, DRAFT_ENDS, ENDS, MESSAGE_ENDS
from bot.asks.letters import Letters
from bot.asks.model import ASKED_AT_MOST, OPEN_AT_MOST, Ask, Asking, Reply, State, waited_for
from bot.asks.refusals import CannotBeAsked, NobodyChosen, NobodyLeft, TooManyOpen, Unwritten
from bot.asks.view import Status, View
from bot.boundaries.service import Boundaries
from bot.delivery.line import Line
from bot.delivery.outbox import Outbox
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.storage.database import Database
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda

Sent = Callable[[Tx, ServerId, datetime], Awaitable[None]]


class Sending:
    """The half of `Asks` that puts people to an ask."""

    def __init__(
        self,
        db: Database,
        letters: Letters,
        course: Course,
        drafts: Drafts,
        view: View,
        boundaries: Boundaries,
        agenda: Agenda,
        outbox: Outbox,
    ) -> None:
        self.db = db
        self._letters = letters
        self._course = course
        self._company = drafts.company
        self._view = view
        self._boundaries = boundaries
        self._agenda = agenda
        self._outbox = outbox
        self._sent: list[Sent] = []

    def on_sent(self, sent: Sent) -> None:
        """Be told, inside the transaction, that somebody asked in a server: where, and nothing else."""
        self._sent.append(sent)

    @writes
    async def send(
        self, tx: Tx, by: PersonId, id: str, now: datetime, joined_at: datetime | None = None
    ) -> Status:
        """Ask those who were picked; raises NewHere. A second press finds it sent, and shows it."""
        draft = await store.get(tx, id)
        if draft is None or draft.asker != by:
            raise NotYours
        if draft.state is not State.DRAFT:
            return await self._view.status(tx, draft, now)
        asker = await self._company.grown(tx, by, draft.server)
        await self._company.long_enough(tx, draft.server, joined_at, now)
        if not (await self._letters.words(tx, draft)).complete or draft.kind is None:
            raise Unwritten
        if await store.open_count(tx, by) >= OPEN_AT_MOST:
            raise TooManyOpen
        chosen = await self._able(tx, draft, draft.chosen, ASKED_AT_MOST, now)
        ends_at = wait.ends(draft.wait, now, asker.tz)
        ask = await store.move(tx, draft, draft.sent(now, ends_at), message=None)
        await self._agenda.clear(tx, id, (DRAFT_ENDS, MESSAGE_ENDS))
        asked = await self._put_to(tx, ask, chosen, now)
        await self._agenda.put(tx, ENDS, id, await self._company.after_quiet(tx, chosen, ends_at))
        for told in self._sent:
            await told(tx, ask.server, now)
        return await self._view.status(tx, ask, now, asked)

    @writes
    async def ask_others(self, tx: Tx, by: PersonId, id: str, chosen: Sequence[str], now: datetime) -> Status:
        """Ask somebody else too. Where the wait was over, or too little of it is left, another begins."""
        ask = await self._mine(tx, by, id)
        ask.taking_answers()
        room = (await self._view.status(tx, ask, now)).room
        people = await self._able(tx, ask, [PersonId(one) for one in dict.fromkeys(chosen)], room, now)
        await self._put_to(tx, ask, people, now)
        ends_at = ask.ends_at
        if ask.over_at is not None or ends_at is None or await self._company.short(tx, ask, now):
            ends_at = await self._company.end(tx, ask, now)
        ask = await store.move(tx, ask, replace(ask, over_at=None, ends_at=ends_at))
        return await self._wait(tx, ask, ends_at, now)

    @writes
    async def more_time(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Status:
        """Until the next such time; raises NoMoreTime after the second, NobodyLeft if all replied."""
        ask = await self._mine(tx, by, id)
        ask.taking_answers()
        if not waited_for(await asking_store.of(tx, id)):
            raise NobodyLeft
        ends_at = await self._company.longer(tx, ask, now)
        return await self._wait(tx, await store.move(tx, ask, ask.longer(ends_at)), ends_at, now)

    # -- inside ---------------------------------------------------------------------------------

    async def _wait(self, tx: Tx, ask: Ask, ends_at: datetime, now: datetime) -> Status:
        """Those who have not replied have until then, and past their quiet hours."""
        waiting = [one.answerer for one in waited_for(await asking_store.of(tx, ask.id))]
        await self._course.waits(tx, ask, await self._company.after_quiet(tx, waiting, ends_at), now)
        return await self._view.status(tx, ask, now)

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
            raise NobodyChosen(ask.id, draft=ask.state is State.DRAFT)
        if not {*await self._company.whom(tx, ask, now)}.issuperset(chosen):
            raise CannotBeAsked(ask.id, draft=ask.state is State.DRAFT)
        return list(chosen)

    async def _put_to(self, tx: Tx, ask: Ask, people: Sequence[PersonId], now: datetime) -> list[Asking]:
        meets = await self._boundaries.may_meet_each(tx, ask.asker, people)
        new = [Asking(new_id(), ask.id, one, Reply.ASKED, now, meets[one].held) for one in people]
        await asking_store.add(tx, new)
        lines = [
            Line.to(
                one.answerer, ASKED_LINE, one.id, now,
                other=ask.asker, server=ask.server, held=one.held, question=True,
            )
            for one in new
        ]  # fmt: skip
        await self._outbox.tell_all(tx, lines)
        return sorted(new, key=lambda one: one.id)
