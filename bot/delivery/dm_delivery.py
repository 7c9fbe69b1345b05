"""One line's way to its person: what is checked before, what is sent, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import store
from bot.delivery.dm_gateway import DmGateway, StillHere
from bot.delivery.message import MessageState, OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Outcome, Refused, Retry, Uncertain
from bot.delivery.pace import Openings, Pace
from bot.logs import get_logger
from bot.storage.database import Database
from bot.storage.tx import Tx

log = get_logger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 45, 5 * 60, 30 * 60, 2 * 60 * 60))
"""How long a line waits after each try that failed; the last one is repeated."""


@dataclass(frozen=True, slots=True)
class DmDelivery:
    """Runs claimed lines, and writes down what came of each."""

    db: Database
    carrier: DmGateway
    now: Callable[[], datetime]
    pace: Pace
    openings: Openings
    still_here: StillHere
    hear: Callable[[datetime], None]
    """Told when a line is put off, and until when."""

    async def run(self, line: OutboxMessage) -> None:
        """`line` stands as it did before it was claimed: with a `tried_at`, it may have been sent before."""
        closing = line.state is MessageState.CLOSING
        try:
            outcome = await (self._close(line) if closing else self._tell(line))
        except Exception as error:  # noqa: BLE001 - one line must not stop the others
            # An error's message can carry what somebody wrote: the log gets its type alone.
            log.error("A direct message could not be delivered", kind=line.kind, error=error)
            outcome = Uncertain()
        await self.db.write(partial(self._closed if closing else self._told, line, outcome))

    # -- telling --------------------------------------------------------------------------------

    async def _tell(self, line: OutboxMessage) -> Outcome | None:
        """None: it was no longer to be sent."""
        if not await self._both_here(line):
            return Missing()
        refused = await self._reach(line)
        if refused is not None:
            return refused
        known = await self._sought(line)
        if known is not None:
            return known
        await self.pace.turn()
        # A boundary holds from its own commit: the last look is right before it goes.
        if not await self.db.read(partial(self._waits, line.id)):
            return None
        return await self.carrier.whisper(line)

    async def _both_here(self, line: OutboxMessage) -> bool:
        if line.other is None or line.server is None:
            return True
        for person in (line.person, line.other):
            await self.pace.turn()
            if not await self.still_here(line.server, person):
                return False
        return True

    async def _reach(self, line: OutboxMessage) -> Refused | Missing | Retry | None:
        if await self.carrier.reaches(line.person):
            return None
        await self.pace.turn()
        # Discord may have asked for a rest while this one waited for its turn.
        rest = self.openings.resting(self.now())
        refused = Retry(rest) if rest else await self.carrier.open(line.person)
        if refused is None:
            await self.db.write(lambda tx: store.reached(tx, line.person))
        elif isinstance(refused, Retry):
            self.openings.rest(self.now() + refused.delay)
        return refused

    async def _sought(self, line: OutboxMessage) -> Delivered | Uncertain | None:
        """What became of an earlier try; None when it may be sent (again, under its nonce)."""
        if line.tried_at is None:
            return None
        # The nonce alone is not trusted: it holds for a few minutes, which a single request can take.
        await self.pace.turn()
        found = await self.carrier.find(line)
        if found is None:
            await self.db.write(partial(self._try_anew, line.id))
        return found

    async def _waits(self, line_id: str, tx: Tx) -> bool:
        line = (await store.these(tx, [line_id])).get(line_id)
        return line is not None and line.waiting

    async def _try_anew(self, line_id: str, tx: Tx) -> None:
        line = (await store.these(tx, [line_id])).get(line_id)
        if line is not None:
            await store.save(tx, [line.tried(self.now())])

    async def _told(self, before: OutboxMessage, outcome: Outcome | None, tx: Tx) -> None:
        line = (await store.these(tx, [before.id])).get(before.id)
        if line is None:
            return
        uncertain = before.tried_at is not None
        now = self.now()
        match outcome:
            case None:
                line = line if uncertain else line.untried()
            case Delivered(message_id):
                line = line.sent(message_id)
            case Refused():
                line = line.shut(now)
            case Missing():
                line = line.gone(now)
            case Retry() | Uncertain():
                line = self._again(tx, line, outcome, surely=isinstance(outcome, Retry) and not uncertain)
        await store.save(tx, [line])

    # -- closing --------------------------------------------------------------------------------

    async def _close(self, line: OutboxMessage) -> Outcome:
        if line.message_id is None:
            if line.settles_at is None:
                return Missing()
            if line.settles_at > self.now():
                return Retry(line.settles_at - self.now())
            await self.pace.turn()
            found = await self.carrier.find(line)
            if not isinstance(found, Delivered):
                return found or Missing()
            line = line._replace(message_id=found.message_id)
        await self.pace.turn()
        return await self.carrier.close(line)

    async def _closed(self, before: OutboxMessage, outcome: Outcome | None, tx: Tx) -> None:
        line = (await store.these(tx, [before.id])).get(before.id)
        if line is None:
            return
        if isinstance(outcome, Retry | Uncertain):
            line = self._again(tx, line, outcome, surely=False)
        else:
            line = line.closed(self.now())
        await store.save(tx, [line])

    def _again(
        self, tx: Tx, line: OutboxMessage, outcome: Retry | Uncertain, *, surely: bool
    ) -> OutboxMessage:
        pause = PAUSES[min(line.tries, len(PAUSES) - 1)]
        until = self.now() + (max(pause, outcome.delay) if isinstance(outcome, Retry) else pause)
        tx.afterwards(partial(self.hear, until))
        return line.failed(until, surely=surely)
