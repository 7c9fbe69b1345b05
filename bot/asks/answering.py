"""The answerer's side of an ask."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict, replace

from bot.asks import recipient_store, store
from bot.asks.errors import AskClosed, AskUnwritten
from bot.asks.models import UNDECIDED, Answer, Ask, AskRecipient, AskState, AskText, Reply, waited_for
from bot.asks.moves import AskMoves
from bot.asks.sealed import SealedAsks
from bot.asks.timers import REMINDED
from bot.boundaries.service import Boundaries
from bot.errors import NotYours
from bot.ids import PersonId
from bot.people.errors import UnderEighteen
from bot.people.service import People
from bot.reports.models import Passage, PassageKind
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Invited(Struct, frozen=True):
    """An ask as an answerer sees it before reading it: who asks, and about which kind of thing."""

    asking: AskRecipient
    ask: Ask
    name: str
    alone: bool
    """Nobody else may still answer, so the asker will know that a reply now comes from them."""
    reminded_at: datetime | None = None
    heard_at: datetime | None = None
    """When the asker is to be told that it is beyond them; None if they were told, or it isn't."""

    @property
    def may_alarm(self) -> bool:
        """Whether they can still say, through the ask, that somebody may be in danger.

        After a BEYOND they can until the asker is told of it, also if a boundary parts the two before.
        """
        asking = self.asking
        hidden = asking.withheld and asking.reply is Reply.ASKED
        undecided = asking.reply in UNDECIDED and not asking.parted and not hidden
        beyond = asking.reply is Reply.BEYOND and self.heard_at is not None
        return self.ask.state is AskState.OPEN and (undecided or beyond)


class Answering:
    """What an answerer can do: read an ask, answer it, or say that they can't. They never give a reason."""

    def __init__(
        self,
        context: SliceContext,
        sealed: SealedAsks,
        moves: AskMoves,
        people: People,
        boundaries: Boundaries,
    ) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._sealed = sealed
        self._moves = moves
        self._people = people
        self._boundaries = boundaries

    @reads
    async def invited(self, tx: Tx, by: PersonId, id: str) -> Invited:
        """Return the ask before it is read.

        Raises AskClosed if it takes no more answers, AlreadyDone if they answered it, and NotYours.
        """
        return await self._invited(tx, *await self._open(tx, by, id))

    @reads
    async def part(self, tx: Tx, by: PersonId, id: str) -> Invited:
        """Return their part in an ask, whatever state it is in. Raises NotYours."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None or asking.answerer != by:
            raise NotYours
        return await self._invited(tx, asking, ask)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str) -> tuple[Invited, AskText]:
        """Record that they have opened the ask, and return what was asked."""
        asking, ask = await self._open(tx, by, id)
        if asking.reply is Reply.ASKED:
            asking = await recipient_store.move(
                tx, asking, replace(asking.replied(Reply.READING), opened=True)
            )
        await self._agenda.drop(tx, REMINDED, id)
        return await self._invited(tx, asking, ask), await self._sealed.words(tx, ask)

    @writes
    async def not_now(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """Leave the ask in their inbox.

        Remind them once, halfway through the wait, unless that time is past.
        """
        asking, ask = await self._open(tx, by, id)
        if ask.ends_at is not None:
            half = asking.asked_at + (ask.ends_at - asking.asked_at) / 2
            if half > now:
                await self._agenda.put(tx, REMINDED, id, half)
        return await self._invited(tx, asking, ask)

    @writes
    async def cannot(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """Record the ordinary "can't". A second time changes nothing.

        `This is about me or someone close` does the same.
        """
        done = await self._replied(tx, by, id, Reply.CANT)
        if done is not None:
            return done
        asking, ask = await self._open(tx, by, id, adults_only=False)
        invited = await self._invited(tx, asking, ask)
        await self._moves.cannot(tx, asking, now)
        return invited

    @writes
    async def beyond(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """Record that the ask is beyond them. The asker is told one to three hours later, without a name."""
        done = await self._replied(tx, by, id, Reply.BEYOND)
        if done is not None:
            return done
        asking, ask = await self._open(tx, by, id, adults_only=False)
        invited = await self._invited(tx, asking, ask)
        await self._moves.beyond(tx, asking, now)
        return invited

    @writes
    async def danger(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Invited:
        """Record that somebody may be in danger, also after a BEYOND. The asker is told at once.

        Under a boundary the asker isn't told.
        """
        done = await self._replied(tx, by, id, Reply.DANGER)
        if done is not None:
            return done
        beyond = await self._replied(tx, by, id, Reply.BEYOND)
        if beyond is None:
            asking, ask = await self._open(tx, by, id, adults_only=False)
            beyond = await self._invited(tx, asking, ask)
        if not beyond.may_alarm:
            raise AskClosed
        await self._moves.danger(tx, beyond.ask, beyond.asking, now)
        return beyond

    @reads
    async def form(self, tx: Tx, by: PersonId, id: str) -> Answer:
        """Return what they have written so far, to fill in the form."""
        asking, _ = await self._open(tx, by, id)
        return await self._sealed.answer(tx, asking)

    @writes
    async def keep(self, tx: Tx, by: PersonId, id: str, answer: Answer) -> None:
        """Keep what was typed without sending it. Raises the same errors as `invited`, and UnderEighteen."""
        asking, _ = await self._open(tx, by, id)
        await self._write(tx, asking, answer, Reply.READING)

    @writes
    async def answer(self, tx: Tx, by: PersonId, id: str, answer: Answer, now: datetime) -> Invited:
        """Send the answer. Raises AskUnwritten if a required field is blank."""
        asking, ask = await self._open(tx, by, id)
        if not answer.complete:
            raise AskUnwritten
        asking = await self._write(tx, asking, answer, Reply.WITHHELD if asking.withheld else Reply.ANSWERED)
        await self._moves.answered(tx, ask, asking, now)
        return await self._invited(tx, asking, ask)

    # -- in the caller's transaction ------------------------------------------------------------

    async def passage(self, tx: Tx, by: PersonId, id: str) -> Passage | None:
        """Return what was asked, for a report by somebody who was asked and has opened it; otherwise None."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None or asking.answerer != by or not asking.opened:
            return None
        words = asdict(await self._sealed.words(tx, ask))
        return Passage(PassageKind.ASK, id, ask.server, ask.asker, asking.asked_at, tuple(words.items()))

    # -- inside ---------------------------------------------------------------------------------

    async def _open(
        self, tx: Tx, by: PersonId, id: str, *, adults_only: bool = True
    ) -> tuple[AskRecipient, Ask]:
        """Return the ask if they may still reply to it.

        With `adults_only=False`, people under 18 may too, to decline.
        """
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None:
            raise NotYours
        asking.answering(by)
        ask.taking_answers()
        if adults_only and (await self._people.get(tx, by)).minor:
            raise UnderEighteen
        return asking, ask

    async def _replied(self, tx: Tx, by: PersonId, id: str, reply: Reply) -> Invited | None:
        """Return the ask if they gave this same reply to it before; otherwise None."""
        asking = await recipient_store.get(tx, id)
        ask = None if asking is None else await store.get(tx, asking.ask)
        if asking is None or ask is None or asking.reply is not reply:
            return None
        asking.belongs_to(by)
        return await self._invited(tx, asking, ask)

    async def _invited(self, tx: Tx, asking: AskRecipient, ask: Ask) -> Invited:
        names = await self._people.labels(tx, asking.answerer, ask.server, {ask.asker: asking.asked_at})
        # Somebody whose answer a boundary withholds has replied, as far as anybody who was asked may know.
        others = [
            one
            for one in waited_for(await recipient_store.of(tx, ask.id))
            if one.id != asking.id and one.reply is not Reply.WITHHELD
        ]
        reminded_at = await self._agenda.due_at(tx, REMINDED, asking.id)
        heard_at = await self._moves.heard_at(tx, asking)
        return Invited(asking, ask, names.get(ask.asker, ""), not others, reminded_at, heard_at)

    async def _write(self, tx: Tx, asking: AskRecipient, answer: Answer, reply: Reply) -> AskRecipient:
        written = replace(asking, reply=reply, written=asking.written + 1)
        sealed = await self._sealed.seal_answer(tx, written, answer)
        return await recipient_store.move(tx, asking, written, words=sealed)
