"""Whom an asker can ask, and when the wait for answers ends."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from bot.asks import recipient_store, wait
from bot.asks.models import Ask, AskState
from bot.ids import PersonId, ServerId
from bot.people.models import Person
from bot.people.service import People
from bot.pods.service import Pods
from bot.servers.errors import NewHere
from bot.servers.service import Servers
from bot.storage.tx import Tx


class Around(Enum):
    """Whether anybody in the pod can be asked. Somebody who is resting must not look as if they had left."""

    SOMEONE = "someone"
    AWAY = "away"
    NOBODY = "nobody"
    """Nobody has agreed to be asked yet."""


class AskEligibility:
    """Says who can be asked, and how long people have to reply."""

    def __init__(self, people: People, servers: Servers, pods: Pods) -> None:
        self._people = people
        self._servers = servers
        self._pods = pods

    async def long_enough(self, tx: Tx, server: ServerId, joined_at: datetime | None, now: datetime) -> None:
        """Raises NewHere if they joined too recently. If the date is unknown they needn't wait."""
        if joined_at is not None:
            may_at = (await self._servers.get(tx, server)).may_start_at(joined_at)
            if now < may_at:
                raise NewHere(may_at)

    async def around(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> Around:
        """Return whether anybody in their pod can be asked."""
        if await self._pods.available(tx, owner, server, now):
            return Around.SOMEONE
        return Around.AWAY if await self._pods.anyone(tx, owner, server) else Around.NOBODY

    async def able(
        self, tx: Tx, ask: Ask, now: datetime, whom: Sequence[Person] | None = None
    ) -> list[tuple[PersonId, str]]:
        """Return who can be asked now, with names. `whom` saves queries if the caller has them.

        Left out are people with whom the asker has an open ask, and people whom this ask went to already.
        """
        can = await self.whom(tx, ask, now) if whom is None else whom
        if not can:
            return []
        names = await self._people.labels(tx, ask.asker, ask.server, dict.fromkeys(one.id for one in can))
        return [(one.id, names[one.id]) for one in can if one.id in names]

    async def whom(self, tx: Tx, ask: Ask, now: datetime) -> list[Person]:
        """Return the same people as `able`, without names."""
        taken = await recipient_store.busy_with(tx, ask.asker)
        if ask.state is not AskState.DRAFT:
            taken |= {one.answerer for one in await recipient_store.of(tx, ask.id)}
        able = await self._pods.available(tx, ask.asker, ask.server, now)
        return [one for one in able if one.id not in taken]

    async def end(self, tx: Tx, ask: Ask, now: datetime) -> datetime:
        """Return when a wait that begins now ends.

        It doesn't depend on quiet hours, or it would reveal them.
        """
        return wait.ends(ask.wait, now, (await self._people.get(tx, ask.asker)).tz)

    async def longer(self, tx: Tx, ask: Ask, now: datetime) -> datetime:
        """Return the end of the wait after `More time`: the next end of its kind after the current one."""
        return await self.end(tx, ask, max(now, ask.ends_at or now))

    async def short(self, tx: Tx, ask: Ask, now: datetime) -> bool:
        """Whether too little of the wait is left for somebody who is asked only now."""
        zone = (await self._people.get(tx, ask.asker)).tz
        return ask.ends_at is None or wait.counted(now, ask.ends_at, zone) < wait.AT_LEAST
