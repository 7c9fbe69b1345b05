"""Time zone changes: somebody moves to another zone, or the rules of a zone change."""

from datetime import time

from msgspec.structs import replace

from bot.ids import PersonId
from bot.pairs import due_times, side_store, store
from bot.pairs.models import Pair, PairState, Side
from bot.pairs.moves import PairMoves
from bot.people.service import People
from bot.scheduling import recurrence
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Zones:
    """Moves scheduled check-ins so that they keep their day and local time."""

    def __init__(self, context: SliceContext, moves: PairMoves, people: People) -> None:
        self._db = context.db
        self._moves = moves
        self._people = people

    @reads
    async def elsewhere(self, tx: Tx, by: PersonId) -> bool:
        """Whether any of their check-ins use a different zone from the one that they have set."""
        return bool(await self._elsewhere(tx, by))

    @writes
    async def move(self, tx: Tx, by: PersonId) -> None:
        """Make all of their check-ins use the zone that they have set."""
        zone = (await self._people.get(tx, by)).tz.key
        for pair, side in await self._elsewhere(tx, by):
            moved = replace(side, zone=zone)
            if side.next_day is None:
                await side_store.keep(tx, moved)
            else:
                at = due_times.at(pair.schedule, zone, side.next_day)
                await self._moves.ask_next(tx, moved, (side.next_day, at))

    @writes
    async def follow(self, tx: Tx) -> int:
        """Move check-ins whose zone has changed its rules; return how many were moved."""
        moved = 0
        for zone, minute, day, was in await side_store.expected(tx):
            at = recurrence.at(zone, day, time(minute // 60, minute % 60))
            if at != was:
                for side in await side_store.expecting(tx, zone, minute, was):
                    await self._moves.ask_next(tx, side, (day, at))
                    moved += 1
        return moved

    # -- inside ---------------------------------------------------------------------------------

    async def _elsewhere(self, tx: Tx, by: PersonId) -> list[tuple[Pair, Side]]:
        person = await self._people.get(tx, by)
        if not person.zone_known:
            return []
        sides = [side for side in await side_store.of_person(tx, by) if side.zone not in ("", person.zone)]
        pairs = await store.these(tx, [side.pair for side in sides])
        return [(pairs[side.pair], side) for side in sides if pairs[side.pair].state is PairState.RUNNING]
