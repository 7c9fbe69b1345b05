"""What an asker can do from `Send` on, and the construction of the slice's other parts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import asdict, replace

from bot.asks import notifications, recipient_store, store, wait
from bot.asks.answering import Answering
from bot.asks.between import Between
from bot.asks.drafts import Drafts
from bot.asks.eligibility import AskEligibility
from bot.asks.errors import AskUnwritten, CannotBeAsked, NobodyChosen, NobodyLeft, TooManyOpen
from bot.asks.lifecycle import AskLifecycle
from bot.asks.models import ASKED_AT_MOST, OPEN_AT_MOST, Ask, AskRecipient, AskState, Reply, waited_for
from bot.asks.moves import AskMoves
from bot.asks.privacy import AskPrivacy
from bot.asks.queries import Answers, AskQueries, AskStatus
from bot.asks.sealed import SealedAsks
from bot.asks.timer_handlers import AskTimers
from bot.asks.timers import CLOSES, DESTROYED, DRAFT_ENDS, MESSAGE_ENDS, WAIT_ENDS
from bot.boundaries.service import Boundaries
from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.events import AskSent
from bot.ids import PersonId, ServerId, new_id
from bot.people.models import Person
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.people.strangers import Named
from bot.plans.service import Plans
from bot.pods.service import Pods
from bot.reports.models import Passage, PassageKind, Start
from bot.reports.starts import Starts
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Asks:
    """Sends an ask, extends its wait, asks others, reads the answers, withdraws it."""

    def __init__(
        self,
        context: SliceContext,
        people: People,
        preferences: Preferences,
        servers: Servers,
        boundaries: Boundaries,
        pods: Pods,
        plans: Plans,
        starts: Starts,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._events = context.events
        self._people = people
        self._servers = servers
        self._boundaries = boundaries
        self._starts = starts
        self._sealed = sealed = SealedAsks(context.vault)
        self._moves = moves = AskMoves(context, sealed, boundaries)
        self._eligibility = eligibility = AskEligibility(people, servers, pods)
        self._queries = queries = AskQueries(people, plans, eligibility)
        self.drafts = Drafts(
            context, sealed, moves, eligibility, queries, people, preferences, servers, starts
        )
        self.answering = Answering(context, sealed, moves, people, boundaries)
        self.between = Between(context, moves)
        self.timers = AskTimers(context, moves, boundaries)
        self.lifecycle = AskLifecycle(context, moves, pods)
        self.privacy = AskPrivacy(moves)

    @writes
    async def send(
        self, tx: Tx, by: PersonId, id: str, now: datetime, joined_at: datetime | None = None
    ) -> AskStatus:
        """Send the draft to those who were picked. If it was sent already, return its status.

        Raises UnderEighteen, NewHere, AskUnwritten, TooManyOpen, NobodyChosen, CannotBeAsked, Barred or
        StartedTooMuch.
        """
        found = await store.to_send(tx, id)
        if found is None or found.ask.asker != by:
            raise NotYours
        draft = found.ask
        if draft.state is not AskState.DRAFT:
            return await self._shown(tx, await self._queries.status(tx, draft, now))
        asker = await self._servers.require_adult(tx, by, draft.server)
        await self._eligibility.long_enough(tx, draft.server, joined_at, now)
        if not self._sealed.open_words(draft, found.words).complete or draft.kind is None:
            raise AskUnwritten
        if found.open >= OPEN_AT_MOST:
            raise TooManyOpen
        chosen, others = await self._able(tx, draft, draft.chosen, ASKED_AT_MOST, now)
        ends_at = wait.ends(draft.wait, now, asker.tz)
        ask = await store.move(tx, draft, draft.sent(now, ends_at), message=None)
        await self._agenda.clear(tx, id, (DRAFT_ENDS, MESSAGE_ENDS))
        asked = await self._ask(tx, ask, chosen, now)
        await self._starts.begin(tx, Start.ASK, by, ask.server, [one.id for one in chosen], now)
        await self._agenda.put(tx, WAIT_ENDS, id, wait.after_quiet(chosen, ends_at, asker.tz))
        await self._events.publish(tx, AskSent(now, ask.server, by))
        return await self._queries.status(tx, ask, now, asked, others)

    @writes
    async def ask_others(
        self, tx: Tx, by: PersonId, id: str, chosen: Sequence[str], now: datetime
    ) -> AskStatus:
        """Ask more people. If the wait is over, or too little of it is left, a new one begins."""
        ask = await self._mine(tx, by, id)
        ask.taking_answers()
        room = (await self._queries.status(tx, ask, now)).room
        people, _ = await self._able(tx, ask, [PersonId(one) for one in dict.fromkeys(chosen)], room, now)
        await self._starts.begin(tx, Start.MORE, by, ask.server, [one.id for one in people], now)
        await self._ask(tx, ask, people, now)
        ends_at = ask.ends_at
        if ask.over_at is not None or ends_at is None or await self._eligibility.short(tx, ask, now):
            ends_at = await self._eligibility.end(tx, ask, now)
        ask = await store.move(tx, ask, replace(ask, over_at=None, ends_at=ends_at))
        return await self._wait(tx, ask, ends_at, now)

    @writes
    async def more_time(self, tx: Tx, by: PersonId, id: str, now: datetime) -> AskStatus:
        """Extend the wait. Raises NoMoreTime after the second time, NobodyLeft if all have replied."""
        ask = await self._mine(tx, by, id)
        ask.taking_answers()
        if not waited_for(await recipient_store.of(tx, id)):
            raise NobodyLeft
        ends_at = await self._eligibility.longer(tx, ask, now)
        return await self._wait(tx, await store.move(tx, ask, ask.longer(ends_at)), ends_at, now)

    @writes
    async def withdraw(self, tx: Tx, by: PersonId, id: str, now: datetime) -> datetime | None:
        """Close the ask for everyone, if it is not closed yet. Return when its text is destroyed."""
        ask = await self._mine(tx, by, id)
        if ask.state is not AskState.CLOSED:
            await self._moves.withdraw(tx, ask, now)
        return await self._agenda.due_at(tx, DESTROYED, id)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Answers:
        """Return the answers. The first reading after the end of the wait closes the ask."""
        ask = await self._mine(tx, by, id)
        shown = [one for one in (await self._queries.status(tx, ask, now)).asked if one.asking.readable]
        await recipient_store.show(tx, [one.asking.id for one in shown])
        came = [(one.name, await self._sealed.answer(tx, one.asking)) for one in shown]
        if came and ask.closes_by_reading(await recipient_store.of(tx, id)):
            ask = await self._moves.close(tx, ask, now)
        words = await self._sealed.words(tx, ask)
        kept_until = await self._agenda.due_at(tx, DESTROYED, id)
        return Answers(ask, words, came, kept_until, [one.asking.id for one in shown])

    async def status(self, by: PersonId, id: str, now: datetime) -> AskStatus:
        """Return the ask as its asker sees it. Writes only if it tells them of an answer. Raises NotYours."""
        status = await self._status(by, id, now)
        return await self._tell(by, id, now) if status.untold else status

    async def status_of(self, by: PersonId, asking_id: str, now: datetime) -> AskStatus:
        """Return the status of the ask that this AskRecipient belongs to. Raises NotYours."""
        return await self.status(by, await self._ask_of(asking_id), now)

    @reads
    async def kept(self, tx: Tx, by: PersonId) -> list[Ask]:
        """Return their sent asks whose text is still kept, newest first."""
        return await store.of(tx, by, AskState.OPEN, AskState.PAUSED, AskState.CLOSED)

    @reads
    async def until(self, tx: Tx, by: PersonId, id: str) -> datetime | None:
        """When an open ask closes by itself, or when the text of a closed one is destroyed."""
        ask = await self._mine(tx, by, id)
        return await self._agenda.due_at(tx, DESTROYED if ask.state is AskState.CLOSED else CLOSES, id)

    async def place(self, tx: Tx, by: PersonId, id: str) -> ServerId | None:
        """Return the server of an ask that they sent, for a plan made from it; None for anything else."""
        ask = await store.get(tx, id)
        return ask.server if ask is not None and ask.asker == by and ask.state is not AskState.DRAFT else None

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everyone in an open ask, with its server, for the daily check of who has left."""
        return await recipient_store.people_in_open(tx)

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return which of these people were asked, and where, while the ask is kept."""
        return Named.here(await recipient_store.asked_among(tx, persons))

    async def answer_passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return an answer, for a report by the asker who has read it; otherwise None."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None or ask.asker != by or not (asking.shown and asking.readable):
            return None
        answer = asdict(await self._sealed.answer(tx, asking))
        texts = tuple(answer.items())
        return Passage(PassageKind.ANSWER, id, ask.server, asking.answerer, asking.asked_at, texts)

    # -- inside ---------------------------------------------------------------------------------

    @reads
    async def _status(self, tx: Tx, by: PersonId, id: str, now: datetime) -> AskStatus:
        return await self._queries.status(tx, await self._mine(tx, by, id), now)

    @writes
    async def _tell(self, tx: Tx, by: PersonId, id: str, now: datetime) -> AskStatus:
        return await self._shown(tx, await self._queries.status(tx, await self._mine(tx, by, id), now))

    @reads
    async def _ask_of(self, tx: Tx, asking_id: str) -> str:
        asking = await recipient_store.get(tx, asking_id)
        if asking is None:
            raise NotYours
        return asking.ask

    async def _shown(self, tx: Tx, status: AskStatus) -> AskStatus:
        """Record that the asker was told of the answers that the status shows."""
        if status.untold:
            await recipient_store.tell(tx, status.untold)
        return status

    async def _wait(self, tx: Tx, ask: Ask, ends_at: datetime, now: datetime) -> AskStatus:
        """Begin a wait until `ends_at`, or until the next morning if somebody is in quiet hours then."""
        waiting = [one.answerer for one in waited_for(await recipient_store.of(tx, ask.id))]
        people = await self._people.these(tx, [ask.asker, *waiting])
        due_at = wait.after_quiet([people[one] for one in waiting], ends_at, people[ask.asker].tz)
        await self._moves.begin_wait(tx, ask, due_at, now)
        return await self._shown(tx, await self._queries.status(tx, ask, now))

    async def _mine(self, tx: Tx, by: PersonId, id: str) -> Ask:
        ask = await store.get(tx, id)
        if ask is None:
            raise NotYours
        ask.asked_by(by)
        return ask

    async def _able(
        self, tx: Tx, ask: Ask, chosen: Sequence[PersonId], most: int, now: datetime
    ) -> tuple[list[Person], list[Person]]:
        """Return those picked, and the others who can be asked. All of those picked must be able to.

        Raises NobodyChosen or CannotBeAsked.
        """
        if not 1 <= len(chosen) <= most:
            raise NobodyChosen(ask.id, draft=ask.state is AskState.DRAFT)
        can = {one.id: one for one in await self._eligibility.whom(tx, ask, now)}
        if not can.keys() >= set(chosen):
            raise CannotBeAsked(ask.id, draft=ask.state is AskState.DRAFT)
        return [can.pop(one) for one in chosen], list(can.values())

    async def _ask(self, tx: Tx, ask: Ask, people: Sequence[Person], now: datetime) -> list[AskRecipient]:
        ids = [one.id for one in people]
        meets = await self._boundaries.may_meet_each(tx, ask.asker, ids)
        new = [AskRecipient(new_id(), ask.id, one, Reply.ASKED, now, meets[one].withheld) for one in ids]
        await recipient_store.add(tx, new)
        messages = [
            OutboxMessage.to(
                one.answerer, notifications.ASKED, one.id, now,
                other=ask.asker, server=ask.server, withheld=one.withheld, question=True,
            )
            for one in new
        ]  # fmt: skip
        await self._outbox.tell_all(tx, messages)
        return sorted(new, key=lambda one: one.id)
