"""How much one person, and two people, can start, counted in the database."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.ids import PersonId
from bot.people.service import People
from bot.reports import quota_store
from bot.reports.errors import StartedTooMuch
from bot.reports.models import LIMITS, Limit, Start
from bot.reports.timers import ALL, QUOTAS_END
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx

_HOUR = timedelta(hours=1)
_FORGOTTEN_EVERY = timedelta(days=1)


class Quotas:
    """Counts what people start. A row is found by a keyed hash, and says nothing about anybody without it."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._vault = context.vault
        self._people = people
        self._agenda = context.agenda

    async def count(
        self, tx: Tx, start: Start, by: PersonId, others: Collection[PersonId], now: datetime
    ) -> None:
        """Count that `by` starts this with these people. Raises StartedTooMuch, and then nothing is counted.

        It counts accounts, so erasing doesn't set a limit back to zero. Call it last, in the transaction that
        writes what is started.
        """
        counted = await self._keys(tx, start, by, others)
        ends = {key: _whole_hour(now + limit.span) for key, limit in counted.items()}
        for found in await quota_store.count(tx, ends, now):
            limit = counted[found.key]
            if found.started > limit.most:
                raise StartedTooMuch(found.ends_at, of_two=limit is not LIMITS[start].own)

    async def require_left(
        self, tx: Tx, start: Start, by: PersonId, others: Collection[PersonId], now: datetime
    ) -> None:
        """Raise StartedTooMuch if `count` would now. Nothing is counted."""
        counted = await self._keys(tx, start, by, others)
        for found in await quota_store.counted(tx, list(counted), now):
            limit = counted[found.key]
            if found.started >= limit.most:
                raise StartedTooMuch(found.ends_at, of_two=limit is not LIMITS[start].own)

    async def counts(
        self, tx: Tx, start: Start, by: PersonId, others: Collection[PersonId], now: datetime
    ) -> bool:
        """Count it if the limit allows, and return whether. Nothing is refused."""
        try:
            await self.require_left(tx, start, by, others, now)
        except StartedTooMuch:
            return False
        await self.count(tx, start, by, others, now)
        return True

    async def rest(
        self, tx: Tx, start: Start, by: PersonId, other: PersonId, now: datetime, until: datetime
    ) -> None:
        """Let nothing of this kind that `by` starts reach the other person until then.

        Call it while both are still known. It is kept by account, so it also holds after either was erased.
        """
        key = await self._rest_key(tx, start, by, other)
        if key is not None and until > now:
            await quota_store.keep(tx, key, _whole_hour(until))

    async def rests(self, tx: Tx, start: Start, by: PersonId, other: PersonId, now: datetime) -> bool:
        """Whether what `by` starts must not reach the other person now, because of `rest`."""
        key = await self._rest_key(tx, start, by, other)
        return key is not None and await quota_store.stands(tx, key, now)

    @writes
    async def start(self, tx: Tx, now: datetime) -> None:
        """Schedule the daily deletion of what isn't needed any more, unless that was done before."""
        if await self._agenda.due_at(tx, QUOTAS_END, ALL) is None:
            await self._agenda.put(tx, QUOTAS_END, ALL, now + _FORGOTTEN_EVERY)

    async def forget(self, tx: Tx, now: datetime) -> None:
        """Delete what was counted in spans that are over. The timer of every day calls this."""
        await quota_store.forget_over(tx, now)
        await self._agenda.put(tx, QUOTAS_END, ALL, now + _FORGOTTEN_EVERY)

    # -- inside ---------------------------------------------------------------------------------

    async def _keys(
        self, tx: Tx, start: Start, by: PersonId, others: Collection[PersonId]
    ) -> dict[bytes, Limit]:
        limits = LIMITS[start]
        fingers = await self._people.fingers(tx, [by, *others])
        own = fingers[by].hex()
        keys: dict[bytes, Limit] = {self._vault.finger("quota", start, own): limits.own}
        if limits.of_two is not None:
            keys |= {
                self._vault.finger("quota", start, own, fingers[one].hex()): limits.of_two for one in others
            }
        return keys

    async def _rest_key(self, tx: Tx, start: Start, by: PersonId, other: PersonId) -> bytes | None:
        fingers = await self._people.fingers(tx, [by, other])
        if not {by, other} <= fingers.keys():
            return None
        return self._vault.finger("rest", start, fingers[by].hex(), fingers[other].hex())


def _whole_hour(at: datetime) -> datetime:
    """Return the end of that hour, so that a row can't be matched with others by its exact time."""
    return at.replace(minute=0, second=0, microsecond=0) + _HOUR
