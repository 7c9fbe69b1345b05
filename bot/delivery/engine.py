"""Deliver each item at most once: claim and mark it, look for it if it was tried before, attempt, record.

Direct messages and channel posts share it. What is particular to each is in `dm_delivery.py` and
`post_delivery.py`. Nothing about who delivers what is kept in memory: a claim is in the item's row.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, Self, TypeVar

from msgspec import Struct, field

from bot.delivery import outcome_store
from bot.delivery.claims_store import Claims
from bot.delivery.outcome import (
    Delivered,
    Failure,
    NotNeeded,
    Outcome,
    Refused,
    Retry,
    SearchPage,
    Uncertain,
    code_of,
    name_of,
)
from bot.delivery.pace import Pace
from bot.delivery.retries import lasting, retry_at
from bot.ids import ServerId
from bot.logs import get_logger, where
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.storage.unavailable import StorageUnavailable

log = get_logger(__name__)

CLAIM_LASTS = timedelta(minutes=10)
"""How long a claim lasts. A worker gives it up earlier; after a crash the next process frees its own."""
LONGEST_DELIVERY = timedelta(minutes=4)
"""How long one delivery may take. After that its outcome is uncertain, while the claim still lasts."""
_MOST_PAGES = 100
"""How many pages of a channel are read to look for one message."""


class Deliverable(Protocol):
    """An outbox message or a channel post."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def server(self) -> ServerId | None: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def next_at(self) -> datetime | None: ...
    @property
    def tries(self) -> int: ...
    @property
    def tried_at(self) -> datetime | None: ...
    @property
    def held_until(self) -> datetime | None: ...
    @property
    def hindered_since(self) -> datetime | None: ...
    @property
    def sends(self) -> bool: ...
    @property
    def may_be_there(self) -> bool: ...
    @property
    def settles_at(self) -> datetime | None: ...
    def put_off(self, until: datetime) -> Self: ...
    def tried(self, now: datetime) -> Self: ...
    def untried(self) -> Self: ...
    def released(self) -> Self: ...
    def at(self, message_id: int) -> Self: ...
    def failed(
        self, until: datetime, now: datetime, outcome: Retry | Uncertain, *, first: bool = False
    ) -> Self: ...


D = TypeVar("D", bound=Deliverable)


class Adapter(Protocol[D]):
    """What differs between direct messages and channel posts."""

    @property
    def what(self) -> str:
        """What it delivers, for the log."""
        ...

    @property
    def at_once(self) -> int:
        """How many are claimed in one transaction."""
        ...

    @property
    def claims(self) -> Claims:
        """The claims on the rows of its table."""
        ...

    async def due(self, tx: Tx, now: datetime, most: int, *, urgent: bool) -> list[D]:
        """Return at most `most` that are due and that nobody has claimed, in their order."""
        ...

    async def next_due(self, tx: Tx, now: datetime) -> datetime | None:
        """Return when the next one is due, or a claim lapses; None if nothing waits."""
        ...

    async def look_up(self, seen: Sequence[D]) -> Collection[str]:
        """Return what `instead` needs to know and can't read in its own transaction."""
        ...

    async def instead(self, tx: Tx, item: D, now: datetime, known: Collection[str]) -> D | None:
        """Return how the item is to be stored instead of being claimed now; None if it may be claimed."""
        ...

    async def these(self, tx: Tx, ids: Collection[str]) -> dict[str, D]: ...
    async def save(self, tx: Tx, item: D) -> None: ...

    async def find(self, item: D, before: int | None) -> Delivered | SearchPage | NotNeeded | Failure:
        """Read one page of the history, from `before` backwards, for what an earlier try may have sent.

        NotNeeded if the history can't be read and the item isn't needed any more.
        """
        ...

    async def attempt(self, item: D) -> Outcome:
        """Make the requests that the item needs now."""
        ...

    async def record(self, tx: Tx, item: D, before: D, outcome: Outcome, now: datetime) -> None:
        """Store an outcome after which it is not tried again by itself.

        `item` is the row as it is now, `before` as it was claimed.
        """
        ...


class Engine(Struct, Generic[D], frozen=True):
    """Claims what is due, delivers it, and records, counts and logs every outcome."""

    db: Database
    adapter: Adapter[D]
    now: Callable[[], datetime]
    pace: Pace
    hear: Callable[[datetime], None]
    """Called after a commit with the time at which something is due again."""
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many tries there were since the start, by kind and outcome."""

    async def free(self, holder: str) -> None:
        """Give up the claims of an earlier process of this holder, which was killed."""
        await self.db.write(partial(self.adapter.claims.free, holder=holder))

    async def take(self, holder: str, *, urgent: bool = False) -> list[D]:
        """Claim what is due. Return it as it was before it was marked as tried."""
        while seen := await self.db.read(partial(self._look, urgent)):
            known = await self.adapter.look_up(seen)
            taken = await self._claim(seen, known, holder)
            if taken:
                return taken
        return []

    async def put_back(self, items: Sequence[D]) -> None:
        """Give back what was claimed and not tried."""
        await self.db.write(partial(self._put_back, [item.id for item in items], _untried(items)))

    async def next_due(self) -> datetime | None:
        return await self.db.read(lambda tx: self.adapter.next_due(tx, self.now()))

    async def run(self, item: D) -> None:
        """Deliver a claimed item, given as it was before the claim."""
        outcome = await self._outcome(item)
        try:
            final = await self.db.write(partial(self._record, item, outcome))
        except StorageUnavailable:
            # When the claim has lapsed, it is looked for.
            raise
        except Exception as error:  # noqa: BLE001 - such as one in the slice that is told
            self._log_error("The outcome of a delivery could not be recorded", item, error)
            final = await self.db.write(partial(self._record, item, Uncertain()))
        if final is not None:
            self.tried[item.kind, name_of(final)] += 1
            self._log(item, final)

    # -- claiming -------------------------------------------------------------------------------

    async def _look(self, urgent: bool, tx: Tx) -> list[D]:
        return await self.adapter.due(tx, self.now(), self.adapter.at_once, urgent=urgent)

    async def _claim(self, seen: Sequence[D], known: Collection[str], holder: str) -> list[D]:
        try:
            return await self.db.write(partial(self._hold, seen, known, holder))
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one item must not stop the others
            if len(seen) > 1:
                return [one for item in seen for one in await self._claim([item], known, holder)]
            await self._set_aside(seen[0], error)
            return []

    async def _hold(self, seen: Sequence[D], known: Collection[str], holder: str, tx: Tx) -> list[D]:
        now = self.now()
        current = await self.adapter.these(tx, [item.id for item in seen])
        claimed = []
        for item in (current[one.id] for one in seen if one.id in current):
            if _is_due(item, now) and await self._may_go(tx, item, now, known):
                claimed.append(item)
        sends = [item.id for item in claimed if item.sends]
        if sends:
            await self.adapter.claims.hold_to_send(tx, sends, holder, now + CLAIM_LASTS, now)
        if others := [item.id for item in claimed if not item.sends]:
            await self.adapter.claims.hold(tx, others, holder, now + CLAIM_LASTS)
        return claimed

    async def _may_go(self, tx: Tx, item: D, now: datetime, known: Collection[str]) -> bool:
        settles_at = item.settles_at
        if settles_at is not None and settles_at > now:
            # A message of an earlier try can't be looked for yet.
            instead: D | None = item.put_off(settles_at)
        else:
            instead = await self.adapter.instead(tx, item, now, known)
        if instead is None:
            return True
        await self.adapter.save(tx, instead)
        if instead.next_at is not None and instead.next_at > now:
            tx.afterwards(partial(self.hear, instead.next_at))
        return False

    async def _set_aside(self, item: D, error: Exception) -> None:
        """Put off an item that can't even be claimed, such as one with a value that no code expects."""
        self._log_error("A delivery could not be claimed", item, error)
        await self.db.write(partial(self._put_off, item.id))

    async def _put_off(self, id: str, tx: Tx) -> None:
        now, item = self.now(), (await self.adapter.these(tx, [id])).get(id)
        if item is not None and _is_due(item, now):
            await self._try_again(tx, item, Retry(unsent=True), now, first=item.tried_at is None)

    async def _put_back(self, ids: Sequence[str], untried: Collection[str], tx: Tx) -> None:
        for item in (await self.adapter.these(tx, ids)).values():
            await self.adapter.save(tx, (item.untried() if item.id in untried else item).released())

    # -- delivering -----------------------------------------------------------------------------

    async def _outcome(self, item: D) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_DELIVERY.total_seconds()):
                return await self._deliver(item)
        except TimeoutError:
            return Uncertain()
        except StorageUnavailable:
            # No outcome could be recorded now. When the claim has lapsed, the item is looked for.
            raise
        except Exception as error:  # noqa: BLE001 - re-raised, it would end the worker
            self._log_error("A delivery failed unexpectedly", item, error)
            return Uncertain()

    async def _deliver(self, item: D) -> Outcome:
        if item.may_be_there:
            # The nonce alone is not enough: Discord keeps it for a few minutes, and one request can take as
            # long.
            match await self._search(item):
                case Delivered(message_id) if not item.sends:
                    item = item.at(message_id)
                case None:
                    if item.sends:
                        await self.db.write(partial(self._mark_again, item.id))
                case found:
                    return found
        return await self.adapter.attempt(item)

    async def _search(self, item: D) -> Delivered | NotNeeded | Failure | None:
        """Look for what an earlier try may have sent. Return None if it is certainly not there."""
        before = None
        for _ in range(_MOST_PAGES):
            await self.pace.turn()
            page = await self.adapter.find(item, before)
            if not isinstance(page, SearchPage):
                return page
            if page.older is None:
                return None
            before = page.older
        return Uncertain()

    async def _mark_again(self, id: str, tx: Tx) -> None:
        item = (await self.adapter.these(tx, [id])).get(id)
        if item is not None:
            await self.adapter.save(tx, item.tried(self.now()))

    # -- the outcome ----------------------------------------------------------------------------

    async def _record(self, before: D, outcome: Outcome, tx: Tx) -> Outcome | None:
        """Store the outcome. Return what it counts as; None if the row was deleted in the meantime."""
        item = (await self.adapter.these(tx, [before.id])).get(before.id)
        if item is None:
            return None
        now, item = self.now(), item.released()
        if isinstance(outcome, Retry):
            outcome = lasting(outcome, item.hindered_since, now) or outcome
        if isinstance(outcome, Retry | Uncertain):
            await self._try_again(tx, item, outcome, now, first=before.tried_at is None)
        else:
            await self.adapter.record(tx, item, before, outcome, now)
        if before.sends:
            await outcome_store.add(tx, self.adapter.what, before, outcome, now)
        return outcome

    async def _try_again(
        self, tx: Tx, item: D, outcome: Retry | Uncertain, now: datetime, *, first: bool
    ) -> None:
        until = retry_at(item.tries, outcome, now)
        await self.adapter.save(tx, item.failed(until, now, outcome, first=first))
        tx.afterwards(partial(self.hear, until))

    def _log_error(self, sentence: str, item: D, error: Exception) -> None:
        # An error's message can contain what somebody wrote, so its type and frames are logged alone.
        log.error(
            sentence, what=self.adapter.what, kind=item.kind, id=item.id, error=error, traceback=where(error)
        )

    def _log(self, item: D, outcome: Outcome) -> None:
        # Closed DMs are ordinary; what else Discord refuses for good, somebody should look at.
        level = log.warning if isinstance(outcome, Refused) and outcome.code not in _ORDINARY else log.info
        level(
            "Delivery",
            what=self.adapter.what, kind=item.kind, id=item.id, outcome=name_of(outcome),
            code=code_of(outcome), tries=item.tries + 1,
        )  # fmt: skip


_ORDINARY = {50007, 50278}
"""They take no direct messages from the bot, or share no server with it any more."""


def _untried(items: Sequence[Deliverable]) -> set[str]:
    return {item.id for item in items if item.tried_at is None}


def _is_due(item: Deliverable, now: datetime) -> bool:
    due = item.next_at is not None and item.next_at <= now
    return due and (item.held_until is None or item.held_until <= now)
